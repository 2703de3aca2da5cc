"""Lists 5 and 7 from the SSD tables."""

import polars as pl

from data.demo.annex_a.facts import CHILD, Facts, label, yes_no

_YES_NO = "yes_no_unknown"


def enquiries(facts: Facts) -> pl.DataFrame:
    """List 5: section 47 enquiries and initial conferences of the last six months, one row per enquiry.

    A conference without an enquiry in the tables (a child who moved in) has a row of its own. An enquiry
    that ended without a conference is one whose conference was deemed unnecessary.
    """
    started = facts.table("s47_enquiry", "s47e_person_id", "s47e_s47_start_date", "s47e_s47_end_date")
    held = facts.table("initial_cp_conference", "icpc_person_id", "icpc_icpc_date")
    of_enquiry = held.filter(pl.col("icpc_s47_enquiry_id").is_not_null())
    of_enquiry = of_enquiry.sort("icpc_icpc_date", "icpc_icpc_id", descending=True).unique(
        [CHILD, "icpc_s47_enquiry_id"], keep="first", maintain_order=True
    )
    rows = started.join(
        of_enquiry.drop("source", "source_row"),
        left_on=[CHILD, "s47e_s47_enquiry_id"],
        right_on=[CHILD, "icpc_s47_enquiry_id"],
        how="left",
        maintain_order="left",
    )
    alone = held.join(rows, on="icpc_icpc_id", how="anti")
    rows = pl.concat([rows, alone.drop("source", "source_row")], how="diagonal")
    strategy, conference = pl.col("s47e_s47_start_date"), pl.col("icpc_icpc_date")
    without = pl.col("s47e_s47_end_date").is_not_null() & conference.is_null()
    unnecessary = pl.when(without).then(pl.lit("Y")).otherwise("s47e_s47_nfa")
    rows = rows.filter((strategy >= facts.six_months) | (conference >= facts.six_months)).with_columns(
        day=pl.coalesce(strategy, conference)
    )
    rows = facts.count_before(
        rows, started.select(CHILD, pl.col("s47e_s47_start_date").alias("on")), "day",
        "Number of Section 47 Enquiries in the last 12 months",
    )  # fmt: skip
    rows = facts.count_before(
        rows, held.select(CHILD, pl.col("icpc_icpc_date").alias("on")), "day",
        "Number of ICPCs in the last 12 months",
    )  # fmt: skip
    return facts.headed(
        rows.with_columns(
            strategy.alias("Strategy discussion initiating Section 47 Enquiry Start Date"),
            label(unnecessary, _YES_NO).alias(
                "Was an Initial Child Protection Conference deemed unnecessary?"
            ),
            conference.alias("Date of Initial Child Protection Conference"),
            label(pl.col("icpc_icpc_outcome_cp_flag"), _YES_NO).alias(
                "Did the Initial Child Protection Conference Result in a Child Protection Plan"
            ),
            pl.coalesce(facts.team("s47e_s47_completed_by_team"), facts.team("icpc_icpc_team")).alias(
                "Allocated Team"
            ),
            pl.coalesce(
                facts.worker("s47e_s47_completed_by_worker_id"), facts.worker("icpc_icpc_worker_id")
            ).alias("Allocated Worker"),
        )
    )


def _latest_of_plan(events: pl.DataFrame, plan: str, date: str) -> pl.DataFrame:
    return events.sort(date, descending=True, maintain_order=True).unique(
        [CHILD, plan], keep="first", maintain_order=True
    )


def plans(facts: Facts) -> pl.DataFrame:
    """List 7: child protection plans open at some time in the last six months, not other authorities'."""
    known = facts.table("cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
    known = known.filter(~(pl.col("cppl_cp_plan_ola") == "Y").fill_null(False))
    known = known.with_columns(
        (pl.col("cppl_cp_plan_start_date").rank("ordinal").over(CHILD) - 1)
        .cast(pl.Int64)
        .alias("Number of Previous Child Protection Plans")
    )
    ended = pl.col("cppl_cp_plan_end_date")
    rows = known.filter(ended.is_null() | (ended >= facts.six_months))
    visits = facts.table("cp_visits", "cppv_person_id", "cppv_cp_visit_date").filter(
        ~(pl.col("cppv_cp_visit_seen") == "N").fill_null(False)
    )
    reviews = facts.table("cp_reviews", "cppr_person_id", "cppr_cp_review_date")
    rows = rows.join(
        _latest_of_plan(visits, "cppv_cp_plan_id", "cppv_cp_visit_date").drop("source", "source_row"),
        left_on=[CHILD, "cppl_cp_plan_id"], right_on=[CHILD, "cppv_cp_plan_id"], how="left",
    ).join(
        _latest_of_plan(reviews, "cppr_cp_plan_id", "cppr_cp_review_date").drop("source", "source_row"),
        left_on=[CHILD, "cppl_cp_plan_id"], right_on=[CHILD, "cppr_cp_plan_id"], how="left",
    )  # fmt: skip
    orders = facts.table(
        "legal_status", "lega_person_id", "lega_legal_status_start_date", "lega_legal_status_end_date"
    )
    over = pl.col("lega_legal_status_end_date")
    orders = orders.filter(
        pl.col("lega_legal_status").is_in(["L1", "L2"]), over.is_null() | (over >= facts.six_months)
    )
    rows = facts.with_allocation(rows, ended.is_not_null())
    return facts.headed(
        rows.with_columns(
            pl.col("cppl_cp_plan_start_date").alias("Child Protection Plan Start Date"),
            label(pl.col("cppl_cp_plan_initial_category"), "cp_category").alias("Initial Category of Abuse"),
            label(pl.col("cppl_cp_plan_latest_category"), "cp_category").alias("Latest Category of Abuse"),
            pl.col("cppv_cp_visit_date").alias("Date of the Last Statutory Visit"),
            label(pl.col("cppv_cp_visit_seen_alone"), _YES_NO).alias("Was the Child Seen Alone?"),
            pl.col("cppr_cp_review_date").alias("Date of latest review conference"),
            ended.alias("Child Protection Plan End Date"),
            yes_no(pl.col(CHILD).is_in(orders[CHILD].implode())).alias(
                "Subject to Emergency Protection Order or Protected Under Police Powers "
                "in Last Six Months (Y/N)"
            ),
        )
    )
