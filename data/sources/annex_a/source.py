"""An Annex A workbook as a source."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from data import issues as issue_frames
from data.errors import DataError
from data.sources.annex_a.care import care
from data.sources.annex_a.coverage import coverage, not_carried
from data.sources.annex_a.front_door import front_door
from data.sources.annex_a.lists import Lists, read_lists
from data.sources.annex_a.parts import Parts
from data.sources.annex_a.people import people
from data.sources.annex_a.protection import protection
from data.sources.annex_a.workbook import Workbook
from data.sources.base import Batch, PlaceCount, Progress, silent


class AnnexA:
    """The eleven lists of one workbook as SSD rows.

    Every batch is a whole table. Nothing is read before the first call that needs it.
    """

    kind = "annex_a"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self._lists: Lists | None = None

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Read the workbook and yield its tables. Raises DataError when it cannot be read."""
        lists = self._lists = read_lists(self.path, progress)
        parts = Parts(lists)
        tables = [pair for part in (people, front_door, protection, care) for pair in part(parts)]
        told = pl.concat([issue_frames.frame(), *lists.issues, *parts.issues, *not_carried(lists)])
        told = told.unique(maintain_order=True)
        home = pl.col("ssd_table").fill_null("person")
        for table, frame in tables:
            problems = told.filter(home == table)
            if frame.height or problems.height:
                yield Batch(table, frame, problems)

    def places(self) -> list[PlaceCount]:
        """Rows in, used and held of each list, and of sheets that are a second copy of a list."""
        return list(self._read().counts)

    def coverage(self) -> pl.DataFrame:
        """What this workbook can tell, one row for each of the 47 tables."""
        return coverage(self._read())

    def checksum(self) -> str:
        """sha256 of the file."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise DataError(f"{self.name} could not be read ({error.strerror}).") from error

    def data_date(self) -> date | None:
        """The day the workbook was last saved, by its own property."""
        return Workbook(self.path).modified()

    def _read(self) -> Lists:
        if self._lists is None:
            self._lists = read_lists(self.path, silent)
        return self._lists
