"""Episodes of need begun and ended in a period, and children in need at any time in it."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import NO_TEAM
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.labels import code_and_label
from fcl_tui.records.front_door.sources import NOT_RECORDED
from fcl_tui.records.in_need.children import episodes
from fcl_tui.records.on_days import DAY, beside, in_period, in_year
from fcl_tui.records.spans import length


def moved(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per episode of need that began or ended in the period of a day, or in the year to it.

    Referrals that led to no further action are left out. The team is the referral's own.

    Returns:
        day, first, last, the columns of `episodes` with end null where it had not ended by the day, started,
        ended (Boolean: in the period), started_year, ended_year (in the 12 months to the day), lasted
        (String: band, of the ended), reason (String: code and meaning, never null), team (String, never
        null), started_month, ended_month (Date).
    """
    known = named(episodes(scan), scan).with_columns(
        lasted=length(pl.col("start"), pl.col("end")),
        reason=code_and_label(pl.col("reason"), "case_closure_reason").fill_null(NOT_RECORDED),
        team=pl.col("team").fill_null(NO_TEAM),
        started_month=pl.col("start").dt.month_start(),
        ended_month=pl.col("end").dt.month_start(),
    )
    flags = {
        "started": in_period("start"), "ended": in_period("end"),
        "started_year": in_year("start"), "ended_year": in_year("end"),
    }  # fmt: skip
    rows = beside(days, known, pl.any_horizontal(*flags.values()))
    return rows.with_columns(**flags, end=pl.when(pl.col("end") <= DAY).then("end"))


def at_any_time(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per episode of need open on any day of the period: day, first, last and those of `episodes`."""
    begun = (pl.col("start") <= pl.col("last")).fill_null(value=True)
    from_day = pl.max_horizontal("first", "start")
    return beside(days, episodes(scan), begun, (pl.col("end") > from_day).fill_null(value=True))
