"""Making the prepared frames of a load: of all children at once, or some children at a time.

Every prepared frame with a column `person_id` has its rows child by child, in that order, so frames of some
children can be made of the rows that speak of them and put one after the other: memory holds one part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from data.schema import tables
from data.sources.base import Progress
from fcl_tui.loading.cross_references import LOOKED_UP, crossings, rows_of_others

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from data.snapshots.writer import Parts, Staging

Make: TypeAlias = "Callable[[Scan], Mapping[str, pl.LazyFrame]]"
"""Makes the prepared frames of the tables."""

PARTS = 2
"""Rows of all tables together in a part of the children, as a multiple of `data.partition.PART`."""

ENGINE: Final = "in-memory"
"""Carries out the queries of one part. They have hundreds of steps, and the rows of a part fit in memory: the
streaming engine hands rows from step to step between threads, for more processor time and no less memory."""

SEVERAL_CHILDREN = {"mother": ("moth_person_id", "moth_childs_person_id")}
"""Tables whose rows speak of more than one child, and the fields that name them."""

THROUGH = {"assessment_factors": ("cinf_assessment_id", "cin_assessments", "cina_assessment_id")}
"""Large tables that do not name their child: the link, the table it leads to, and the field there."""


def write_prepared(
    place: Staging, scan: Scan, make: Make, rows: Mapping[str, int], progress: Progress
) -> dict[str, Path]:
    """Make and write every prepared frame.

    Args:
        scan: the finished tables and the coverage.
        rows: how many rows each table has.

    Returns:
        where each frame was written, by name.
    """
    from data.frames import carried_out_by

    limits = _limits(scan, rows)
    with carried_out_by(ENGINE):
        if limits:
            return _in_parts(place, scan, make, limits, progress)
        written = {}
        for name, frame in make(scan).items():
            progress(f"Working out {name.replace('_', ' ')}", 0, None)
            written[name] = place.write(f"prepared/{name}", frame.collect(engine=ENGINE))
        return written


def _limits(scan: Scan, rows: Mapping[str, int]) -> list[str]:
    """The children at which the parts begin, except the first: parts of about as many rows of all tables."""
    from data import partition as ranges

    people, every = max(rows["person"], 1), max(sum(rows.values()), 1)
    numbers = scan("person").select("pers_person_id")
    return ranges.bounds(numbers, "pers_person_id", max(PARTS * ranges.PART * people // every, 1))


def _in_parts(
    place: Staging, scan: Scan, make: Make, limits: list[str], progress: Progress
) -> dict[str, Path]:
    from data.partition import between

    spools: dict[str, Parts] = {}
    written: dict[str, Path] = {}
    mine = between("person_id", limits)
    for number, tables_of in enumerate(_scans(place, scan, limits)):
        progress(f"Working out the reports, part {number + 1} of {len(mine)}", 0, None)
        for name, frame in make(tables_of).items():
            if "person_id" in frame.collect_schema():
                spool = spools.setdefault(name, place.parts(f"prepared/{name}"))
                spool.add(frame.filter(mine[number]).collect(engine=ENGINE))
            elif name not in written:
                written[name] = place.sink(f"prepared/{name}", frame)
    for name, spool in spools.items():
        progress(f"Writing {name.replace('_', ' ')}", 0, None)
        written[name] = spool.joined()
    return written


def _scans(place: Staging, scan: Scan, limits: list[str]) -> Iterator[Scan]:
    """For each part of the children, the tables with only the rows that count for them or name no child."""
    from data.partition import split

    def shared_out(frame: pl.LazyFrame, name: str) -> list[list[Path]]:
        return split(frame, "_child", limits, place.spool(f"shared-out/{name}"))

    linked = {name: shared_out(_linked(scan, name), name) for name in THROUGH}
    pairs = crossings(scan)
    others = {name: shared_out(rows_of_others(scan, name, pairs), name) for name in LOOKED_UP}
    for number in range(len(limits) + 1):
        yield _Some(
            scan,
            limits,
            number,
            {name: files[number] for name, files in linked.items()},
            {name: files[number] for name, files in others.items()},
        )


def _linked(scan: Scan, name: str) -> pl.LazyFrame:
    """A table's rows with the child of the row each leads to in `_child`; null where it leads nowhere."""
    import polars as pl

    link, parent, key = THROUGH[name]
    child = scan(parent).select(pl.col(key).alias(link), _child=tables.person_of(parent))
    return scan(name).join(child, on=link, how="left", maintain_order="left")


class _Some:
    """The tables with the rows of some children; each is read once."""

    def __init__(
        self,
        scan: Scan,
        limits: list[str],
        number: int,
        linked: Mapping[str, list[Path]],
        others: Mapping[str, list[Path]],
    ) -> None:
        self._scan, self._limits, self._number = scan, limits, number
        self._linked, self._others = linked, others
        self._read: dict[str, pl.DataFrame] = {}

    def __call__(self, name: str) -> pl.LazyFrame:
        if name not in tables.names():
            return self._scan(name)
        if name not in self._read:
            self._read[name] = self._rows(name).collect()
        return self._read[name].lazy()

    def _rows(self, name: str) -> pl.LazyFrame:
        import polars as pl

        if name in self._linked:
            return _put_down(self._linked[name], name)
        person = tables.person_of(name)
        if person is None:
            return self._scan(name)
        fields = SEVERAL_CHILDREN.get(name, (person,))
        own = self._scan(name).filter(
            pl.any_horizontal(self._mine(field) | pl.col(field).is_null() for field in fields)
        )
        others = _put_down(self._others.get(name, []), name).filter(~self._mine(person))
        return pl.concat([own, others.unique(maintain_order=True)])

    def _mine(self, field: str) -> pl.Expr:
        from data.partition import between

        return between(field, self._limits)[self._number]


def _put_down(files: list[Path], name: str) -> pl.LazyFrame:
    import polars as pl

    if not files:
        return pl.LazyFrame(schema=tables.polars_schema(name))
    return pl.scan_parquet(files, glob=False).drop("_child")
