"""The form that another agency fills in for a multi-agency audit: a workbook out, and the same back in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from fcl_tui.quality.grades import GRADES

if TYPE_CHECKING:
    from fcl_tui.quality.tool import Tool

SHEET = "Return"
CASE, GRADE, FINDINGS = "Case", "Overall grade", "Findings"
LONGEST = 4000
WORDS = {words.casefold(): grade for grade, words in GRADES.items()}


def form(tool: Tool, agency: str, title: str, cases: Sequence[str]) -> bytes:
    """An empty form: one row per case, a column per standard, grades to choose from."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    headings = headings_of(tool)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(headings) - 2, 20)
    sheet.set_column(len(headings) - 1, len(headings) - 1, 60, wrap)
    sheet.freeze_panes(1, 1)
    for line, case in enumerate(cases, 1):
        sheet.write_string(line, 0, case)
    choice = {"validate": "list", "source": list(GRADES.values())}
    sheet.data_validation(1, 1, len(cases), len(headings) - 2, choice)
    about = book.add_worksheet("About")
    about.set_column(0, 0, 100, wrap)
    lines = [
        f"{title}: return of {agency.replace('_', ' ')}",
        "One row per child, under a pseudonym; who is who comes by a secure route of its own.",
        "Grade from your own record. Leave a cell empty where a question does not apply to you.",
        "Write no name and no address into this file.",
        *(f"{one.name}: {one.question}" for one in tool.standards),
    ]
    for line, text in enumerate(lines):
        about.write_string(line, 0, text)
    book.close()
    return out.getvalue()


def headings_of(tool: Tool) -> list[str]:
    """The headings of the form, in their order."""
    return [CASE, *(one.name for one in tool.standards), GRADE, FINDINGS]


def read(path: Path, tool: Tool) -> tuple[bytes, list[dict[str, Any]]]:
    """A form that came back, the whole of it or nothing; rows without anything in them are passed over.

    Returns:
        the file, and rows of pseudonym, grade, findings, ratings (by the key of the standard).

    Raises:
        DataError: it is no such workbook, or a value in it is not a grade; names row, column and value.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        body = path.read_bytes()
        cells = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name(SHEET).to_python()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataError(f"{path} is not there. Give the form that came back.") from error
    except (OSError, CalamineError, KeyError, ValueError) as error:
        raise DataError(f"{path} is not a return: it has no sheet {SHEET!r} that can be read.") from error
    rows = [[str(cell).strip() for cell in row] for row in cells]
    wanted = headings_of(tool)
    if not rows or rows[0][: len(wanted)] != wanted:
        raise DataError(f"{path} has other headings than the form that was exported. Fill in that form.")
    told = []
    for line, row in enumerate(rows[1:], 2):
        if not any(row[1:]):
            continue
        grades = {
            heading: _grade(path, line, heading, row[column])
            for column, heading in enumerate(wanted[1:-1], 1)
        }
        findings = row[len(wanted) - 1]
        if len(findings) > LONGEST:
            raise DataError(f"{path}, row {line}, column {FINDINGS}: more than {LONGEST:,} characters.")
        told.append(
            {
                "pseudonym": row[0],
                "grade": grades[GRADE],
                "findings": findings or None,
                "ratings": {one.key: grades[one.name] for one in tool.standards},
            }
        )
    return body, told


def _grade(path: Path, line: int, column: str, text: str) -> int | None:
    if not text:
        return None
    grade = WORDS.get(text.casefold())
    if grade is None:
        what = f"is not one of: {', '.join(GRADES.values())}"
        raise DataError(f"{path}, row {line}, column {column}: {text[:40]!r} {what}.")
    return grade
