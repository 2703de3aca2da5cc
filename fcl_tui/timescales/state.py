"""How the due items stand on a day: on time, late, missed, due, due soon, overdue or not required."""

from datetime import date

import polars as pl

from fcl_tui.definitions.days.calendar import Calendar

OPEN = ("due", "due_soon", "overdue")


def at(
    items: pl.LazyFrame,
    rules: pl.LazyFrame,
    calendar: Calendar,
    as_at: date | pl.Expr,
    *,
    unfinished: bool = False,
) -> pl.LazyFrame:
    """The items as they stood on `as_at`, from what had happened by then.

    Args:
        items: the frame `due_items`; the columns beside the contract's (waived, soft, unknown, ended_by,
            soon, soon_unit, known_from, at_latest) may be missing.
        rules: the frame `rules`.
        calendar: the days not worked.
        as_at: the day the answer is about, or a column of the items with the day of each. What is dated
            after it is ignored.
        unfinished: only the items neither done nor ended by then: a small part of the whole history.

    Returns:
        the items started, and known to be owed, by that day (and those that cannot be dated), with
        done_date and ended as known then, and: state (String; null while there is no due date,
        `reason` says why), reason
        (String: why not required, missed, or without a date), days_late (Int64, calendar days; 0 when in
        time, null when not required or without a date), days (Int64, to the due date in the rule's own
        unit: working days for wd, else calendar days; negative when late; counted to the day it was done
        or ended when it was), name, statutory (Boolean), open (Boolean: still to be done).

    The due day itself is in time. Not required: due on or after the limit (whatever was done), or ended
    on or before the due day with nothing done. Missed: ended after it with nothing done.
    """
    given = items.collect_schema().names()

    def optional(name: str, kind: type[pl.DataType]) -> pl.Expr:
        return pl.col(name) if name in given else pl.lit(None, kind)

    day = as_at if isinstance(as_at, pl.Expr) else pl.lit(as_at, pl.Date)
    due, done, ended = pl.col("due_date"), pl.col("done_date"), pl.col("ended")
    known = due.is_not_null()
    beyond = (due >= pl.col("limit_date")).fill_null(False)
    waived = optional("waived", pl.Boolean).fill_null(False)
    perhaps = (optional("at_latest", pl.Date) >= day).fill_null(False)
    soft = optional("soft", pl.Boolean).fill_null(False) | perhaps
    until = pl.coalesce(done, ended, day)
    calendar_days = (due - until).dt.total_days()
    working = pl.col("unit") == "wd"
    working_days = calendar.working_days_between(pl.when(working).then(until), pl.when(working).then(due))
    soon_unit = pl.coalesce(optional("soon_unit", pl.String), pl.col("rule_soon_unit"))
    soon = pl.coalesce(optional("soon", pl.Int32), pl.col("rule_soon"))
    in_working_days = (soon_unit == "wd") & done.is_null() & ended.is_null()
    left = (
        pl.when(in_working_days)
        .then(calendar.working_days_between(pl.when(in_working_days).then(day), due))
        .otherwise((due - day).dt.total_days())
    )
    state = (
        pl.when(~known & ended.is_null())
        .then(pl.lit(None, pl.String))
        .when(~known | beyond)
        .then(pl.lit("not_required"))
        .when(done.is_not_null())
        .then(pl.when(done <= due).then(pl.lit("on_time")).otherwise(pl.lit("late")))
        .when(ended.is_not_null())
        .then(pl.when((ended <= due) | waived).then(pl.lit("not_required")).otherwise(pl.lit("missed")))
        .when(due < day)
        .then(pl.when(soft).then(pl.lit("due_soon")).otherwise(pl.lit("overdue")))
        .when(left <= soon)
        .then(pl.lit("due_soon"))
        .otherwise(pl.lit("due"))
    )
    late = pl.when(pl.col("state") != "not_required").then(
        pl.when(due < until).then(-calendar_days).otherwise(0)
    )
    ended_by = pl.coalesce(optional("ended_by", pl.String), pl.lit("it ended"))
    reason = (
        pl.when(~known)
        .then(pl.coalesce(optional("unknown", pl.String), pl.lit("no due date can be computed")))
        .when(beyond)
        .then("limit_reason")
        .when(pl.col("state") == "missed")
        .then(pl.concat_str(ended_by, pl.lit(", nothing done by the due day")))
        .when((pl.col("state") == "not_required") & waived)
        .then(ended_by)
        .when(pl.col("state") == "not_required")
        .then(pl.concat_str(ended_by, pl.lit(" by the due day")))
        .when(perhaps & (due < day) & done.is_null())
        .then(
            pl.format(
                "this is the earliest it can be due, the latest is {}: the source does not say which",
                optional("at_latest", pl.Date).dt.strftime("%d/%m/%Y"),
            )
        )
        .when(soft & (due < day) & done.is_null() & (pl.col("rule") == "cin_plan_review"))
        .then(pl.lit("the plan is older than that; whether it was reviewed is not in the source"))
        .when(soft & (due < day) & done.is_null() & (pl.col("rule") == "pathway_assessment"))
        .then(
            pl.lit(
                "the plan date in the source is later and may be a review's: whether it was made is not known"
            )
        )
        .when(soft & (due < day) & done.is_null())
        .then(pl.lit("the answer is old: ask again"))
        .when((pl.col("state") == "overdue") & (pl.col("rule") == "return_interview"))
        .then(pl.lit("deadline passed, not offered or not accepted"))
    )
    named = rules.select("rule", "name", "statutory", rule_soon="soon", rule_soon_unit="soon_unit").unique(
        "rule"
    )
    since = pl.max_horizontal("started", optional("known_from", pl.Date))
    begun = items.filter(since.is_null() | (since <= day))
    if unfinished:
        begun = begun.filter(done.is_null() | (done > day), ended.is_null() | (ended > day))
    return (
        begun.with_columns(
            done_date=pl.when(done <= day).then(done),
            ended=pl.when(ended <= day).then(ended),
        )
        .join(named, on="rule", how="left")
        .with_columns(state=state)
        .with_columns(
            reason=reason,
            days_late=late,
            days=pl.when(pl.col("state") != "not_required").then(
                pl.when(working).then(working_days).otherwise(calendar_days)
            ),
            open=pl.col("done_date").is_null()
            & pl.col("ended").is_null()
            & (pl.col("state").is_in(OPEN) | pl.col("state").is_null()),
        )
        .drop("rule_soon", "rule_soon_unit")
    )
