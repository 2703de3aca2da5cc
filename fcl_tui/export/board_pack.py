"""The Board's pack as a Word document: the lines, a page for each red one, the exceptions, the registers."""

from typing import Any

import polars as pl
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from fcl_tui.export.board_kept import chosen, suppressed
from fcl_tui.export.cells import circumstances, safe, state_word
from fcl_tui.export.document import FILLS
from fcl_tui.export.word import foot, marked, new_document, shaded, stays_whole, table, whole
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.strategic.board.words import (
    definition_lines,
    exception_lines,
    signal_lines,
    target_lines,
    value_lines,
)
from widgets.cells.states import state_of

LINE = (
    ("no", "No", 8), ("name", "Indicator", 60), ("polarity", "Good is", 13), ("period", "Period", 22),
    ("figure", "Value", 19), ("parts", "Of", 22), ("target", "Target", 26), ("standing", "RAG", 22),
    ("way", "Last period", 17), ("way_year", "Year before", 17), ("signal", "Signal", 22),
    ("benchmarks", "Neighbours / England", 24),
)  # fmt: skip
"""Column, heading, millimetres: 272 across an A4 page on its side, margins apart"""
POINTS = 7.0
VALUES = (("period", "Period", 30), ("figure", "Value", 26), ("parts", "Of", 30), ("standing", "RAG", 30),
          ("target", "Target", 34), ("way", "Last period", 26), ("status", "Status", 30))  # fmt: skip


def board_pack(answer: Answer) -> bytes:
    """The pack of the Board, or of the forum that the answer was narrowed to."""
    parts = chosen(answer)
    lines = suppressed(parts["lines"], outside="forum" in answer.parameters)
    forum = answer.parameters.get("forum", "")
    title = f"{answer.title}{f': {forum}' if forum else ''}, {answer.parameters.get('quarter', '')}"
    document = new_document(title, points=9, landscape=True)
    document.add_heading(safe(title), level=1)
    document.add_paragraph(safe(answer.headline))
    document.add_paragraph(circumstances(answer))
    _cover(document, lines, parts)
    _lines(document, lines)
    for row in lines.filter((pl.col("rag") == "red") | pl.col("open_exception").is_not_null()).to_dicts():
        _page(document, row, parts)
    if not forum:
        _registers(document, parts["registers"])
        _thanks(document, parts["thanks"])
    document.add_paragraph(
        "Figures of a quarter can be revised after it; each has the version of its definition and its source."
    )
    marked(document, answer.owned)
    foot(document, f"{title} - as at {answer.as_at:%d/%m/%Y} - snapshot {answer.snapshot_id}")
    return whole(document)


def _cover(document: Any, lines: pl.DataFrame, parts: dict[str, pl.DataFrame]) -> None:
    """How many of each colour, what changed, which exceptions wait."""
    words = {"green": "Green", "amber": "Amber", "red": "Red", "grey": "No colour"}
    made = table(document, ["RAG", "Indicators", "Better than last period", "Worse"], [40, 40, 50, 40])
    for colour, word in words.items():
        those = lines.filter(pl.col("rag") == colour)
        better = those.filter(pl.col("direction") == "better").height
        worse = those.filter(pl.col("direction") == "worse").height
        row = made.add_row()
        stays_whole(row)
        for cell, text in zip(row.cells, (word, those.height, better, worse), strict=True):
            cell.text = str(text)
        tone = {"green": "good", "amber": "warn", "red": "bad"}.get(colour)
        if tone is not None:
            shaded(row.cells[0], FILLS[tone])
    waits = parts["exceptions"].filter(
        pl.col("state").is_in(["requested", "acknowledged", "drafted", "submitted"])
    )
    late = waits.filter("overdue").height
    document.add_paragraph(
        f"Exception reports that wait: {waits.height}, of them {late} past their day. "
        f"Notes of thanks: {parts['thanks'].height}."
    )


