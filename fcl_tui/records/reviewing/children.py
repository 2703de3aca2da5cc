"""Children and plans on each day, and whether their reviews were held when they were due."""

import polars as pl

from data.frames import Scan
from data.schema.open_spells import until
from fcl_tui.definitions.days.calendar import Calendar, add_months
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.statuses import LEFT_THE_SERVICE, NO_LONGER_ELIGIBLE
from fcl_tui.records.care.looked_after import in_care
from fcl_tui.records.due.over_time import FELL_DUE, of_rules, running, told
from fcl_tui.records.reviewing.due import IN_CARE, KINDS
from fcl_tui.records.reviewing.held import recorded
from fcl_tui.records.reviewing.items import with_officer
from fcl_tui.timescales.cycles import named
from fcl_tui.timescales.state import at

_KEY = ["day", "person_id"]
FAILED = ("late", "missed", "overdue")
CARE_RULES = {rule: kind for rule, kind in KINDS.items() if kind in IN_CARE}
PLAN_RULES = ("cp_review_first", "cp_review_later")
SETTLED_DAYS, CARE_DAYS, PLAN_MONTHS = 20, 28, 3
"""Working days in care from which a first review is due; calendar days from which a year's reviews count;
months from which a plan's reviews do"""


def _of_year(scan: Scan, calendar: Calendar, days: pl.LazyFrame, since: pl.LazyFrame) -> pl.LazyFrame:
    """day, person_id, reviews, failed (Int64): of those due in the twelve months, since coming into care."""
    year = days.with_columns(first=add_months(pl.col("day") + pl.duration(days=1), -12), last=pl.col("day"))
    due = pl.col("due_date")
    crossed = year.join(of_rules(scan, CARE_RULES), how="cross").filter(due.is_between("first", "last"))
    return (
        at(crossed, scan("rules"), calendar, pl.col("day"))
        .filter(pl.col("state").is_in(FELL_DUE))
        .join(since, on=_KEY, how="inner")
        .filter(pl.col("since").is_null() | (due >= pl.col("since")))
        .group_by(_KEY)
        .agg(
            reviews=pl.col("done_date").is_not_null().sum().cast(pl.Int64),
            failed=pl.col("state").is_in(FAILED).sum().cast(pl.Int64),
        )
    )


