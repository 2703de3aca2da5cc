"""The next eight weeks of a caseload, day by day: what is due, and what falls on a day nobody works."""

from datetime import date, timedelta

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.definitions.wording.privacy import initials
from fcl_tui.records.client_overview import client_overview
from fcl_tui.records.client_overview import left_out as overview_left_out
from fcl_tui.records.due.items import no_date, owed, required
from fcl_tui.records.planner.days import (
    CLOSED,
    DAYS,
    HOLIDAY,
    LEAVE,
    WEEKEND,
    away,
    calendar_days,
    last_worked,
    same_name,
)

EARLIER, LATER, NO_DATE = "earlier", "later", "no date"
"""The days of items that are due before the as-at day, after the eight weeks, or on no known day."""

COLUMNS = (
    "date", "weekday", "items", "overdue", "working_day", "bank_holiday", "on_leave", "hint",
)  # fmt: skip
"""The first columns of `days`."""

DETAIL = (
    "person_id", "name", "rule", "item", "due_date", "state", "days", "unit", "worker", "team", "falls_on",
    "plan_for", "advice", "day", "item_id", "initials", "status", "age", "statutory",
)  # fmt: skip
"""The first columns of `planned`."""


def _short(day: pl.Expr) -> pl.Expr:
    return day.dt.strftime("%a %-d %b")


def planned(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    leave: pl.DataFrame,
    *,
    team: str | None = None,
    worker: str | None = None,
) -> pl.LazyFrame:
    """List everything required of a caseload, each item on its day. Due dates are never moved.

    Args:
        leave: worker, first, last (Date, both included), as `leave.read` gives it.
        team, worker: keep these, as in the Client Overview; None keeps all.

    Returns:
        DETAIL, then last_date, started_by, reason and assumed; one row per item. day (String): the due date
        as 2026-12-24, or "earlier", "later", "no date". falls_on: weekend, bank holiday, local closure,
        leave (of the chosen worker; else of the one who holds the case), or null. plan_for (Date): where
        falls_on is set, the last day before it that is worked and is not before the as-at day; null when
        there is none. advice: both in words. initials: forename's and surname's first letters, or null.
        Soonest first, then by name.
    """
    last = as_at + timedelta(days=DAYS - 1)
    due = pl.col("due_date")
    day = (
        pl.when(due.is_null())
        .then(pl.lit(NO_DATE))
        .when(due < pl.lit(as_at))
        .then(pl.lit(EARLIER))
        .when(due > pl.lit(last))
        .then(pl.lit(LATER))
        .otherwise(due.dt.strftime("%Y-%m-%d"))
    )
    held_by = pl.col("worker") if worker is None else pl.lit(worker, pl.String)
    rows = (
        client_overview(scan, calendar, as_at, by="item", team=team, worker=worker)
        .filter(required())
        .with_columns(day=day, held_by=held_by)
        .with_columns(key=same_name("held_by"))
        .with_row_index("place")
    )
    work = last_worked(calendar, as_at, leave, rows.select("key")).select("key", "date", "falls_on", "before")
    advice = (
        pl.when(pl.col("falls_on").is_null())
        .then(None)
        .when(pl.col("plan_for").is_null())
        .then(pl.concat_str(_on(), pl.lit(": no working day is left before it")))
        .otherwise(pl.concat_str(_on(), pl.lit(": plan for "), _short(pl.col("plan_for"))))
    )
    return (
        rows.join(work, left_on=["key", "due_date"], right_on=["key", "date"], how="left")
        .join(initials(scan), on="person_id", how="left")
        .with_columns(plan_for=pl.when(pl.col("falls_on").is_not_null()).then("before"))
        .with_columns(advice=advice)
        .sort("place")
        .select(*DETAIL, "last_date", "started_by", "reason", "assumed")
    )


def _on() -> pl.Expr:
    """`falls_on` with its article, as it stands in a sentence."""
    return pl.when(pl.col("falls_on") == LEAVE).then(pl.lit(LEAVE)).otherwise("a " + pl.col("falls_on"))


