"""Workers, children, gaps and sessions of supervision, as they stood on each of several days.

Supervisions have the columns of `records.supervising.workers.SHAPE`. What is held after a day had not
happened on it.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import NO_TEAM
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.records.due.over_time import told
from fcl_tui.records.supervising.workers import ONE_TO_ONE, absences
from fcl_tui.records.workload.held import with_mix

REBOOKED = 14
"""Calendar days after a cancelled session in which another makes up for it"""
MONTH = 28
LIMITS = {
    "both": 28, "child_protection": 28, "looked_after": 90, "cin_plan": 60, "cin_no_plan": 60,
    "care_leaver": 90, "short_break": 90, "other": 60, "court": 28,
}  # fmt: skip
"""Calendar days after which a child of each status should have been discussed again (our choice); the table
discussed_days of the settings goes before it"""
INTERIM_ORDER = "C1"
_KEY = ["day", "person_id"]


def _holders(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, first, last, person_id, worker, team, since: who holds each child on the day, advisers too."""
    return (
        days.join(scan("allocations").filter(pl.col("person_id").is_not_null()), how="cross")
        .filter(open_on(pl.col("day")), pl.col("worker").is_not_null())
        .group_by("day", "first", "last", "person_id", "worker", maintain_order=True)
        .agg(team=pl.col("team").last().fill_null(NO_TEAM), since=pl.col("start").max())
    )


