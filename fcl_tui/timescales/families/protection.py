"""Children on protection plans and on child in need plans: visits and review conferences."""

import polars as pl

from fcl_tui.timescales.cycles import NAMED, attached, cycles, named, row_of, seen, whole
from fcl_tui.timescales.families.front_door import once
from fcl_tui.timescales.inputs import Ground, clock


def cp_plans(on: Ground) -> pl.LazyFrame:
    """Protection plans as spells, those held for another authority marked `elsewhere`.

    conference and conference_row: the initial conference behind the plan, by either end of the link.
    """
    conferences = (
        on.scan("initial_cp_conference")
        .filter(pl.col("icpc_icpc_date").is_not_null(), pl.col("icpc_person_id").is_not_null())
        .select(
            person_id="icpc_person_id",
            icpc_id="icpc_icpc_id",
            plan_id="icpc_cp_plan_id",
            conference="icpc_icpc_date",
            conference_row=row_of("initial_cp_conference", "icpc_icpc_id"),
        )
        .sort("person_id", "conference", "icpc_id")
    )
    by_id, by_plan = (
        conferences.filter(pl.col(key).is_not_null())
        .unique(["person_id", key], keep="first", maintain_order=True)
        .select("person_id", key, "conference", "conference_row")
        for key in ("icpc_id", "plan_id")
    )
    return whole(
        on.scan("cp_plans")
        .select(
            person_id="cppl_person_id",
            spell=named("cppl_cp_plan_id", "cppl_cp_plan_start_date"),
            match_id="cppl_cp_plan_id",
            icpc_id="cppl_icpc_id",
            started="cppl_cp_plan_start_date",
            ended="cppl_cp_plan_end_date",
            ended_by=pl.lit("the plan ended"),
            started_by=pl.lit("plan start"),
            elsewhere=(pl.col("cppl_cp_plan_ola") == "Y").fill_null(False),
            row=row_of("cp_plans", "cppl_cp_plan_id"),
        )
        .join(by_id, on=["person_id", "icpc_id"], how="left")
        .join(by_plan, left_on=["person_id", "match_id"], right_on=["person_id", "plan_id"], how="left")
        .with_columns(
            conference=pl.coalesce("conference", "conference_right"),
            conference_row=pl.coalesce("conference_row", "conference_row_right"),
        )
        .drop("icpc_id", "conference_right", "conference_row_right")
    )


def cp_visit(on: Ground) -> pl.LazyFrame:
    """Visits to children on protection plans."""
    plans = cp_plans(on)
    visits = (
        on.scan("cp_visits")
        .filter(seen("cppv_cp_visit_seen", on.settings))
        .select(
            person_id="cppv_person_id",
            match_id="cppv_cp_plan_id",
            date="cppv_cp_visit_date",
            row=row_of("cp_visits", "cppv_cp_visit_id"),
        )
    )
    made = attached(plans, visits, start_day_counts=on.settings.event_on_start_day_counts)
    latest = "visit" if on.latest_only("cp_visits") else None
    return clock(
        cycles(plans.filter(~pl.col("elsewhere")), made, then="last visit", latest_only=latest).with_columns(
            rule=pl.lit("cp_visit"), step=_first_then_later()
        )
    )


def _cin_plans(on: Ground) -> pl.LazyFrame:
    """Child in need plans as spells."""
    return whole(
        on.scan("cin_plans").select(
            person_id="cinp_person_id",
            spell=named("cinp_cin_plan_id", "cinp_cin_plan_start_date"),
            match_id=pl.lit(None, pl.String),
            started="cinp_cin_plan_start_date",
            ended="cinp_cin_plan_end_date",
            ended_by=pl.lit("the plan ended"),
            started_by=pl.lit("plan start"),
            row=row_of("cin_plans", "cinp_cin_plan_id"),
        )
    )


def cin_plan_review(on: Ground) -> pl.LazyFrame:
    """Child in need plans open so long that a review is due. The source holds none: it is never late."""
    return once(
        _cin_plans(on).with_columns(
            done_date=pl.lit(None, pl.Date),
            waived=pl.lit(True),
            soft=pl.lit(True),
            assumed=pl.lit(
                "reviews of child in need plans are not in the source: only the plan's age is known"
            ),
        ),
        "cin_plan_review",
    )


