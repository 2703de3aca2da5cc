"""Rows beside each of the days asked for: what happened in its window, what was open on it, what came next.

Days are a frame as `definitions.days.asked` has it: day, and first and last of its window, both days in it.
"""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import blank_to_null
from fcl_tui.records.over_time.people import with_holder, with_person

DAYS = ("day", "first", "last")
DAY = pl.col("day")


def in_period(column: str) -> pl.Expr:
    """Dated in the day's window, both days in it; never null."""
    return pl.col(column).is_between(pl.col("first"), pl.col("last")).fill_null(value=False)


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
    later = events.drop_nulls().select("person_id", pl.col("date").alias(name)).sort(name)
    return rows.sort(column, nulls_last=True).join_asof(
        later,
        left_on=column,
        right_on=name,
        by="person_id",
        strategy="forward",
        check_sortedness=False,
        coalesce=False,
    )


def soon(name: str, column: str, within: int) -> pl.Expr:
    """Whether what came next was within so many calendar days, that day included, and known on the day."""
    event = pl.col(name)
    near = event <= pl.col(column) + pl.duration(days=within)
    return (near & (event <= DAY)).fill_null(value=False)


def with_who(rows: pl.LazyFrame, scan: Scan, *, advisers: bool = False) -> pl.LazyFrame:
    """Say who the child is and who holds the case on the day: the columns of `over_time` and service."""
    asked = collect(rows).lazy()  # joined several times
    return with_service(with_holder(with_person(asked, scan), scan, advisers=advisers), scan)


def with_own(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """As `with_who`, of rows that have a team and a worker of their own: these stay."""
    own = rows.with_columns(pl.col("team").fill_null(NO_TEAM), worker=pl.col("worker").fill_null(UNALLOCATED))
    return with_service(with_person(collect(own).lazy(), scan), scan)


def with_service(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Add service (String, never null): the team above the row's team."""
    above = (
        scan("department")
        .select(team="dept_team_name", service=blank_to_null(pl.col("dept_team_parent_name")))
        .drop_nulls()
        .unique("team", keep="first", maintain_order=True)
    )
    return rows.join(above, on="team", how="left").with_columns(pl.col("service").fill_null(NOT_RECORDED))