def _sessions(rows: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """The one-to-one supervisions held by each day: day, first, last, worker, held, supervisor."""
    one = rows.filter(pl.col("state") == "held", pl.col("kind").is_in(ONE_TO_ONE))
    one = one.select("worker", "supervisor", held="day")
    return days.join(one, how="cross").filter(pl.col("held") <= pl.col("day"))


def _absent(leave: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, worker: on leave of more than LONG_ABSENCE days on the day."""
    on = pl.col("day").is_between("_from", "_until")
    return days.join(absences(leave), how="cross").filter(on).select("day", "worker").unique()


def worker_rows(
    scan: Scan,
    settings: Mapping[str, Any],
    rows: pl.LazyFrame,
    newly: pl.LazyFrame,
    leave: pl.LazyFrame,
    mine: pl.Expr,
    days: pl.LazyFrame,
) -> pl.LazyFrame:
    """One row per day and worker or adviser who holds a child then.

    Args:
        rows: supervisions.
        newly: as `supervision.named_newly`.
        leave: worker, first, last (Date, both in it).
        mine: which of the holders' rows (team, worker) the reader may have.

    Returns:
        day, first, last, person_id (null: a worker is no child), worker, team (that of most of their
        children), newly_qualified, absent (Boolean: on leave of more than 28 days), last_held (Date; null
        when there is none), supervisor (who held it), in_time (Boolean: no longer ago than the interval),
        days_late (Int64; null when in time or never supervised), state (in time, overdue, none entered).
    """
    weeks = int(settings.get("supervision_weeks", 4))
    often = int(settings.get("supervision_weeks_newly_qualified", 2))
    interval = pl.when("newly_qualified").then(often).otherwise(weeks) * 7
    ago = (pl.col("day") - pl.col("last_held")).dt.total_days()
    last = (
        _sessions(rows, days)
        .sort("day", "worker", "held")
        .unique(["day", "worker"], keep="last", maintain_order=True)
        .select("day", "worker", "supervisor", last_held="held")
    )
    named = newly.select("worker", newly_qualified=pl.lit(value=True)).drop_nulls().unique()
    absent = _absent(leave, days).with_columns(absent=pl.lit(value=True))
    return (
        _holders(scan, days)
        .filter(mine)
        .group_by("day", "first", "last", "worker")
        .agg(team=pl.col("team").mode().sort().first())
        .join(last, on=["day", "worker"], how="left")
        .join(named, on="worker", how="left")
        .join(absent, on=["day", "worker"], how="left")
        .with_columns(
            pl.col("newly_qualified", "absent").fill_null(value=False),
            person_id=pl.lit(None, pl.String),
        )
        .with_columns(in_time=(ago <= interval).fill_null(value=False))
        .with_columns(
            days_late=pl.when(~pl.col("in_time")).then(ago - interval),
            state=pl.when("in_time")
            .then(pl.lit("In time"))
            .when(pl.col("last_held").is_null())
            .then(pl.lit("None entered"))
            .otherwise(pl.lit("Overdue")),
        )
    )


def supervisor_rows(workers: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and supervisor: workers (Int64) whose last one-to-one supervision they held.

    Args:
        workers: as `worker_rows`.
    """
    return (
        workers.drop_nulls("supervisor")
        .group_by("day", "first", "last", "supervisor")
        .agg(workers=pl.col("worker").n_unique().cast(pl.Int64), team=pl.col("team").mode().sort().first())
        .with_columns(worker=pl.col("supervisor"), person_id=pl.lit(None, pl.String))
    )


def gap_rows(scan: Scan, rows: pl.LazyFrame, mine: pl.Expr, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and gap between two one-to-one supervisions of a worker, the later in the window.

    Returns:
        day, first, last, person_id (null), worker, team, held, before (Date), gap (Int64, calendar days).
    """
    held = _sessions(rows, days).select("day", "first", "last", "worker", "held").unique()
    teams = (
        _holders(scan, days)
        .filter(mine)
        .group_by("day", "worker")
        .agg(team=pl.col("team").mode().sort().first())
    )
    return (
        held.sort("day", "worker", "held")
        .with_columns(before=pl.col("held").shift(1).over("day", "worker"))
        .filter(pl.col("held").is_between("first", "last"), pl.col("before").is_not_null())
        .join(teams, on=["day", "worker"], how="inner")
        .with_columns(
            gap=(pl.col("held") - pl.col("before")).dt.total_days(), person_id=pl.lit(None, pl.String)
        )
    )


def session_rows(scan: Scan, rows: pl.LazyFrame, mine: pl.Expr, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, worker and supervision dated in the window and by the day.

    Returns:
        day, first, last, person_id (null), worker, team, supervisor, held_on (Date), kind, state, rebooked
        (Boolean: a one-to-one session was held or booked within 14 days after), group_held (Boolean: of a
        group supervision, somebody's of that supervisor and day was held).
    """
    teams = (
        _holders(scan, days)
        .filter(mine)
        .group_by("day", "worker")
        .agg(team=pl.col("team").mode().sort().first())
    )
    told_of = rows.select("worker", "supervisor", "kind", "state", held_on="day").with_columns(
        group_held=((pl.col("kind") == "group") & (pl.col("state") == "held"))
        .any()
        .over("supervisor", "held_on")
    )
    dated = days.join(told_of, how="cross").filter(
        pl.col("held_on").is_between("first", "last"), pl.col("held_on") <= pl.col("day")
    )
    other = rows.filter(pl.col("state").is_in(["held", "booked"]), pl.col("kind").is_in(ONE_TO_ONE))
    after = (
        dated.select("day", "worker", "held_on")
        .unique()
        .join(other.select("worker", _other="day"), on="worker", how="inner")
        .filter(
            pl.col("_other") > pl.col("held_on"),
            pl.col("_other") <= pl.col("held_on") + pl.duration(days=REBOOKED),
        )
        .select("day", "worker", "held_on", rebooked=pl.lit(value=True))
        .unique()
    )
    return (
        dated.join(after, on=["day", "worker", "held_on"], how="left")
        .join(teams, on=["day", "worker"], how="inner")
        .with_columns(pl.col("rebooked").fill_null(value=False), person_id=pl.lit(None, pl.String))
    )


def child_rows(
    scan: Scan, settings: Mapping[str, Any], rows: pl.LazyFrame, mine: pl.Expr, days: pl.LazyFrame
) -> pl.LazyFrame:
    """One row per day and client: when last discussed in a supervision, and whether that is within the limit.

    Returns:
        day, first, last, person_id, mix, status_mix, court (Boolean: an interim care order is in force),
        care_leaver (Boolean), limit (Int64, calendar days: LIMITS), last_discussed (Date), in_time (Boolean),
        open_days (Int64, since the case opened), never (Boolean: open over 28 days, not discussed since the
        present worker began), child, holder.
    """
    day = pl.col("day")
    status = scan("statuses").select("person_id", "status", "short_break", "start", "end", "legal_status")
    open_then = days.join(status, how="cross").filter(open_on(day))
    clients = open_then.group_by("day", "first", "last", "person_id").agg(
        opened=pl.col("start").min(),
        court=(pl.col("legal_status") == INTERIM_ORDER).fill_null(value=False).any(),
        care_leaver=(pl.col("status") == "care_leaver").any(),
    )
    discussed = (
        rows.filter(pl.col("state") == "held")
        .select("children", held="day")
        .explode("children")
        .drop_nulls("children")
        .select("held", person_id="children")
    )
    last = (
        clients.select(_KEY)
        .join(discussed, on="person_id", how="inner")
        .filter(pl.col("held") <= day)
        .group_by(_KEY)
        .agg(last_discussed=pl.col("held").max())
    )
    since = _holders(scan, days).group_by(_KEY).agg(worker_since=pl.col("since").max())
    limits = LIMITS | dict(settings.get("discussed_days") or {})
    rows_told = told(with_mix(clients, scan, days), scan).filter(mine)
    limit = (
        pl.when("court")
        .then(int(limits["court"]))
        .otherwise(
            pl.col("mix").replace_strict(
                {name: int(limits[name]) for name in limits}, default=MONTH, return_dtype=pl.Int64
            )
        )
    )
    return (
        rows_told.join(last, on=_KEY, how="left")
        .join(since, on=_KEY, how="left")
        .with_columns(limit=limit, open_days=(day - pl.col("opened")).dt.total_days())
        .with_columns(
            in_time=((day - pl.col("last_discussed")).dt.total_days() <= pl.col("limit")).fill_null(
                value=False
            ),
            never=(pl.col("open_days") > MONTH).fill_null(value=True)
            & (
                pl.col("last_discussed").is_null() | (pl.col("last_discussed") < pl.col("worker_since"))
            ).fill_null(value=False),
        )
    )
