"""Heading lines between rows: which line of a table is which row."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Groups:
    """Where each group starts, as row numbers, and what its heading says; no groups is no headings."""

    starts: tuple[int, ...] = ()
    labels: tuple[object, ...] = ()
    rows: int = 0

    @classmethod
    def of(cls, values: pl.Series) -> Groups:
        """Find the groups of rows that stand together with the same value."""
        if values.is_empty():
            return cls()
        starts = values.ne_missing(values.shift(1)).arg_true().to_list()
        if not starts or starts[0] != 0:
            starts = [0, *starts]
        return cls(tuple(starts), tuple(values.gather(starts).to_list()), values.len())

    @property
    def lines(self) -> int:
        """How many lines the headings add."""
        return len(self.starts)

    def line_of(self, row: int) -> int:
        """Return the line that a row is drawn on."""
        return row + bisect_right(self.starts, row)

    def row_at(self, line: int) -> int | None:
        """Return the row drawn on a line, or None for a heading."""
        group = self._group_at(line)
        if group < 0:
            return line
        return None if self.starts[group] + group == line else line - group - 1

    def heading_at(self, line: int) -> tuple[object, int] | None:
        """Return the heading drawn on a line and the number of rows below it, or None for a row."""
        group = self._group_at(line)
        if group < 0 or self.starts[group] + group != line:
            return None
        end = self.starts[group + 1] if group + 1 < len(self.starts) else self.rows
        return self.labels[group], end - self.starts[group]

    def _group_at(self, line: int) -> int:
        """Return the number of the last group whose heading is on or above a line, or -1."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] + middle <= line:
                low = middle + 1
            else:
                high = middle
        return low - 1
