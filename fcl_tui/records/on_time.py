"""What is due, asked in two ways that are never mixed: how it is now, and what became of a period's due days.

Shared by Visits and Reviews. A *kind* is what a report calls a group of rules: looked-after visits are three
rules of the timescales, for ordinary placements, at home under a care order, and placed for adoption.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import described_at
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.figures.against_target import against_target
from fcl_tui.records.due.items import short_name
from fcl_tui.records.over_time.holders import held_on
from fcl_tui.timescales.state import at

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.measure import Measure

FEWEST = 10
"""Below this denominator a percentage is shown and not judged: one child would move it by ten points."""
TOO_FEW = "too_few"
FELL_DUE = ("on_time", "late", "missed", "overdue")


def _of_kinds(scan: Scan, kinds: Mapping[str, str], person_ids: list[str] | None) -> pl.LazyFrame:
    items = scan("due_items").filter(pl.col("rule").is_in(list(kinds)))
    return items if person_ids is None else items.filter(pl.col("person_id").is_in(person_ids))


def _kind(kinds: Mapping[str, str]) -> pl.Expr:
    return pl.col("rule").replace_strict(dict(kinds), default=None, return_dtype=pl.String)


def open_now(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    kinds: Mapping[str, str],
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """What is still to be done on the day, one row per due item that is required.

    Args:
        kinds: kind by rule; other rules are left out.
        person_ids: keep these children's; None keeps all.

    Returns:
        item_id (unique), person_id, kind, item (the rule's name), rule, cycle, started (Date: what the clock
        counts from), due_date (null: cannot be worked out, reason says why), standing (up_to_date, overdue;
        not_known without a due date, or where nobody can say that a day that has passed was missed), state,
        days_late (Int64, calendar days; 0 when not late), working_days_left, days_left (Int64 to the due day,
        0 on it; null when it has passed or is not known), since_days (Int64, calendar days since `started`),
        interval, unit, reason, assumed, name, date_of_birth, age, status, team, worker (who holds the case
        on the day; of a care leaver without a social worker the personal adviser).
    """
    day = pl.lit(as_at)
    due = pl.col("due_date")
    ahead = pl.when(due >= day)
    stood = at(_of_kinds(scan, kinds, person_ids), scan("rules"), calendar, as_at, unfinished=True)
    unsure = due.is_null() | ((pl.col("state") == "due_soon") & (due < day)).fill_null(value=False)
    rows = stood.filter(pl.col("open")).select(
        "item_id",
        "person_id",
        pl.coalesce("name", "rule").alias("item"),
        "rule",
        "cycle",
        "started",
        "due_date",
        "state",
        "days_late",
        "interval",
        "unit",
        "reason",
        "assumed",
        kind=_kind(kinds),
        standing=pl.when(unsure)
        .then(pl.lit("not_known"))
        .when(pl.col("state") == "overdue")
        .then(pl.lit("overdue"))
        .otherwise(pl.lit("up_to_date")),
        working_days_left=calendar.working_days_between(ahead.then(day), ahead.then(due)),
        days_left=ahead.then((due - day).dt.total_days()),
        since_days=(day - pl.col("started")).dt.total_days(),
    )
    who = described_at(scan, as_at, rows.select("person_id").unique())
    return rows.join(
        who.select("person_id", "name", "date_of_birth", "age", "status", "team", "worker"),
        on="person_id",
        how="left",
    )


def fell_due(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    kinds: Mapping[str, str],
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """What fell due in the period, one row per due item, by what became of it.

    Not required is left out, and so is what is due on the as-at day and not done yet: that day is in time.

    Args:
        span: the period, both days in it, not later than the as-at day. The due day counts, not the day done.

    Returns:
        item_id (unique), person_id, kind, item, rule, cycle, started, due_date, done_date, ended, state (of
        FELL_DUE), days_late (Int64, calendar days), interval, unit, reason, month (Date, the first of the due
        day's), credit_day (Date: the day it was done; of a missed one its due day; of one not done
        yet null, as it is for the worker holding the case now), and team, worker, team_now, worker_now,
        moved, name, date_of_birth as `held_on` gives.
    """
    items = _of_kinds(scan, kinds, person_ids).filter(within("due_date", *span))
    state = pl.col("state")
    rows = (
        at(items, scan("rules"), calendar, as_at)
        .filter(state.is_in(FELL_DUE))
        .select(
            "item_id",
            "person_id",
            pl.coalesce("name", "rule").alias("item"),
            "rule",
            "cycle",
            "started",
            "due_date",
            "done_date",
            "ended",
            "state",
            "days_late",
            "interval",
            "unit",
            "reason",
            kind=_kind(kinds),
            month=pl.col("due_date").dt.month_start(),
            credit_day=pl.when(state.is_in(["on_time", "late"]))
            .then("done_date")
            .when(state == "missed")
            .then("due_date"),
        )
    )
    return held_on(rows, scan, as_at)


def named_kinds(names: Mapping[str, str]) -> pl.Expr:
    """`kind_name`: the kind in words."""
    return (
        pl.col("kind")
        .replace_strict(dict(names), default=pl.col("kind"), return_dtype=pl.String)
        .alias("kind_name")
    )


def compared(
    groups: pl.LazyFrame, everyone: pl.LazyFrame, share: str, out_of: str, target: float, key: tuple[str, ...]
) -> pl.LazyFrame:
    """Add what compares a group with all and with the target.

    Args:
        groups: one row per group, with the percentage `share` and the count `out_of`.
        everyone: one row, with `share` over all groups, whichever are shown.
        target: per cent aimed at.
        key: the columns that name a group.

    Returns:
        groups plus all (Float64, per cent of all groups together), difference (percentage points from it),
        target, met (on_target, near_target, below_target; too_few under FEWEST; no_figure),
        percent_of_total (the group's part of `out_of`), percent_of_target, row_key (unique).
    """
    total = pl.col(out_of).sum()
    return (
        groups.join(everyone.select(all=share), how="cross")
        .with_columns(target=pl.lit(target), difference=pl.col(share) - pl.col("all"))
        .with_columns(
            met=pl.when((pl.col(out_of) < FEWEST) & (pl.col(out_of) > 0))
            .then(pl.lit(TOO_FEW))
            .otherwise(against_target(share)),
            percent_of_total=pl.when(total > 0).then(pl.col(out_of) / total * 100),
            percent_of_target=pl.when(pl.col("target") > 0).then(pl.col(share) / pl.col("target") * 100),
            row_key=pl.concat_str(
                *(pl.col(name).cast(pl.String).fill_null("-") for name in key), separator="|"
            ),
        )
    )


def every_month(groups: pl.LazyFrame, span: tuple[date, date], measures: Sequence["Measure"]) -> pl.LazyFrame:
    """The months of the period, also those in which nothing fell due; none where there are no groups at all.

    Args:
        groups: one row per month (Date, its first day) with the measures; counts that are missing become 0.
    """
    first, last = (pl.lit(day, pl.Date) for day in span)
    counts = [one.key for one in measures if one.statistic in ("count", "children")]
    months = pl.LazyFrame({"at": [0]}).select(month=pl.date_ranges(first.dt.month_start(), last, "1mo"))
    return (
        months.explode("month")
        .join(groups, on="month", how="left")
        .filter(pl.col(counts[0]).is_not_null().any())
        .with_columns(pl.col(counts).fill_null(0))
    )


def in_order(groups: pl.LazyFrame, by: tuple[str, ...], share: str, kinds: Sequence[str]) -> pl.LazyFrame:
    """Months in order, kinds in theirs, others with the lowest percentage first; those without one last.

    Adds month_name ("Mar 2026"), for months; codes of taking part are in order, each kind of review a total.
    """
    if by[0] == "code":
        total = pl.col("reviews").sum().over("kind_name")
        return groups.with_columns(percent_of_total=pl.col("reviews") / total * 100).sort("kind_name", "code")
    if by == ("month",):
        return groups.with_columns(month_name=pl.col("month").dt.to_string("%b %Y")).sort("month")
    if by[0] == "kind":
        order = pl.col("kind").replace_strict(
            {name: rank for rank, name in enumerate(kinds)}, default=len(kinds), return_dtype=pl.Int32
        )
        return groups.sort(order, "kind")
    return groups.sort(share, *by, nulls_last=True)


def listed(rows: pl.LazyFrame, row_key: str) -> pl.LazyFrame:
    """Rows behind a figure: the latest first, then by due day and name; `row_key` is unique.

    Beside them item_short: what is due in few cells, or the kind of what was done without being due.
    """
    return rows.with_columns(pl.coalesce(short_name(), "kind_name").alias("item_short")).sort(
        "days_late",
        "due_date",
        "name",
        "person_id",
        row_key,
        descending=[True, False, False, False, False],
        nulls_last=True,
    )


def newest_first(rows: pl.LazyFrame, day: str) -> pl.LazyFrame:
    """Rows with the newest day first, then by name."""
    return rows.sort(
        day, "name", "person_id", "row_key", descending=[True, False, False, False], nulls_last=True
    )
