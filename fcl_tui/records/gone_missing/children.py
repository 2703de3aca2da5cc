"""Children by how often they went missing, and looked-after children by whether they did."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import described_at
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.records.gone_missing.episodes import in_span, known

BANDS = ("1", "2", "3", "4", "5", "6 to 10", "11 to 20", "21 to 50", "51 or more", "None begun", "Not in it")
"""Episodes that began in the period, per child, in order. None begun: missing already when it began. Not in
it: not missing in the period, but often of late."""
_EDGES = (1, 2, 3, 4, 5, 10, 20, 50)


def children(
    scan: Scan,
    as_at: date,
    span: tuple[date, date],
    *,
    often: int,
    within_days: int,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per child who was missing in the period, or often missing of late.

    Args:
        span: the period, both days in it, none after the as-at day.
        often, within_days: so many episodes begun in so many days up to the as-at day are often.

    Returns:
        person_id, name, date_of_birth, age, team, worker (of the as-at day), in_period (Boolean), episodes
        (Int64, begun in the period), band (of BANDS), recent (Int64, begun in the last days), repeat
        (Boolean: often), discussed (Boolean: a section 47 enquiry began in those days), returned,
        interviewed (Boolean: came back, accepted an interview in the period), latest (Datetime: when last
        gone), row_key.
    """
    since = as_at - timedelta(days=within_days)
    rows = in_span(known(scan, as_at, person_ids), span).filter(pl.col("kind") == "missing")
    per_child = (
        rows.group_by("person_id")
        .agg(
            in_period=pl.col("in_period").any(),
            episodes=pl.col("started").sum().cast(pl.Int64),
            recent=(pl.col("start_day") > pl.lit(since)).sum().cast(pl.Int64),
            returned=pl.col("ended").any(),
            interviewed=(pl.col("ended") & (pl.col("accepted") == "Y").fill_null(value=False)).any(),
            latest=pl.col("start").max(),
        )
        .with_columns(repeat=pl.col("recent") >= often)
        .filter(pl.col("in_period") | pl.col("repeat"))
    )
    enquiries = (
        scan("s47_enquiry")
        .filter(pl.col("s47e_s47_start_date") > pl.lit(since), pl.col("s47e_s47_start_date") <= pl.lit(as_at))
        .select(person_id="s47e_person_id", discussed=pl.lit(value=True))
        .unique()
    )
    return (
        per_child.join(_who(scan, as_at, per_child), on="person_id", how="left")
        .join(enquiries, on="person_id", how="left")
        .with_columns(pl.col("discussed").fill_null(value=False), band=band(), row_key=pl.col("person_id"))
    )


def _who(scan: Scan, as_at: date, rows: pl.LazyFrame) -> pl.LazyFrame:
    wanted = ("person_id", "name", "date_of_birth", "age", "team", "worker")
    return described_at(scan, as_at, rows.select("person_id").unique()).select(wanted)


def band() -> pl.Expr:
    """The band (of BANDS) of episodes begun in the period, of a row with in_period and episodes."""
    begun = pl.col("episodes")
    band = pl.when(~pl.col("in_period")).then(pl.lit(BANDS[-1])).when(begun == 0).then(pl.lit(BANDS[-2]))
    for edge, name in zip(_EDGES, BANDS, strict=False):
        band = band.when(begun <= edge).then(pl.lit(name))
    return band.otherwise(pl.lit(BANDS[len(_EDGES)]))


def cohort(scan: Scan, as_at: date, person_ids: list[str] | None = None) -> pl.LazyFrame:
    """One row per child who was looked after at any time in the twelve months to the as-at day.

    Short breaks are not looked after. An episode need not have begun in those months, nor while in care.

    Returns:
        person_id, name, date_of_birth, age, team, worker (of the as-at day), missing, away (Boolean: at any
        time in those months), episodes (Int64: begun in them, missing), row_key.

    Source: the children looked after return, children who were missing from their placement.
    """
    span = twelve_months(as_at)
    first, last = (pl.lit(day) for day in span)
    began = pl.col("start").is_null() | (pl.col("start") <= last)
    still = pl.col("end").is_null() | (pl.col("end") > first) | (pl.col("start") >= first)
    in_care = (
        scan("statuses")
        .filter((pl.col("status") == "looked_after") & ~pl.col("short_break") & began & still)
        .select("person_id")
        .unique()
    )
    if person_ids is not None:
        in_care = in_care.filter(pl.col("person_id").is_in(person_ids))
    gone = (
        in_span(known(scan, as_at, person_ids), span)
        .filter("in_period")
        .group_by("person_id")
        .agg(
            missing=(pl.col("kind") == "missing").any(),
            away=(pl.col("kind") == "away").any(),
            episodes=((pl.col("kind") == "missing") & pl.col("started")).sum().cast(pl.Int64),
        )
    )
    return (
        in_care.join(_who(scan, as_at, in_care), on="person_id", how="left")
        .join(gone, on="person_id", how="left")
        .with_columns(
            pl.col("missing", "away").fill_null(value=False),
            pl.col("episodes").fill_null(0),
            row_key=pl.col("person_id"),
        )
    )
