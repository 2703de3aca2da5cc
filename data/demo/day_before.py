"""The demo authority as its records stood the evening before: so that a night shows a plausible change.

Random numbers would shift with the day, and another day would be another authority. So the day before is
made from the same tables: what is dated later is not there yet, what ended later is still open, and for a
few children what happened on the day itself had not been entered when the office closed.
"""

from datetime import date

import polars as pl

from data.schema.tables import fields, person_of

BEGINS = {
    "contacts": "cont_contact_date",
    "early_help_episodes": "earl_episode_start_date",
    "cin_episodes": "cine_referral_date",
    "cin_assessments": "cina_assessment_start_date",
    "cin_plans": "cinp_cin_plan_start_date",
    "cin_visits": "cinv_cin_visit_date",
    "s47_enquiry": "s47e_s47_start_date",
    "cp_plans": "cppl_cp_plan_start_date",
    "cp_visits": "cppv_cp_visit_date",
    "legal_status": "lega_legal_status_start_date",
    "immigration_status": "immi_immigration_status_start_date",
    "address": "addr_address_start_date",
    "cla_episodes": "clae_cla_episode_start_date",
    "cla_placement": "clap_cla_placement_start_date",
    "cla_care_plan": "lacp_cla_care_plan_start_date",
    "cla_visits": "clav_cla_visit_date",
    "cla_health": "clah_health_check_date",
    "cla_immunisations": "clai_immunisations_status_date",
    "cla_convictions": "clac_cla_conviction_date",
    "cla_substance_misuse": "clas_substance_misuse_date",
    "sdq_scores": "csdq_sdq_completed_date",
    "missing": "miss_missing_episode_start_date",
    "involvements": "invo_involvement_start_date",
}
"""The day from which a row is there; rows without one always are"""
ENDS: dict[str, tuple[str, ...]] = {
    "early_help_episodes": ("earl_episode_end_date", "earl_episode_end_reason"),
    "cin_episodes": ("cine_close_date", "cine_close_reason"),
    "cin_assessments": (
        "cina_assessment_auth_date",
        "cina_assessment_outcome_json",
        "cina_assessment_outcome_nfa",
    ),
    "cin_plans": ("cinp_cin_plan_end_date",),
    "s47_enquiry": ("s47e_s47_end_date", "s47e_s47_nfa", "s47e_s47_outcome_json"),
    "initial_cp_conference": ("icpc_icpc_date", "icpc_icpc_outcome_cp_flag", "icpc_icpc_outcome_json"),
    "cp_plans": ("cppl_cp_plan_end_date",),
    "cp_reviews": (
        "cppr_cp_review_date",
        "cppr_cp_review_meeting_id",
        "cppr_cp_review_outcome_continue_cp",
        "cppr_cp_review_quorate",
        "cppr_cp_review_participation",
    ),
    "legal_status": ("lega_legal_status_end_date",),
    "immigration_status": ("immi_immigration_status_end_date",),
    "address": ("addr_address_end_date",),
    "cla_episodes": ("clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason"),
    "cla_placement": ("clap_cla_placement_end_date", "clap_cla_placement_change_reason"),
    "cla_reviews": ("clar_cla_review_date", "clar_cla_review_cancelled", "clar_cla_review_participation"),
    "cla_care_plan": ("lacp_cla_care_plan_end_date",),
    "missing": ("miss_missing_episode_end_date", "miss_missing_rhi_offered", "miss_missing_rhi_accepted"),
    "involvements": ("invo_involvement_end_date",),
}
"""What a row gets when something ends or is held: the day, and what is known from then on"""
ALONE = {
    "cla_episodes": ("clae_cla_last_iro_contact_date",),
    "care_leavers": ("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"),
    "person": ("pers_death_date",),
    "pre_proceedings": ("prep_initial_pre_pro_meeting_date", "prep_agree_stepdown_issue_date"),
}
"""Days that come into a row by themselves"""
STAYS = ("icpc_cp_plan_id",)
"""References that are emptied, where others take their row with them"""
LATE = 5
"""One child in so many had the records of the day itself entered after the office closed"""


def day_before(tables: dict[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """The tables as they stood at the close of a day.

    Args:
        tables: all of the authority, of a later day.
        day: the day whose evening it is.

    Returns:
        The same tables without what came later; no row refers to one that is not there yet.
    """
    known = {name: _known(name, frame, day) for name, frame in tables.items()}
    finished = pl.col("cina_assessment_auth_date").is_not_null()
    undone = (
        tables["cin_assessments"]
        .filter(finished)
        .join(known["cin_assessments"].filter(finished), on="cina_assessment_id", how="anti")
    )
    known["assessment_factors"] = known["assessment_factors"].join(
        undone, left_on="cinf_assessment_id", right_on="cina_assessment_id", how="anti"
    )
    while _followed(tables, known):
        pass
    return known


def _known(name: str, frame: pl.DataFrame, day: date) -> pl.DataFrame:
    person = person_of(name)
    late = pl.lit(value=False) if person is None else _entered_late(pl.col(person))

    def later(column: str) -> pl.Expr:
        found = pl.col(column).cast(pl.Date)
        return ((found > day) | ((found == day) & late)).fill_null(value=False)

    begins, ends = BEGINS.get(name), ENDS.get(name, ())
    emptied = [pl.when(later(ends[0])).then(None).otherwise(pl.col(one)).alias(one) for one in ends]
    emptied += [
        pl.when(later(one)).then(None).otherwise(pl.col(one)).alias(one) for one in ALONE.get(name, ())
    ]
    kept = frame if begins is None else frame.filter(later(begins).not_())
    kept = kept.with_columns(emptied)
    if name == "version_log":
        kept = kept.with_columns(
            created_at=pl.min_horizontal("created_at", pl.lit(day).cast(frame["created_at"].dtype))
        )
    return kept


def _entered_late(person: pl.Expr) -> pl.Expr:
    """By the child's number alone, so that all of a child's records of the day agree."""
    number = person.str.extract(r"(\d+)$").cast(pl.Int64, strict=False).fill_null(0)
    return (number // 7) % LATE == 0


def _followed(tables: dict[str, pl.DataFrame], known: dict[str, pl.DataFrame]) -> bool:
    """Take out what refers to rows that are not there yet; whether anything was taken out."""
    height = sum(frame.height for frame in known.values())
    gone: dict[str, pl.Series] = {}
    for name in tables:
        for field in fields(name):
            table, _, column = field.foreign_key.partition(".")
            if not column or table == name or known[table].height == tables[table].height:
                continue
            if field.foreign_key not in gone:
                lost = tables[table].select(column).join(known[table], on=column, how="anti")
                gone[field.foreign_key] = lost[column].drop_nulls().unique()
            pointing = pl.col(field.name).is_in(gone[field.foreign_key].implode()).fill_null(value=False)
            if field.name in STAYS:
                emptied = pl.when(pointing.not_()).then(field.name).alias(field.name)
                known[name] = known[name].with_columns(emptied)
            else:
                known[name] = known[name].filter(pointing.not_())
    return sum(frame.height for frame in known.values()) < height
