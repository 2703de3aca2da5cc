"""Child in need plans: open on a day, ended in a period and what came after."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.records.child.spans import care, length, need_plans, protection_plans
from fcl_tui.records.over_time.on_days import (
    DAY,
    beside,
    in_period,
    marked,
    open_beside,
    soon,
    with_next,
    with_who,
)

STEP_DAYS = 28
"""A step up or down begins on the day a plan ended, or in so many days after it"""


def open_plans(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child in need plan open on the day, of children neither on a protection plan nor in care.

    Returns:
        day, first, last, record, person_id, start (Date), open_for (band), months_3, months_9, months_12
        (Boolean: open so long or longer), age_of_it (String: under 9 months, 9 to 11, 12 or more), one
        (Boolean: of a child's open plans the first), source_row, and the columns of `on_days.with_who`.
    """
    rows = open_beside(days, need_plans(scan))
    rows = marked(marked(rows, days, protection_plans(scan), "on_plan"), days, care(scan), "looked_after")
    kept = rows.filter(~pl.col("on_plan"), ~pl.col("looked_after")).drop("on_plan", "looked_after", "end")
    long = {
        f"months_{number}": (add_months(pl.col("start"), number) <= DAY).fill_null(value=False)
        for number in (3, 9, 12)
    }
    told = kept.with_columns(**long, open_for=length(pl.col("start"), DAY)).with_columns(
        age_of_it=pl.when(pl.col("start").is_null())
        .then(pl.lit("Not known"))
        .when("months_12")
        .then(pl.lit("12 months or more"))
        .when("months_9")
        .then(pl.lit("9 to under 12 months"))
        .otherwise(pl.lit("Under 9 months")),
        one=pl.int_range(pl.len()).over(["day", "person_id"], order_by=["start", "source_row"]) == 0,
    )
    return with_who(told, scan, advisers=True)


def ended_plans(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child in need plan that ended in the period of a day.

    Returns:
        day, first, last, record, person_id, start, end (Date), stepped_up (Boolean: a protection plan
        or a period of care began on the day it ended or in the 28 days after it, by the as-at day),
        source_row, and the columns of `on_days.with_who`.
    """
    up = pl.concat(
        [
            protection_plans(scan).select("person_id", date="start"),
            care(scan).select("person_id", date="start"),
        ]
    )
    known = with_next(need_plans(scan), "end", up, "next_up")
    rows = beside(days, known, in_period("end"))
    told = rows.with_columns(stepped_up=soon("next_up", "end", STEP_DAYS))
    return with_who(told.drop("next_up"), scan)
