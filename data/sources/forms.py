"""What form a file has, by its first bytes; its name counts only where the bytes say nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

Form = Literal["sqlite", "workbook", "zip", "xml", "table"]
"""table: text or Parquet, of which only the headings tell more"""

START = 512
"""Bytes that `form_of` looks at."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Byte order marks and blanks that may come before the first tag."""
_OFFICE = ("[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin")


def form_of(path: Path, start: bytes) -> Form:
    """The form of a file from its first bytes; a zip file is asked whether it is a workbook."""
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
