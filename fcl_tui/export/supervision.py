"""The leaving care supervision sheet: one young person a block, with room to write."""

from datetime import date
from typing import Any

from docx.shared import Mm, Pt

from fcl_tui.export.cells import circumstances, left_out_line, safe, state_word
from fcl_tui.export.word import foot, marked, new_document, shaded, stays_whole, whole
from fcl_tui.reports.answer import Answer

ROOM = (("Notes", 16), ("Actions, who, by when", 16))
"""Room to write, in mm: three young people go on a page."""
FACTS: tuple[tuple[str, str], ...] = (
    ("eligibility", "Eligibility"),
    ("personal_adviser", "Personal adviser"),
    ("in_touch", "In touch"),
    ("latest_contact", "Latest contact"),
    ("contact_due", "Contact due"),
    ("pathway_plan_date", "Pathway plan or review"),
    ("pathway_review_due", "Review due"),
    ("accommodation", "Accommodation"),
    ("accommodation_suitable", "Suitable"),
    ("activity", "Activity"),
    ("eet", "In EET"),
)
STATES = {"contact_due": "contact_state", "pathway_review_due": "pathway_state"}


def supervision_sheet(answer: Answer) -> bytes:
    """Every young person of the answer, in its order, each kept together on a page."""
    title = f"{answer.title} as at {answer.as_at:%d/%m/%Y}"
    document = new_document("Leaving care supervision", points=9)
    document.add_heading(title, level=1)
    document.add_paragraph(safe(answer.headline))
    document.add_paragraph(circumstances(answer))
    for row in answer.rows.iter_rows(named=True):
        _block(document, row)
    if answer.rows.is_empty():
        document.add_paragraph("No young people here.")
    left_out = left_out_line(answer)
    if left_out:
        document.add_paragraph(left_out)
    marked(document, answer.owned)
    foot(document, title)
    return whole(document)


def _said(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        absent, unknown = (str(row.get(name) or "").split(", ") for name in ("not_in_source", "not_known"))
        return "not in this source" if key in absent else "not known on that day" if key in unknown else "-"
    text = safe(value)
    state = row.get(STATES.get(key, ""))
    return f"{text} ({state_word(state)})" if state and isinstance(value, date) else text


def _dates(row: dict[str, Any]) -> str:
    """The state of the dates alone: what else there is to talk about stands below it."""
    state = state_word(row["state"]) if row.get("state") else "nothing due"
    return f"dates: {state}"


def _block(document: Any, row: dict[str, Any]) -> None:
    block = document.add_table(rows=0, cols=4)
    block.style = "Table Grid"
    block.autofit = False
    head = block.add_row()
    name = head.cells[0].merge(head.cells[3])
    age = f", {row['age']}" if row.get("age") is not None else ", age not known"
    called = row.get("name") or "Name not in this source"
    run = name.paragraphs[0].add_run(safe(f"{called}{age} · id {row['person_id']} · {_dates(row)}"))
    run.bold, run.font.size = True, Pt(10.5)
    shaded(name, "E8E8E8")
    talk = block.add_row()
    reasons = talk.cells[1].merge(talk.cells[3])
    talk.cells[0].text = "To talk about"
    reasons.paragraphs[0].add_run(_said(row, "concerns")).bold = True
    for left in range(0, len(FACTS), 2):
        line = block.add_row()
        for place in range(2):
            key, words = FACTS[left + place] if left + place < len(FACTS) else ("", "")
            line.cells[place * 2].text = words
            line.cells[place * 2 + 1].text = _said(row, key) if key else ""
    for words, height in ROOM:
        line = block.add_row()
        line.height = Mm(height)
        room = line.cells[1].merge(line.cells[3])
        room.text = ""
        line.cells[0].text = words
    for line in block.rows:
        stays_whole(line)
        for cell, width in zip(line.cells, (34, 53, 34, 53), strict=True):
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(0)
    for cell in block.rows[-1].cells:  # the block may end a page
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = False
    document.add_paragraph().paragraph_format.space_after = Pt(4)
