"""A Review Summary as a paper to take to the review: a page or two, a heading for each part."""

from typing import Any

import polars as pl
from docx.shared import Mm, Pt

from fcl_tui.definitions.wording.amounts import in_words
from fcl_tui.definitions.wording.labels import STATUS_NAMES
from fcl_tui.export.cells import columns_of, day, safe, words
from fcl_tui.export.word import foot, new_document, stays_whole, table, whole
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.individual.review_summary import TITLES
from fcl_tui.reports.individual.review_summary_columns import COLUMNS
from widgets.cells.column import Column

PAPER = 174.0
"""Millimetres between the margins of A4"""
DAY = 14
"""Of the width of a part's columns, what a day takes at least, so that it is not broken"""
ON_PAPER = {
    "health": "Health, education and plans",
    "people": "Who matters",
    "changes": "Where the child lives, orders and changes",
    "reviews": "Reviews, and how the child took part",
}
"""Headings that are longer than those of the screen."""
NONE = "None recorded in this time."


def review_paper(answer: Answer) -> bytes:
    """The parts of one child's Review Summary, in order, each with what the source cannot tell of it.

    `parts` hold the overview with `since`, a frame for each part, and `not_here` (part, reason, count, what).
    """
    facts: Any = answer.parts["overview"]
    title = f"Review summary as at {answer.as_at:%d/%m/%Y}"
    document = new_document("Review summary", points=9)
    document.add_heading(title, level=1)
    _top(document, facts, answer)
    for name, heading in TITLES.items():
        document.add_heading(ON_PAPER.get(name, heading), level=2)
        frame = answer.parts[name]
        assert isinstance(frame, pl.DataFrame)
        _rows(document, frame, COLUMNS[name])
        for line in _lacks(answer, name):
            document.add_paragraph(safe(line))
    for item in answer.left_out:
        if "outside" in str(item["reason"]):
            document.add_paragraph(safe(in_words(item)))
    foot(document, f"{title} - client {facts.get('person_id')}")
    return whole(document)


def _top(document: Any, facts: dict[str, Any], answer: Answer) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(safe(facts.get("name") or "Name not in this source"))
    run.bold, run.font.size = True, Pt(13)
    born = facts.get("date_of_birth")
    hidden = "not shown (names masked)" if answer.masked else "not in this source"
    age = f" (aged {facts['age']})" if facts.get("age") is not None and born else ""
    lines = [f"Client {facts.get('person_id')} · Date of birth: {day(born) if born else hidden}{age}"]
    status = [STATUS_NAMES.get(str(facts["status"]), str(facts["status"]))]
    if facts.get("status_since"):
        status.append(f"since {facts['status_since']:%d/%m/%Y}")
    if facts.get("also"):
        status.append(f"also {facts['also']}")
    lines.append(" · ".join(status))
    held = f"Allocated worker: {facts['worker']} · Team: {facts['team']}"
    if facts.get("personal_adviser"):
        held += f" · Personal adviser: {facts['personal_adviser']}"
    lines.append(held)
    lines.append(f"Counted since {facts['since']:%d/%m/%Y} (that day included): {facts['since_what']}.")
    for line in lines:
        document.add_paragraph(safe(line))
    if facts.get("restricted"):
        document.add_paragraph().add_run("RESTRICTED RECORD: for named people only").bold = True
    if answer.masked:
        document.add_paragraph().add_run("Names are masked.").bold = True
    when = f" on {answer.exported:%d/%m/%Y} at {answer.exported:%H:%M}" if answer.exported else ""
    made = f"From data of {answer.data_date:%d/%m/%Y}, prepared by {answer.who or 'unknown'}{when}."
    document.add_paragraph(safe(made))


def _rows(document: Any, frame: pl.DataFrame, columns: tuple[Column, ...]) -> None:
    if frame.is_empty():
        document.add_paragraph(NONE)
        return
    kept = tuple(one for one in columns_of(frame, columns) if frame[one.key].is_not_null().any())
    room = [max(one.width, DAY) if one.kind == "date" else one.width for one in kept]
    widths = [PAPER * one / sum(room) for one in room]
    made = table(document, [one.title for one in kept], widths)
    for row in frame.iter_rows(named=True):
        line = made.add_row()
        stays_whole(line)
        for cell, column, width in zip(line.cells, kept, widths, strict=True):
            cell.width = Mm(width)
            cell.text = _said(column, row[column.key])
    for line in made.rows:
        for cell in line.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _said(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.kind == "state" and value == "due":
        return "Due"  # which the screen says with a sign alone
    return words(column, value)


def _lacks(answer: Answer, part: str) -> list[str]:
    frame = answer.parts.get("not_here")
    if not isinstance(frame, pl.DataFrame):
        return []
    rows = frame.filter(pl.col("part") == part).iter_rows(named=True)
    return [
        f"{in_words(row)}."
        if row["what"] == "events"
        else f"{str(row['reason'])[:1].upper()}{str(row['reason'])[1:]}."
        for row in rows
    ]
