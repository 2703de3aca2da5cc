"""Children in need, and those protected or looked after, by their case worker on each day; movement."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.records.care.looked_after import in_care
from fcl_tui.records.due.over_time import told
from fcl_tui.records.over_time.people import with_person
from fcl_tui.records.visiting.children import in_status
from fcl_tui.records.workload.held import case_workers, involved, staff, with_mix

_KEY = ["day", "person_id"]
LENGTHS = (
    "Under 3 months",
    "3 to 6 months",
    "6 to 12 months",
    "1 to 2 years",
    "2 years or more",
    "Not known",
)
"""How long a case is open, in the bands of the national tables"""
WITHOUT = ("Has a worker", "Under 28 days", "28 to 90 days", "Over 90 days", "Never had one")
"""How long a child is without a case worker, in calendar days"""


def open_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child in need on it: a referral open that did not lead to no further action.

    Returns:
        day, first, last, person_id, open_since (Date: the referral, of several open the earliest), open_days
        (Int64, calendar days), open_length (of LENGTHS), has_worker (Boolean), without_worker (of WITHOUT),
        mix, status_mix, child, holder.
    """
    day = pl.col("day")
    spells = scan("statuses").filter(pl.col("status") == "child_in_need").select("person_id", "start", "end")
    children = (
        days.join(spells, how="cross")
        .filter(open_on(day))
        .group_by("day", "first", "last", "person_id")
        .agg(open_since=pl.col("start").min())
    )
    now = involved(scan, days).select(*_KEY, has_worker=pl.lit(value=True)).unique()
    since = pl.col("open_since")
    length = pl.lit(LENGTHS[4])
    for months, name in ((24, LENGTHS[3]), (12, LENGTHS[2]), (6, LENGTHS[1]), (3, LENGTHS[0])):
        length = pl.when(since > day.dt.offset_by(f"-{months}mo")).then(pl.lit(name)).otherwise(length)
    rows = (
        children.join(now, on=_KEY, how="left")
        .join(_last_ended(scan, children), on=_KEY, how="left")
        .with_columns(
            pl.col("has_worker").fill_null(value=False),
            open_days=(day - since).dt.total_days(),
            open_length=pl.when(since.is_null()).then(pl.lit(LENGTHS[-1])).otherwise(length),
        )
        .with_columns(without_worker=_without())
        .drop("ended")
    )
    return told(with_mix(rows, scan, days), scan)


def _last_ended(scan: Scan, children: pl.LazyFrame) -> pl.LazyFrame:
    ends = case_workers(scan).select("person_id", "end").drop_nulls()
    return (
        children.select(_KEY)
        .join(ends, on="person_id", how="inner")
        .filter(pl.col("end") <= pl.col("day"))
        .group_by(_KEY)
        .agg(ended=pl.col("end").max())
    )


def _without() -> pl.Expr:
    gone = (pl.col("day") - pl.col("ended")).dt.total_days()
    return (
        pl.when("has_worker")
        .then(pl.lit(WITHOUT[0]))
        .when(gone < 28)
        .then(pl.lit(WITHOUT[1]))
        .when(gone <= 90)
        .then(pl.lit(WITHOUT[2]))
        .when(gone > 90)
        .then(pl.lit(WITHOUT[3]))
        .otherwise(pl.lit(WITHOUT[4]))
    )


def protected_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child on a protection plan or looked after, each once.

    Returns:
        day, first, last, person_id, cohort (String), qualified (Boolean: the case worker started last is a
        registered social worker), worker, team (that worker's), and the columns of `over_time.with_person`.
    """
    named = {
        "protected": in_status(scan, days, "child_protection"),
        "care": in_care(scan, days),
    }
    flags = [
        frame.select("day", "first", "last", "person_id")
        .unique()
        .with_columns(pl.lit(value=True).alias(name))
        for name, frame in named.items()
    ]
    children = flags[0].join(flags[1], on=["day", "first", "last", "person_id"], how="full", coalesce=True)
    latest = involved(scan, days).filter("latest").select(*_KEY, "worker", "worker_id", "team")
    both = pl.col("protected") & pl.col("care")
    rows = (
        children.join(latest, on=_KEY, how="left")
        .join(staff(scan).select("worker_id", qualified="registered"), on="worker_id", how="left")
        .with_columns(
            pl.col("qualified").fill_null(value=False),
            worker=pl.col("worker").fill_null(UNALLOCATED),
            team=pl.col("team").fill_null(NO_TEAM),
            cohort=pl.when(both)
            .then(pl.lit("Looked after and on a plan"))
            .when("care")
            .then(pl.lit("Looked after"))
            .otherwise(pl.lit("On a protection plan")),
        )
        .drop("protected", "care")
    )
    return with_person(rows, scan)


PARTS = ("At the start", "Allocated", "Ended")


def flow_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and step of an involvement of a case worker in its window.

    Returns:
        day, first, last, person_id, worker, team (the involvement's), start, end (Date), part (of PARTS: open
        on the day before the window, begun in it, ended in it), step (Int64: 1, 1, -1; their sum are those
        open at the end of the last day), and the columns of `over_time.with_person`.
    """
    start, end = pl.col("start"), pl.col("end")
    first, last = pl.col("first"), pl.col("last")
    before = first - pl.duration(days=1)
    rows = (
        days.join(case_workers(scan), how="cross")
        .filter(end.is_null() | start.is_null() | (end >= start))
        .with_columns(
            worker=pl.col("worker").fill_null(UNALLOCATED),
            team=pl.col("team").fill_null(NO_TEAM),
            _open=(start.is_null() | (start <= before)) & (end.is_null() | (end > before)),
            _begun=start.is_between(first, last).fill_null(value=False),
            _ended=end.is_between(first, last).fill_null(value=False),
        )
    )
    kept = ("day", "first", "last", "person_id", "worker", "team", "start", "end")
    steps = [
        rows.filter(flag).select(*kept, part=pl.lit(part), step=pl.lit(step, pl.Int64))
        for flag, part, step in zip(("_open", "_begun", "_ended"), PARTS, (1, 1, -1), strict=True)
    ]
    return with_person(pl.concat(steps), scan)
