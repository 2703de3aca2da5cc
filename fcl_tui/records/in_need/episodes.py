"""Episodes of need begun and ended in a window, and children in need at any time in it."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import code_and_label
from fcl_tui.records.child.spans import length
from fcl_tui.records.in_need.children import episodes
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_own, with_who


def moved(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per episode of need and flow: its beginning and its end in the window of a day.

    Referrals that led to no further action are left out. The team is the referral's own.

    Returns:
        day, first, last, the columns of `episodes` with end null where it had not ended by the day, flow
        (started, ended), change (Int64: 1, -1), date (Date: of the flow), lasted (band, of the ended),
        reason (String: code and meaning, of the ended), team, worker (String, never null), and the columns
        of `over_time.with_person`.
    """
    known = named(episodes(scan), scan)
    started = known.with_columns(
        flow=pl.lit("started"), change=pl.lit(1, pl.Int64), date="start", reason=pl.lit(None, pl.String)
    )
    ended = known.with_columns(
        flow=pl.lit("ended"),
        change=pl.lit(-1, pl.Int64),
        date="end",
        lasted=length(pl.col("start"), pl.col("end")),
        reason=code_and_label(pl.col("reason"), "case_closure_reason").fill_null(NOT_RECORDED),
    )
    rows = beside(days, pl.concat([started, ended], how="diagonal"), in_period("date"))
    return with_own(rows.with_columns(end=pl.when(pl.col("end") <= DAY).then("end")), scan)


def at_any_time(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child with an episode of need open on any day of the window: day, first, last, person_id,
    episodes (Int64), and the columns of `on_days.with_who`."""
    begun = (pl.col("start") <= pl.col("last")).fill_null(value=True)
    from_day = pl.max_horizontal("first", "start")
    rows = beside(days, episodes(scan), begun, (pl.col("end") > from_day).fill_null(value=True))
    one = rows.group_by("day", "first", "last", "person_id").agg(episodes=pl.len().cast(pl.Int64))
    return with_who(one, scan, advisers=True)
