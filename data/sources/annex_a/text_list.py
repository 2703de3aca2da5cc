"""A list saved as CSV, "List 7.csv": the same rows as its sheet, without the workbook around it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.sources.annex_a.headers import LISTS, read_headings
from data.sources.annex_a.workbook import MAX_FILE, Sheet
from data.sources.delimited import Fault, find_headings, frame_of
from data.sources.plain_text import survey

TEXTS = (".csv", ".tsv", ".txt")
_LINES = 50_000


class TextList:
    """One CSV file in the place of a workbook. Raises DataError when it cannot be read."""

    links_outside = False

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.stat().st_size > MAX_FILE:
                raise DataError(f"{path.name} is too large for a list of Annex A. Check the file.")
            self._survey = survey(path.name, lambda: path.open("rb"))
            self._table = find_headings(lambda: path.open("rb"), self._survey, _score)
        except OSError as error:
            raise DataError(f"{path.name} could not be read ({error.strerror}). Check the file.") from error

    def sheets(self) -> Iterator[Sheet]:
        """The file as the one sheet that it is, named as the file is."""
        width = len(self._table.headings)
        chunks = list(self._table.chunks(_LINES)) if width else []
        broken: list[Fault] = [fault for chunk in chunks for fault in chunk.faults]
        heads = {f"c{at}": [name] for at, name in enumerate(self._table.headings)}
        rows = [frame_of(chunk) for chunk in chunks if chunk.cells]
        first = self._table.heading_row
        cells = pl.concat([pl.DataFrame({**heads, "row": [first]}), *rows]) if width else pl.DataFrame()
        if width:
            last = int(cells["row"].max())  # type: ignore[arg-type]
            every = pl.DataFrame({"row": range(first, last + 1)})
            cells = every.join(cells, on="row", how="left", maintain_order="left").drop("row")
        yield Sheet(self.path.stem, False, first, cells, self.path.name, broken=tuple(broken))

    def modified(self) -> dt.date | None:
        """The file's own day: a CSV file says nothing of itself."""
        stamp = dt.datetime.fromtimestamp(self.path.stat().st_mtime, tz=dt.UTC)
        return stamp.astimezone().date()


def _score(cells: Sequence[str]) -> int:
    return max(len(read_headings(cells, list_no).found) for list_no in LISTS)
