"""How long each team held each child, and what came in and went out over a period."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import NO_TEAM


def spells_of_team(scan: Scan, as_at: date, span: tuple[date, date]) -> pl.LazyFrame:
    """One row per unbroken time that a team held a child, as far as it touches the period.

    A child who goes from one worker to another of the same team has not left it. What the data knew later
    than the as-at day is not counted.

    Args:
        span: the period, both days in it.

    Returns:
        person_id, name, date_of_birth, team, worker (at its end), start (Date, null: from before the data
        begins), end (Date, null: open), opening, came_in, went_out, closing (Boolean): opening plus came_in
        less went_out is closing, for every team and for all.
    """
    first, last = span
    last = min(last, as_at)
    before = first - timedelta(days=1)
    ever = pl.lit(date(1, 1, 1))
    never = pl.lit(date(9999, 12, 31))
    rows = (
        scan("allocations")
        .filter((pl.col("role") == "allocated_worker") & (pl.col("rank") < 2))
        .filter(pl.col("start").is_null() | (pl.col("start") <= pl.lit(last)))
        .with_columns(
            team=pl.col("team").fill_null(NO_TEAM),
            start=pl.col("start").fill_null(ever),
            end=pl.when(pl.col("end") <= pl.lit(last)).then("end").fill_null(never),
        )
        .filter(pl.col("end") >= pl.col("start"))
        .sort("person_id", "team", "start", "end")
        .with_columns(reach=pl.col("end").cum_max().over("person_id", "team"))
        .with_columns(
            new=(pl.col("start") > pl.col("reach").shift(1).over("person_id", "team")).fill_null(value=True)
        )
        .with_columns(spell=pl.col("new").cum_sum().over("person_id", "team"))
        .group_by("person_id", "team", "spell", maintain_order=True)
        .agg(start=pl.col("start").min(), end=pl.col("end").max(), worker=pl.col("worker").last())
        .with_columns(
            opening=(pl.col("start") <= pl.lit(before)) & (pl.col("end") > pl.lit(before)),
            came_in=pl.col("start").is_between(pl.lit(first), pl.lit(last)),
            went_out=pl.col("end").is_between(pl.lit(first), pl.lit(last)),
            closing=(pl.col("start") <= pl.lit(last)) & (pl.col("end") > pl.lit(last)),
        )
        .filter(pl.any_horizontal("opening", "came_in", "went_out", "closing"))
    )
    who = scan("people").select("person_id", "name", "date_of_birth")
    return rows.join(who, on="person_id", how="left").select(
        "person_id",
        "name",
        "date_of_birth",
        "team",
        "worker",
        pl.when(pl.col("start") > ever).then("start").alias("start"),
        pl.when(pl.col("end") < never).then("end").alias("end"),
        "opening",
        "came_in",
        "went_out",
        "closing",
        row_key=pl.concat_str("person_id", "team", pl.col("spell").cast(pl.String), separator="|"),
    )
