"""Making the prepared figures of the strategic reports: sums by month end, some children at a time."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from data.frames import Scan
    from data.snapshots.writer import Staging
    from data.sources.base import Progress
    from fcl_tui.definitions.days.calendar import Calendar
    from fcl_tui.reports.context import Context

PEOPLE = 250_000
"""Children in a part: each is counted on some fifty days"""

FEW = 50_000
"""Children up to which figures are added up in memory: a tenth less time; of 120,000 it takes more"""


def write_month_figures(
    place: Staging, scan: Scan, calendar: Calendar, day: date, progress: Progress
) -> Path:
    """Add up the figures of the strategic reports at month ends, and write them.

    Args:
        scan: the finished tables, the coverage and the other prepared frames.
        day: the date of the data.

    Returns:
        where the frame was written (`prepared.figures.FIELDS`), in an order that never changes.
    """
    import polars as pl

    from data.frames import carried_out_by
    from data.partition import between, bounds
    from fcl_tui.loading.prepare import ENGINE
    from fcl_tui.prepared.figures import NAME
    from fcl_tui.reports.measured.figures import EXACT

    limits = bounds(scan("people").select("person_id"), "person_id", PEOPLE)
    folder = place.spool(NAME)
    files: list[Path] = []
    parts = between("person_id", limits)
    few = scan("people").select(pl.len() <= FEW).collect().item()
    with carried_out_by(ENGINE) if few else nullcontext():
        for number, mine in enumerate(parts):
            progress(f"Adding up the months, part {number + 1} of {len(parts)}", 0, None)
            for frame in frames(_context(_some(scan, mine) if limits else scan, calendar, day), mine):
                files.append(folder / f"{len(files):06d}.parquet")
                frame.write_parquet(files[-1], compression="lz4", statistics=False)
    added = pl.scan_parquet(files, glob=False)
    groups = ("key", "day", "first", "team", "by", "group")
    sums = added.group_by(groups).agg(
        pl.col("numerator").sum().round(EXACT),
        pl.when(pl.col("denominator").is_not_null().any()).then(pl.col("denominator").sum()),
    )
    return place.write(f"prepared/{NAME}", sums.sort(groups, nulls_last=False).collect())


def _some(scan: Scan, mine: pl.Expr) -> Scan:
    """The prepared frames with the rows of these children; the tables are joined to those."""

    def narrowed(name: str) -> pl.LazyFrame:
        frame = scan(name)
        return frame.filter(mine) if "person_id" in frame.collect_schema() else frame

    return narrowed


def frames(context: Context, mine: pl.Expr) -> Iterator[pl.DataFrame]:
    """The sums of every strategic report and of the Monthly Highlight, of the children of this part."""
    from data.frames import collect
    from fcl_tui.reports.official.kept import made
    from fcl_tui.reports.strategic.highlight.indicators import INDICATORS

    reports = list(strategic())
    # a figure of two reports is counted once: the rows of the frame are added up
    told_by = tuple(dict.fromkeys(pair for one in reports for pair in one.make_up))
    shown = (key for one in reports for key in (*one.keys, *one.teams, *one.steps, one.stock))
    keys = tuple(dict.fromkeys((*shown, *(key for key, _ in told_by))))
    for frame in made(context, keys, told_by, mine, INDICATORS):
        yield collect(frame)


def strategic() -> Iterator[Any]:
    """What the strategic reports that are built declare (`reports.strategic.declared.Strategic`)."""
    from importlib import import_module

    from fcl_tui.reports.catalogue import every

    for entry in every():
        if entry.module is not None and entry.module.startswith("strategic."):
            declared = getattr(import_module(f"fcl_tui.reports.{entry.module}"), "DECLARED", None)
            if declared is not None:
                yield declared


def _context(scan: Scan, calendar: Calendar, day: date) -> Context:
    """What records over time may know at a load: the frames, the calendar and the day."""
    import polars as pl

    from fcl_tui.reports.context import Context, Earlier

    return Context(
        scan=scan,
        scan_open=scan,
        calendar=calendar,
        as_at=day,
        data_date=day,
        user="",
        settings={},
        restricted=frozenset(),
        marks=pl.LazyFrame,
        leave=pl.DataFrame,
        previous=lambda: None,
        last_visit=lambda: Earlier(scan, day),
        log=lambda: (pl.DataFrame(), pl.DataFrame()),
    )
