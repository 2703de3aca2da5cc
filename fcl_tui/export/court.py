"""A chronology for court: what happened when, and where it is recorded; nothing in it hides what it lacks."""

from typing import Any

from docx.shared import Mm, Pt

from data.frames import collect
from fcl_tui.export.cells import day, safe
from fcl_tui.export.word import foot, new_document, stays_whole, table, whole
from fcl_tui.records.court import included, with_sources
from fcl_tui.reports.answer import Answer

WIDTHS = [27.0, 103.0, 44.0]


def court_chronology(answer: Answer) -> bytes:
    """Date, event and source of every row, in order, under the child's name, number and date of birth.

    `rows` are those of `client_summary.chronology`; `parts` hold the overview; the parameters `everything`
    and `kinds` (separated by commas) say what the rows were chosen by.
    """
    chosen = answer.parameters.get("kinds")
    told = included(chosen.split(",") if chosen else None, everything="everything" in answer.parameters)
    rows = collect(with_sources(answer.rows.lazy()))
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
    number = "1 event" if rows.height == 1 else f"{rows.height:,} events, the earliest first"
    document.add_paragraph(safe(f"{told['included']} {number}."))
    made = table(document, ["Date", "Event", "Source"], WIDTHS)
    for row in rows.iter_rows(named=True):
        _event(made, row)
    if rows.is_empty():
        document.add_paragraph("No event of these kinds is recorded in this source up to this day.")
    _lacks(document, answer, told["not_included"])
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
    line.cells[2].text = safe(row["source_words"])
    for paragraph in line.cells[2].paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _lacks(document: Any, answer: Answer, not_included: str) -> None:
    document.add_heading("What this chronology does not show", level=2)
    lines = [not_included] if not_included else []
    lines += [f"{item['count']:,} {item['what']} {item['reason']}." for item in answer.left_out]
    lines.append(
        "Only what is recorded in the sources named above, up to the day above. That an event is absent does "
        "not show that it did not happen."
    )
    for line in lines:
        document.add_paragraph(safe(line), style="List Bullet")
