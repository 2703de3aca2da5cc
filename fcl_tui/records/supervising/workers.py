"""Supervision of staff on a day: workers in time, overdue, longest gap; children not lately discussed."""

from collections.abc import Collection
from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions import directory
from fcl_tui.definitions.caseload import UNALLOCATED, clients_at
from fcl_tui.definitions.wording.omissions import said

SOON = 7
"""Calendar days before the due day from which a supervision is due soon"""
ONE_TO_ONE = ("personal", "case")
"""The kinds that meet the interval; a group supervision does not take their place (our reading)"""
LONG_ABSENCE = 28
"""Calendar days of leave beyond which a worker is in no percentage of those supervised in time"""
NEVER, NOT_LATELY, LATELY = "never discussed", "not lately", "discussed"
SHAPE: dict[str, pl.DataType | type[pl.DataType]] = {
    "worker": pl.String, "supervisor": pl.String, "day": pl.Date, "kind": pl.String, "state": pl.String,
    "children": pl.List(pl.String),
}  # fmt: skip


def held_cases(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Who holds which child on the day: person_id, name, age, status, worker, team; Unallocated left out.

    A personal adviser holds the child too, in the team of the case.
    """
    clients = clients_at(scan, as_at)
    kept = ("person_id", "name", "age", "status", "team")
    both = [clients.select(*kept, worker=one) for one in ("worker", "personal_adviser")]
    return pl.concat(both).filter(pl.col("worker") != UNALLOCATED).unique(["person_id", "worker"])


def named_newly(scan: Scan, written: Collection[str]) -> pl.LazyFrame:
    """Whom the setting `newly_qualified` names, by name or number, whatever its case and spaces.

    Returns:
        one row per entry of the setting and worker: said (as it is written there), worker (the name that the
        data has; null where it is nobody's name or number).
    """
    staff = directory.workers(scan).select(worker_id="_worker_key", worker="_worker_name")
    known = pl.concat([scan("allocations").select("worker_id", "worker"), staff]).drop_nulls("worker")
    called = pl.concat([known.select("worker", called=name) for name in ("worker", "worker_id")])
    by = called.with_columns(called=_folded("called")).drop_nulls("called").unique(["called", "worker"])
    entries = pl.LazyFrame({"said": list(written)}, schema={"said": pl.String})
    return (
        entries.with_columns(called=_folded("said"))
        .join(by, on="called", how="left", maintain_order="left")
        .select("said", "worker")
    )


def _folded(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()


def not_found(newly: pl.LazyFrame) -> pl.LazyFrame:
    """What the setting names and nobody here is called: reason, count, what.

    Args:
        newly: as `named_newly`.
    """
    gone = newly.filter(pl.col("worker").is_null())
    names = pl.format(
        "named in newly_qualified of settings.toml, and no worker's name or number in this data: {}",
        pl.col("said").str.join(", "),
    )
    return said(gone, names, "workers").filter(pl.col("count") > 0)


def workers(
    cases: pl.LazyFrame,
    rows: pl.LazyFrame,
    as_at: date,
    period: tuple[date, date],
    *,
    weeks: int,
    weeks_newly_qualified: int,
    newly_qualified: pl.LazyFrame,
    leave: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """How each worker who holds a case on the day stands.

    Args:
        cases: as `held_cases`.
        rows: supervisions with the columns of SHAPE; what is held after the day had not happened on it.
        period: first and last day over which the longest gap is looked for.
        weeks, weeks_newly_qualified: intervals in weeks (local policy; no statute sets one).
        newly_qualified: as `named_newly`; the column worker.
        leave: worker, first, last (Date, both in it); None: no list of leave is kept.

    Returns:
        one row per worker: worker, team (that of most of their children), children (Int64), newly_qualified
        (Boolean), last_held, due, next_booked (Date), days_since, longest_gap (Int64, calendar days), state
        (overdue, never, due_soon, due; the due day itself is in time), in_time (Boolean), absent (Boolean: on
        leave of more than LONG_ABSENCE days), standing (state for the screen), person_id (null).

    Source: supervision frequency is local policy; post-qualifying standards and the assessed year in
    employment expect weekly, then fortnightly supervision of the newly qualified.
    """
    day, last = pl.lit(as_at), pl.lit(min(as_at, period[1]))
    held = rows.filter(
        pl.col("state") == "held", pl.col("kind").is_in(ONE_TO_ONE), pl.col("day") <= day
    ).select("worker", "day")
    booked = (
        rows.filter(pl.col("state") == "booked", pl.col("kind").is_in(ONE_TO_ONE), pl.col("day") >= day)
        .group_by("worker")
        .agg(next_booked=pl.col("day").min())
    )
    dates = held.filter(pl.col("day") <= last).unique().sort("worker", "day")
    following = pl.col("day").shift(-1).over("worker").fill_null(last)
    gaps = (
        dates.with_columns(following=following)
        .filter(pl.col("following") >= pl.lit(period[0]))
        .group_by("worker")
        .agg(longest_gap=(pl.col("following") - pl.col("day")).dt.total_days().max())
    )
    newly = newly_qualified.select("worker", newly_qualified=pl.lit(value=True)).drop_nulls().unique()
    interval = pl.when("newly_qualified").then(weeks_newly_qualified).otherwise(weeks)
    return (
        cases.group_by("worker")
        .agg(
            team=pl.col("team").mode().sort().first(),
            children=pl.col("person_id").n_unique().cast(pl.Int64),
        )
        .join(held.group_by("worker").agg(last_held=pl.col("day").max()), on="worker", how="left")
        .join(booked, on="worker", how="left")
        .join(gaps, on="worker", how="left")
        .join(newly, on="worker", how="left")
        .join(absent_on(leave, as_at), on="worker", how="left")
        .with_columns(pl.col("newly_qualified", "absent").fill_null(value=False))
        .with_columns(
            due=pl.col("last_held") + pl.duration(weeks=interval),
            days_since=(day - pl.col("last_held")).dt.total_days(),
            person_id=pl.lit(None, pl.String),
            row_key="worker",
        )
        .with_columns(state=_state((pl.col("due") - day).dt.total_days()))
        .with_columns(
            in_time=pl.col("state").is_in(["due", "due_soon"]),
            standing=pl.col("state").replace({"never": "overdue|Never"}),
        )
        .sort(
            pl.col("state").replace_strict(
                {"never": 0, "overdue": 1, "due_soon": 2, "due": 3}, return_dtype=pl.Int8
            ),
            "due",
            "worker",
            nulls_last=True,
        )
    )


def absent_on(leave: pl.LazyFrame | None, as_at: date) -> pl.LazyFrame:
    """worker (unique), absent: who is on leave of more than LONG_ABSENCE days on the day."""
    if leave is None:
        return pl.LazyFrame(schema={"worker": pl.String, "absent": pl.Boolean})
    return (
        absences(leave)
        .filter(pl.lit(as_at).is_between("_from", "_until"))
        .select("worker", absent=pl.lit(value=True))
        .unique()
    )


def absences(leave: pl.LazyFrame) -> pl.LazyFrame:
    """The long ones of the list of leave: worker, _from, _until (Date, both in it)."""
    rows = leave.select("worker", _from="first", _until="last")
    return rows.filter((pl.col("_until") - pl.col("_from")).dt.total_days() + 1 > LONG_ABSENCE)


def _state(left: pl.Expr) -> pl.Expr:
    return (
        pl.when(left.is_null())
        .then(pl.lit("never"))
        .when(left < 0)
        .then(pl.lit("overdue"))
        .when(left <= SOON)
        .then(pl.lit("due_soon"))
        .otherwise(pl.lit("due"))
    )


def children(cases: pl.LazyFrame, rows: pl.LazyFrame, as_at: date, weeks: int) -> pl.LazyFrame:
    """When each child was last discussed in a supervision held with the worker who holds the case.

    Args:
        cases: as `held_cases`.
        rows: supervisions with the columns of SHAPE.
        weeks: after how many weeks a child was not lately discussed (local policy).

    Returns:
        one row per child and worker: the columns of `held_cases`, last_discussed (Date), days_since (Int64,
        calendar days), discussed (never discussed, not lately, discussed); never first, then the longest ago.
    """
    told = (
        rows.filter(pl.col("state") == "held", pl.col("day") <= pl.lit(as_at))
        .explode("children")
        .drop_nulls("children")
        .group_by("worker", person_id="children")
        .agg(last_discussed=pl.col("day").max())
    )
    since = (pl.lit(as_at) - pl.col("last_discussed")).dt.total_days()
    return (
        cases.join(told, on=["worker", "person_id"], how="left")
        .with_columns(
            days_since=since,
            discussed=pl.when(since.is_null())
            .then(pl.lit(NEVER))
            .when(since > weeks * 7)
            .then(pl.lit(NOT_LATELY))
            .otherwise(pl.lit(LATELY)),
            row_key=pl.concat_str("person_id", "worker", separator="|"),
        )
        .sort("last_discussed", "worker", "name", "person_id", nulls_last=False)
    )


def sessions(rows: pl.LazyFrame, cases: pl.LazyFrame, period: tuple[date, date], as_at: date) -> pl.LazyFrame:
    """The supervisions of a period, and those booked from the day on; the latest first.

    Returns:
        worker, team (null for one who holds no case), supervisor, day, kind, state, children (Int64: how
        many were discussed), row_key (unique).
    """
    team = cases.group_by("worker").agg(team=pl.col("team").mode().sort().first())
    within = pl.col("day").is_between(pl.lit(period[0]), pl.lit(period[1]))
    booked = (pl.col("state") == "booked") & (pl.col("day") >= pl.lit(as_at))
    return (
        rows.filter(within | booked)
        .join(team, on="worker", how="left")
        .with_columns(
            children=pl.col("children").list.len().cast(pl.Int64),
            row_key=pl.concat_str("worker", pl.col("day").cast(pl.String), "kind", separator="|"),
        )
        .sort("day", "worker", "kind", descending=[True, False, False])
    )
