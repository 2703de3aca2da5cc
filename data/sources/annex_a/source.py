"""Annex A workbooks as a source."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.issues import model as issue_frames
from data.sources.annex_a.care import care
from data.sources.annex_a.coverage import coverage, not_carried
from data.sources.annex_a.day import AGE, Day, day_of
from data.sources.annex_a.front_door import front_door
from data.sources.annex_a.headers import place
from data.sources.annex_a.lists import Lists, candidates, opened, read_lists
from data.sources.annex_a.parts import Parts
from data.sources.annex_a.people import people
from data.sources.annex_a.problems import issue
from data.sources.annex_a.protection import protection
from data.sources.annex_a.text_list import TEXTS
from data.sources.base import Batch, PlaceCount, Progress, silent
from data.sources.forms import WORKBOOKS


class AnnexA:
    """The eleven lists of one workbook as SSD rows, or of several that together are one Annex A.

    Every batch is a whole table. Nothing is read before the first call that needs it. A row is named by its
    list and its number in Excel, "List 7/row 12"; of several workbooks by its file too,
    "north.xlsx: List 7/row 12".
    """

    kind = "annex_a"

    def __init__(self, path: Path | Sequence[Path]) -> None:
        """A workbook, a folder of them, or several."""
        given = [path] if isinstance(path, Path) else list(path)
        self.name = ", ".join(each.resolve().name for each in given)
        self._given = given
        self._lists: Lists | None = None
        self._known_day: Day | None = None

    @property
    def paths(self) -> list[Path]:
        """The workbooks, by name; in a folder all that are there. Raises DataError when there is none."""
        return [book for each in self._given for book in (_books(each) if each.is_dir() else [each])]

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Read the workbooks and yield their tables. Raises DataError when one cannot be read."""
        lists = self._lists = read_lists(self.paths, progress)
        self._known_day = None
        parts = Parts(lists)
        tables = [pair for part in (people, front_door, protection, care) for pair in part(parts)]
        told = pl.concat(
            [
                issue_frames.frame(),
                *lists.issues,
                *parts.issues,
                *not_carried(lists),
                *self._unused(),
                *self._day_by_ages(),
            ]
        )
        told = told.unique(maintain_order=True)
        home = pl.col("ssd_table").fill_null("person")
        for table, frame in tables:
            problems = told.filter(home == table)
            if frame.height or problems.height:
                yield Batch(table, self._named(frame, "source_row"), self._named(problems, "place", "row"))

    def places(self) -> list[PlaceCount]:
        """Rows in, used and held of each list, and of sheets that are a second copy of a list."""
        counts = self._read().counts
        books = self._books()
        return [replace(each, place=books.get(each.place, "") + each.place) for each in counts]

    def coverage(self) -> pl.DataFrame:
        """What these workbooks can tell, one row for each of the 47 tables."""
        return coverage(self._read())

    def checksum(self) -> str:
        """sha256 of the file; of several, of their sums."""
        sums = [_sha256(path) for path in self.paths]
        return sums[0] if len(sums) == 1 else hashlib.sha256("\n".join(sorted(sums)).encode()).hexdigest()

    def data_date(self) -> date | None:
        """The day that the ages in the lists fit, else the day the latest workbook was last saved."""
        return self._day().day

    def day_told(self) -> str | None:
        """What the day of the data is known by, one sentence."""
        return self._day().told

    def _day(self) -> Day:
        if self._known_day is None:
            days = [day for path in self.paths if (day := opened(path).modified()) is not None]
            self._known_day = day_of(self._read(), max(days, default=None), date.today())
        return self._known_day

    def _day_by_ages(self) -> Iterator[pl.DataFrame]:
        """A note where the ages fit another day than that of the workbook."""
        if self._day().by_ages:
            reason = self._day().told or ""
            yield issue("day_by_ages", self.paths[0].name, "note", "kept", reason, column=AGE)

    def _read(self) -> Lists:
        if self._lists is None:
            self._lists = read_lists(self.paths, silent)
        return self._lists

    def _unused(self) -> Iterator[pl.DataFrame]:
        """One note for each file of a folder that is neither a workbook nor a list."""
        reason = "This file is neither a workbook nor a list of Annex A as CSV, so it was not read."
        for folder in (each for each in self._given if each.is_dir()):
            used = {path.name for path in _books(folder)}
            for path in sorted(folder.iterdir()):
                if path.name not in used and not path.name.startswith("~$"):
                    yield issue("unused_file", path.name, "note", "kept", reason)

    def _books(self) -> dict[str, str]:
        """What goes before the name of each list where there are several workbooks."""
        lists = self._read()
        return {place(list_no): f"{book}: " for list_no, book in lists.books.items()} if lists.several else {}

    def _named(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Rows under the source's own name, places with their file where there are several."""
        frame = frame.with_columns(source=pl.lit(self.name))
        books = self._books()
        for name in columns if books else ():
            book = pl.col(name).str.extract(r"^(List \d+)(?:/|$)").replace_strict(books, default="")
            frame = frame.with_columns((book.fill_null("") + pl.col(name)).alias(name))
        return frame


def looks_like(path: Path) -> bool:
    """Whether a file is a workbook with at least one list of Annex A, or such a list as CSV."""
    try:
        return any(found is not None for _, found in candidates(opened(path)))
    except DataError:
        return False


def _books(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith("~$") and _may_hold_lists(path)
    )
    if not found:
        raise DataError(f"The folder {folder} holds no workbook. Give the Annex A workbook itself.")
    return found


def _may_hold_lists(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in WORKBOOKS or (suffix in TEXTS and looks_like(path))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"{path.name} could not be read ({error.strerror}).") from error
