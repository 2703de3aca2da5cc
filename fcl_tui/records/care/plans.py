"""Permanence plans of looked-after children, and of those who began care four to seven months ago."""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.records.care.looked_after import rows as looked_after
from fcl_tui.records.over_time.people import with_holder, with_person

PLANS = {
    "Return to family": ("RETURN1M", "RETURN6M", "RETURNEV", "REMAINSUP", "RETURN"),
    "Adoption": ("ADOPTION",),
    "Special guardianship or child arrangements": ("SGO_CAO", "SGO", "CAO"),
    "Supported living": ("SUPPLIV",),
    "Long-term residential": ("RESPLMT",),
    "Long-term fostering": ("LTFOST18", "LTRELFR", "LTFOST"),
    "Other": ("OTHERPLN", "OTHER"),
}
NO_PLAN = "No plan recorded"
_CHILD = ["person_id", "day"]


def _chosen() -> pl.Expr:
    """The plan that a row chooses, in words: the first of PLANS marked yes, or named alone; else null."""
    text = pl.col("lacp_cla_care_plan_json").str.to_uppercase()
    plan = pl.lit(None, pl.String)
    for words, keys in reversed(PLANS.items()):
        named = "|".join(keys)
        yes = text.str.contains(rf'"(?:{named})"\s*:\s*(?:"(?:Y|YES|1|TRUE)"|TRUE|1)') | text.str.contains(
            rf"^\s*(?:{named})\s*$"
        )
        plan = pl.when(yes).then(pl.lit(words)).otherwise(plan)
    return plan


def _plans(scan: Scan) -> pl.LazyFrame:
    return (
        scan("cla_care_plan")
        .select(
            person_id="lacp_person_id",
            plan_from="lacp_cla_care_plan_start_date",
            plan_to="lacp_cla_care_plan_end_date",
            plan=_chosen(),
            _key="lacp_table_id",
        )
        .drop_nulls(["person_id", "plan"])
    )


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and looked-after child, with the permanence plan open on the day.

    Returns:
        the columns of `looked_after.rows`; plan (of PLANS, or NO_PLAN), planned (Boolean), plan_from (Date).
    """
    children = collect(looked_after(scan, days)).lazy()  # joined several times below
    begun = pl.col("plan_from").is_null() | (pl.col("plan_from") <= pl.col("day"))
    open_then = pl.col("plan_to").is_null() | (pl.col("plan_to") > pl.col("day"))
    now = (
        children.select(_CHILD)
        .join(_plans(scan), on="person_id", how="inner")
        .filter(begun, open_then)
        .sort("plan_from", "_key", nulls_last=False)
        .unique(_CHILD, keep="last", maintain_order=True)
        .select(*_CHILD, "plan", "plan_from")
    )
    return children.join(now, on=_CHILD, how="left").with_columns(
        planned=pl.col("plan").is_not_null(), plan=pl.col("plan").fill_null(NO_PLAN)
    )


def by_second_review(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and period of care that began four to seven months before it.

    Returns:
        day, first, last, person_id, entered (Date), plan_from (Date: of the first plan since), in_time
        (Boolean: within four months), and the columns of `over_time.with_person` and `with_holder`.
    """
    day, entered = pl.col("day"), pl.col("entered")
    began = (
        scan("statuses")
        .filter(pl.col("status") == "looked_after", ~pl.col("short_break"), pl.col("start").is_not_null())
        .select("person_id", entered="start")
    )
    those = days.join(began, how="cross").filter(
        entered.is_between(day.dt.offset_by("-7mo"), day.dt.offset_by("-4mo"))
    )
    key = [*_CHILD, "entered"]
    first = (
        those.select(key)
        .join(_plans(scan).select("person_id", "plan_from").drop_nulls(), on="person_id", how="inner")
        .filter(pl.col("plan_from").is_between(entered, day))
        .group_by(key)
        .agg(pl.col("plan_from").min())
    )
    told = those.join(first, on=key, how="left").with_columns(
        in_time=(pl.col("plan_from") <= entered.dt.offset_by("4mo")).fill_null(value=False)
    )
    return with_holder(with_person(told, scan), scan)
