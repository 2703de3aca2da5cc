"""The demo authority as a source, loaded the way an authority's own data is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data import issues
from data.sources.base import Batch, PlaceCount, Progress, coverage_schema
from data.tables import PREFIX, names

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1
"""Raised when the same parameters begin to give other rows."""


class DemoSource:
    """Makes the tables when they are first asked for; every table is fully covered."""

    kind = "demo"
    name = "Demo authority"

    def __init__(self, children: int = 2000, seed: int = 1, as_at: date | None = None) -> None:
        self._children, self._seed, self._as_at = children, seed, as_at or date.today()
        self._tables: dict[str, pl.DataFrame] | None = None

    def tables(self) -> dict[str, pl.DataFrame]:
        """All 47 tables, as `generate` makes them."""
        if self._tables is None:
            from data.demo.authority import generate

            self._tables = generate(self._children, self._seed, self._as_at)
        return self._tables

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """A batch a table."""
        progress("Making up the demo authority", 0, None)
        for name, frame in self.tables().items():
            yield Batch(name, frame, issues.frame())
            progress(PREFIX + name, frame.height, frame.height)

    def places(self) -> list[PlaceCount]:
        """Every row is used."""
        return [PlaceCount(PREFIX + name, len(frame), len(frame), 0) for name, frame in self.tables().items()]

    def coverage(self) -> pl.DataFrame:
        """Full throughout: a table without rows has none because nothing happened."""
        import polars as pl

        return pl.DataFrame(
            [(name, "full", False, "", "") for name in names()], schema=coverage_schema(), orient="row"
        )

    def checksum(self) -> str:
        """A digest of the parameters, on which the rows depend and on nothing else."""
        made = f"demo {FORMAT} {self._children} {self._seed} {self._as_at.isoformat()}"
        return hashlib.sha256(made.encode()).hexdigest()

    def data_date(self) -> date | None:
        """The as-at day."""
        return self._as_at
