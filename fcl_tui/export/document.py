"""An answer as a Word document: a heading that says as at which day, a table, page numbers."""

from io import BytesIO
from typing import Any

import polars as pl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fcl_tui.export.answer import Answer
from fcl_tui.export.text import cell as cell_text


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _table(document: Any, frame: pl.DataFrame) -> None:
    table = document.add_table(rows=1, cols=max(1, frame.width))
    table.style = "Light Grid Accent 1"
    for cell, name in zip(table.rows[0].cells, frame.columns, strict=False):
        cell.text = name.replace("_", " ").capitalize()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in frame.iter_rows():
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = cell_text(value)


def as_docx(answer: Answer) -> bytes:
    """The rows as a table after the report's further parts, A4 landscape."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(answer.title, level=1)
    document.add_paragraph(cell_text(answer.headline))
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{answer.title} - as at {answer.as_at:%d/%m/%Y} - page ")
    _page_number(footer)
    for name, part in answer.parts.items():
        document.add_heading(name.replace("_", " ").capitalize(), level=2)
        if isinstance(part, pl.DataFrame):
            _table(document, part)
        else:
            for key, value in part.items():
                document.add_paragraph(f"{key.replace('_', ' ').capitalize()}: {cell_text(value)}")
    if answer.parts:
        document.add_heading("Chronology" if answer.report == "client-summary" else "Rows", level=2)
    _table(document, answer.rows)
    for item in answer.left_out:
        document.add_paragraph(f"Left out: {item['count']} ({cell_text(item['reason'])})")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
