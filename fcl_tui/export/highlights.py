"""The Monthly Highlights for the meeting: a page of indicators, then a chart of each to talk about."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from fcl_tui.export.cells import circumstances, left_out_line, safe, state_word, steps
from fcl_tui.export.document import FILLS
from fcl_tui.export.word import foot, marked, new_document, shaded, stays_whole, table, whole
from fcl_tui.export.word_chart import add_chart
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.beside import Chart
from widgets.cells.small_charts import figures_of
from widgets.cells.states import state_of

POINTS, STEPS = 6.5, 5.0
"""Of the text, and of thirteen blocks side by side"""
COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("indicator", "Indicator", 50),
    ("trend", "13 months", 28),
    ("this_month_shown", "Month", 14),
    ("counts", "Of", 15),
    ("rolling_12_shown", "12 months", 15),
    ("year_to_date_shown", "Year to date", 14),
    ("last_year_shown", "Year ago", 14),
    ("direction", "Since last month", 15),
    ("target_shown", "Target", 13),
    ("rag", "Against target", 19),
    ("neighbours_shown", "Neighbours", 18),
    ("region_shown", "Region", 17),
    ("england_shown", "England", 17),
    ("comment", "Comment", 25),
)
"""Key, heading, and width in mm"""
STATES = ("direction", "rag")
TEXTS = ("indicator", "trend", "comment", *STATES)
CHARTS = 8
"""Charts at most, four on a page"""
MARGIN = 8
OFF = ("below_target", "near_target")


def highlights_page(answer: Answer) -> bytes:
    """The page, and the charts of those off target or worse; of the first ones where there is none."""
    frame = answer.rows if answer.shown is None else answer.shown
    title = f"{answer.title} {answer.parameters.get('month', '')}".strip()
    document = new_document(title, points=8, landscape=True)
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(5)
    heading = document.add_heading(safe(title), level=1)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(2)
    _small(document, f"{answer.headline} · {circumstances(answer)}")
    made = table(document, [words for _, words, _ in COLUMNS], [mm for *_, mm in COLUMNS], points=POINTS)
    for row in frame.iter_rows(named=True):
        _row(made, row)
    _tight(made)
    told = [_labels(frame), left_out_line(answer)]
    _small(document, " ".join(one for one in told if one))
    _charts(document, frame)
    marked(document, answer.owned)
    foot(document, f"{title} - as at {answer.as_at:%d/%m/%Y}")
    return whole(document)


def _small(document: Any, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(safe(words)).font.size = Pt(POINTS)


def _row(made: Any, row: dict[str, Any]) -> None:
    line = made.add_row()
    stays_whole(line)
    for cell, (key, _, mm) in zip(line.cells, COLUMNS, strict=True):
        cell.width = Mm(mm)
        value = row.get(key)
        paragraph = cell.paragraphs[0]
        if key == "trend":
            text = steps(str(value or ""))
        elif key in STATES:
            text = state_word(value) if value is not None else ""
        else:
            text = "" if value is None else str(value)
        paragraph.add_run(safe(text)).font.size = Pt(STEPS if key == "trend" else POINTS)
        if key not in TEXTS:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        fill = FILLS.get(state_of(value).tone) if key == "rag" else None
        if fill is not None:
            shaded(cell, fill)


def _tight(made: Any) -> None:
    for row in made.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)


def _labels(frame: pl.DataFrame) -> str:
    """What the comparators are: how many neighbours, by mean or median; that published figures are yearly."""
    named = frame["neighbours_label"].drop_nulls().unique(maintain_order=True).to_list()
    if not named:
        return ""
    when = "Comparators are published for the year to 31 March in brackets, or given for the month in them."
    return f"{when} {'; '.join(map(str, named))}."


def _charts(document: Any, frame: pl.DataFrame) -> None:
    talked = frame.filter(pl.col("rag").is_in(OFF) | (pl.col("direction") == "worse"))
    chosen = (talked if not talked.is_empty() else frame).head(CHARTS)
    if chosen.is_empty():
        return
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    paragraph = document.add_paragraph()
    for row in chosen.iter_rows(named=True):
        chart, figures, target = _chart(row)
        if figures[chart.value].drop_nulls().is_empty():
            continue
        add_chart(document, chart, figures, target, wide=138, high=80, paragraph=paragraph)


def _chart(row: dict[str, Any]) -> tuple[Chart, pl.DataFrame, float | None]:
    values = figures_of(str(row.get("trend") or ""))
    month: date = row["month"]
    frame = pl.DataFrame(
        {"month": _months(month, len(values)), "value": values}, schema_overrides={"value": pl.Float64}
    )
    others = []
    for who, name in (
        ("neighbours", "Neighbours"),
        ("region", row.get("region_label")),
        ("england", "England"),
    ):
        value = row.get(who)
        if value is not None:
            frame = frame.with_columns(pl.lit(float(value)).alias(who))
            others.append((who, f"{name} ({row[f'{who}_when']})"))
    chart = Chart(
        kind="line",
        frame="",
        label="month",
        value="value",
        others=tuple(others),
        title=str(row["indicator"]),
        words="Ours",
        unit="percent" if row.get("unit") == "percent" else "number",
    )
    return chart, frame, row.get("target")


def _months(last: date, count: int) -> list[date]:
    whole_months = last.year * 12 + last.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(whole_months - count + 1, whole_months + 1)]
