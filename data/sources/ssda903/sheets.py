"""From a return's files to rows of text, each with the file and row it stands in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.sources.archive import Archive, Member, shown
from data.sources.base import Progress
from data.sources.delimited import FAULTS, Chunk, Delimited, find_headings
from data.sources.plain_text import survey
from data.sources.ssda903.layout import Headings, known, names, read_headings
from data.sources.ssda903.problems import Problems, cut
from data.sources.ssda903.xml_return import is_xml, read_xml

CHUNK = 20_000
"""Lines read at a time."""

MOST_COLUMNS = 500
"""Cells a row of headings may have; the widest file of a return has 13."""

LONGEST = 200
"""Characters a value may have; the longest of a return has 20."""

MOST_TOLD = 40
"""Files that are none of the return's, or columns it does not know, told one by one."""


@dataclass(frozen=True)
class Sheet:
    """One file of a return."""

    kind: str
    place: str
    """its name in issues and counts"""
    group: str
    """the folder it is in: files of one folder without a year in their names belong together"""
    columns: frozenset[str]
    """the contract's columns that it has"""
    frame: pl.DataFrame
    """every column of its kind (String, null where it has none), and source_row"""
    held: int
    """its rows that are not in `frame`"""


@dataclass
class Sheets:
    """All files of a return that were read."""

    sheets: list[Sheet] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    """sha256 of each file read, by its name"""


def read_sheets(path: Path, problems: Problems, progress: Progress) -> Sheets:
    """Read every file of a return.

    Raises DataError where there is nothing to read, or a file of the return cannot be read to its end.
    """
    archive = Archive(path)
    members = archive.members()
    for refused in archive.refused:
        problems.one("not_opened", refused.name, "warning", refused.reason)
    found = Sheets()
    others: list[tuple[str, str]] = []
    places: Counter[str] = Counter()
    for member in members:
        progress(f"Reading {shown(member.name)}", 0, None)
        found.sheets += _member(member, found, problems, others, places)
    _tell_others(others, problems, path.name)
    if not found.sheets:
        raise DataError(
            f"{path.name} holds no file of an SSDA903 return: none has headings such as CHILD and DECOM, or "
            "CHILD and UPN. Give the folder, the zip file or the .xml file of the return."
        )
    return found


def _member(
    member: Member,
    found: Sheets,
    problems: Problems,
    others: list[tuple[str, str]],
    places: Counter[str],
) -> list[Sheet]:
    name = member.name
    group = name.rpartition("/")[0]
    if member.size == 0:
        others.append((name, "The file is empty (0 bytes)."))
        return []
    if is_xml(member):
        if member.path is None:
            others.append((name, "An XML return inside a zip file is not read; unpack it and give the file."))
            return []
        place = _place(name, places)
        read = read_xml(member.path, place, problems)
        if read is None:
            others.append((name, "This XML file has no child with the elements of an SSDA903 return."))
            return []
        found.digests[name] = read.digest
        return [
            Sheet(kind, place, group, frozenset(columns), frame, held)
            for kind, columns, frame, held in read.sheets
        ]
    if not _may_be_text(member):
        others.append((name, "This is not a text file, so it is not part of the return."))
        return []
    told = survey(shown(name), member.open)
    table = find_headings(member.open, told, known)
    headings = read_headings(table.headings, name) if len(table.headings) <= MOST_COLUMNS else None
    if headings is None:
        others.append((name, "Its headings are those of no file of the return, so it was not read."))
        return []
    place = _place(name, places)
    if told.mixed:
        reason = "The file is not UTF-8; characters that are not were read as Windows-1252."
        problems.one("not_utf_8", place, "note", reason)
    if told.nuls:
        reason = "There are NUL characters in the file; they were left out. Check how it was made."
        problems.one("nul_characters", place, "warning", reason)
    found.digests[name] = told.sha256
    _tell_headings(headings, place, problems)
    frame, held = _rows(table, headings, place, problems)
    return [Sheet(headings.kind, place, group, frozenset(headings.found), frame, held)]


def _may_be_text(member: Member) -> bool:
    """Whether the file's first bytes are those of text: not a workbook, a picture or the like."""
    with member.open() as file:
        start = file.read(4096)
    if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8", b"\x1f\x8b")):
        return False
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    strange = sum(byte < 32 and byte not in (0, 9, 10, 12, 13) for byte in start)
    return strange <= len(start) // 20


def _place(name: str, places: Counter[str]) -> str:
    """A file's name in issues, where a slash parts a file from its row: 2024: header.csv."""
    place = shown(name).replace("/", ": ")
    places[place] += 1
    return place if places[place] == 1 else f"{place} ({places[place]})"


