"""Lists 1 to 4 and 6 from the SSD tables."""

import polars as pl

from data.demo.annex_a.facts import CHILD, SHORT_BREAKS, Facts, label, latest_in


def contacts(facts: Facts) -> pl.DataFrame:
    """List 1: contacts of the last six months."""
    rows = facts.table("contacts", "cont_person_id", "cont_contact_date")
    rows = rows.filter(pl.col("cont_contact_date") >= facts.six_months).select(
        CHILD,
        pl.col("cont_contact_date").alias("Date of Contact"),
        label(pl.col("cont_contact_source_code"), "contact_source").alias("Contact Source"),
    )
    return facts.headed(rows, disability=False)


def early_help(facts: Facts) -> pl.DataFrame:
    """List 2: early help begun in, or open at some time in, the last six months."""
    rows = facts.table(
        "early_help_episodes", "earl_person_id", "earl_episode_start_date", "earl_episode_end_date"
    )
    ended = pl.col("earl_episode_end_date")
    rows = rows.filter(ended.is_null() | (ended >= facts.six_months)).select(
        CHILD,
        pl.col("earl_episode_start_date").alias("Assessment start date"),
        ended.alias("Assessment completion date"),
        pl.col("earl_episode_organisation").alias("Organisation completing assessment"),
    )
    return facts.headed(rows, disability=False)


def referrals(facts: Facts) -> pl.DataFrame:
    """List 3: referrals of the last six months."""
    known = facts.table("cin_episodes", "cine_person_id", "cine_referral_date")
    rows = known.filter(pl.col("cine_referral_date") >= facts.six_months).select(
        CHILD,
        pl.col("cine_referral_date").alias("Date of referral"),
        label(pl.col("cine_referral_source_code"), "referral_source").alias("Referral Source"),
        label(pl.col("cine_referral_nfa"), "yes_no_unknown").alias("Referral NFA?"),
        facts.team("cine_referral_team").alias("Allocated Team"),
        facts.worker("cine_referral_worker_id").alias("Allocated Worker"),
    )
    earlier = known.select(CHILD, pl.col("cine_referral_date").alias("on"))
    rows = facts.count_before(rows, earlier, "Date of referral", "Number of Referrals in Last 12 Months")
    return facts.headed(rows, disability=False)


def assessments(facts: Facts) -> pl.DataFrame:
    """List 4: assessments open at some time in the last six months."""
    rows = facts.table(
        "cin_assessments", "cina_person_id", "cina_assessment_start_date", "cina_assessment_auth_date"
    )
    done, nothing = pl.col("cina_assessment_auth_date"), pl.col("cina_assessment_outcome_nfa")
    support = (
        pl.when(nothing == "Y").then(pl.lit("N")).when(nothing == "N").then(pl.lit("Y")).otherwise(nothing)
    )
    rows = rows.filter(done.is_null() | (done >= facts.six_months)).select(
        CHILD,
        pl.col("cina_assessment_start_date").alias("Continuous Assessment Start Date"),
        label(pl.col("cina_assessment_child_seen"), "yes_no_unknown").alias(
            "Child Seen During Continuous Assessment"
        ),
        done.alias("Continuous Assessment Date of Authorisation"),
        label(pl.when(done.is_not_null()).then(support), "yes_no_unknown").alias(
            "Was the child assessed as requiring LA children's social care support?"
        ),
        facts.team("cina_assessment_team").alias("Allocated Team"),
        facts.worker("cina_assessment_worker_id").alias("Allocated Worker"),
    )
    return facts.headed(rows)


def _open(facts: Facts, table: str, person: str, start: str, end: str) -> pl.DataFrame:
    rows = facts.table(table, person, start, end)
    return rows.filter(pl.col(end).is_null() | (pl.col(end) > facts.day))


def _case_status(facts: Facts, closed: pl.Expr) -> pl.Expr:
    """Closed, looked after, protection plan, need plan, care leaver, assessment: the first that holds."""
    care = _open(
        facts, "cla_episodes", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    )
    breaks = _open(
        facts, "legal_status", "lega_person_id", "lega_legal_status_start_date", "lega_legal_status_end_date"
    ).filter(pl.col("lega_legal_status").is_in(SHORT_BREAKS))
    care = care.join(breaks, on=CHILD, how="anti")
    protected = _open(
        facts, "cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    ).filter(~(pl.col("cppl_cp_plan_ola") == "Y").fill_null(False))
    need = _open(facts, "cin_plans", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date")
    leavers = facts.table("care_leavers", "clea_person_id")
    assessed = _open(
        facts, "cin_assessments", "cina_person_id", "cina_assessment_start_date", "cina_assessment_auth_date"
    )

    def among(frame: pl.DataFrame) -> pl.Expr:
        return pl.col(CHILD).is_in(frame[CHILD].implode())

    return (
        pl.when(closed).then(pl.lit("closed"))
        .when(among(care)).then(pl.lit("looked_after"))
        .when(among(protected)).then(pl.lit("cp_plan"))
        .when(among(need) | among(leavers)).then(pl.lit("cin_plan"))
        .when(among(assessed)).then(pl.lit("assessment"))
        .otherwise(pl.lit("cin_plan"))
    )  # fmt: skip


def _seen(facts: Facts) -> pl.DataFrame:
    """child, on: every visit on which the child was seen, of all three kinds."""
    kinds = (
        ("cin_visits", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"),
        ("cp_visits", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"),
        ("cla_visits", "clav_person_id", "clav_cla_visit_date", "clav_cla_visit_seen"),
    )
    return pl.concat(
        facts.table(table, person, day)
        .filter(~(pl.col(seen) == "N").fill_null(False))
        .select(CHILD, pl.col(day).alias("on"))
        for table, person, day, seen in kinds
    )


def children_in_need(facts: Facts) -> pl.DataFrame:
    """List 6: each child's latest episode that went on (not NFA), open in the last six months."""
    rows = facts.table("cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date")
    closed = pl.col("cine_close_date")
    rows = (
        rows.filter(~(pl.col("cine_referral_nfa") == "Y").fill_null(False))
        .sort(closed.is_null(), "cine_referral_date", "cine_referral_id", descending=True)
        .unique(CHILD, keep="first", maintain_order=True)
        .filter(closed.is_null() | (closed >= facts.six_months))
        .with_columns(
            spell="cine_referral_id",
            start="cine_referral_date",
            until=pl.coalesce("cine_close_date", facts.day),
        )
    )
    rows = latest_in(rows, _seen(facts))
    rows = facts.with_allocation(rows, closed.is_not_null())
    return facts.headed(
        rows.with_columns(
            pl.col("cine_referral_date").alias("CIN Start Date"),
            label(pl.col("cine_cin_primary_need_code"), "primary_need").alias("Primary Need Code"),
            pl.col("on").alias("Date Child Was Last Seen"),
            closed.alias("CIN Closure Date"),
            label(pl.when(closed.is_not_null()).then("cine_close_reason"), "case_closure_reason").alias(
                "Reason for Closure"
            ),
            label(_case_status(facts, closed.is_not_null()), "case_status").alias("Case Status"),
        )
    )
