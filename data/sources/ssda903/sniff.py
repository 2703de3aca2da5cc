"""Guessing whether a path is an SSDA903 return, by a look at the beginning of a few files."""

from __future__ import annotations

import csv
from pathlib import Path

from data.errors import DataError
from data.sources.archive import Archive, Member
from data.sources.ssda903.layout import read_headings
from data.sources.ssda903.xml_return import is_xml
from data.sources.xml.sniff import first_names

LOOKED_AT = 64 * 1024
"""Bytes of each file."""

FILES = 200
"""Files looked at."""

_OWN = frozenset({"areview", "amissing", "ad_placed", "decom", "rne", "pl", "review_code", "oc2", "oc3"})
"""Elements of the XML return that other returns about children do not have."""


def looks_like(path: Path) -> bool:
    """Whether a path seems to be an SSDA903 return: a folder, zip, CSV or XML file.

    Never raises, and opens nothing that `Archive` would not.
    """
    try:
        return any(_is_of_return(member) for member in Archive(path).members()[:FILES])
    except (DataError, OSError):
        return False


def _is_of_return(member: Member) -> bool:
    if not member.size:
        return False
    if is_xml(member):
        return member.path is not None and bool(_OWN & set(first_names(member.path)))
    with member.open() as file:
        start = file.read(LOOKED_AT)
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "latin-1", "replace").replace("ï»¿", "").replace("\0", "")
    for line in text.splitlines()[:20]:
        for delimiter in ",;\t|":
            try:
                cells = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            if len(cells) > 1 and read_headings(cells, member.name) is not None:
                return True
    return False
