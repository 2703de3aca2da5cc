"""Spells by which children are described on a day, and how long something lasted, in words."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.care_periods import known_start_or_open
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.definitions.wording.bands import DURATIONS

TWO_YEARS = 729
"""Over so many days a protection plan counts as two years or more (Department for Education)"""


def length(start: pl.Expr, until: pl.Expr, two_years: pl.Expr | None = None) -> pl.Expr:
    """The band of `bands.DURATIONS` of something that began on one day and is looked at on another (String).

    Months as the calendar has them. two_years: whether it counts as two years or more; default 24 months.
    """
    longest = until >= add_months(start, 24) if two_years is None else two_years
    return (
        pl.when(start.is_null() | until.is_null() | (until < start))
        .then(pl.lit(DURATIONS[5]))
        .when(longest)
        .then(pl.lit(DURATIONS[4]))
        .when(until <= add_months(start, 3))
        .then(pl.lit(DURATIONS[0]))
        .when(until <= add_months(start, 6))
        .then(pl.lit(DURATIONS[1]))
        .when(until < add_months(start, 12))
        .then(pl.lit(DURATIONS[2]))
        .otherwise(pl.lit(DURATIONS[3]))
    )


def protection_plans(scan: Scan) -> pl.LazyFrame:
    """Every child protection plan, those held for another authority left out.

    Returns:
        record (the plan's number), person_id, start, end (Date), first_category, category (code: at the
        start, the latest), source_row.
    """
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    return (
        scan("cp_plans")
        .filter(
            pl.col("cppl_person_id").is_not_null(),
            (pl.col("cppl_cp_plan_ola") != "Y").fill_null(value=True),
            known_start_or_open(start, end),
        )
        .select(
            record="cppl_cp_plan_id",
            person_id="cppl_person_id",
            start=start,
            end=end,
            first_category="cppl_cp_plan_initial_category",
            category=pl.coalesce("cppl_cp_plan_latest_category", "cppl_cp_plan_initial_category"),
            source_row="source_row",
        )
    )


def need_plans(scan: Scan) -> pl.LazyFrame:
    """Every child in need plan: record, person_id, start, end (Date), source_row."""
    start, end = "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"
    return (
        scan("cin_plans")
        .filter(pl.col("cinp_person_id").is_not_null(), known_start_or_open(start, end))
        .select(
            record="cinp_cin_plan_id",
            person_id="cinp_person_id",
            start=start,
            end=end,
            source_row="source_row",
        )
    )


def care(scan: Scan) -> pl.LazyFrame:
    """Periods of being looked after, short breaks left out: person_id, start, end (Date), source_row."""
    return _with_status(scan, "looked_after").filter(~pl.col("short_break").fill_null(value=False))


def leaving_care(scan: Scan) -> pl.LazyFrame:
    """Spells of being a care leaver, as every report has them: person_id, start, end (Date), source_row."""
    return _with_status(scan, "care_leaver")


def _with_status(scan: Scan, status: str) -> pl.LazyFrame:
    spells = scan("statuses").filter(pl.col("status") == status)
    return spells.select("person_id", "start", "end", "short_break", "source_row")
