"""The parts of a workbook before anybody reads its cells: how large, how far they reach, what is not a value.

A workbook (.xlsx, .xlsm) is a zip file of XML. What reads its cells shows an error (#N/A) and a formula that
was never worked out as blank, and makes room for everything between a sheet's first cell and its last; so
both are found here.
"""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from dataclasses import field
from typing import IO, Literal

from data.dataclass import dataclass
from data.errors import DataError
from data.sources.annex_a.reach import MOST_COLUMNS, MOST_ROWS, column_number, of_ods, of_xlsb, of_xml

MAX_BYTES = 512 * 1024 * 1024
"""What a workbook may hold once unpacked. An Annex A of a large authority unpacks to some 60 MB."""
MAX_CELLS = 40_000_000
"""The area of one sheet, from its first cell to its last; beyond this a stray cell stands far outside."""
MAX_ALL_CELLS = 2 * MAX_CELLS
"""The area of all sheets together."""
MAX_PARTS = 10_000
"""Files within a workbook."""
MAX_SHEETS = 100
"""Sheets of a workbook; an Annex A has eleven lists, and each sheet takes its time however empty it is."""
MAX_WHOLE = 128 * 1024 * 1024
"""Bytes of a part of an .ods or .xlsb workbook, which is looked at in full."""
MAX_FAULTS = 200_000
"""Cells of one sheet that are told one by one."""

_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>([^<]{0,40})</",
    re.DOTALL,
)
_NOT_WORKED_OUT = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>\s*'
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRINGS = ("sharedstrings.xml", "sharedstrings.bin")
_UNIQUE = re.compile(rb"""uniqueCount\s*=\s*["']([^"'<]{0,40})["']""")
_XLSB_TEXTS = b"\x9f\x01\x08"
"""The record that begins them in an .xlsb workbook: how many there are, and how many of these are unlike."""

_SAVE_AS = "Save it in Excel as an .xlsx workbook and load that."
_CHUNK = 4 * 1024 * 1024
_OVERLAP = 10_000
"""Bytes of the chunk before: more than a formula has."""


@dataclass(frozen=True)
class CellFault:
    """A cell without a value."""

    row: int
    """as Excel shows it"""
    column: int
    """counted from 0"""
    rule: Literal["error_cell", "formula_without_value"]
    value: str | None


@dataclass
class Package:
    """What the parts of a workbook tell."""

    faults: dict[str, list[CellFault]] = field(default_factory=dict)
    """by sheet name"""
    links_outside: bool = False
    """formulas take values from other workbooks or programs; what was last saved is read"""
    core: bytes | None = None
    """the workbook's own properties"""


@dataclass
class _Sheet:
    rows: int = 0
    wide: int = 0
    area: int = 0
    faults: dict[tuple[bytes, bytes], CellFault] = field(default_factory=dict)


