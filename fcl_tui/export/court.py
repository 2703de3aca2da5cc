"""A chronology for court: what happened when, and where it is recorded; nothing in it hides what it lacks."""

from typing import Any

import polars as pl
from docx.shared import Mm, Pt

from data.frames import collect
from fcl_tui.definitions.wording.amounts import in_words
from fcl_tui.export.cells import day, safe
from fcl_tui.export.word import foot, marked, new_document, stays_whole, table, whole
from fcl_tui.records.child.court import in_plain_words, included, numbered
from fcl_tui.reports.answer import Answer

WIDTHS = [27.0, 129.0, 18.0]
ANNEX_WIDTHS = [12.0, 24.0, 38.0, 40.0, 38.0, 22.0]


def court_chronology(answer: Answer) -> bytes:
    """Date and event of every row in plain words, in order, under the child's name, number and date of birth.

    An annex has each event as it was recorded, with the table and the number of its record.

    `rows` are those of `client_summary.chronology`; `parts` hold the overview; the parameters `everything`
    and `kinds` (separated by commas) say what the rows were chosen by.
    """
    chosen = answer.parameters.get("kinds")
    told = included(chosen.split(",") if chosen else None, everything="everything" in answer.parameters)
    recorded = collect(numbered(answer.rows.lazy()))
    rows = collect(in_plain_words(recorded.lazy()))
    facts: Any = answer.parts["overview"]
    title = f"Chronology as at {answer.as_at:%d/%m/%Y}"
    document = new_document("Chronology", points=10.5)
    document.add_heading(title, level=1)
    _heading(document, facts, answer)
    when = f" on {answer.exported:%d/%m/%Y} at {answer.exported:%H:%M}" if answer.exported else ""
    document.add_paragraph(
        safe(
            f"{title}, from data of {answer.data_date:%d/%m/%Y} (snapshot {answer.snapshot_id}), "
            f"prepared by {answer.who or 'unknown'}{when}."
        )
    )
    number = "1 event" if recorded.height == 1 else f"{recorded.height:,} events, the earliest first"
    document.add_paragraph(safe(f"{told['included']} {number}."))
    if not rows.is_empty():
        document.add_paragraph(
            "The numbers on the right lead to the annex, which says where each is recorded."
        )
    made = table(document, ["Date", "Event", "Annex"], WIDTHS)
    for row in rows.iter_rows(named=True):
        _event(made, row)
    if rows.is_empty():
        document.add_paragraph("No event of these kinds is recorded in this source up to this day.")
    _lacks(document, answer, told["not_included"])
    _annex(document, recorded)
    marked(document, answer.owned)
    foot(document, f"{title} - client {facts.get('person_id')}")
    return whole(document)


def _heading(document: Any, facts: dict[str, Any], answer: Answer) -> None:
    name = facts.get("name") or "Name not in this source"
    born = facts.get("date_of_birth")
    paragraph = document.add_paragraph()
    run = paragraph.add_run(safe(name))
    run.bold, run.font.size = True, Pt(13)
    hidden = "not shown (names masked)" if answer.masked else "not in this source"
    document.add_paragraph(
        safe(f"Client {facts.get('person_id')} · Date of birth: {day(born) if born else hidden}")
    )
    if facts.get("restricted"):
        document.add_paragraph().add_run("RESTRICTED RECORD").bold = True
    if answer.masked:
        document.add_paragraph().add_run("Names are masked; this copy is not for court.").bold = True


def _event(made: Any, row: dict[str, Any]) -> None:
    line = made.add_row()
    stays_whole(line)
    for cell, width in zip(line.cells, WIDTHS, strict=True):
        cell.width = Mm(width)
    line.cells[0].text = day(row["date"])
    line.cells[1].text = safe(row["event"] or "Event not named in the source")
    line.cells[1].paragraphs[0].runs[0].bold = True
    if row["detail"]:
        line.cells[1].add_paragraph(safe(row["detail"]))
    if row["worker"]:
        line.cells[1].add_paragraph(safe(f"Worker: {row['worker']}"))
    line.cells[2].text = row["numbers"]
    for paragraph in line.cells[2].paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _lacks(document: Any, answer: Answer, not_included: str) -> None:
    document.add_heading("What this chronology does not show", level=2)
    lines = [not_included] if not_included else []
    lines += [f"{in_words(item)}." for item in answer.left_out]
    lines.append(
        "Only what is recorded in the sources named above, up to the day above. That an event is absent does "
        "not show that it did not happen."
    )
    for line in lines:
        document.add_paragraph(safe(line), style="List Bullet")


def _annex(document: Any, recorded: pl.DataFrame) -> None:
    """Where each event is recorded, in the words of the source."""
    if recorded.is_empty():
        return
    document.add_page_break()
    document.add_heading("Annex: where each event is recorded", level=2)
    made = table(
        document,
        ["No.", "Date", "Event", "As recorded", "Source and table", "Record"],
        ANNEX_WIDTHS,
        points=8,
    )
    for row in recorded.iter_rows(named=True):
        line = made.add_row()
        stays_whole(line)
        told = "; ".join(part for part in (row["detail"], row["worker"]) if part)
        place = row["place"]
        texts = (str(row["number"]), day(row["date"]), row["event"], told, place, row["record"])
        for cell, text, width in zip(line.cells, texts, ANNEX_WIDTHS, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(safe(text or "")).font.size = Pt(8)
