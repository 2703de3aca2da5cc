"""Episodes, children who were missing, and looked-after children, as they stood on each of several days."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.records.due.over_time import told
from fcl_tui.records.gone_missing.children import band
from fcl_tui.records.gone_missing.episodes import as_it_began, in_window, known_on

_KEY = ["day", "person_id"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def episode_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and episode that touches its window, still runs, or waits for its interview.

    Returns:
        the columns of `missing.known_on`, `in_window` and `as_it_began`; weekday, hour (String: when it
        began; hour "Not held" without a time), child, holder.
    """
    wanted = pl.any_horizontal("in_period", "running", "outstanding")
    rows = in_window(known_on(scan, days)).filter(pl.col("kind").is_not_null() & wanted)
    hour = pl.col("start").dt.hour()
    begun = as_it_began(rows, scan).with_columns(
        weekday=pl.col("start_day").dt.weekday().replace_strict(dict(enumerate(WEEKDAYS, 1))),
        hour=pl.when("timed")
        .then(pl.format("{}:00", hour.cast(pl.String).str.zfill(2)))
        .otherwise(pl.lit("Not held")),
    )
    return told(begun, scan)


def child_rows(scan: Scan, settings: Mapping[str, Any], days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child who was missing in its window, or often missing up to the day.

    Returns:
        day, first, last, person_id, in_period, episodes (Int64, begun in the window), band, recent (Int64),
        repeat, discussed, interviewed (Boolean) as `missing_children.children` has them, child, holder.
    """
    day = pl.col("day")
    often = int(settings.get("missing_often", 3))
    since = day - pl.duration(days=int(settings.get("missing_often_days", 90)))
    per_child = (
        in_window(known_on(scan, days))
        .filter(pl.col("kind") == "missing")
        .group_by("day", "first", "last", "person_id")
        .agg(
            in_period=pl.col("in_period").any(),
            episodes=pl.col("started").sum().cast(pl.Int64),
            recent=(pl.col("start_day") > since).sum().cast(pl.Int64),
            interviewed=(pl.col("ended") & (pl.col("accepted") == "Y").fill_null(value=False)).any(),
        )
        .with_columns(repeat=pl.col("recent") >= often)
        .filter(pl.col("in_period") | pl.col("repeat"))
    )
    begun = pl.col("s47e_s47_start_date").cast(pl.Date)
    enquiries = (
        days.join(scan("s47_enquiry"), how="cross")
        .filter(begun > since, begun <= day)
        .select("day", person_id="s47e_person_id", discussed=pl.lit(value=True))
        .unique()
    )
    rows = per_child.join(enquiries, on=_KEY, how="left").with_columns(
        pl.col("discussed").fill_null(value=False), band=band()
    )
    return told(rows, scan)


def _ever_in_care(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, first, last, person_id (unique per day): looked after at any time, short breaks apart."""
    first, last = pl.col("first"), pl.col("last")
    began = pl.col("start").is_null() | (pl.col("start") <= last)
    still = pl.col("end").is_null() | (pl.col("end") > first) | (pl.col("start") >= first)
    spells = scan("statuses").filter((pl.col("status") == "looked_after") & ~pl.col("short_break"))
    asked = days.join(spells.select("person_id", "start", "end"), how="cross").filter(began & still)
    return asked.select("day", "first", "last", "person_id").unique()


def cohort_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child looked after at any time in its window.

    Returns:
        day, first, last, person_id, missing, away (Boolean: at any time in the window), child, holder.
    """
    gone = (
        in_window(known_on(scan, days))
        .filter("in_period")
        .group_by(_KEY)
        .agg(missing=(pl.col("kind") == "missing").any(), away=(pl.col("kind") == "away").any())
    )
    rows = _ever_in_care(scan, days).join(gone, on=_KEY, how="left")
    return told(rows.with_columns(pl.col("missing", "away").fill_null(value=False)), scan)
