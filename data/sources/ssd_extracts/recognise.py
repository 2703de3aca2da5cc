"""Whether files are SSD extracts: by name with the prefix, else by name and headings."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.schema.tables import PREFIX
from data.sources.delimited import find_headings
from data.sources.plain_text import survey
from data.sources.ssd.layout import match
from data.sources.ssd_extracts.damage import explained
from data.sources.ssd_extracts.files import ExtractFile, opened, table_of_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.sources.archive import Member

_ENOUGH = 64 * 1024
"""Bytes in which a file's headings stand."""


def claims_a_table(path: Path) -> bool:
    """Whether a file is called like a table of the standard."""
    return table_of_file(path.name) is not None


def extracts_among(members: Iterable[Member]) -> list[str]:
    """The names of those members that are extracts.

    A name with the prefix is enough. Without it (missing.csv is a table's and an SSDA903 file's name) the
    headings have to be the standard's too.
    """
    return [member.name for member in members if _is_extract(member)]


def _is_extract(member: Member) -> bool:
    name = member.name.rpartition("/")[2]
    claim = table_of_file(name)
    if claim is None:
        return False
    table, stem, _ = claim
    return stem.startswith(PREFIX) or _has_columns(member, table)


def _has_columns(member: Member, table: str) -> bool:
    try:
        file = opened(member)
        with explained(file.name):
            columns = _columns(file, table)
    except (DataError, OSError, ValueError, EOFError):
        return False
    return match(table, file.name, columns) is not None


def _columns(file: ExtractFile, table: str) -> list[str]:
    if file.form == "parquet":
        from data.sources.ssd_extracts.parts import ParquetPart

        return ParquetPart(file, "").columns
    with file.open() as inside:
        start = inside.read(_ENOUGH)

    def score(cells: Sequence[str]) -> int:
        found = match(table, file.name, cells)
        return len(found.columns) if found else 0

    def again() -> io.BytesIO:
        return io.BytesIO(start)

    return list(find_headings(again, survey(file.name, again), score).headings)
