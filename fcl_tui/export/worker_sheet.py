"""The supervision sheet of a worker: their caseload, what presses, with room to write."""

from itertools import groupby
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from fcl_tui.export.cells import circumstances, left_out_line, safe, state_word
from fcl_tui.export.word import foot, marked, new_document, stays_whole, table, whole
from fcl_tui.records.supervising.workers import LATELY
from fcl_tui.reports.answer import Answer

COLUMNS = (
    ("Child", 50.0), ("Overdue, and what is next", 72.0), ("To talk about", 52.0), ("Discussed", 24.0),
    ("Notes and actions", 63.0),
)  # fmt: skip
"""Headings, and millimetres across a page on its side"""
ROOM = 13
"""Millimetres that a child's row has at least, to write in"""


def worker_sheet(answer: Answer) -> bytes:
    """Every worker of the answer, in its order, each beginning a page; the children that press come first."""
    title = f"Staff supervision as at {answer.as_at:%d/%m/%Y}"
    document = new_document("Staff supervision", points=9, landscape=True)
    document.add_heading(title, level=1)
    document.add_paragraph(circumstances(answer))
    rows = answer.rows.to_dicts()
    for at, (worker, theirs) in enumerate(groupby(rows, lambda row: row["worker"])):
        if at:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _worker(document, str(worker), list(theirs))
    if not rows:
        document.add_paragraph("No child is held here.")
    left_out = left_out_line(answer)
    if left_out:
        document.add_paragraph(left_out)
    marked(document, answer.owned)
    foot(document, title)
    return whole(document)


def _worker(document: Any, worker: str, children: list[dict[str, Any]]) -> None:
    first = children[0]
    newly = " · newly qualified" if first["newly_qualified"] else ""
    document.add_heading(safe(f"{worker} · {first['worker_team']}{newly}"), level=2)
    for line in _facts(first, children):
        document.add_paragraph(safe(line))
    made = table(document, [heading for heading, _ in COLUMNS], [width for _, width in COLUMNS], points=9)
    for row in children:
        line = made.add_row()
        stays_whole(line)
        line.height = Mm(ROOM)
        texts = ("", "", row["concerns"] or "-", "", "")
        for cell, text, (_, width) in zip(line.cells, texts, COLUMNS, strict=True):
            cell.width = Mm(width)
            cell.text = safe(text)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        _child(line.cells[0], row)
        _due(line.cells[1].paragraphs[0], row)
        _discussed(line.cells[3].paragraphs[0], row)


def _facts(first: dict[str, Any], children: list[dict[str, Any]]) -> list[str]:
    """How the worker's own supervision stands, what was arranged, and what the caseload holds."""
    if first["last_held"] is None:
        stands = ["No supervision held is entered yet"]
    else:
        by = f" with {first['last_supervisor']}" if first["last_supervisor"] else ""
        stands = [f"Last held {first['last_held']:%d/%m/%Y}{by}, {first['days_since']} days ago"]
        stands.append(f"due by {first['supervision_due']:%d/%m/%Y} ({_state(first)})")
    if first["next_booked"] is not None:
        stands.append(f"booked for {first['next_booked']:%d/%m/%Y}")
    if first["arranged"]:
        stands.append(f"last arranged: {first['arranged']}")
    if first["longest_gap"] is not None:
        stands.append(f"longest gap {first['longest_gap']} days")
    late = sum(row["overdue"] for row in children)
    behind = sum(1 for row in children if row["overdue"])
    talk = sum(1 for row in children if row["concerns"])
    load = (
        f"{len(children)} children: {late} overdue items of {behind} children, {talk} with something to talk "
        "about. Discussed in bold: never, or not lately"
    )
    return [" · ".join(stands) + ".", load + "."]


def _state(row: dict[str, Any]) -> str:
    return state_word(row["supervision_state"]).lower() or "in time"


def _child(cell: Any, row: dict[str, Any]) -> None:
    """Name in bold; beneath it age, status, since when the worker holds the case, and the number."""
    paragraph = cell.paragraphs[0]
    paragraph.add_run(safe(row["name"] or "Name not in this source")).bold = True
    age = f"{row['age']}, " if row["age"] is not None else ""
    since = f", since {row['since']:%d/%m/%Y}" if row["since"] else ""
    for text in (f"{age}{row['status']}{since}", f"id {row['person_id']}"):
        paragraph.add_run().add_break()
        paragraph.add_run(safe(text)).font.size = Pt(8)


def _due(paragraph: Any, row: dict[str, Any]) -> None:
    if row["overdue_items"]:
        paragraph.add_run(safe(f"Overdue: {row['overdue_items']}")).bold = True
    if row["overdue_items"] and row["next_due"]:
        paragraph.add_run().add_break()
    if row["next_due"]:
        paragraph.add_run(safe(f"Next: {row['next_due']}"))
    if not row["overdue_items"] and not row["next_due"]:
        paragraph.add_run("-")


def _discussed(paragraph: Any, row: dict[str, Any]) -> None:
    """When last; in bold where that is never, or too long ago."""
    said = "never" if row["last_discussed"] is None else f"{row['last_discussed']:%d/%m/%Y}"
    paragraph.add_run(said).bold = row["discussed"] != LATELY
