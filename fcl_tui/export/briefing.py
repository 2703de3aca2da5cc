"""The quality assurance briefing as a Word document and as a workbook of its tables."""

from __future__ import annotations

import io
import json
import math
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from fcl_tui.export.cleaning import clean_text

if TYPE_CHECKING:
    from fcl_tui.access.quality.briefings import Briefing


WIDTH, FIRST = 174.0, 74.0
"""Millimetres that a table has, and its first column at most"""
LINE, HEIGHT = 74, 15
"""Characters of a line on the sheet of sentences, and the points a line is high"""
A4 = 9
"""As workbooks number papers"""


def as_docx(told: Briefing, *, authority: str = "", marking: str = "") -> bytes:
    """The briefing as a Word document: headings, sentences and tables, at most four pages."""
    from docx.shared import Pt

    from fcl_tui.export.word import foot, marked, new_document

    document = new_document(told.title, points=9.5)
    marked(document, tuple(one for one in (marking, authority) if one))
    foot(document, f"{told.title}, {told.said}")
    head = document.add_heading(clean_text(told.title), level=1)
    head.paragraph_format.space_after = Pt(2)
    document.add_paragraph(clean_text(told.said))
    for each in told.sections:
        heading = document.add_heading(clean_text(each.title), level=2)
        heading.paragraph_format.space_before = Pt(8)
        for line in each.lines:
            document.add_paragraph(clean_text(line), style="List Bullet")
        if each.rows:
            _table(document, each.headings, each.rows)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from docx.shared import Mm, Pt

    from fcl_tui.export.word import repeats, shaded, stays_whole

    table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    table.autofit = False
    first = min(FIRST, WIDTH / len(headings) * 1.8)
    widths = [first, *[(WIDTH - first) / (len(headings) - 1)] * (len(headings) - 1)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(clean_text(text)).bold = True
        shaded(cell, "E8E8E8")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean_text(text)
    repeats(table.rows[0])
    for line in table.rows:
        stays_whole(line)
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(9)


def as_xlsx(told: Briefing, *, authority: str = "", marking: str = "") -> bytes:
    """The briefing as a workbook: a sheet of sentences, and one for each table; texts stay texts."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Briefing")
    sheet.set_column(0, 0, LINE)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    lines: list[tuple[str, Any]] = [(told.title, bold)]
    lines += [(one, wrap) for one in (marking, authority, told.said) if one]
    for each in told.sections:
        lines += [("", wrap), (each.title, bold), *((line, wrap) for line in each.lines)]
    for place, (text, look) in enumerate(lines):
        sheet.write_string(place, 0, clean_text(text), look)
        if len(text) > LINE:
            sheet.set_row(place, HEIGHT * math.ceil(len(text) / LINE))
    for each in told.sections:
        if not each.rows:
            continue
        page = book.add_worksheet(each.title[:31])
        page.set_column(0, 0, 34)
        page.set_column(1, len(each.headings), 18)
        page.freeze_panes(1, 0)
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for column, heading in enumerate(each.headings):
            page.write_string(0, column, clean_text(heading), bold)
        for line, row in enumerate(each.rows, 1):
            for column, text in enumerate(row):
                if text.isdecimal():
                    page.write_number(line, column, int(text))
                else:
                    page.write_string(line, column, clean_text(text))
    book.close()
    return out.getvalue()


def as_text(told: Briefing) -> bytes:
    """The briefing as plain lines in reading order."""
    lines = [told.title, told.said]
    for each in told.sections:
        lines += ["", each.title, *(f"- {line}" for line in each.lines)]
        lines += [
            "  " + "; ".join(f"{h}: {v}" for h, v in zip(each.headings, row, strict=True))
            for row in each.rows
        ]
    return ("\n".join(clean_text(line) for line in lines) + "\n").encode()


def as_json(told: Briefing) -> bytes:
    """The briefing as one JSON object."""
    body = {
        "report": "qa-briefing", "period": told.period, "audience": told.audience, "version": told.version,
        "as_at": told.as_at.isoformat(), "frozen_by": told.frozen_by,
        "frozen_on": told.frozen_on.isoformat() if told.frozen_on else None,
        "corrected_since": told.corrected_since,
        "sections": [
            {
                "number": one.number, "title": one.title, "lines": one.lines, "columns": one.headings,
                "rows": one.rows,
            }
            for one in told.sections
        ],
    }  # fmt: skip
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def written(told: Briefing, kind: str, *, authority: str = "", marking: str = "") -> bytes:
    """The briefing in one format. DataError: there is no such format."""
    if kind == "docx":
        return as_docx(told, authority=authority, marking=marking)
    if kind == "xlsx":
        return as_xlsx(told, authority=authority, marking=marking)
    if kind == "json":
        return as_json(told)
    if kind == "text":
        return as_text(told)
    raise DataError(f"There is no format {kind!r} for a briefing; use docx, xlsx, json or text.")


def put(told: Briefing, kind: str, folder: Path, *, authority: str = "", marking: str = "") -> str:
    """Write it to a new file in a folder, readable by this user alone.

    Returns:
        the sentence that says where it is.

    Raises:
        DataError: it cannot be written.
    """
    from fcl_tui.export import save
    from fcl_tui.export.folder import told_where

    name = f"briefing-{told.period}-{told.audience}-{datetime.now():%Y%m%d-%H%M%S}.{kind}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{folder} cannot be made ({error.strerror}).") from error
    save(written(told, kind, authority=authority, marking=marking), folder / name)
    return f"Written{told_where(folder / name)}"
