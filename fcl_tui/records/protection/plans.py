"""Child protection plans: begun and ended in a period, and where ended ones went."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import code_and_label
from fcl_tui.records.child.spans import TWO_YEARS, care, length, need_plans, protection_plans
from fcl_tui.records.in_need.plans import STEP_DAYS
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, soon, with_next, with_who

CARE, NEED_PLAN, CLOSED, OTHER = "Looked after", "Child in need plan", "Closed", "Other"
_FAR = pl.date(9999, 12, 31)


def category(column: str) -> pl.Expr:
    """A category of abuse, code and meaning; "Not recorded" without one."""
    return code_and_label(pl.col(column), "cp_category").fill_null(NOT_RECORDED)


def with_earlier(scan: Scan) -> pl.LazyFrame:
    """The plans of `spans.protection_plans` with earlier (Int64: plans of the child that began before this)
    and last_ended (Date: the latest end of those that had ended by its start)."""
    plans = protection_plans(scan)
    before = plans.join(
        plans.select("person_id", other_start="start", other_end="end"), on="person_id", how="inner"
    ).filter((pl.col("other_start") < pl.col("start")).fill_null(value=False))
    ended = pl.col("other_end").filter(pl.col("other_end") <= pl.col("start"))
    row = ("person_id", "source_row")
    counted = before.group_by(row).agg(earlier=pl.len().cast(pl.Int64), last_ended=ended.max())
    joined = plans.join(counted, on=row, how="left")
    return joined.with_columns(pl.col("earlier").fill_null(0))


def _in_care(scan: Scan, plans: pl.LazyFrame) -> pl.LazyFrame:
    """person_id, source_row, in_care (Date: the first day from its end on that the child is looked after)."""
    ended = plans.filter(pl.col("end").is_not_null()).select("person_id", "source_row", over="end")
    spells = care(scan).select("person_id", "start", until=pl.col("end").fill_null(_FAR))
    later = ended.join(spells, on="person_id", how="inner").filter(pl.col("until") > pl.col("over"))
    begins = pl.max_horizontal("start", "over")
    return later.group_by("person_id", "source_row").agg(in_care=begins.min())


def _next_steps(scan: Scan, plans: pl.LazyFrame) -> pl.LazyFrame:
    """The plans with the next start of care, of a child in need plan, and the next closing, from its end."""
    closings = scan("cin_episodes").select(person_id="cine_person_id", date="cine_close_date")
    rows = with_next(plans, "end", care(scan).select("person_id", date="start"), "care_start")
    rows = with_next(rows, "end", need_plans(scan).select("person_id", date="start"), "need_start")
    rows = with_next(rows, "end", closings, "closing")
    return rows.join(_in_care(scan, plans), on=["person_id", "source_row"], how="left")


def moved(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per plan and flow: its beginning and its end in the window of a day.

    Returns:
        day, first, last, record, person_id, start, end (Date; null where it had not ended by the day), flow
        (started, ended), change (Int64: 1, -1), date (Date: of the flow), first_category (String), earlier
        (Int64: plans that began before this), second (Boolean: there is one), within_2_years (Boolean: one
        ended 24 months or less before), and of the ended: days (Int64, calendar days to the end), two_years
        (Boolean: over 729), within_3_months (Boolean), lasted (band), into_care, to_need_plan (Boolean: care,
        a child in need plan began on the day it ended or in the 28 days after it), ended_to (String: Looked
        after, Child in need plan, Closed, Other: the first that holds within those days); source_row, and
        the columns of `on_days.with_who`.

    Source: Department for Education, children in need census: second or later plans, plans of two years.
    """
    known = with_earlier(scan).with_columns(
        second=pl.col("earlier") > 0,
        within_2_years=(add_months(pl.col("last_ended"), 24) >= pl.col("start")).fill_null(value=False),
        first_category=category("first_category"),
    )
    started = known.with_columns(flow=pl.lit("started"), change=pl.lit(1, pl.Int64), date="start")
    lasted = (pl.col("end") - pl.col("start")).dt.total_days()
    ended = _next_steps(scan, known).with_columns(
        flow=pl.lit("ended"),
        change=pl.lit(-1, pl.Int64),
        date="end",
        days=lasted,
        two_years=(lasted > TWO_YEARS).fill_null(value=False),
        within_3_months=(pl.col("end") <= add_months(pl.col("start"), 3)).fill_null(value=False),
        lasted=length(pl.col("start"), pl.col("end"), lasted > TWO_YEARS),
    )
    rows = beside(days, pl.concat([started, ended], how="diagonal"), in_period("date"))
    over = pl.col("flow") == "ended"
    told = rows.with_columns(
        into_care=over & soon("care_start", "end", STEP_DAYS),
        to_need_plan=over & soon("need_start", "end", STEP_DAYS),
        ended_to=pl.when(~over)
        .then(None)
        .when(soon("in_care", "end", STEP_DAYS))
        .then(pl.lit(CARE))
        .when(soon("need_start", "end", STEP_DAYS))
        .then(pl.lit(NEED_PLAN))
        .when(soon("closing", "end", STEP_DAYS))
        .then(pl.lit(CLOSED))
        .otherwise(pl.lit(OTHER)),
        end=pl.when(pl.col("end") <= DAY).then("end"),
    ).drop("care_start", "need_start", "closing", "in_care", "category", "last_ended")
    return with_who(told, scan)
