"""Visits on a day on which the child was on no plan, and visits that do not say which plan they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from data.checks.cases import Cases
from data.checks.part import Carried, Part, told
from data.checks.spells import FAR

DATES = {
    "cin_visits": "cinv_cin_visit_date",
    "cp_visits": "cppv_cp_visit_date",
    "cla_visits": "clav_cla_visit_date",
}
STARTS = {
    "cin_visits": "cine_referral_date",
    "cp_visits": "cppl_cp_plan_start_date",
    "cla_visits": "clae_cla_episode_start_date",
}
"""A source that never fills this says nothing about when the child was on a plan."""

LINKS = {
    "cp_visits": ("cppv_cp_plan_id", "cp_plans", "cppl_cp_plan_id", "child protection plan"),
    "cla_visits": ("clav_cla_id", "cla_episodes", "clae_cla_id", "period of care"),
}
"""The field by which a visit names its plan, the plan's table and key, and what it is called."""


def visit_checks(part: Part, cases: Cases, carried: Carried, day: date) -> Iterator[pl.DataFrame]:
    """Issues of visits.

    A protection visit belongs to a day of a protection plan, a visit to a looked-after child to a day of a
    care episode, a child in need visit to a day of an open referral, a plan or care: visits during an
    assessment come before any plan. First and last day count.
    """
    protection = part.rows("cp_plans", start="cppl_cp_plan_start_date", end="cppl_cp_plan_end_date")
    in_need = part.rows("cin_plans", start="cinp_cin_plan_start_date", end="cinp_cin_plan_end_date")
    referrals = cases.referrals.drop("nfa")
    care = cases.care.drop("care")
    periods = {
        "cin_visits": [referrals, in_need, protection, care],
        "cp_visits": [protection],
        "cla_visits": [care],
    }
    for table, field in DATES.items():
        link = LINKS[table][0] if table in LINKS else pl.lit(None, pl.String)
        visits = part.rows(table, date=field, link=link).filter(pl.col("date") <= day)
        visits = covered(visits, "on_plan", pl.concat(frame.select(*COVER) for frame in periods[table]))
        visits = covered(visits, "in_case", referrals.select(*COVER))
        outside = carried.by(visits.filter(~pl.col("on_plan")), STARTS[table])
        yield from _outside(outside, table, field, referrals)
        if table in LINKS:
            yield _unlinked(visits.filter("on_plan"), table, part, carried)


COVER = ("person_id", "start", "end")


def covered(visits: pl.DataFrame, name: str, periods: pl.DataFrame) -> pl.DataFrame:
    """Say of each visit whether any of the child's periods has its day.

    Of the periods that had begun by the day the furthest end decides: one look back for each visit.
    """
    begun = pl.col("start").fill_null(date(1, 1, 1))
    wrong = pl.col("end") < begun  # told as end_before_start: its visits are not to blame
    reach = (
        periods.with_columns(start=begun, until=pl.when(wrong).then(None).otherwise("end").fill_null(FAR))
        .sort("person_id", "start", "until")
        .with_columns(until=pl.col("until").cum_max().over("person_id"))
        .group_by("person_id", "start")
        .agg(pl.col("until").max())
        .sort("start")
    )
    found = visits.sort("date").join_asof(
        reach, left_on="date", right_on="start", by="person_id", strategy="backward", check_sortedness=False
    )
    reached = (pl.col("until") >= pl.col("date")).fill_null(value=False)
    return found.with_columns(reached.alias(name)).select(*visits.columns, name)


def _outside(visits: pl.DataFrame, table: str, field: str, referrals: pl.DataFrame) -> Iterator[pl.DataFrame]:
    closed = (
        referrals.filter(pl.col("end").is_not_null()).select("person_id", closed_on="end").sort("closed_on")
    )
    seen = (
        visits.sort("date")
        .join_asof(
            closed, left_on="date", right_on="closed_on", by="person_id", strategy="backward",
            allow_exact_matches=False, coalesce=False, check_sortedness=False,
        )
        .with_columns(after=pl.col("closed_on").is_not_null() & ~pl.col("in_case"))
    )  # fmt: skip
    reason = pl.concat_str(
        pl.lit("The visit is after the case was closed on "),
        pl.col("closed_on").dt.strftime("%d/%m/%Y"),
        pl.lit(". Correct the date of the visit, or open the case again."),
    )
    yield told(
        seen.filter("after"), table, "visit_after_closure", "warning", reason, column=field,
        value=pl.col("date"),
    )  # fmt: skip
    words = {
        "cin_visits": "no referral was open and the child was on no plan",
        "cp_visits": "the child was on no child protection plan",
        "cla_visits": "the child was not looked after",
    }
    reason_ = (
        f"On the day of the visit {words[table]}. Correct the date, the kind of visit or the plan's dates."
    )
    yield told(
        seen.filter(~pl.col("after")), table, "visit_outside_plan", "warning", reason_, column=field,
        value=pl.col("date"),
    )  # fmt: skip


def _unlinked(visits: pl.DataFrame, table: str, part: Part, carried: Carried) -> pl.DataFrame:
    """Visits that name no plan, or one that is none of the child's, where their source says which."""
    field, parent, key, what = LINKS[table]
    plans = part.rows(parent, link=key)
    lost = (
        carried.by(visits, field)
        .join(plans, on=["person_id", "source"], how="semi")
        .join(plans.drop_nulls("link"), on=["person_id", "link"], how="anti")
    )
    reason = (
        f"The visit does not name a {what} of the child, so it is counted by its date; "
        f"link it to the {what} in the case system."
    )
    return told(lost, table, "visit_without_plan", "warning", reason, column=field, value=pl.col("link"))
