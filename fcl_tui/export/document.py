"""An answer as a Word document: a heading that says as at which day, a table, page numbers."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import polars as pl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.export.cells import circumstances, left_out_line, steps, words, written
from fcl_tui.export.word import foot, marked, new_document, shaded, stays_whole, table, whole
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.named import function
from widgets.cells.column import Column
from widgets.cells.measured import stands
from widgets.cells.states import state_of

FILLS = {"bad": "F4B6B6", "warn": "FCE5B0", "good": "CDE8CF"}
ROOM, MARGINS = 261.0, 4.0
"""Millimetres across the page, and of each cell beside its text"""
WIDE, HIGH = 200.0, 75.0
"""Millimetres of the chart above the table"""
DRAWN_AS: "dict[str, Any]" = {"months": "line", "bars": "funnel"}
"""Charts of a list as Word draws them"""
MOST_BARS = 12
OVER = {"now": "as at the day", "period": "over its period", "rolling": "over {} months to the day"}
SMALL = 7.5
"""Points of what explains the table"""
SMALLER = 0.7
"""Blocks side by side are set smaller than letters, so that they stay in a line"""
LONGEST = 34
"""Letters of a cell beyond which it may take a second line"""
BOLD = 1.15
"""A heading's letters are wider by this"""
SIZES = ((9.0, 1.75), (8.0, 1.55), (7.0, 1.36), (6.0, 1.17))
"""Points, and the millimetres of a letter at that size"""


def as_docx(answer: Answer) -> bytes:
    """The report's own document, or the rows as a table on A4 landscape."""
    if "docx" in answer.builds:
        own: bytes = function(answer.builds["docx"])(answer)
        return own
    frame, columns = written(answer)
    columns = tuple(one for one in columns if stands(one, frame))
    cells = _cells(frame, columns)
    points, widths = fitted([column.title for column in columns], list(cells.values()))
    document = new_document(answer.title, points=9, landscape=True)
    document.add_heading(answer.title, level=1)
    document.add_paragraph(answer.headline)
    document.add_paragraph(circumstances(answer))
    _picture(document, answer)
    if columns:
        made = table(document, [column.title for column in columns], widths, points=points)
        _rows(made, frame, columns, cells, widths, points)
    if frame.is_empty():
        document.add_paragraph("No rows.")
    left_out = left_out_line(answer)
    if left_out:
        document.add_paragraph(left_out)
    _definitions(document, answer)
    marked(document, answer.owned)
    foot(document, f"{answer.title} - as at {answer.as_at:%d/%m/%Y}")
    return whole(document)


def _picture(document: Any, answer: Answer) -> None:
    """The picture beside the list, drawn by Word itself; none of more bars than one can read."""
    chart, rows = answer.chart, answer.chart_rows
    if chart is None or rows is None or rows.is_empty() or chart.value not in rows.columns:
        return
    if rows[chart.value].drop_nulls().is_empty() or (chart.kind == "bars" and rows.height > MOST_BARS):
        return
    from fcl_tui.export.word_chart import add_chart

    title = chart.title or answer.parameters.get("figure") or answer.title
    chart = replace(chart, title=title, kind=DRAWN_AS.get(chart.kind, chart.kind))
    add_chart(document, chart, rows, answer.chart_target, wide=WIDE, high=HIGH)


def _definitions(document: Any, answer: Answer) -> None:
    """How each official figure of the rows or columns is counted: its definition, over what, its source."""
    measures = _measures(answer)
    if not measures:
        return
    document.add_heading("How the figures are counted", level=2)
    for one in measures:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{one.label}: ").bold = True
        over = OVER[one.window].format(one.months)
        line.add_run(f"{one.definition} ({over}; {one.unit}; {one.source})")
        for run in line.runs:
            run.font.size = Pt(SMALL)


def _measures(answer: Answer) -> list[Measure]:
    """The official figures that are rows of the answer; those that are its columns where none is a row."""
    from fcl_tui.reports.official.registry import family_of

    rows, measures = answer.shown, []
    if rows is not None and "measure" in rows.columns:
        return [
            family_of(str(key)).measure(str(key))
            for key in rows["measure"].drop_nulls().unique(maintain_order=True)
        ]
    for column in answer.table or ():
        with suppress(LookupError):
            measures.append(family_of(column.key).measure(column.key))
    return measures


def _cells(frame: pl.DataFrame, columns: tuple[Column, ...]) -> dict[str, list[str]]:
    told = {}
    for column in columns:
        values = frame[column.key]
        if isinstance(values.dtype, pl.List):
            values = values.list.join(", ")
        drawn = column.kind == "trend"
        told[column.key] = [
            steps(str(value or "")) if drawn else words(column, value) for value in values.to_list()
        ]
    return told


def fitted(titles: list[str], cells: list[list[str]]) -> tuple[float, list[float]]:
    """The size of letters in points, and the columns' widths in mm, at which no word is broken if any do.

    A column gets what its longest word needs; what is left of the page goes to those with longer cells.
    """
    least, wish = [], []
    for title, texts in zip(titles, cells, strict=True):
        single = max((len(word) for text in texts for word in text.split()), default=1)
        single = max(single, *(round(len(word) * BOLD) for word in title.split() or [""]))
        least.append(min(single, LONGEST) + 1)
        wish.append(max(least[-1], min(LONGEST, max(map(len, texts), default=0)) + 1))
    points, letter = SIZES[-1]
    for points, letter in SIZES:  # noqa: B007  (the last is used after the loop)
        if sum(least) * letter + len(least) * MARGINS <= ROOM:
            break
    widths = [letters * letter + MARGINS for letters in least]
    wants = [(wished - letters) * letter for wished, letters in zip(wish, least, strict=True)]
    spare = ROOM - sum(widths)
    if spare < 0:
        return points, [width * ROOM / sum(widths) for width in widths]
    share = min(1.0, spare / sum(wants)) if sum(wants) else 0.0
    return points, [width + want * share for width, want in zip(widths, wants, strict=True)]


def _rows(
    made: Any,
    frame: pl.DataFrame,
    columns: tuple[Column, ...],
    cells: dict[str, list[str]],
    widths: list[float],
    points: float,
) -> None:
    states = {column.key: frame[column.key].to_list() for column in columns if column.kind == "state"}
    for row in range(frame.height):
        line = made.add_row()
        stays_whole(line)
        for cell, column, width in zip(line.cells, columns, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            size = points * SMALLER if column.kind == "trend" else points
            paragraph.add_run(cells[column.key][row]).font.size = Pt(size)
            if column.side == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            tone = FILLS.get(state_of(states[column.key][row]).tone) if column.key in states else None
            if tone is not None:
                shaded(cell, tone)
