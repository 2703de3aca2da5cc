"""What one file is, by its first bytes; its name counts only where the bytes say nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from data.errors import DataError

if TYPE_CHECKING:
    from data.sources.base import Source

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

Form = Literal["sqlite", "workbook", "zip", "xml", "table"]
"""table: text or Parquet, of which only the headings tell more"""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Byte order marks and blanks that may come before the first tag."""
_OFFICE = ("[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin")


def form_of(path: Path, start: bytes) -> Form:
    """The kind of a file from its first bytes; a zip file is asked whether it is a workbook."""
    if start.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if path.suffix.lower() in WORKBOOKS or start.startswith(_OLE):
        return "workbook"
    if start.startswith(_ZIP):
        return "workbook" if _is_office(path) else "zip"
    first = start.lstrip(_BEFORE_XML)
    return "xml" if first.startswith(b"<") else "table"


def _is_office(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as parts:
            return any(name in _OFFICE for name in parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def open_file(path: Path, start: bytes, schema: str | None) -> Source:
    """The source that one file is. Raises DataError when it is nothing that is read."""
    form = form_of(path, start)
    if form == "sqlite":
        from data.sources.ssd_database import SsdDatabase

        return SsdDatabase(f"sqlite:///{path.absolute()}", schema)
    if form == "workbook":
        from data.sources.annex_a import AnnexA

        return AnnexA(path)
    if form == "zip":
        from data.sources.folders import open_zip

        return open_zip(path)
    return _xml(path) if form == "xml" else _table(path)


def _xml(path: Path) -> Source:
    from data.sources import cin_census, ssda903

    if cin_census.looks_like(path):
        return cin_census.CinCensus(path)
    if ssda903.looks_like(path):
        return ssda903.Ssda903(path)
    raise DataError(
        f"{path} is XML (or a web page), but neither a children in need census nor an SSDA903 return. Give "
        "the file as the case system exports it."
    )


def _table(path: Path) -> Source:
    from data.sources.ssd_extracts import SsdExtracts, claims_a_table

    if claims_a_table(path):
        return SsdExtracts(path)
    from data.sources.annex_a.headers import list_by_name

    if path.suffix.lower() == ".csv" and list_by_name(path.stem) is not None:
        from data.sources.annex_a import AnnexA, looks_like

        if looks_like(path):
            return AnnexA(path)
    from data.sources import ssda903

    if ssda903.looks_like(path):
        return ssda903.Ssda903(path)
    raise DataError(
        f"{path} is neither a workbook, a database, XML nor a zip, and neither its name (as in "
        "ssd_person.csv) nor its headings are those of an SSD extract or SSDA903 file. Give one of "
        "those, or a URL."
    )
