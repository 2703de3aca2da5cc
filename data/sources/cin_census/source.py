"""A children in need census as a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.sources.base import Batch, PlaceCount, Progress
from data.sources.cin_census.head import Head, head
from data.sources.cin_census.layout import CHILD, groups
from data.sources.cin_census.told import about, times
from data.sources.cin_census.walk import Walk
from data.sources.xml.stream import Limits, XmlRecords

if TYPE_CHECKING:
    import polars as pl

    from data.issues.model import Issue
    from data.sources.cin_census.chunk import Chunk
    from data.sources.cin_census.coverage import Seen

CHILDREN = 5000
"""Children whose rows are held in memory at a time."""
ROWS = 100_000
"""Rows that are, at most (and one child's more)."""

_EXPECTED = ("Message", "Message/Children")
"""Elements around the records."""


class CinCensus:
    """The census file of one authority as SSD rows, some children at a time.

    Nothing is read before the first call that needs it. A file that is incomplete, or is of another kind,
    is refused with a DataError, after which nothing of it should be used.
    """

    kind = "cin_census"

    def __init__(self, path: Path, *, children: int = CHILDREN, limits: Limits | None = None) -> None:
        self.path = path
        self.name = path.name
        self._children, self._limits = children, limits
        self._head: Head | None = None
        self._forget()

    def _forget(self) -> None:
        self._counts: dict[str, tuple[int, int]] = {}
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._whole: set[str] = set()
        self._homeless: Counter[tuple[str, str]] = Counter()
        self._targets = 0
        self._seen: Seen | None = None
        self._digest = ""

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Read the file once and yield its tables, some children's at a time."""
        import polars as pl

        from data.issues import model as issues
        from data.schema.tables import polars_schema

        self._forget()
        stream = XmlRecords(self.path, {"header", "child"}, self._limits)
        walk, nr = Walk(), 0
        heads: list[Head] = []
        for record in stream:
            if record.key == "header":
                heads.append(Head(record, self.name))
                continue
            nr += 1
            walk(record, nr)
            if nr % self._children == 0 or walk.rows >= ROWS:
                yield from self._tables(walk)
                walk = Walk()
                progress(f"Reading the children of {self.name}", nr, None)
        if not nr:
            raise DataError(
                f"{self.name} has no Child element (its outermost is {stream.root[:40]}), so it is not the "
                "children in need census. Give the census file."
            )
        yield from self._tables(walk)
        self._head, self._digest = (heads[0] if heads else None), stream.digest
        told = issues.frame([*self._about_head(heads), *self._about_file(stream)])
        yield Batch("person", pl.DataFrame(schema=polars_schema("person")), told)
        progress(f"Reading the children of {self.name}", nr, nr)

    def _tables(self, walk: Walk) -> Iterator[Batch]:
        import polars as pl

        from data.issues import model as issues
        from data.sources.cin_census.chunk import Chunk
        from data.sources.cin_census.coverage import Seen, elements_of
        from data.sources.cin_census.tables import tables

        frames = walk.frames()
        chunk = Chunk(frames, self.name)
        made = dict(tables(chunk))
        self._count(walk, frames, chunk)
        self._seen = self._seen or Seen()
        self._seen.see(elements_of(frames), made)
        told = pl.concat([chunk.told(), issues.frame(self._repeated(walk))])
        home = pl.col("ssd_table").fill_null("person")
        for table, frame in made.items():
            problems = told.filter(home == table)
            if frame.height or problems.height:
                yield Batch(table, frame, problems)

    def _count(self, walk: Walk, frames: dict[str, pl.DataFrame], chunk: Chunk) -> None:
        import polars as pl

        for place in chunk.rows_in:
            rows_in, held = self._counts.get(place, (0, 0))
            self._counts[place] = (rows_in + chunk.rows_in[place], held + chunk.held[place])
        self._unknown.update(walk.unknown)
        self._whole |= walk.whole
        for path, line in walk.first_line.items():
            self._first.setdefault(path, line)
        for name, group in groups().items():
            for element in group.homeless():
                self._homeless[name, element] += frames[name][element].count()
        enquiries = frames["Section47"]
        target, held_on = pl.col("InitialCPCtarget"), pl.col("DateOfInitialCPC")
        self._targets += enquiries.filter(target.is_not_null(), held_on.is_null()).height

    def _repeated(self, walk: Walk) -> list[Issue]:
        return [
            about(
                self.name, "repeated_element", place, "warning", "value left blank",
                "The element appears more than once with different values; the first was used.",
                row=f"{place}/{CHILD}[{nr}]{where} (line {line})", column=element, value=value,
            )
            for place, nr, where, line, element, value in walk.again
        ]  # fmt: skip

    def _about_head(self, heads: list[Head]) -> list[Issue]:
        if not heads:
            reason = "The file has no header, so neither its collection nor its reference date is known."
            return [about(self.name, "no_header", "Header", "warning", "kept", reason)]
        for one in heads:
            for path, line in one.unknown.items():
                self._unknown[path] += 1
                self._first.setdefault(path, line)
        told = heads[0].issues()
        if len(heads) > 1:
            reason = f"The file has {len(heads)} headers; the first was used."
            told.append(about(self.name, "repeated_element", "Header", "warning", "kept", reason))
        return told

    def _about_file(self, stream: XmlRecords) -> Iterator[Issue]:
        """What stands in the file and in no report, each kind once with its count."""
        for path, outside in stream.outside.items():
            if path not in _EXPECTED:
                self._unknown[path] += outside.count
                self._first.setdefault(path, outside.line)
            elif outside.texts:
                self._unknown[f"{path}/text"] += outside.texts
                self._first.setdefault(f"{path}/text", outside.line)
        for path, count in sorted(self._unknown.items()):
            place, _, element = path.partition("/")
            parts = " with elements inside it" if path in self._whole else ""
            yield about(
                self.name, "unknown_element", place, "warning" if parts else "note", "value left blank",
                f"The census has no such element{parts}; it is there {times(count)} and in no report.",
                row=f"line {self._first[path]}", column=element or place,
            )  # fmt: skip
        for (place, element), count in sorted(self._homeless.items()):
            if count:
                yield about(
                    self.name, "no_ssd_home", place, "note", "value left blank",
                    "The Standard Safeguarding Dataset has no field for this element, so its values "
                    f"({times(count)}) are in no report.", column=element,
                )  # fmt: skip
        if self._targets:
            yield about(
                self.name, "target_without_conference", "Section47", "note", "value left blank",
                f"A conference was due but none is recorded as held ({times(self._targets)}); its due day is "
                "worked out from the enquiry's start.", column="InitialCPCtarget",
            )  # fmt: skip

    def places(self) -> list[PlaceCount]:
        """Rows in, used and held by kind of element."""
        from data.sources.cin_census.chunk import HOME

        return [
            PlaceCount(place, rows_in, rows_in - held, held)
            for place in HOME
            for rows_in, held in (self._counts.get(place, (0, 0)),)
            if rows_in
        ]

    def coverage(self) -> pl.DataFrame:
        """What this file can tell, one row for each of the 47 tables."""
        from data.sources.cin_census.coverage import Seen, coverage

        return coverage(self._seen or Seen(), self.data_date())

    def checksum(self) -> str:
        """sha256 of the file."""
        return self._digest

    def data_date(self) -> date | None:
        """The census's reference date, else the end of its year."""
        if self._head is None and not self._digest:
            self._head = head(self.path)
        return self._head.day() if self._head else None