def cin_visit(on: Ground) -> pl.LazyFrame:
    """Visits to children with a child in need plan. Visits do not name their plan: person and date do."""
    plans = _cin_plans(on)
    visits = (
        on.scan("cin_visits")
        .filter(seen("cinv_cin_visit_seen", on.settings))
        .select(
            person_id="cinv_person_id",
            match_id=pl.lit(None, pl.String),
            date="cinv_cin_visit_date",
            row=row_of("cin_visits", "cinv_cin_visit_id"),
        )
    )
    made = attached(plans, visits, start_day_counts=on.settings.event_on_start_day_counts)
    latest = "visit" if on.latest_only("cin_visits") else None
    return clock(
        cycles(plans, made, then="last visit", latest_only=latest).with_columns(
            rule=pl.lit("cin_visit"), step=_first_then_later()
        )
    )


def _reviews(on: Ground) -> pl.LazyFrame:
    held = pl.lit(True)
    if not on.settings.inquorate_reviews_count:
        held = (pl.col("cppr_cp_review_quorate") != "N").fill_null(True)
    return (
        on.scan("cp_reviews")
        .filter(held)
        .select(
            person_id="cppr_person_id",
            match_id="cppr_cp_plan_id",
            date="cppr_cp_review_date",
            row=row_of("cp_reviews", "cppr_cp_review_id"),
        )
    )


def cp_review(on: Ground) -> pl.LazyFrame:
    """First and later review conferences. The first counts from the initial conference.

    A review dated on the day the plan started is the conference that made the plan, entered twice: it
    does not push the next one out to six months.
    """
    plans = cp_plans(on)
    held = attached(plans, _reviews(on), start_day_counts=False)
    latest = "review" if on.latest_only("cp_reviews") else None
    first = pl.col("cycle") == 1
    known = first & pl.col("conference").is_not_null()
    return clock(
        cycles(
            plans.filter(~pl.col("elsewhere")), held, then="last review held", latest_only=latest
        ).with_columns(
            rule=pl.when(first).then(pl.lit("cp_review_first")).otherwise(pl.lit("cp_review_later")),
            step=_first_then_later(),
            started=pl.when(known).then("conference").otherwise("started"),
            started_by=pl.when(known).then(pl.lit("initial conference")).otherwise("started_by"),
            source_rows=pl.when(known)
            .then(pl.concat_str("conference_row", "source_rows", separator="; ", ignore_nulls=True))
            .otherwise("source_rows"),
            assumed=pl.when(first & ~known)
            .then(pl.lit("the initial conference is not linked to the plan: plan start is used instead"))
            .otherwise("assumed"),
        )
    )


def cp_prebirth_review(on: Ground) -> pl.LazyFrame:
    """The review after a birth, for a plan that began before it, where the first review is not sooner."""
    births = on.births().drop("died")
    plans = (
        cp_plans(on)
        .filter(~pl.col("elsewhere"))
        .join(births, on="person_id", how="inner")
        .filter(pl.col("dob") > pl.col("started"))
        .filter(pl.col("ended").is_null() | (pl.col("ended") > pl.col("dob")))
        .with_columns(plan_start="started", started=pl.col("dob"), started_by=pl.lit("birth"))
        .with_columns(row=pl.concat_str("row", "birth_row", separator="; ", ignore_nulls=True))
    )
    held = (
        attached(cp_plans(on), _reviews(on), start_day_counts=False)
        .join(plans.select(*NAMED, "dob"), on=NAMED, how="inner")
        .filter(pl.col("date") > pl.col("dob"))
        .drop("dob")
    )
    sooner = on.due("cp_prebirth_review", "first", pl.col("dob")) < on.due(
        "cp_review_first", "first", pl.coalesce("conference", "plan_start")
    )
    return clock(
        cycles(plans, held, then="last review held")
        .filter(pl.col("cycle") == 1, sooner)
        .with_columns(rule=pl.lit("cp_prebirth_review"), step=pl.lit("first"))
    )


def _first_then_later() -> pl.Expr:
    return pl.when(pl.col("cycle") == 1).then(pl.lit("first")).otherwise(pl.lit("later"))
