"""Opening a workbook safely: what it is, whether it can be read, and its sheets as text cells."""

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.errors import DataError

if TYPE_CHECKING:
    import polars as pl
    import python_calamine as calamine

MAX_BYTES = 512 * 1024 * 1024
"""What a workbook may hold once unpacked. An Annex A of a large authority unpacks to some 60 MB."""
MAX_FILE = 256 * 1024 * 1024
MAX_CELLS = 40_000_000
"""The area of one sheet, from its first cell to its last; beyond this a stray cell stands far outside."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
"""A cell that holds something; one that is only formatted closes itself and is not read."""

_CHUNK = 4 * 1024 * 1024
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
        self._book = _open(path.name, self._bytes)

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
            start = sheet.start
            yield Sheet(meta.name, hidden, start[0] + 1 if start else 1, _as_text(rows))

    def modified(self) -> dt.date | None:
        """The day the workbook says it was last saved (its own property), in English local time."""
        if not zipfile.is_zipfile(io.BytesIO(self._bytes)):
            return None
        with zipfile.ZipFile(io.BytesIO(self._bytes)) as parts:
            if "docProps/core.xml" not in parts.namelist():
                return None
            return _modified(parts.read("docProps/core.xml"))


def _modified(core: bytes) -> dt.date | None:
    if b"<!DOCTYPE" in core or b"<!ENTITY" in core:
        return None
    try:
        stamp = ET.fromstring(core).findtext("{http://purl.org/dc/terms/}modified") or ""
        moment = dt.datetime.fromisoformat(stamp.strip().replace("Z", "+00:00"))
    except (ET.ParseError, ValueError):
        return None
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(ZoneInfo("Europe/London")).date()
    except ZoneInfoNotFoundError:  # no time zone data on this machine: the stamp's own day
        return moment.date()


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
            f"{name} may not be read by you. Ask its owner, or copy it to your folder."
        ) from error
    except OSError as error:
        raise DataError(f"{name} could not be read ({error.strerror}). Copy it to this computer.") from error


def _open(name: str, content: bytes) -> "calamine.CalamineWorkbook":
    import python_calamine as calamine

    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(name)
    if content.startswith(b"PK"):
        _check_parts(name, content)
    elif not content.startswith(_OLE):
        raise DataError(f"{name} is not an Excel workbook: {_looks_like(content)}. {_TRY}")
    with _reading(name, "it is damaged or no workbook"):
        return calamine.load_workbook(io.BytesIO(content))


@contextmanager
def _reading(name: str, what: str) -> Iterator[None]:
    """Turn whatever the reader makes of a damaged file into one message."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError as error:
        raise _locked(name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(f"{name} could not be read: {what}. {_TRY}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader, written in Rust, gives up
            raise
        raise DataError(f"{name} could not be read: {what}. {_TRY}") from error


def _locked(name: str) -> DataError:
    return DataError(
        f"{name} is protected by a password. Open it in Excel, remove the password (File, Info, Protect "
        "Workbook, Encrypt with Password: leave it blank), save and load it again."
    )


def _looks_like(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "it is a PDF"
    if content.lstrip()[:1] == b"<":
        return "it is a web page or XML"
    if b"\0" not in content[:4096]:
        return "it is a text or CSV file"
    return "its content is of another kind"


def _check_parts(name: str, content: bytes) -> None:
    """Unpack every part once without keeping it: sizes, checksums and the reach of each sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > MAX_BYTES:
                raise DataError(
                    f"{name} unpacks to more than {MAX_BYTES // 2**20} MB: that is no Annex A workbook, "
                    "or a sheet is filled far beyond its data. It was not read."
                )
            for info in infos:
                if info.flag_bits & 1:
                    raise _locked(name)
                with parts.open(info) as part:
                    cells = _reach(part, info.filename.endswith(".xml"))
                if cells > MAX_CELLS:
                    raise DataError(
                        f"A sheet of {name} reaches to a cell far outside its data. In Excel press Ctrl+End "
                        "on each sheet, delete the empty rows and columns there, save and load it again."
                    )
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _cut_short(name) from error


def _cut_short(name: str) -> DataError:
    return DataError(f"{name} is cut short or damaged: it is not a whole workbook. Copy or export it again.")


def _reach(part: IO[bytes], may_be_sheet: bool) -> int:
    """Read a part to its end (which checks its checksum); for a sheet, the area of its cells."""
    rows, letters, tail = 1, b"A", b""
    while chunk := part.read(_CHUNK):
        if not may_be_sheet:
            continue
        if cells := _CELL.findall(tail + chunk):
            columns, numbers = map(set, zip(*cells, strict=True))
            letters = max(letters, *columns, key=lambda text: (len(text), text))
            rows = max(rows, *map(int, numbers))
        tail = chunk[-512:]
    wide = 0
    for letter in letters:
        wide = wide * 26 + letter - 64
    return rows * wide