def _overdue_now(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, person_id, overdue: whether a review of care is overdue on the day."""
    items = running(scan, days, CARE_RULES)
    stood = at(items, scan("rules"), calendar, pl.col("day"), unfinished=True)
    return stood.group_by(_KEY).agg(overdue=(pl.col("state") == "overdue").fill_null(value=False).any())


def _officers_contact(scan: Scan, children: pl.LazyFrame) -> pl.LazyFrame:
    """day, person_id, contacted: the reviewing officer was in touch after the last review, or at all."""
    start = pl.coalesce("clae_cla_episode_start_date", "clae_entered_care_date")
    contacts = (
        scan("cla_episodes")
        .select(
            person_id="clae_person_id",
            _from=start,
            _end="clae_cla_episode_ceased_date",
            contact="clae_cla_last_iro_contact_date",
        )
        .drop_nulls("person_id")
        .sort("person_id", "_from", "_end", nulls_last=[False, False, True])
        .with_columns(_until=until("_from", "_end", "person_id"))
    )
    reviews = recorded(scan).filter(pl.col("kind") == "looked_after", ~pl.col("cancelled"))
    last = (
        children.select(_KEY)
        .join(reviews.select("person_id", "date"), on="person_id", how="inner")
        .filter(pl.col("date") <= pl.col("day"))
        .group_by(_KEY)
        .agg(last_review=pl.col("date").max())
    )
    after = pl.col("contact") > pl.col("last_review")
    return (
        children.select(_KEY)
        .join(contacts, on="person_id", how="inner")
        .filter(open_on(pl.col("day"), "_from", "_until"), pl.col("contact") <= pl.col("day"))
        .join(last, on=_KEY, how="left")
        .group_by(_KEY)
        .agg(contacted=(after | pl.col("last_review").is_null()).any())
    )


def care_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and looked-after child.

    Returns:
        day, first, last, person_id, since (Date: into care), settled (Boolean: in care for 20 working
        days or more),
        four_weeks (Boolean: for 28 calendar days or more), overdue (Boolean: a review is overdue), reviews
        (Int64: held, of those due in the twelve months to the day), failed (Int64: late, missed or
        overdue), contacted
        (Boolean), officer, child, holder.
    """
    day, since = pl.col("day"), pl.col("since")
    children = in_care(scan, days).select("day", "first", "last", "person_id", "since")
    worked = calendar.working_days_between(since, day)
    rows = (
        children.join(_overdue_now(scan, calendar, days), on=_KEY, how="left")
        .join(_of_year(scan, calendar, days, children.select(*_KEY, "since")), on=_KEY, how="left")
        .join(_officers_contact(scan, children), on=_KEY, how="left")
        .with_columns(
            pl.col("overdue", "contacted").fill_null(value=False),
            pl.col("reviews", "failed").fill_null(0),
            settled=(worked >= SETTLED_DAYS).fill_null(value=True),
            four_weeks=(since <= day - pl.duration(days=CARE_DAYS)).fill_null(value=True),
        )
    )
    return with_officer(told(rows, scan), scan)


def plan_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and plan of three months or more open on it, not held for another authority.

    Returns:
        day, first, last, person_id, spell, since (Date: plan start), reviews (Int64: held so far), failed
        (Int64: late,
        missed or overdue), officer, child, holder.

    Source: Department for Education, plans at 31 March of three months or more whose every review was within
    timescales.
    """
    day = pl.col("day")
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    plans = (
        scan("cp_plans")
        .filter(
            pl.col("cppl_person_id").is_not_null(), (pl.col("cppl_cp_plan_ola") != "Y").fill_null(value=True)
        )
        .select(person_id="cppl_person_id", since=start, ends=end, spell=named("cppl_cp_plan_id", start))
        .sort("person_id", "spell", "since")
        .unique(["person_id", "spell"], keep="first", maintain_order=True)
    )
    open_then = (
        days.join(plans, how="cross")
        .filter(open_on(day, "since", "ends"), add_months(pl.col("since"), PLAN_MONTHS) <= day)
        .drop("ends")
    )
    before = pl.concat_str("person_id", "rule", pl.lit(""), separator="|")
    after = pl.concat_str(pl.lit("|"), pl.col("cycle").cast(pl.String))
    items = (
        scan("due_items")
        .filter(pl.col("rule").is_in(PLAN_RULES))
        .with_columns(spell=pl.col("item_id").str.strip_prefix(before).str.strip_suffix(after))
    )
    of_open = open_then.select(*_KEY, "spell").join(items, on=["person_id", "spell"], how="inner")
    reviews = (
        at(of_open, scan("rules"), calendar, day)
        .group_by(*_KEY, "spell")
        .agg(
            reviews=pl.col("done_date").is_not_null().sum().cast(pl.Int64),
            failed=pl.col("state").is_in(FAILED).fill_null(value=False).sum().cast(pl.Int64),
        )
    )
    rows = open_then.join(reviews, on=[*_KEY, "spell"], how="left").with_columns(
        pl.col("reviews", "failed").fill_null(0)
    )
    return with_officer(told(rows, scan), scan)


def in_need_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child in need plan open on it: since, over_3_months (Boolean), child, holder."""
    day = pl.col("day")
    plans = scan("cin_plans").select(
        person_id="cinp_person_id",
        plan_id="cinp_cin_plan_id",
        since="cinp_cin_plan_start_date",
        ends="cinp_cin_plan_end_date",
    )
    rows = (
        days.join(plans.drop_nulls("person_id"), how="cross")
        .filter(open_on(day, "since", "ends"))
        .drop("ends")
        .with_columns(over_3_months=(add_months(pl.col("since"), PLAN_MONTHS) < day).fill_null(value=False))
    )
    return told(rows, scan)


def pathway_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and young person aged 16 to 24 whose leaving care record says they are entitled.

    Returns:
        day, first, last, person_id, eligibility, reviewed (Boolean: a pathway plan or review in the six
        months
        to the day), child, holder (the personal adviser where there is no case worker).
    """
    day = pl.col("day")
    record = pl.col("clea_pathway_plan_review_date")
    entitled = (
        scan("care_leavers")
        .filter(
            pl.col("clea_care_leaver_eligibility").is_not_null(),
            ~pl.col("clea_care_leaver_eligibility").is_in(NO_LONGER_ELIGIBLE),
            ~pl.col("clea_care_leaver_in_touch").fill_null("").is_in(LEFT_THE_SERVICE),
        )
        .select(person_id="clea_person_id", eligibility="clea_care_leaver_eligibility", plan_date=record)
        .drop_nulls("person_id")
        .sort("person_id", "plan_date", descending=[False, True], nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
    )
    six_months = add_months(day, -6)
    rows = days.join(entitled, how="cross").with_columns(
        reviewed=((pl.col("plan_date") >= six_months) & (pl.col("plan_date") <= day)).fill_null(value=False)
    )
    return told(rows, scan).filter(pl.col("age").is_between(16, 24))