def check(name: str, content: bytes) -> Package:
    """Unpack every part once without keeping it. Raises DataError where it cannot be read safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _check(name, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"{name} is cut short or damaged: it is not a whole workbook. Copy or export it again."
        ) from error


def locked(name: str) -> DataError:
    """What is said of a workbook that has a password."""
    return DataError(
        f"{name} is protected by a password. Open it in Excel, remove the password (File, Info, Protect "
        "Workbook, Encrypt with Password: leave it blank), save and load it again."
    )


def too_far(name: str) -> DataError:
    """What is said of a sheet whose last cell is far away."""
    return DataError(
        f"A sheet of {name} reaches to a cell far outside its data. In Excel press Ctrl+End on each sheet, "
        "delete the empty rows and columns there, save and load it again."
    )


def _check(name: str, parts: zipfile.ZipFile) -> Package:
    infos = parts.infolist()
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
        raise DataError(
            f"{name} unpacks to more than {MAX_BYTES // 2**20} MB: that is not an Annex A workbook, "
            "or a sheet is filled far beyond its data. It was not read."
        )
    told, found = Package(), dict[str, _Sheet]()
    for info in infos:
        if info.flag_bits & 1:
            raise locked(name)
        with parts.open(info) as part:
            sheet = _read_through(name, part, info.filename, info.file_size)
        if sheet.area > MAX_CELLS or sheet.rows > MOST_ROWS or sheet.wide > MOST_COLUMNS:
            raise too_far(name)
        found[info.filename] = sheet
        told.links_outside |= info.filename.startswith("xl/externalLinks/")
    if sum(sheet.area for sheet in found.values()) > MAX_ALL_CELLS:
        raise too_far(name)
    titles = _sheets(parts)
    if len(set(titles.values())) < len(titles):
        raise DataError(f"Two sheets of {name} are one and the same part of the file. {_SAVE_AS}")
    for title, part_name in titles.items():
        if part_name in found:
            told.faults[title] = list(found[part_name].faults.values())
    if "docProps/core.xml" in found:
        told.core = parts.read("docProps/core.xml")
    return told


def _read_through(name: str, part: IO[bytes], title: str, size: int) -> _Sheet:
    """Read a part to its end (which checks its checksum); for a sheet, the reach of its cells."""
    sheet, tail = _Sheet(), b""
    if title == "content.xml" or re.fullmatch(r"xl/worksheets/.*\.bin", title):
        content = part.read(MAX_WHOLE + 1)
        if len(content) > MAX_WHOLE:
            raise DataError(f"{name} is too large to be read as it is. {_SAVE_AS}")
        _refuse_words(name, content[:_OVERLAP])
        sheet.area = of_ods(content) if title == "content.xml" else of_xlsb(content)
        return sheet
    while chunk := part.read(_CHUNK):
        if not tail and title.endswith(".xml"):
            _refuse_words(name, chunk[:_OVERLAP], plain=title.startswith("xl/"))
        text = tail + chunk
        if title.lower().endswith(_STRINGS):
            _refuse_claims(name, text, size)
        rows, wide = of_xml(text)
        sheet.rows, sheet.wide = max(sheet.rows, rows), max(sheet.wide, wide)
        if len(sheet.faults) < MAX_FAULTS:
            _note_faults(sheet, text)
        tail = chunk[-_OVERLAP:]
    sheet.area = sheet.rows * sheet.wide
    return sheet


def _refuse_words(name: str, start: bytes, *, plain: bool = False) -> None:
    if _ENTITIES.search(start.replace(b"\0", b"")):
        raise DataError(
            f"{name} defines words of its own (a DOCTYPE) in its XML, as no spreadsheet program does. It was "
            "not read; save it again in Excel and load that."
        )
    if plain and b"\0" in start[:64]:
        raise DataError(f"{name} is written as no spreadsheet program writes (UTF-16). {_SAVE_AS}")


def _refuse_claims(name: str, text: bytes, size: int) -> None:
    """Refuse a part of shared texts that claims more of them than it has bytes: room is made for them all."""
    claims = [said.strip() for said in _UNIQUE.findall(text)]
    if text.startswith(_XLSB_TEXTS):
        claims.append(b"%d" % int.from_bytes(text[7:11], "little"))
    if any(not said.isdigit() or int(said) > size for said in claims):
        raise DataError(
            f"{name} says that it holds more texts than there is room for in it: it is damaged. It was not "
            f"read. {_SAVE_AS}"
        )


def _note_faults(sheet: _Sheet, text: bytes) -> None:
    if b't="e"' in text:
        for letters, row, value in _ERROR.findall(text):
            said = value.decode("utf-8", "replace")
            sheet.faults[letters, row] = CellFault(int(row), column_number(letters), "error_cell", said)
    if b"<f" in text or b":f" in text:
        for letters, row in _NOT_WORKED_OUT.findall(text):
            sheet.faults[letters, row] = CellFault(
                int(row), column_number(letters), "formula_without_value", None
            )


_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its title; none where the workbook does not say (the reader tells that)."""
    try:
        book = ET.fromstring(parts.read("xl/workbook.xml"))
        links = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    except (ET.ParseError, ValueError, LookupError):  # no such part, no XML, an encoding of no name
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter():
        target = targets.get(sheet.get(_REL)) if sheet.tag.endswith("}sheet") else None
        if target:
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[sheet.get("name", "")] = path
    return found
