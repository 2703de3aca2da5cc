"""Lists 5 and 7: section 47 enquiries, initial conferences, child protection plans."""

from collections.abc import Iterator

import polars as pl

from data.schema.tables import polars_schema
from data.sources.annex_a.fields import FIELDS
from data.sources.annex_a.parts import Parts, keyed, single, stated


def protection(parts: Parts) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield enquiries, conferences, plans, and the latest visit and review of each plan."""
    enquiries = parts.rows(5, "s47_enquiry")
    conferences = parts.rows(5, "initial_cp_conference")
    enquiries = stated(enquiries, 5, "s47_enquiry")
    parts.dated(enquiries, 5, "s47_enquiry", "s47e_s47_start_date")
    enquiries = keyed(enquiries, "AA-5", "s47e_person_id", "s47e_s47_start_date", "s47e_s47_enquiry_id")
    yield "s47_enquiry", enquiries
    plans = stated(parts.rows(7, "cp_plans"), 7, "cp_plans")
    parts.dated(plans, 7, "cp_plans", "cppl_cp_plan_start_date")
    plans = keyed(plans, "AA-7", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_id")
    conferences = _conferences(parts, conferences, enquiries)
    made = conferences.select("icpc_person_id", "icpc_icpc_date", "icpc_icpc_id").unique(
        ["icpc_person_id", "icpc_icpc_date"], keep="first", maintain_order=True
    )
    plans = (
        plans.drop("cppl_icpc_id")
        .join(
            made.rename({"icpc_icpc_id": "cppl_icpc_id"}),
            left_on=["cppl_person_id", "cppl_cp_plan_start_date"],
            right_on=["icpc_person_id", "icpc_icpc_date"],
            how="left",
            maintain_order="left",
        )
        .select(*polars_schema("cp_plans"))
    )
    of_plan = plans.filter(pl.col("cppl_icpc_id").is_not_null()).select(
        pl.col("cppl_icpc_id").alias("icpc_icpc_id"), pl.col("cppl_cp_plan_id").alias("icpc_cp_plan_id")
    )
    yield (
        "initial_cp_conference",
        conferences.drop("icpc_cp_plan_id")
        .join(of_plan.unique("icpc_icpc_id", keep="first"), on="icpc_icpc_id", how="left")
        .select(*polars_schema("initial_cp_conference")),
    )
    yield "cp_plans", plans
    yield "cp_visits", _visits(parts, plans)
    yield "cp_reviews", _reviews(parts, plans)


def _conferences(parts: Parts, rows: pl.DataFrame, enquiries: pl.DataFrame) -> pl.DataFrame:
    """One row per child and conference day: the list repeats it beside each enquiry that led to it."""
    table = "initial_cp_conference"
    parts.say(
        rows.filter(pl.col("icpc_icpc_date").is_null(), pl.col("icpc_icpc_outcome_cp_flag") == "Y"),
        "missing_date", 5, table,
        "The conference is recorded as leading to a plan but has no date, so it is not counted.",
        effect="value left blank", column=FIELDS[5][table]["icpc_icpc_date"], person="icpc_person_id",
    )  # fmt: skip
    behind = enquiries.select("source_row", "s47e_s47_enquiry_id", "s47e_s47_start_date")
    held = (
        rows.filter(pl.col("icpc_icpc_date").is_not_null())
        .drop("icpc_s47_enquiry_id")
        .join(behind.rename({"s47e_s47_enquiry_id": "icpc_s47_enquiry_id"}), on="source_row", how="left")
        .sort("s47e_s47_start_date", "icpc_s47_enquiry_id", descending=True, nulls_last=True)
        .unique(["icpc_person_id", "icpc_icpc_date"], keep="first", maintain_order=True)
        .select(*polars_schema(table))
    )
    return keyed(held, "AA-5C", "icpc_person_id", "icpc_icpc_date", "icpc_icpc_id")


def _spells(rows: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    return rows.join(
        plans.select(
            "source_row",
            pl.col("cppl_cp_plan_id").alias("plan"),
            pl.col("cppl_cp_plan_start_date").alias("start"),
            pl.col("cppl_cp_plan_end_date").alias("end"),
        ),
        on="source_row",
        how="left",
    )


def _visits(parts: Parts, plans: pl.DataFrame) -> pl.DataFrame:
    table = "cp_visits"
    rows = _spells(parts.rows(7, table), plans)
    alone = pl.col("cppv_cp_visit_seen_alone")
    rows = single(rows, "cppv_person_id", "cppv_cp_visit_date", "start", "end").with_columns(
        cppv_cp_plan_id="plan", cppv_cp_visit_seen=pl.when(alone == "Y").then(pl.lit("Y"))
    )
    rows = rows.select(*polars_schema(table))
    return keyed(rows, "AA-7V", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_id")


def _reviews(parts: Parts, plans: pl.DataFrame) -> pl.DataFrame:
    table = "cp_reviews"
    rows = _spells(parts.rows(7, table), plans)
    rows = single(rows, "cppr_person_id", "cppr_cp_review_date", "start", "end").with_columns(
        cppr_cp_plan_id="plan"
    )
    rows = rows.select(*polars_schema(table))
    return keyed(rows, "AA-7R", "cppr_person_id", "cppr_cp_review_date", "cppr_cp_review_id")