def _lines(document: Any, lines: pl.DataFrame) -> None:
    document.add_heading("The indicators", level=2)
    made = table(document, [title for _, title, _ in LINE], [width for *_, width in LINE], points=POINTS)
    group = ""
    for one in lines.to_dicts():
        if one["group"] != group:
            group = one["group"]
            heading = made.add_row()
            stays_whole(heading)
            whole_row = heading.cells[0].merge(heading.cells[-1])
            run = whole_row.paragraphs[0].add_run(safe(group))
            run.bold, run.font.size = True, Pt(POINTS + 1)
            shaded(whole_row, "EFEFEF")
        row = made.add_row()
        stays_whole(row)
        one["benchmarks"] = " / ".join(one[key] or "-" for key in ("neighbours", "england"))
        for cell, (key, _, width) in zip(row.cells, LINE, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            told = one.get(key)
            text = state_word(told) if key == "standing" else "" if told is None else safe(told)
            run = paragraph.add_run(text)
            run.font.size = Pt(POINTS)
            if key == "standing":
                run.bold = True
                _fill(cell, told)


def _fill(cell: Any, state: object) -> None:
    """The colour of a state beside its word; grey has none."""
    tone = FILLS.get(state_of(state).tone)
    if tone is not None:
        shaded(cell, tone)


def _page(document: Any, row: dict[str, Any], parts: dict[str, pl.DataFrame]) -> None:
    """A page for one indicator: its values, target, what the chart says, its exception reports, comments."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading(safe(f"{row['no']} {row['name']}: {state_word(row['standing'])}"), level=2)
    for lines in (value_lines(row), target_lines(row), signal_lines(row)):
        document.add_paragraph(safe(". ".join(lines)) + ".")
    steps = parts["values"].filter(pl.col("no") == row["no"]).tail(8)
    made = table(document, [title for _, title, _ in VALUES], [width for *_, width in VALUES], points=8)
    for one in steps.to_dicts():
        line = made.add_row()
        stays_whole(line)
        for cell, (key, _, width) in zip(line.cells, VALUES, strict=True):
            cell.width = Mm(width)
            told = one.get(key)
            text = (
                state_word(told)
                if key == "standing"
                else ""
                if told is None
                else safe(told).replace("_", " ")
            )
            cell.paragraphs[0].add_run(text).font.size = Pt(8)
            if key == "standing":
                _fill(cell, told)
    document.add_paragraph()
    reports = parts["exceptions"].filter(pl.col("no") == row["no"]).to_dicts()
    for one in reports:
        for sentence in exception_lines(one):
            document.add_paragraph(safe(sentence.strip()))
    if not reports and row.get("suggested"):
        document.add_paragraph(safe(f"An exception report is suggested: {row['suggested']}."))
    for one in parts["comments"].filter(pl.col("no") == row["no"]).to_dicts():
        document.add_paragraph(safe(f"{one['made_by']}, {one['made_at']:%d/%m/%Y}: {one['why']}"))
    document.add_paragraph(safe(". ".join(definition_lines(row))) + ".")


def _registers(document: Any, registers: pl.DataFrame) -> None:
    document.add_heading("Standing registers", level=2)
    widths = [70.0, 20.0, 20.0, 22.0, 20.0, 24.0, 80.0]
    titles = ["Register", "Lines", "Open", "Overdue", "Done", "In time", "In time means"]
    made = table(document, titles, widths)
    for one in registers.to_dicts():
        row = made.add_row()
        stays_whole(row)
        share = "" if one["in_time_pct"] is None else f"{one['in_time']} ({one['in_time_pct']:.0f}%)"
        told = (one["title"], one["lines"], one["open"], one["overdue"], one["done"], share, one["rule"])
        for cell, text in zip(row.cells, told, strict=True):
            cell.text = safe(text)


def _thanks(document: Any, thanks: pl.DataFrame) -> None:
    if thanks.is_empty():
        return
    document.add_heading("Notes of thanks", level=2)
    for one in thanks.to_dicts():
        signed = f", signed by {one['signed_by']}" if one["signed_by"] else ""
        document.add_paragraph(safe(f"{one['to_whom']}: {one['words']} ({one['state']}{signed})"))
