"""A file of indicator values, targets or register lines: CSV or a workbook, as text with its rows."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from data.errors import DataError
from fcl_tui.config.csv_list import rows_of, rows_of_cells
from fcl_tui.config.plain_file import read_plain

VALUES = (
    "kpi", "period", "value", "numerator", "denominator", "status", "source", "published_on", "note",
    "geography", "name",
)  # fmt: skip
"""The columns of a file of values; geography makes a row a comparator, name is for people alone"""
TARGETS = ("kpi", "year", "period", "green", "amber", "rationale", "benchmark_used", "approved_by", "name")
REGISTER = ("register", "reference", "title", "owner", "received", "due", "done", "rating", "note")
Rows = list[tuple[int, dict[str, str]]]


def rows_in(path: Path, headings: Sequence[str], needed: Sequence[str]) -> tuple[Rows, str]:
    """The rows of a CSV file, or of the first sheet of a workbook, and the SHA-256 of the file.

    Raises:
        DataError: the file is not there, cannot be read, or its headings are not those.
    """
    try:
        body = read_plain(path)
    except (FileNotFoundError, NotADirectoryError):
        raise DataError(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from error
    digest = hashlib.sha256(body).hexdigest()
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        return rows_of_cells(path, _sheet(path, body), headings, needed), digest
    return rows_of(path, headings, needed), digest


def _sheet(path: Path, body: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet as text: dates as 2026-09-30, whole numbers without a point."""
    import io

    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(body))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (calamine.CalamineError, calamine.PasswordError, OSError, ValueError, IndexError) as error:
        raise DataError(f"{path} cannot be read as a workbook. Save it again as xlsx or CSV.") from error
    lines = [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    wide = max((index + 1 for _, row in lines for index, cell in enumerate(row) if cell), default=0)
    return [(number, row[:wide]) for number, row in lines]


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def pasted(text: str, headings: Sequence[str]) -> Rows:
    """Rows pasted from a spreadsheet, cells parted by tabs, in the order of these headings.

    Raises:
        DataError: a row has more cells than there are headings.
    """
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if len(cells) > len(headings):
            raise DataError(
                f"Pasted row {number} has {len(cells)} cells; {len(headings)} fit: {', '.join(headings)}."
            )
        rows.append((number, dict(zip(headings, cells, strict=False))))
    return rows
