"""Referrals received: one row per child and day, whatever became of them."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import code_and_label
from fcl_tui.records.front_door.sources import source_columns
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_own, with_who

NOT_IN_NEED = ("RC8", "RC9")
"""Closed after assessment, with no further action or to early help"""
_FAR = pl.date(9999, 12, 31)


def need(column: str = "cine_cin_primary_need_code") -> pl.Expr:
    """The primary need, code and meaning; "Not recorded" without one."""
    return code_and_label(pl.col(column), "primary_need").fill_null(NOT_RECORDED)


def one_a_day(scan: Scan) -> pl.LazyFrame:
    """One row per child and day of referral: of several that with further action, then the first number."""
    rows = scan("cin_episodes").filter(
        pl.col("cine_person_id").is_not_null(), pl.col("cine_referral_date").is_not_null()
    )
    told = rows.select(
        record="cine_referral_id",
        person_id="cine_person_id",
        date="cine_referral_date",
        nfa=(pl.col("cine_referral_nfa") == "Y").fill_null(value=False),
        need=need(),
        close_date="cine_close_date",
        close_reason="cine_close_reason",
        team_id="cine_referral_team",
        worker_id="cine_referral_worker_id",
        source_row="source_row",
        **source_columns("cine_referral_source_code", "cine_referral_source_desc", "referral_source"),
    )
    first = told.sort("person_id", "date", "nfa", "record", "source_row", nulls_last=True)
    return first.unique(["person_id", "date"], keep="first", maintain_order=True)


def _history(scan: Scan) -> pl.LazyFrame:
    """person_id, date (unique together), rereferral and open_case (Boolean) of every day of referral."""
    rows = scan("cin_episodes").filter(
        pl.col("cine_person_id").is_not_null(), pl.col("cine_referral_date").is_not_null()
    )
    # an episode with no further action holds no case open
    held = pl.when((pl.col("cine_referral_nfa") == "Y").fill_null(value=False)).then(None)
    by_day = (
        rows.group_by(person_id="cine_person_id", date="cine_referral_date")
        .agg(until=held.otherwise(pl.col("cine_close_date").fill_null(_FAR)).max())
        .sort("person_id", "date")
    )
    before = pl.col("date").shift(1).over("person_id")
    until = pl.col("until").cum_max().forward_fill().shift(1).over("person_id")
    return by_day.select(
        "person_id",
        "date",
        rereferral=(before >= add_months(pl.col("date"), -12)).fill_null(value=False),
        open_case=(until > pl.col("date")).fill_null(value=False),
    )


def _assessed(scan: Scan) -> pl.LazyFrame:
    """person_id, record (the referral's number), assessed (Date: when its first assessment began)."""
    begun = pl.coalesce("start_date", "authorised_date")
    return (
        scan("assessments")
        .filter(pl.col("referral_id").is_not_null())
        .group_by("person_id", record="referral_id")
        .agg(assessed=begun.min())
    )


def referrals(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child and day on which a referral was received, in the period of an as-at day.

    Two rows of a child on one day are one referral. The team is the referral's own.

    Returns:
        day, first, last, person_id, record (the referral's number), date (Date), source,
        source_detail, need, team, worker (String, never null), nfa (Boolean: no further action), rereferral
        (Boolean: another day of referral of the child from 12 months before up to the day before),
        open_case (Boolean: another referral, with further action, begun before and still open), not_in_need
        (Boolean: assessed, then closed RC8 or RC9 by the as-at day), close_date, source_row.

    Source: Department for Education, children in need census: a re-referral is one within 12 months of an
    earlier referral.
    """
    known = (
        named(one_a_day(scan), scan)
        .join(_history(scan), on=["person_id", "date"], how="left")
        .join(_assessed(scan), on=["person_id", "record"], how="left")
    )
    closed = (pl.col("close_date") <= DAY).fill_null(value=False)
    assessed = (pl.col("assessed") <= DAY).fill_null(value=False)
    told = (
        beside(days, known, in_period("date"))
        .with_columns(
            not_in_need=assessed & closed & pl.col("close_reason").is_in(NOT_IN_NEED).fill_null(value=False),
            close_date=pl.when(closed).then("close_date"),
        )
        .drop("close_reason", "assessed")
    )
    return with_own(told, scan)


def referred_children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child referred in the period: day, first, last, person_id, rereferred (Boolean: any of the
    referrals is a re-referral)."""
    rows = beside(days, _history(scan), in_period("date"))
    by_child = rows.group_by("day", "first", "last", "person_id").agg(
        rereferred=pl.col("rereferral").any(), referrals=pl.len().cast(pl.Int64)
    )
    return with_who(by_child, scan)
