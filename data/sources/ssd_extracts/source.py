"""A folder or zip of SSD extracts, or one of them, as a source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.issues import model as issues
from data.issues.model import Issue, Severity
from data.schema.convert import typed
from data.schema.tables import names, polars_schema
from data.sources.archive import Archive, Limits
from data.sources.base import Batch, PlaceCount, Progress
from data.sources.ssd.layout import Found, Layout, coverage_of, layout_issues, match
from data.sources.ssd.rows import columns_of, in_fields, one_plan, plan_columns
from data.sources.ssd_extracts.damage import explained
from data.sources.ssd_extracts.files import SUFFIXES, ExtractFile, Files, sort_out
from data.sources.ssd_extracts.parts import ROW, Part, Rows, issue, part_of, row_of

BATCH = 20_000
"""Lines read at a time: a few tens of megabytes."""

LIMITS = Limits(member=16 * 1024**3, total=64 * 1024**3)
"""Every case record of twenty years is in an extract; no other return is as large."""


@dataclass(frozen=True)
class _Open:
    """A file that is open, and which of its columns are fields of its table."""

    file: ExtractFile
    part: Part
    found: Found


class SsdExtracts:
    """Reads the standard's tables from CSV or Parquet files, one file per table or parts of one.

    A row is named by its file and number, "ssd_person.csv/row 17". In a text file the number is the one a
    spreadsheet shows: the headings are row 1, blank lines count, a line end within quotes begins no row. A
    Parquet file has no headings among its rows: its first row is row 1.
    """

    kind = "ssd_extracts"

    def __init__(self, path: Path, *, batch: int = BATCH) -> None:
        self._path, self._batch = path, batch
        self._layout = Layout(None, {})
        self._open: list[_Open] = []
        self._counts: dict[str, PlaceCount] = {}
        self._digests: list[str] = []

    @property
    def name(self) -> str:
        """The folder's or file's own name."""
        return self._path.resolve().name

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Every table of the standard that is there, in its order. Raises DataError."""
        self._counts, self._digests, self._open = {}, [], []
        progress(f"Looking through {self.name}", 0, None)
        archive = Archive(self._path, LIMITS)
        files = sort_out(archive.members(), self.name)
        shapeless = self._arrange(files)
        told = [
            *layout_issues(self._layout, self.name),
            *self._columns(),
            *(
                issue(self.name, refused.name, refused.rule, "warning", refused.reason)
                for refused in archive.refused
            ),
            *self._unused(files),
        ]
        yield Batch("person", pl.DataFrame(schema=polars_schema("person")), issues.frame(told))
        for each in shapeless:
            yield from self._held(each, progress)
        plans = self._plans()
        for each in self._open:
            yield from self._rows(each, plans, progress)

    def places(self) -> list[PlaceCount]:
        """Rows by file; files that have no column of the standard are held whole."""
        return list(self._counts.values())

    def coverage(self) -> pl.DataFrame:
        """full where the table is there with every column; partial where some are missing or it is empty."""
        rows: dict[str, int] = {}
        for each in self._open:
            count = self._counts.get(each.file.name)
            rows[each.found.table] = rows.get(each.found.table, 0) + (count.rows_used if count else 0)
        return coverage_of(self._layout, rows)

    def checksum(self) -> str:
        """A digest of the bytes of every file that is a table."""
        return hashlib.sha256("\n".join(sorted(self._digests)).encode()).hexdigest()

    def data_date(self) -> date | None:
        """The day the newest file was last written, in a zip file the zip file itself; None if not known."""
        paths = [each.file.path or self._path for each in self._open] or [self._path]
        try:
            newest = max(path.stat().st_mtime for path in paths)
        except OSError:
            return None
        return datetime.fromtimestamp(newest, tz=UTC).astimezone().date()

    def _arrange(self, files: Files) -> list[_Open]:
        """Open every file and match its columns; those without any are returned, to be held."""
        shapeless: list[_Open] = []
        tables: dict[str, Found] = {}
        for table in names():
            for file in files.tables.get(table, ()):
                with explained(file.name):
                    part = part_of(file, table, self.name)
                self._digests.append(f"{table} {part.digest}")
                found = match(table, file.name, part.columns)
                if found is None:
                    shapeless.append(_Open(file, part, Found(table, file.name, {}, (), ())))
                    continue
                self._open.append(_Open(file, part, found))
                before = tables.get(table, found)
                missing = tuple(dict.fromkeys([*before.missing, *found.missing]))
                tables[table] = replace(before, missing=missing)
        self._layout = Layout(None, tables, {each.found.table: each.file.name for each in shapeless})
        if not tables:
            raise DataError(self._nothing(shapeless))
        return shapeless

    def _nothing(self, shapeless: Sequence[_Open]) -> str:
        if shapeless:
            files = ", ".join(each.file.name for each in shapeless[:8])
            return (
                f"{self.name} holds no SSD tables: {files} have none of the standard's columns in their "
                "first rows. Export them with their headings."
            )
        return f"{self.name} holds no SSD extracts: no file is called like a table, as ssd_person.csv is."

    def _columns(self) -> Iterator[Issue]:
        """What stands in a heading twice."""
        for each in self._open:
            for heading in each.part.repeated:
                yield issue(
                    self.name, each.file.name, "repeated_heading", "warning",
                    "The heading appears twice; the first column was read.",
                    column=heading, table=each.found.table,
                )  # fmt: skip

    def _unused(self, files: Files) -> Iterator[Issue]:
        """Every file that was not read; one that could be a table by its kind is a warning."""
        for name, reason in files.unused.items():
            severity: Severity = "warning" if name.lower().removesuffix(".gz").endswith(SUFFIXES) else "note"
            yield issue(self.name, name, "unused_file", severity, reason)

    def _plans(self) -> pl.DataFrame | None:
        """Plan and child, where visits name only the plan."""
        wanted = plan_columns(self._layout.tables)
        if wanted is None:
            return None
        frames = []
        for each in self._open:
            if each.found.table == "cin_plans":
                columns = plan_columns({**self._layout.tables, "cin_plans": each.found}) or {}
                frames += [
                    rows.frame.select(**{name: pl.col(column) for name, column in columns.items()})
                    for rows in self._batches(each)
                    if columns
                ]
        return one_plan(frames)

    def _batches(self, each: _Open) -> Iterator[Rows]:
        batches = each.part.batches(self._batch)
        while True:
            with explained(each.file.name):
                rows = next(batches, None)
            if rows is None:
                return
            yield rows

    def _rows(self, each: _Open, plans: pl.DataFrame | None, progress: Progress) -> Iterator[Batch]:
        place, table = each.file.name, each.found.table
        used = held = 0
        progress(f"Reading {place}", 0, None)
        for rows in self._batches(each):
            raw = in_fields(each.found, rows.frame.select(*columns_of(each.found), ROW), plans, beside=[ROW])
            raw = raw.with_columns(row_of(place, pl.col(ROW)).alias("source_row"))
            frame, told = typed(table, raw, source=self.name, place=place)
            used, held = used + len(frame), held + rows.held
            self._counts[place] = PlaceCount(place, used + held, used, held)
            yield Batch(table, frame, pl.concat([rows.issues, told]))
            progress(f"Reading {place}", used + held, None)
        self._counts.setdefault(place, PlaceCount(place, 0, 0, 0))

    def _held(self, each: _Open, progress: Progress) -> Iterator[Batch]:
        """A file that is called like a table and has none of its columns: every row is held."""
        place, table = each.file.name, each.found.table
        reason = "The file has none of the standard's columns in its headings; check what it is."
        held = 0
        progress(f"Reading {place}", 0, None)
        for rows in self._batches(each):
            held += len(rows.frame) + rows.held
            told = issues.frame(
                issue(
                    self.name, place, "wrong_shape", "error", reason, row=f"{place}/row {row}",
                    effect="row held", table=table,
                )
                for row in rows.frame[ROW]
            )  # fmt: skip
            yield Batch(table, pl.DataFrame(schema=polars_schema(table)), pl.concat([rows.issues, told]))
        self._counts[place] = PlaceCount(place, held, 0, held)
