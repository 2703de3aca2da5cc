"""What a supervision of one worker needs: each child they hold, what is overdue, what to talk about."""

from datetime import date

import polars as pl

from fcl_tui.definitions.wording.labels import STATUS_NAMES, blank_to_null
from fcl_tui.records.due.items import BENCHMARK, owed
from fcl_tui.records.supervising.workers import ONE_TO_ONE

SEVERAL_WORKERS = 3
"""Case workers in twelve months from which it is said"""


def overdue_of(items: pl.LazyFrame) -> pl.LazyFrame:
    """What is overdue and what comes next of each child, in words.

    Args:
        items: as `due.open_items`.

    Returns:
        person_id, overdue (Int64), overdue_items (String: each with its due day, the oldest first; null when
        there is none), next_due (String: the soonest that is not overdue, with its day).
    """
    owing = items.filter(owed(), pl.col("kind") != BENCHMARK).sort("person_id", "due_date", "item_id")
    said = pl.format("{} ({})", "item", pl.col("due_date").dt.strftime("%d/%m/%Y"))
    late = pl.col("state") == "overdue"
    return (
        owing.with_columns(said=said)
        .group_by("person_id", maintain_order=True)
        .agg(
            overdue=late.sum().cast(pl.Int64),
            overdue_items=pl.col("said").filter(late).str.join(", "),
            next_due=pl.col("said").filter(~late).first(),
        )
        .with_columns(overdue_items=blank_to_null(pl.col("overdue_items")))
    )


def last_arranged(rows: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """What was arranged for each worker the last time, and whether it was kept.

    Args:
        rows: supervisions with the columns of `supervision.SHAPE`.

    Returns:
        worker, last_supervisor (who held the last one), arranged (String: the latest one-to-one supervision
        before the day that was only booked, or cancelled, since the last one held; null when there is none).
    """
    day = pl.lit(as_at)
    one_to_one = rows.filter(pl.col("kind").is_in(ONE_TO_ONE), pl.col("day") <= day)
    ordered = one_to_one.sort("worker", "day", "kind", maintain_order=True)
    held = (
        ordered.filter(pl.col("state") == "held")
        .unique("worker", keep="last", maintain_order=True)
        .select("worker", last_supervisor="supervisor", held="day")
    )
    booked = pl.col("state") == "booked"
    told = pl.format(
        "{} {}",
        pl.col("day").dt.strftime("%d/%m/%Y"),
        pl.when(booked).then(pl.lit("booked, not entered as held")).otherwise(pl.lit("cancelled")),
    )
    kept = held.select("worker", "held")
    arranged = (
        ordered.filter(pl.col("state") != "held", ~booked | (pl.col("day") < day))
        .join(kept, on="worker", how="left")
        .filter(pl.col("held").is_null() | (pl.col("day") > pl.col("held")))
        .unique("worker", keep="last", maintain_order=True)
        .select("worker", arranged=told)
    )
    return held.drop("held").join(arranged, on="worker", how="full", coalesce=True)


def often_gone(episodes: pl.LazyFrame, as_at: date, often: int, within_days: int) -> pl.LazyFrame:
    """Who is missing now, or often was of late: person_id, running, repeat (Boolean), recent (Int64).

    Args:
        episodes: as `missing.known`.
        often, within_days: so many episodes begun in so many days up to the day are often.
    """
    lately = pl.col("start_day") > pl.lit(as_at) - pl.duration(days=within_days)
    return (
        episodes.filter(pl.col("kind") == "missing")
        .group_by("person_id")
        .agg(running=pl.col("running").any(), recent=lately.sum().cast(pl.Int64))
        .with_columns(repeat=pl.col("recent") >= often)
    )


def sheet(
    children: pl.LazyFrame,
    workers: pl.LazyFrame,
    arranged: pl.LazyFrame,
    overdue: pl.LazyFrame,
    held: pl.LazyFrame,
    missing: pl.LazyFrame,
    leavers: pl.LazyFrame,
) -> pl.LazyFrame:
    """One row per worker and child they hold, what presses first on top.

    Args:
        children: as `supervision.children`.
        workers: as `supervision.workers`: whose sheets.
        arranged: as `last_arranged`.
        overdue: as `overdue_of`.
        held: as `caseload.children_held`.
        missing: as `often_gone`.
        leavers: as `leaving_care.leaving_care`.

    Returns:
        of the worker: worker, team, newly_qualified, supervision_state, last_held, last_supervisor,
        days_since, supervision_due, next_booked, arranged, longest_gap, caseload (Int64); of the child:
        person_id, name, age, status (in words), since (Date: with this worker), overdue, overdue_items,
        next_due, last_discussed, discussed, concerns (String; null when there is nothing), row_key.
    """
    theirs = workers.select(
        "worker",
        "newly_qualified",
        "last_held",
        "next_booked",
        "longest_gap",
        "days_since",
        worker_team="team",
        supervision_state="state",
        supervision_due="due",
        caseload="children",
    )
    known = held.select("person_id", "since", "year_workers", holder="worker")
    often = missing.select("person_id", "recent", "repeat", "running")
    talk = leavers.select("person_id", leaving="concerns")
    return (
        children.drop("days_since")
        .join(theirs, on="worker", how="inner")
        .join(arranged, on="worker", how="left")
        .join(overdue, on="person_id", how="left")
        .join(known, on="person_id", how="left")
        .join(often, on="person_id", how="left")
        .join(talk, on="person_id", how="left")
        .with_columns(
            pl.col("overdue").fill_null(0),
            since=pl.when(pl.col("worker") == pl.col("holder")).then("since"),
            status=pl.col("status").replace(STATUS_NAMES),
        )
        .with_columns(concerns=_concerns())
        .sort(
            "worker", -pl.col("overdue"), pl.col("concerns").is_null(), "name", "person_id", nulls_last=True
        )
        .select(
            *("worker", "worker_team", "newly_qualified", "supervision_state", "last_held"),
            *("last_supervisor", "days_since", "supervision_due", "next_booked", "arranged", "longest_gap"),
            *("caseload", "person_id", "name", "age", "status", "since", "overdue", "overdue_items"),
            *("next_due", "last_discussed", "discussed", "concerns", "team", "row_key"),
        )
    )


def _concerns() -> pl.Expr:
    """What to talk about beside what is overdue, the most pressing first."""
    told = [
        pl.when(pl.col("running").fill_null(value=False)).then(pl.lit("missing now")),
        pl.when(pl.col("repeat").fill_null(value=False)).then(
            pl.format("missing {} times of late", pl.col("recent"))
        ),
        pl.col("leaving"),
        pl.when(pl.col("year_workers") >= SEVERAL_WORKERS).then(
            pl.format("{} case workers in the year", pl.col("year_workers"))
        ),
    ]
    return blank_to_null(pl.concat_str(told, separator=", ", ignore_nulls=True))