def _tell_others(others: Sequence[tuple[str, str]], problems: Problems, whole: str) -> None:
    for name, reason in others[:MOST_TOLD]:
        problems.one("not_903", shown(name).replace("/", ": "), "note", reason)
    if len(others) > MOST_TOLD:
        reason = f"{len(others) - MOST_TOLD:,} more files are none of the return's and were not read."
        problems.one("not_903", shown(whole), "note", reason)


def _tell_headings(headings: Headings, place: str, problems: Problems) -> None:
    for name in headings.missing:
        reason = "The file has no such column, so what it would say is not known."
        problems.one("missing_column", place, "warning", reason, column=name)
    for name in headings.repeated:
        reason = "The heading appears twice; the first column was read."
        problems.one("repeated_heading", place, "warning", reason, column=name)
    reason = "The return has no such column in this file; it was not read."
    for name in headings.extra[:MOST_TOLD]:
        problems.one("extra_column", place, "note", reason, column=cut(name))
    if len(headings.extra) > MOST_TOLD:
        more = f"{len(headings.extra) - MOST_TOLD:,} more columns are not the return's and were not read."
        problems.one("extra_column", place, "note", more)


def _rows(table: Delimited, headings: Headings, place: str, problems: Problems) -> tuple[pl.DataFrame, int]:
    """The rows below the headings that say something, and how many of them were held."""
    wanted = ("source_row", *names(headings.kind))
    found = [pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))]
    held = 0
    for chunk in table.chunks(CHUNK):
        held += chunk.held
        _tell_faults(chunk, place, problems)
        frame = _frame(chunk)
        if frame is None:
            continue
        picked = frame.select(
            pl.format("{}/row {}", pl.lit(place), "row").alias("source_row"),
            *(
                pl.col(f"c{headings.found[name]}").alias(name)
                if name in headings.found
                else pl.lit(None, pl.String).alias(name)
                for name in names(headings.kind)
            ),
        )
        found.append(picked)
    return _cleaned(pl.concat(found), problems), held


def _frame(chunk: Chunk) -> pl.DataFrame | None:
    """The chunk's cells as String columns c0, c1, … and row; rows of blanks are left out."""
    if not chunk.cells:
        return None
    cells = [
        pl.Series(f"c{at}", column, dtype=pl.String)
        for at, column in enumerate(zip(*chunk.cells, strict=True))
    ]
    frame = pl.DataFrame([*cells, pl.Series("row", chunk.rows, dtype=pl.Int64)])
    said = pl.any_horizontal(tidied(pl.col(cell.name)).str.len_chars() > 0 for cell in cells)
    return frame.filter(said)


def tidied(cell: pl.Expr) -> pl.Expr:
    """A cell without NULs, odd spaces and the blanks around it."""
    return cell.str.replace_all("\0", "", literal=True).str.replace_all(
        "[\u00a0\u200b\ufeff]", " "
    ).str.strip_chars()  # fmt: skip


def _cleaned(frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Blank cells made null, and values longer than any of a return blanked, with an issue."""
    cells = [name for name in frame.columns if name != "source_row"]
    frame = frame.with_columns(tidied(pl.col(name)).alias(name) for name in cells)
    for name in cells:
        long = pl.col(name).str.len_chars() > LONGEST
        reason = f"The value is longer than {LONGEST} characters, which none of the return is; correct it."
        problems.rows(
            frame.filter(long), "too_long", "error", reason,
            effect="value left blank", column=name, value=pl.col(name),
        )  # fmt: skip
    return frame.with_columns(
        pl.when(pl.col(name).str.len_chars().is_between(1, LONGEST)).then(name).alias(name) for name in cells
    )


def _tell_faults(chunk: Chunk, place: str, problems: Problems) -> None:
    """The rows that are broken: those held, and those read all the same."""
    for (rule, held), (severity, reason) in FAULTS.items():
        rows = pl.DataFrame(
            [
                (f"{place}/row {fault.row}", fault.text)
                for fault in chunk.faults
                if (fault.rule, fault.held) == (rule, held)
            ],
            schema={"source_row": pl.String, "text": pl.String},
            orient="row",
        )
        problems.rows(
            rows, rule, severity, reason, effect="row held" if held else "kept", value=pl.col("text")
        )


def checksum(digests: dict[str, str]) -> str:
    """One digest of all files read, whatever order they came in."""
    text = "\n".join(f"{digest} {name}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def by_kind(sheets: Sequence[Sheet]) -> Iterator[tuple[str, list[Sheet]]]:
    """The files of each kind."""
    for kind in dict.fromkeys(sheet.kind for sheet in sheets):
        yield kind, [sheet for sheet in sheets if sheet.kind == kind]
