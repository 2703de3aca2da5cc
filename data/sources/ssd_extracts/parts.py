"""The rows of one file, a batch at a time, under its own headings."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.issues import model as issues
from data.issues.model import Effect, Issue, Severity
from data.sources.delimited import FAULTS, Fault, find_headings, frame_of
from data.sources.plain_text import Survey, survey
from data.sources.ssd.layout import match
from data.sources.ssd_extracts.files import ExtractFile
from data.sources.ssd_extracts.parquet_footer import refuse_too_much

ROW = "row number"
"""The column beside a file's own: no heading of the standard is called that."""

_PACKED_TOO_WELL = 200
"""How much larger than itself a packed file of text may be; a table packs to a tenth or so."""
_SMALL = 256 * 1024 * 1024
_SHOWN = 200
"""Characters of a broken row that its issue shows."""

MOST_COLUMNS = 2_000
"""Of one file; a table of the standard has some tens, and each column costs time of its own."""
_PARQUET_ROWS = 100_000
_IN_MEMORY = 1024**3
"""Bytes of a Parquet file in a zip file, which is read whole."""


@dataclass(frozen=True)
class Rows:
    """Some rows of a file: its columns and `ROW`, what was wrong, and how many of them were held."""

    frame: pl.DataFrame
    issues: pl.DataFrame
    held: int


class Part(Protocol):
    """A file that is open: its columns, and its rows."""

    columns: list[str]
    repeated: list[str]
    """headings that stand more than once; the first of each is read"""
    digest: str
    """sha256 of its bytes"""

    def batches(self, size: int) -> Iterator[Rows]:
        """Every row, once."""
        ...


def issue(
    source: str,
    place: str,
    rule: str,
    severity: Severity,
    reason: str,
    *,
    row: str | None = None,
    column: str | None = None,
    value: str | None = None,
    effect: Effect = "kept",
    table: str | None = None,
) -> Issue:
    """One issue about a file or a row of it."""
    return {
        "source": source, "place": place, "row": row, "column": column, "value": value, "rule": rule,
        "severity": severity, "effect": effect, "reason": reason, "person_id": None, "ssd_table": table,
    }  # fmt: skip


def refuse_too_wide(name: str, columns: int) -> None:
    """Raise DataError for a file with more columns than any table has."""
    if columns > MOST_COLUMNS:
        raise DataError(
            f"{name} has {columns:,} columns, and no table has more than {MOST_COLUMNS:,}. Export it again."
        )


def row_of(place: str, number: pl.Expr) -> pl.Expr:
    """Where a row stands: "ssd_person.csv/row 17"."""
    return pl.format("{}/row {}", pl.lit(place), number)