def days(
    items: pl.LazyFrame,
    calendar: Calendar,
    as_at: date,
    leave: pl.DataFrame,
    *,
    worker: str | None = None,
) -> pl.LazyFrame:
    """Count what is due, day by day.

    Args:
        items: the rows of `planned`.
        worker: the chosen worker, whose leave is marked whether or not anything is due.

    Returns:
        COLUMNS, then day (String, unique; as in `planned`), mark (H bank holiday or local closure, W weekend,
        L leave, or null), plan_for (Date: the earliest of the day's items) and off (Int64: items on a day
        not worked). First the row "earlier" (date null, also when nothing is in it; overdue says how many of
        its items are), then 56 days in order, in which nothing is overdue. on_leave names the workers of
        these items (or the chosen one) that are away, or null. In a team's calendar L stands where an item
        falls on its worker's leave; in a worker's, on every day of leave.
    """
    held = (
        (items.select(name="worker") if worker is None else pl.LazyFrame({"name": [worker]}))
        .with_columns(key=same_name("name"))
        .unique("key")
    )
    gone = (
        away(leave, as_at)
        .join(held, on="key", how="inner")
        .group_by("date")
        .agg(on_leave=pl.col("name").sort().str.join(", "))
    )
    off = pl.col("falls_on").is_not_null()
    counts = items.group_by("day").agg(
        items=pl.len().cast(pl.Int64),
        overdue=(pl.col("state") == "overdue").sum().cast(pl.Int64),
        off=off.sum().cast(pl.Int64),
        left=pl.col("plan_for").is_not_null().sum(),
        plan_for=pl.col("plan_for").min(),
        plan_until=pl.col("plan_for").max(),
        item_falls=pl.col("falls_on").drop_nulls().first(),
    )
    span = calendar_days(calendar, as_at)
    earlier = pl.LazyFrame({"day": [EARLIER]})
    span = span.with_columns(day=pl.col("date").dt.strftime("%Y-%m-%d"))
    shut = pl.col("falls_on")
    mark = (
        pl.when(shut.is_in([HOLIDAY, CLOSED]))
        .then(pl.lit("H"))
        .when(shut == WEEKEND)
        .then(pl.lit("W"))
        .when((pl.col("off") > 0) | (pl.col("on_leave").is_not_null() & pl.lit(worker is not None)))
        .then(pl.lit("L"))
    )
    return (
        pl.concat([earlier, span], how="diagonal")
        .join(counts, on="day", how="left", maintain_order="left")
        .join(gone, on="date", how="left", maintain_order="left")
        .with_columns(pl.col("items", "overdue", "off", "left").fill_null(0))
        .with_columns(mark=mark, hint=_hint())
        .select(*COLUMNS, "day", "mark", "plan_for", "off")
    )


def _hint() -> pl.Expr:
    """What to do about the items of a day not worked, in a sentence; null when there are none."""
    one = pl.col("off") == 1
    named = pl.when(pl.col("bank_holiday").is_not_null() & (pl.col("item_falls") == HOLIDAY)).then(
        pl.concat_str(pl.lit(", "), pl.col("bank_holiday"))
    )
    falls = pl.when(pl.col("item_falls") == LEAVE).then(pl.lit(LEAVE)).otherwise("a " + pl.col("item_falls"))
    one_day = pl.col("plan_for") == pl.col("plan_until")
    when = (
        pl.when(one_day)
        .then(_short(pl.col("plan_for")))
        .otherwise(pl.concat_str(_short(pl.col("plan_for")), pl.lit(" to "), _short(pl.col("plan_until"))))
    )
    advice = (
        pl.when(pl.col("left") > 0)
        .then(pl.concat_str(pl.lit(": plan for "), when))
        .otherwise(pl.lit(": no working day is left before it"))
    )
    return pl.when(pl.col("off") > 0).then(
        pl.concat_str(
            pl.col("off").cast(pl.String),
            pl.when(one).then(pl.lit(" falls on ")).otherwise(pl.lit(" fall on ")),
            falls,
            named.fill_null(""),
            advice,
        )
    )


def totals(items: pl.LazyFrame) -> pl.LazyFrame:
    """Add up the calendar: one row.

    Returns:
        items (on its days, the earlier ones too), earlier, overdue, weekend, holiday (local closures too),
        leave, later, no_date, owed (as `chasing` counts it: items and later) (Int64).
    """

    def count(which: pl.Expr) -> pl.Expr:
        return which.sum().cast(pl.Int64)

    day, falls = pl.col("day"), pl.col("falls_on")
    return items.select(
        items=count(~day.is_in([LATER, NO_DATE])),
        earlier=count(day == EARLIER),
        overdue=count(pl.col("state") == "overdue"),
        weekend=count(falls == WEEKEND),
        holiday=count(falls.is_in([HOLIDAY, CLOSED])),
        leave=count(falls == LEAVE),
        later=count(day == LATER),
        no_date=count(no_date()),
        owed=count(owed()),
    )


def left_out(
    items: pl.LazyFrame,
    leave: pl.DataFrame,
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    team: str | None = None,
    worker: str | None = None,
) -> pl.LazyFrame:
    """Say what the calendar does not show, and why: reason, count (above zero), what.

    Args:
        items: the rows of `planned` for the same team and worker.
    """
    last = as_at + timedelta(days=DAYS - 1)
    known = scan("allocations").select(key=same_name("worker")).unique()
    strangers = (
        leave.lazy().with_columns(key=same_name("worker")).join(known, on="key", how="anti").unique("key")
    )

    return pl.concat(
        [
            said(items.filter(pl.col("day") == LATER), f"due after {last:%d/%m/%Y}", "items"),
            said(
                items.filter(pl.col("day") == NO_DATE),
                "without a due date, because a date it counts from is missing",
                "items",
            ),
            said(strangers, "in the list of leave without a case in this source", "name(s)"),
            overview_left_out(scan, calendar, as_at, team=team, worker=worker).filter(
                ~pl.col("reason").str.contains("without a due date", literal=True)  # there they are shown
            ),
        ]
    ).filter(pl.col("count") > 0)


def in_calendar(items: pl.LazyFrame) -> pl.LazyFrame:
    """Keep what stands in the calendar: the eight weeks and what is earlier."""
    return items.filter(~pl.col("day").is_in([LATER, NO_DATE]))
