"""The demo authority as a source, loaded the way an authority's own data is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data.issues import model as issues
from data.schema.tables import PREFIX, names
from data.sources.base import Batch, PlaceCount, Progress, coverage_schema

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1
"""Raised when the same parameters begin to give other rows."""


class DemoSource:
    """Makes the tables district by district as they are read; every table is fully covered."""

    kind = "demo"
    name = "Demo authority"

    def __init__(
        self,
        children: int = 2000,
        seed: int = 1,
        as_at: date | None = None,
        evening: date | None = None,
        made: dict[int, dict[str, pl.DataFrame]] | None = None,
    ) -> None:
        """The authority of a day.

        Args:
            evening: an earlier day; what is read are the same records as they stood at its close.
            made: tables by district, to be kept for (or had from) another source of the same authority.
        """
        self._children, self._seed, self._as_at = children, seed, as_at or date.today()
        self._evening, self._made = evening, made
        self._rows: Counter[str] = Counter()
        self._sealed: pl.DataFrame | None = None
        self._carers: pl.DataFrame | None = None
        self._supervisions: pl.DataFrame | None = None

    def tables(self) -> dict[str, pl.DataFrame]:
        """All 47 tables, as `generate` makes them."""
        from data.demo.authority import generate

        return generate(self._children, self._seed, self._as_at)

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """A batch a table of each district; memory holds one district at a time."""
        from data.demo.authority import district_tables
        from data.demo.day_before import day_before
        from data.demo.districts import districts
        from data.demo.sealed import restricted
        from data.demo.staff.carers import carers
        from data.demo.staff.supervisions import supervisions

        wanted = districts(self._children)
        for district in wanted:
            which = f", district {district.number} of {len(wanted)}" if district.number else ""
            progress(f"Making up the demo authority{which}", sum(self._rows.values()), None)
            tables = dict((self._made or {}).get(district.number, {}))
            if not tables:
                tables = district_tables(district, self._seed, self._as_at)
                if self._made is not None:
                    self._made[district.number] = dict(tables)
            if self._evening is not None:
                tables = day_before(tables, self._evening)
            if self._sealed is None:
                self._sealed = restricted(tables, self._seed)
                self._carers = carers(tables, self._seed, self._as_at)
                self._supervisions = supervisions(tables, self._seed, self._as_at)
            for name in names():
                frame = tables.pop(name)
                self._rows[name] += len(frame)
                yield Batch(name, frame, issues.frame())

    def sealed(self) -> pl.DataFrame:
        """The records that are sealed, as `restricted` says, all in the first district. Read it first."""
        assert self._sealed is not None
        return self._sealed

    def carers(self) -> pl.DataFrame:
        """The list of foster carers, as `carers` gives it, of the first district. Read it after the rows."""
        assert self._carers is not None
        return self._carers

    def supervisions(self) -> pl.DataFrame:
        """Supervisions of staff, of the first district. Read it after the rows."""
        assert self._supervisions is not None
        return self._supervisions

    def places(self) -> list[PlaceCount]:
        """Every row is used."""
        return [PlaceCount(PREFIX + name, self._rows[name], self._rows[name], 0) for name in names()]

    def coverage(self) -> pl.DataFrame:
        """Full throughout: a table without rows has none because nothing happened."""
        import polars as pl

        return pl.DataFrame(
            [(name, "full", False, "", "") for name in names()], schema=coverage_schema(), orient="row"
        )

    def checksum(self) -> str:
        """A digest of the parameters, on which the rows depend and on nothing else."""
        made = f"demo {FORMAT} {self._children} {self._seed} {self._as_at.isoformat()}"
        if self._evening is not None:
            made += f" {self._evening.isoformat()}"
        return hashlib.sha256(made.encode()).hexdigest()

    def data_date(self) -> date | None:
        """The as-at day, or the evening before it."""
        return self._evening or self._as_at
