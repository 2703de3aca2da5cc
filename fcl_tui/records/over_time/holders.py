"""Who held a child's case on the day of an event: the one to credit with it."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.days.spells import open_on


def holding(rows: pl.LazyFrame, spells: pl.LazyFrame, day: str) -> pl.LazyFrame:
    """The spells of holding a case on a day of the row: person_id, the day, and the spells' columns.

    The worker who took over on the day holds it. Where there is none, it is the one who held it until that
    day: a case that closes on the day of its last review was still held at that review.
    """
    start, end, on = pl.col("start"), pl.col("end"), pl.col(day)
    there = (
        rows.select("person_id", day)
        .unique()
        .join(spells, on="person_id", how="inner")
        .filter(start.is_null() | (start <= on), end.is_null() | (end >= on))
        .with_columns(_open=open_on(on))
    )
    return there.filter(pl.col("_open") | ~pl.col("_open").any().over("person_id", day)).drop("_open")


def held_on(rows: pl.LazyFrame, scan: Scan, as_at: date) -> pl.LazyFrame:
    """Say who held each child's case on a day of the row, and who holds it now.

    Args:
        rows: person_id (String, may be null), credit_day (Date; null for the worker who holds the case now).

    Returns:
        the same rows with team, worker (the allocated worker's on that day, as `holding` says, of several the
        latest started; "No team", "Unallocated" without one), team_now, worker_now (whose involvement is open
        on the as-at day), moved (Boolean: another worker or team now), name, date_of_birth.
    """
    workers = scan("allocations").filter(pl.col("role") == "allocated_worker")
    day = ("person_id", "credit_day")
    then = latest_first(holding(rows, workers, "credit_day"), *day).select(*day, "team", "worker")
    now = latest_first(workers.filter(open_on(as_at)), "person_id").select(
        "person_id", team_now="team", worker_now="worker"
    )
    return (
        rows.join(then, on=day, how="left")
        .join(now, on="person_id", how="left")
        .join(scan("people").select("person_id", "name", "date_of_birth"), on="person_id", how="left")
        .with_columns(
            team=pl.when(pl.col("credit_day").is_null())
            .then("team_now")
            .otherwise("team")
            .fill_null(NO_TEAM),
            worker=pl.when(pl.col("credit_day").is_null())
            .then("worker_now")
            .otherwise("worker")
            .fill_null(UNALLOCATED),
            team_now=pl.col("team_now").fill_null(NO_TEAM),
            worker_now=pl.col("worker_now").fill_null(UNALLOCATED),
        )
        .with_columns(
            moved=(pl.col("team") != pl.col("team_now")) | (pl.col("worker") != pl.col("worker_now"))
        )
    )