class TextPart:
    """A table as text.

    Rows are numbered as a spreadsheet shows them: the first line is row 1 and so, as a rule, the headings
    are; blank lines count; a line end within quotes does not begin a row.
    """

    def __init__(self, file: ExtractFile, table: str, source: str) -> None:
        self._file, self._table, self._source = file, table, source
        self._survey = self._looked_through()
        self.digest = self._survey.sha256
        self._text = find_headings(file.open, self._survey, self._score)
        refuse_too_wide(file.name, len(self._text.headings))
        by_name: dict[str, tuple[str, int]] = {}
        for at, heading in enumerate(self._text.headings):
            if heading:
                by_name.setdefault(heading.lower(), (heading, at))
        self._at = dict(by_name.values())
        self.columns = list(self._at)
        read = set(self._at.values())
        self.repeated = [
            heading for at, heading in enumerate(self._text.headings) if heading and at not in read
        ]

    def batches(self, size: int) -> Iterator[Rows]:
        """Every row, once."""
        if self._survey.mixed:
            reason = "Some bytes of the file are not UTF-8; they were read as Windows-1252."
            yield self._nothing(issue(self._source, self._file.name, "encoding", "note", reason))
        for chunk in self._text.chunks(size) if self.columns else ():
            told = [issues.frame(map(self._told, chunk.faults))]
            frame = frame_of(chunk)
            frame = frame.select(pl.col("row").alias(ROW), *self._named(frame))
            frame, headings = self._without_headings(frame)
            told += [headings, *self._odd(frame)]
            cells = pl.col(self.columns)
            frame = frame.with_columns(pl.when(cells != r"\N").then(cells.str.replace_all("\0", "")))
            yield Rows(frame, pl.concat(told), chunk.held + len(headings))

    def _looked_through(self) -> Survey:
        limit = max(_SMALL, self._file.size * _PACKED_TOO_WELL) if self._file.packed else None
        return survey(self._file.name, self._file.open, limit=limit)

    def _score(self, cells: Sequence[str]) -> int:
        found = match(self._table, self._file.name, cells)
        return len(found.columns) if found else 0

    def _named(self, frame: pl.DataFrame) -> list[pl.Expr]:
        there = set(frame.columns)
        return [
            (pl.col(f"c{at}") if f"c{at}" in there else pl.lit(None, pl.String)).alias(name)
            for name, at in self._at.items()
        ]

    def _told(self, fault: Fault) -> Issue:
        severity, reason = FAULTS[fault.rule, fault.held]
        return issue(
            self._source, self._file.name, fault.rule, severity, reason,
            row=f"{self._file.name}/row {fault.row}", value=fault.text.replace("\0", "")[:_SHOWN],
            effect="row held" if fault.held else "kept", table=self._table,
        )  # fmt: skip

    def _nothing(self, told: Issue) -> Rows:
        schema = {ROW: pl.Int64, **dict.fromkeys(self.columns, pl.String)}
        return Rows(pl.DataFrame(schema=schema), issues.frame([told]), 0)

    def _without_headings(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Hold rows that repeat the headings, or underline them as database tools do."""
        first = self.columns[0]
        again = pl.all_horizontal(
            pl.col(name).str.strip_chars().str.to_lowercase().is_in([name.lower(), ""])
            for name in self.columns
        )
        line = pl.all_horizontal(pl.col(name).str.contains(r"^\s*-*\s*$") for name in self.columns)
        start = pl.col(first).str.strip_chars()
        doubtful = frame.filter((start.str.to_lowercase() == first.lower()) | start.str.contains("^--+$"))
        rows = doubtful.filter(again | line)[ROW]
        reason = "The row repeats the headings or underlines them."
        if rows.is_empty():
            return frame, issues.frame()
        told = issues.frame(
            issue(
                self._source, self._file.name, "heading_row", "note", reason,
                row=f"{self._file.name}/row {row}", effect="row held", table=self._table,
            )
            for row in rows
        )  # fmt: skip
        return frame.filter(~pl.col(ROW).is_in(rows.implode())), told

    def _odd(self, frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Say which cells have characters that mean nothing."""
        signs = []
        if self._survey.nuls or self._survey.encoding.startswith("utf-16"):
            signs.append(("\0", "nul_character", "The text had NUL characters; they were taken out."))
        if self._survey.mixed or self._survey.encoding.startswith("utf-16"):
            reason = (
                "Characters of the text cannot be read; each is shown as \ufffd. Correct it in the source."
            )
            signs.append(("\ufffd", "unreadable_character", reason))
        for sign, rule, reason in signs:
            for name in self.columns:
                rows = frame.filter(pl.col(name).str.contains(sign, literal=True))
                yield issues.frame(
                    issue(
                        self._source, self._file.name, rule, "warning", reason, column=name,
                        row=f"{self._file.name}/row {row}", value=text.replace("\0", "")[:_SHOWN],
                        table=self._table,
                    )
                    for row, text in rows.select(ROW, name).iter_rows()
                )  # fmt: skip


class ParquetPart:
    """A table in its own types; its first row is row 1, for it has no headings among its rows."""

    def __init__(self, file: ExtractFile, digest: str) -> None:
        self.repeated = list[str]()
        if file.path is None and file.size > _IN_MEMORY:
            raise DataError(f"{file.name} is too large to be read within a zip file. Unpack it first.")
        if file.path is not None:
            where: Path | io.BytesIO = file.path
            with file.open() as opened:
                refuse_too_much(file.name, opened)
        else:
            where = io.BytesIO(file.open().read())
            refuse_too_much(file.name, where)
        self._rows = pl.scan_parquet(where, glob=False, hive_partitioning=False)
        self._schema = self._rows.collect_schema()
        refuse_too_wide(file.name, len(self._schema))
        self.columns = list({name.lower(): name for name in reversed(self._schema.names())}.values())
        self.digest = digest

    def batches(self, size: int) -> Iterator[Rows]:
        """Every row, once."""
        total = int(self._rows.select(pl.len()).collect().item())
        wanted = [_readable(name, self._schema[name]) for name in self.columns]
        size = max(size, _PARQUET_ROWS)
        for start in range(0, total, size):
            frame = self._rows.select(wanted).slice(start, size).collect()
            frame = frame.with_columns(_text_of(series) for series in frame if series.dtype == pl.Binary)
            number = pl.int_range(start + 1, start + 1 + pl.len(), dtype=pl.Int64).alias(ROW)
            yield Rows(frame.with_columns(number), issues.frame(), 0)


def _readable(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as it is, except nested ones, which become JSON."""
    column = pl.col(name)
    if kind.is_nested():
        text = pl.struct(column.alias("v")).struct.json_encode()
        return pl.when(column.is_not_null()).then(text.str.slice(5).str.head(-1)).alias(name)
    return column


def _text_of(series: pl.Series) -> pl.Series:
    """Bytes as the text they are; Polars has no way of reading those that are no UTF-8."""
    texts = [None if value is None else value.decode("utf-8", "replace") for value in series]
    return pl.Series(series.name, texts, dtype=pl.String)


def part_of(file: ExtractFile, table: str, source: str) -> Part:
    """Open a file of a table. Raises DataError, OSError or an error of Polars when it cannot be read."""
    if file.form == "text":
        return TextPart(file, table, source)
    if file.form == "parquet":
        return ParquetPart(file, survey_bytes(file))
    raise DataError(f"{file.name} is {file.what}. Export it again as CSV or Parquet.")


def survey_bytes(file: ExtractFile) -> str:
    """sha256 of a file, a megabyte at a time."""
    with file.open() as opened:
        digest = hashlib.sha256()
        for chunk in iter(partial(opened.read, 2**20), b""):
            digest.update(chunk)
    return digest.hexdigest()
