"""An SSDA903 return as a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from data.dataclass import dataclass
from data.sources.base import Batch, PlaceCount, Progress, silent
from data.sources.ssda903.care import care
from data.sources.ssda903.coverage import coverage
from data.sources.ssda903.episodes import episodes
from data.sources.ssda903.health import health
from data.sources.ssda903.layout import LATER, TITLES
from data.sources.ssda903.leaving import leaving
from data.sources.ssda903.parts import Parts
from data.sources.ssda903.people import people
from data.sources.ssda903.problems import Problems
from data.sources.ssda903.rows import Rows, usable
from data.sources.ssda903.sheets import checksum, read_sheets


@dataclass(frozen=True)
class _Read:
    """What one reading of a return gave."""

    rows: Rows
    tables: list[tuple[str, pl.DataFrame]]
    issues: pl.DataFrame
    coverage: pl.DataFrame
    checksum: str


class Ssda903:
    """The files of one or several years' returns as SSD rows.

    Args:
        path: a folder or zip file of CSV files, or the one XML file of a return.

    Every batch is a whole table. Nothing is read before the first call that needs it.
    """

    kind = "ssda903"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name or path.absolute().name
        self._done: _Read | None = None

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Read the return and yield its tables. Raises DataError when it cannot be read."""
        done = self._done = self._read_all(progress)
        home = pl.col("ssd_table").fill_null("person")
        for table, frame in done.tables:
            problems = done.issues.filter(home == table)
            if frame.height or problems.height:
                yield Batch(table, frame, problems)

    def places(self) -> list[PlaceCount]:
        """Rows in, used and held of each file."""
        return list(self._read().rows.counts)

    def coverage(self) -> pl.DataFrame:
        """What this return can tell, one row for each of the 47 tables."""
        return self._read().coverage

    def checksum(self) -> str:
        """A digest of the files' names and contents, whatever the folder's order."""
        return self._read().checksum

    def data_date(self) -> date | None:
        """31 March of the latest year of return; None when that cannot be told or has not come."""
        return self._read().rows.data_date

    def _read(self) -> _Read:
        if self._done is None:
            self._done = self._read_all(silent)
        return self._done

    def _read_all(self, progress: Progress) -> _Read:
        problems = Problems(self.name)
        read = read_sheets(self.path, problems, progress)
        rows = usable(read.sheets, self.name, problems, date.today())
        for kind, title in TITLES.items():
            if kind not in rows.frames and kind not in LATER:
                reason = f"The file {title} is not in this return, so what it would say is not known."
                problems.one("missing_file", title, "note", reason)
        parts = Parts(rows, problems)
        progress("Making the standard's tables", 0, None)
        found = episodes(parts)
        tables = [*people(parts), *care(parts, found), *health(parts), *leaving(parts, found)]
        reviews = dict(tables)["cla_reviews"]
        return _Read(
            rows, tables, problems.told(), coverage(parts, found, reviews), checksum(read.digests)
        )  # fmt: skip
