"""Opening a workbook safely: what it is, whether it can be read, and its sheets as text cells."""

import datetime as dt
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.dataclass import dataclass
from data.errors import DataError
from data.quiet import hushed, is_panic
from data.sources.annex_a.package import MAX_CELLS, MAX_SHEETS, CellFault, Package, check, locked, too_far
from data.sources.delimited import Fault

if TYPE_CHECKING:
    import polars as pl
    import python_calamine as calamine

MAX_FILE = 256 * 1024 * 1024
"""Bytes of a workbook as it is stored."""
MAX_COLUMNS = 500
"""Columns of a sheet that are read; the longest list has 40."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TRY = "Save it again in Excel as an .xlsx workbook and load that."


@dataclass(frozen=True)
class Sheet:
    """One sheet's used area as text."""

    name: str
    hidden: bool
    first_row: int
    """the row number, as Excel shows it, of the first row in `cells`"""
    cells: "pl.DataFrame"
    """String columns c0, c1, …; error cells and blanks are null or empty"""
    book: str
    """the workbook's file name"""
    faults: tuple[CellFault, ...] = ()
    """cells without a value that are not blank; their columns counted as those of `cells`"""
    filled: tuple[int, ...] = ()
    """rows, as Excel shows them, that took a value from a cell merged over several rows"""
    wide: bool = False
    """there are more columns than are read"""
    broken: tuple[Fault, ...] = ()
    """rows of a text file that have not as many cells as the headings"""

    def top(self, rows: int) -> list[list[str]]:
        """The first rows as lists of text, for finding the headings."""
        return [[cell or "" for cell in row] for row in self.cells.head(rows).rows()]


class Workbook:
    """A workbook on disk, checked before any cell is read.

    Raises:
        DataError: there is no such file, or it is not a workbook that can be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = _read(path)
        self._package = _checked(path.name, self._bytes)
        self._book = _open(path.name, self._bytes)
        sheets = len(self._book.sheets_metadata)
        if sheets > MAX_SHEETS:
            raise DataError(
                f"{path.name} has {sheets:,} sheets; an Annex A has eleven lists, and up to {MAX_SHEETS} "
                "sheets are read. Delete those that are none of it, save and load it again."
            )

    def sheets(self) -> Iterator[Sheet]:
        """Each sheet in the workbook's order; one at a time, so that two are never held at once."""
        import python_calamine as calamine

        for meta in self._book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            with _reading(self.path.name, f"sheet “{meta.name}” is damaged"):
                sheet = self._book.get_sheet_by_name(meta.name)
                rows = sheet.to_python()
                merged = sheet.merged_cell_ranges or []
            if sum(min(to[0] - top[0], len(rows)) for top, to in merged) > MAX_CELLS:
                raise too_far(self.path.name)
            start = sheet.start or (0, 0)
            filled = _fill_down(rows, merged, start)
            faults = tuple(
                replace(fault, column=fault.column - start[1])
                for fault in self._package.faults.get(meta.name, ())
            )
            wide = bool(rows) and len(rows[0]) > MAX_COLUMNS
            cells = _as_text([row[:MAX_COLUMNS] for row in rows] if wide else rows)
            yield Sheet(meta.name, hidden, start[0] + 1, cells, self.path.name, faults, filled, wide)

    def modified(self) -> dt.date | None:
        """The day the workbook says it was last saved (its own property), in English local time."""
        return _modified(self._package.core) if self._package.core is not None else None

    @property
    def links_outside(self) -> bool:
        """Whether formulas take values from other workbooks or programs."""
        return self._package.links_outside


def _modified(core: bytes) -> dt.date | None:
    try:
        stamp = ET.fromstring(core).findtext("{http://purl.org/dc/terms/}modified") or ""
        moment = dt.datetime.fromisoformat(stamp.strip().replace("Z", "+00:00"))
    except (ET.ParseError, ValueError, LookupError):
        return None
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(ZoneInfo("Europe/London")).date()
    except ZoneInfoNotFoundError:  # no time zone data on this machine: the stamp's own day
        return moment.date()


def _fill_down(
    rows: list[list[Any]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
) -> tuple[int, ...]:
    """Give each row the value of a cell that is merged over it and the rows above, as a reader sees it.

    Returns:
        the rows that were given one, as Excel shows them.
    """
    filled: list[int] = []
    for (top, left), (bottom, right) in merged:
        at, column = top - start[0], left - start[1]
        if left != right or bottom == top or at < 0 or not 0 <= column < len(rows[0] if rows else ()):
            continue
        for row in range(at + 1, min(bottom - start[0] + 1, len(rows))):
            if rows[row][column] == "" and rows[at][column] != "":
                rows[row][column] = rows[at][column]
                filled.append(start[0] + row + 1)
    return tuple(sorted(set(filled)))


def _as_text(rows: Sequence[Sequence[object]]) -> "pl.DataFrame":
    import polars as pl

    return pl.DataFrame(
        [
            pl.Series(f"c{at}", column, dtype=pl.String, strict=False)
            for at, column in enumerate(zip(*rows, strict=True))
        ]
    )


def _read(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise DataError(f"{name} is a folder, not a workbook. Give the path of the Annex A .xlsx file.")
        size = path.stat().st_size
        if size == 0:
            raise DataError(f"{name} is empty (0 bytes). Copy or export the workbook again.")
        if size > MAX_FILE:
            raise DataError(
                f"{name} is {size // 2**20} MB: too large for an Annex A workbook. Check the file."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"There is no file {path}. Check the path and the spelling.") from error
    except PermissionError as error:
        raise DataError(
            f"You do not have permission to read {name}. Ask its owner, or copy it to your folder."
        ) from error
    except OSError as error:
        raise DataError(f"{name} could not be read ({error.strerror}). Copy it to this computer.") from error


def _checked(name: str, content: bytes) -> Package:
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(name)
    if content.startswith(b"PK"):
        return check(name, content)
    if not content.startswith(_OLE):
        raise DataError(f"{name} is not an Excel workbook: {_looks_like(content)}. {_TRY}")
    return Package()


def _open(name: str, content: bytes) -> "calamine.CalamineWorkbook":
    import python_calamine as calamine

    with _reading(name, "it is damaged or no workbook"):
        return calamine.load_workbook(io.BytesIO(content))


@contextmanager
def _reading(name: str, what: str) -> Iterator[None]:
    """Turn whatever the reader makes of a damaged file into one message."""
    import python_calamine as calamine

    try:
        with hushed():
            yield
    except calamine.PasswordError as error:
        raise locked(name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(f"{name} could not be read: {what}. {_TRY}") from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise DataError(f"{name} could not be read: {what}. {_TRY}") from error


def _looks_like(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "it is a PDF"
    if content.lstrip()[:1] == b"<":
        return "it is a web page or XML"
    if b"\0" not in content[:4096]:
        return "it is a text or CSV file"
    return "its content is of another kind"
