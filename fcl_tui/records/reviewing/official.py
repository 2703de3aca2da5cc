"""The official figures of reviews: every review in time, and conferences within 15 working days."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import described_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar, add_months
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.days.spells import open_on, within
from fcl_tui.measures.reviews import EVERY_NAMES
from fcl_tui.records.on_time import fell_due
from fcl_tui.records.over_time.holders import held_on
from fcl_tui.records.reviewing.due import IN_CARE, KINDS, with_history, with_officer
from fcl_tui.timescales.cycles import named
from fcl_tui.timescales.state import at

PLAN_MONTHS, CARE_DAYS = 3, 28
FAILED = ("late", "missed", "overdue")
CONFERENCE_DAYS = 15


def _plans(scan: Scan, calendar: Calendar, as_at: date) -> pl.LazyFrame:
    """Protection plans open on the day, three months old or more: person_id, since, reviews, failed."""
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    plans = (
        scan("cp_plans")
        .filter(open_on(as_at, start, end), pl.col("cppl_person_id").is_not_null())
        .filter(
            (pl.col("cppl_cp_plan_ola") != "Y").fill_null(value=True),
            add_months(pl.col(start), PLAN_MONTHS) <= pl.lit(as_at),
        )
        .select(person_id="cppl_person_id", since=start, spell=named("cppl_cp_plan_id", start))
        .sort("person_id", "spell", "since")
        .unique(["person_id", "spell"], keep="first", maintain_order=True)
    )
    rules = ("cp_review_first", "cp_review_later")
    before = pl.concat_str("person_id", "rule", pl.lit(""), separator="|")
    after = pl.concat_str(pl.lit("|"), pl.col("cycle").cast(pl.String))
    reviews = (
        at(scan("due_items").filter(pl.col("rule").is_in(rules)), scan("rules"), calendar, as_at)
        .with_columns(spell=pl.col("item_id").str.strip_prefix(before).str.strip_suffix(after))
        .group_by("person_id", "spell")
        .agg(
            reviews=pl.col("done_date").is_not_null().sum().cast(pl.Int64),
            failed=pl.col("state").is_in(FAILED).fill_null(value=False).sum().cast(pl.Int64),
        )
    )
    return plans.join(reviews, on=["person_id", "spell"], how="left").with_columns(kind=pl.lit("plans"))


def _care(scan: Scan, calendar: Calendar, as_at: date) -> pl.LazyFrame:
    """Children looked after for four weeks or more: person_id, since, reviews, failed (in the year)."""
    since = (
        scan("statuses")
        .filter(
            open_on(as_at),
            pl.col("status") == "looked_after",
            ~pl.col("short_break").fill_null(value=False),
        )
        .group_by("person_id")
        .agg(since=pl.col("start").min())
        .filter((pl.col("since") <= pl.lit(as_at) - pl.duration(days=CARE_DAYS)).fill_null(value=True))
    )
    kinds = {rule: kind for rule, kind in KINDS.items() if kind in IN_CARE}
    due = (
        fell_due(scan, calendar, as_at, twelve_months(as_at), kinds)
        .join(since, on="person_id", how="inner")
        .filter(pl.col("since").is_null() | (pl.col("due_date") >= pl.col("since")))
        .group_by("person_id")
        .agg(
            reviews=pl.col("done_date").is_not_null().sum().cast(pl.Int64),
            failed=pl.col("state").is_in(FAILED).sum().cast(pl.Int64),
        )
    )
    nothing_due = pl.col("reviews", "failed").fill_null(0)
    return since.join(due, on="person_id", how="left").with_columns(
        nothing_due, kind=pl.lit("care"), spell=pl.lit("care")
    )


def every_in_time(
    scan: Scan, calendar: Calendar, as_at: date, person_ids: list[str] | None = None
) -> pl.LazyFrame:
    """One row per plan of three months or more, and one per child looked after for four weeks or more.

    Returns:
        row_key (unique), kind (plans, care), kind_name, person_id, since (Date: plan start, into care),
        reviews (Int64: held so far, or in the year), failed (Int64: late, missed or overdue), every_in_time
        (Boolean; null where the source does not hold every review), name, date_of_birth, team, worker (who
        holds the case on the day).

    Source: Department for Education, plans at 31 March of three months or more whose every review was within
    timescales; for children the former national indicator of reviews in time.
    """
    known = with_history(Coverage.read(scan))
    able = {"plans": "cp_first" in known, "care": "cla_first" in known}
    rows = pl.concat([_plans(scan, calendar, as_at), _care(scan, calendar, as_at)], how="diagonal_relaxed")
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    who = described_at(scan, as_at, rows.select("person_id").unique())
    tells = pl.col("kind").replace_strict(able, return_dtype=pl.Boolean)
    return rows.join(
        who.select("person_id", "name", "date_of_birth", "team", "worker"), on="person_id", how="left"
    ).with_columns(
        every_in_time=pl.when(tells).then(pl.col("failed") == 0),
        kind_name=pl.col("kind").replace_strict(EVERY_NAMES, return_dtype=pl.String),
        row_key=pl.concat_str("kind", "person_id", "spell", separator="|"),
    )


def conferences(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per initial conference held in the period, transfers in left out.

    Returns:
        row_key (unique), person_id, conference (Date), strategy (Date: the start of the section 47 enquiry),
        working_days (Int64 between them, the 15th in time; null without an enquiry or before it), in_15
        (Boolean, never null), month, and team, worker, worker_now, name, date_of_birth as `held_on` gives of
        the day of the conference; officer on that day.

    Source: Working Together to Safeguard Children 2023, chapter 3; Department for Education, conferences
    within 15 working days.
    """
    enquiries = (
        scan("s47_enquiry")
        .select(enquiry="s47e_s47_enquiry_id", strategy=pl.col("s47e_s47_start_date").cast(pl.Date))
        .filter(pl.col("enquiry").is_not_null())
        .sort("enquiry", "strategy", nulls_last=True)
        .unique("enquiry", keep="first", maintain_order=True)
    )
    rows = (
        scan("initial_cp_conference")
        .select(
            "source",
            "source_row",
            person_id="icpc_person_id",
            enquiry="icpc_s47_enquiry_id",
            conference=pl.col("icpc_icpc_date").cast(pl.Date),
            transfer=(pl.col("icpc_icpc_transfer_in") == "Y").fill_null(value=False),
        )
        .filter(within("conference", *span), ~pl.col("transfer"))
        .join(enquiries, on="enquiry", how="left")
    )
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    took = calendar.working_days_between(pl.col("strategy"), pl.col("conference"))
    rows = rows.with_columns(
        working_days=pl.when(pl.col("conference") >= pl.col("strategy")).then(took),
        credit_day="conference",
        month=pl.col("conference").dt.month_start(),
        row_key=pl.concat_str("source", "source_row", separator="|", ignore_nulls=True),
    ).with_columns(in_15=(pl.col("working_days") <= CONFERENCE_DAYS).fill_null(value=False))
    return with_officer(held_on(rows, scan, as_at), scan, "credit_day")
