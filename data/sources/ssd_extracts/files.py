"""Which file of a folder is which table of the standard."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import IO, Literal, NamedTuple, cast

from data.dataclass import dataclass
from data.errors import DataError
from data.sources.archive import Member
from data.sources.plain_text import Opener
from data.sources.ssd.layout import table_named

SUFFIXES = (".csv", ".tsv", ".tab", ".psv", ".txt", ".parquet", ".pq")
"""Kinds of files that may hold a table."""

_PART = re.compile(r"(.+?)[_-](\d+)")
_A_DAY = re.compile(r"(19|20)\d{4}(\d\d)?")
"""Digits that say a month or a day (20260331), not which part of a table a file is."""

_OTHER_KINDS = (
    (b"PK\x03\x04", "a workbook or zip"),
    (b"\xd0\xcf\x11\xe0", "an old workbook or a file with a password"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a SQLite database"),
    (b"<", "a web page or XML"),
)


@dataclass(frozen=True)
class ExtractFile:
    """One file that may hold rows of a table."""

    name: str
    """how it is called in issues and row references: without folders"""
    raw: Opener
    """opens its bytes as they are stored"""
    form: Literal["text", "parquet", "other"]
    """what its content is, whatever its name says"""
    what: str
    """the content in words, where `form` is other"""
    packed: bool
    """by gzip"""
    size: int
    """bytes, as stored"""
    path: Path | None
    """where it is on disk; None in a zip file"""

    def open(self) -> IO[bytes]:
        """Its bytes from the start, unpacked."""
        return cast("IO[bytes]", gzip.open(self.raw())) if self.packed else self.raw()


class _Claim(NamedTuple):
    stem: str
    part: str | None
    path: str
    """its name with the folders it is in"""
    file: ExtractFile


@dataclass
class Files:
    """The files of a folder, by what becomes of them."""

    tables: Mapping[str, Sequence[ExtractFile]] = field(default_factory=dict)
    """the files of each table, in the order of their numbers"""
    unused: Mapping[str, str] = field(default_factory=dict)
    """name and reason"""


def table_of_file(name: str) -> tuple[str, str, str | None] | None:
    """The table a file name means, how the name says it, and the number of the part; None if none.

    "ssd_person.csv", "Person.CSV.gz", "HDM.ssd_person.parquet", "person_2.csv", "person-20260331.csv".
    """
    stem = name.lower().removesuffix(".gz")
    suffix = next((each for each in SUFFIXES if stem.endswith(each)), None)
    if suffix is None:
        return None
    stem = stem.removesuffix(suffix).strip().rpartition(".")[2]
    if table := table_named(stem):
        return table, stem, None
    numbered = _PART.fullmatch(stem)
    if numbered and (table := table_named(numbered[1])):
        return table, numbered[1], numbered[2]
    return None


def sort_out(members: Iterable[Member], where: str) -> Files:
    """Give each table its files. Raises DataError where two claim one table, or one cannot be read."""
    claims: dict[str, list[_Claim]] = defaultdict(list)
    unused: dict[str, str] = {}
    for member in members:
        name = member.name.rpartition("/")[2]
        claim = table_of_file(name)
        if claim is None:
            unused[member.name] = (
                "Its name is not that of a table (as in ssd_person.csv), so it was not read. If it is one, "
                "rename it."
            )
            continue
        table, stem, part = claim
        claims[table].append(_Claim(stem, part, member.name, opened(member)))
    return Files({table: _parts(table, claimed, where) for table, claimed in claims.items()}, unused)


def opened(member: Member) -> ExtractFile:
    """Look at the start of a file. Raises DataError when it cannot be read."""
    name = member.name.rpartition("/")[2]
    try:
        with member.open() as file:
            start = file.read(16)
        packed = start.startswith(b"\x1f\x8b")
        if packed:
            with member.open() as file, gzip.open(file) as inside:
                start = inside.read(16)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it is damaged"
        raise DataError(f"{name} could not be read ({why}). Export or copy it again.") from error
    kind = next((what for sign, what in _OTHER_KINDS if start.lstrip().startswith(sign)), "")
    if start.startswith(b"PAR1"):
        if not packed:
            return ExtractFile(name, member.open, "parquet", "", packed, member.size, member.path)
        kind = "a Parquet file packed by gzip"
    elif not kind and name.lower().endswith((".parquet", ".pq")):
        kind = "not Parquet" if start else "empty"
    form: Literal["text", "other"] = "other" if kind else "text"
    return ExtractFile(name, member.open, form, kind, packed, member.size, member.path)


def _parts(table: str, claims: Sequence[_Claim], where: str) -> list[ExtractFile]:
    """The files of one table in order, or DataError where it is not clear that they belong together."""
    for claim in claims:
        if claim.file.form == "other":
            raise DataError(
                f"{claim.path} is called like the table {table}, but its content is {claim.file.what}. "
                "Export it again as CSV or Parquet."
            )
    if len(claims) == 1:
        return [claims[0].file]
    first = claims[0]
    seen: dict[int, _Claim] = {}
    for claim in claims:
        rival = first if claim.stem != first.stem or claim.part is None or first.part is None else None
        if claim.part is not None and rival is None:
            rival = seen.get(int(claim.part))
            if rival is None and seen and _A_DAY.fullmatch(claim.part):
                rival = first
            seen[int(claim.part)] = claim
        if rival is not None and rival is not claim:
            raise DataError(
                f"{rival.path} and {claim.path} in {where} both claim to be the table {table}. "
                "Leave one of them there; parts of one table are called person_1.csv, person_2.csv."
            )
    return [claim.file for _, claim in sorted(seen.items())]
