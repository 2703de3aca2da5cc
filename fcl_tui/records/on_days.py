"""Rows beside each of several days: what happened in its period, what was open on it, what came next.

A frame of days has day (Date: the as-at day), first and last (Date: its period, both days in it, last not
later than day). One figure is asked of a frame of one row, a trend of thirty-six months of one of thirty-six.
"""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.calendar import add_months
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.spells import open_on

DAYS = ("day", "first", "last")
DAY = pl.col("day")


def in_period(column: str) -> pl.Expr:
    """Dated in the day's period, both days in it; never null."""
    return pl.col(column).is_between(pl.col("first"), pl.col("last")).fill_null(value=False)


def in_year(column: str) -> pl.Expr:
    """Dated in the twelve months ending on the day, whichever period is asked for; never null."""
    since = add_months(DAY + pl.duration(days=1), -12)
    return ((pl.col(column) >= since) & (pl.col(column) <= DAY)).fill_null(value=False)


def beside(days: pl.LazyFrame, rows: pl.LazyFrame, *kept: pl.Expr) -> pl.LazyFrame:
    """The rows beside each day for which all of the conditions hold, with day, first and last."""
    return days.select(DAYS).join(rows, how="cross").filter(*kept)


def open_beside(
    days: pl.LazyFrame, spells: pl.LazyFrame, start: str = "start", end: str = "end"
) -> pl.LazyFrame:
    """The spells open on each day (`spells.open_on`), with day, first and last."""
    return beside(days, spells, open_on(DAY, start, end))


def marked(rows: pl.LazyFrame, days: pl.LazyFrame, spells: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Say of each row whether its child has one of the spells open on its day.

    Args:
        rows: with day and person_id.
        spells: person_id, start, end.

    Returns:
        the same rows with a Boolean column of that name, never null.
    """
    there = open_beside(days, spells).select("day", "person_id").unique()
    told = there.with_columns(pl.lit(value=True).alias(name))
    return rows.join(told, on=["day", "person_id"], how="left").with_columns(
        pl.col(name).fill_null(value=False)
    )


def with_next(rows: pl.LazyFrame, column: str, events: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """Add the day (Date) of the child's first event on or after a day of the row; null without one.

    Args:
        rows: with person_id and the column (Date).
        events: person_id, date.
    """
    asked = rows.select("person_id", column).drop_nulls().unique().sort(column)
    found = asked.join_asof(
        events.drop_nulls().select("person_id", pl.col("date").alias(name)).sort(name),
        left_on=column,
        right_on=name,
        by="person_id",
        strategy="forward",
        check_sortedness=False,
        coalesce=False,
    )
    return rows.join(found, on=["person_id", column], how="left")


def soon(name: str, column: str, within: int) -> pl.Expr:
    """Whether what came next was within so many calendar days, that day included, and known on the day."""
    event = pl.col(name)
    near = event <= pl.col(column) + pl.duration(days=within)
    return (near & (event <= DAY)).fill_null(value=False)


def held_at(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Add team and worker (String, never null): those allocated to the child on the row's day.

    The allocated worker's; the personal adviser's where there is none; of several the latest started.
    """
    asked = rows.select("day", "person_id").unique()
    spells = asked.join(scan("allocations"), on="person_id", how="inner").filter(open_on(DAY))
    by = ("day", "person_id")
    first = spells.with_columns(
        rank=pl.col("rank") + pl.when(pl.col("role") == "allocated_worker").then(0).otherwise(8)
    )
    who = latest_first(first, *by).select(*by, "team", "worker")
    return rows.join(who, on=by, how="left").with_columns(
        pl.col("team").fill_null(NO_TEAM), pl.col("worker").fill_null(UNALLOCATED)
    )
