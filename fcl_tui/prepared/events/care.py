"""Events of children looked after."""

import polars as pl

from fcl_tui.definitions.event_kinds import (
    EventKind,
    coded,
    label,
    only,
    said,
    seen,
    text,
    took_part,
    yes,
)


def _ends_care() -> pl.Expr:
    """An episode that ends with X1 ends no period of care where the next one follows at once.

    Whatever its number, as `definitions.care_periods` has it: on the day, or on the day after.
    """
    begun, ended = pl.col("clae_cla_episode_start_date"), pl.col("clae_cla_episode_ceased_date")
    begins = begun.implode().over("clae_person_id")
    beside = pl.len().over("clae_person_id", "clae_cla_episode_start_date") > 1
    on_the_day = pl.when(begun == ended).then(beside).otherwise(begins.list.contains(ended))
    follows = (on_the_day | begins.list.contains(ended + pl.duration(days=1))).fill_null(value=False)
    return (pl.col("clae_cla_episode_ceased_reason").fill_null("") != "X1") | ~follows


CARE: tuple[EventKind, ...] = (
    EventKind(
        "cla_episodes",
        "clae_person_id",
        "clae_cla_episode_start_date",
        "Care episode began",
        "care",
        lambda: said(
            ("", label("clae_cla_episode_start_reason", "reason_new_episode")),
            ("", coded("clae_cla_primary_need_code", "primary_need")),
        ),
    ),
    EventKind(
        "cla_episodes",
        "clae_person_id",
        "clae_cla_episode_ceased_date",
        "Care ended",
        "care",
        lambda: coded("clae_cla_episode_ceased_reason", "reason_episode_ceased"),
        always=False,
        where=_ends_care,
    ),
    EventKind(
        "legal_status",
        "lega_person_id",
        "lega_legal_status_start_date",
        "Legal status",
        "legal",
        lambda: coded("lega_legal_status", "legal_status"),
    ),
    EventKind(
        "legal_status",
        "lega_person_id",
        "lega_legal_status_end_date",
        "Legal status ended",
        "legal",
        lambda: coded("lega_legal_status", "legal_status"),
        significant=False,
        always=False,
    ),
    EventKind(
        "cla_placement",
        "clap_person_id",
        "clap_cla_placement_start_date",
        "Placement began",
        "placement",
        lambda: said(
            ("", coded("clap_cla_placement_type", "placement_type")),
            ("", label("clap_cla_placement_provider", "placement_provider")),
        ),
    ),
    EventKind(
        "cla_placement",
        "clap_person_id",
        "clap_cla_placement_end_date",
        "Placement ended",
        "placement",
        lambda: said(
            ("", coded("clap_cla_placement_type", "placement_type")),
            ("", label("clap_cla_placement_change_reason", "placement_change_reason")),
        ),
        always=False,
    ),
    EventKind(
        "cla_reviews",
        "clar_cla_person_id",
        "clar_cla_review_date",
        "Looked-after review",
        "review",
        lambda: said(
            ("", only("clar_cla_review_cancelled", "cancelled")),
            ("", took_part("clar_cla_review_participation")),
        ),
        undated="Looked-after review without a date",
    ),
    EventKind(
        "cla_visits",
        "clav_person_id",
        "clav_cla_visit_date",
        "Looked-after visit",
        "visit",
        lambda: seen("clav_cla_visit", bedroom=False),
        significant=False,
    ),
    EventKind(
        "cla_care_plan",
        "lacp_person_id",
        "lacp_cla_care_plan_start_date",
        "Care plan began",
        "plan",
        lambda: pl.col("lacp_cla_care_plan_json"),
        flags="lacp_cla_care_plan_json",
    ),
    EventKind(
        "cla_care_plan",
        "lacp_person_id",
        "lacp_cla_care_plan_end_date",
        "Care plan ended",
        "plan",
        significant=False,
        always=False,
    ),
    EventKind(
        "cla_health",
        "clah_person_id",
        "clah_health_check_date",
        "Health check",
        "health",
        lambda: said(
            ("", label("clah_health_check_type", "health_check_type")),
            ("", label("clah_health_check_status", "health_check_status")),
        ),
        significant=False,
        undated="Health check without a date",
    ),
    EventKind(
        "sdq_scores",
        "csdq_person_id",
        "csdq_sdq_completed_date",
        "Strengths and difficulties questionnaire",
        "health",
        lambda: said(
            ("score ", pl.col("csdq_sdq_score").cast(pl.String)), ("", label("csdq_sdq_reason", "sdq_reason"))
        ),
        significant=False,
        undated="Strengths and difficulties questionnaire without a date",
    ),
    EventKind(
        "cla_immunisations",
        "clai_person_id",
        "clai_immunisations_status_date",
        "Immunisations checked",
        "health",
        lambda: said(("up to date: ", yes("clai_immunisations_status"))),
        significant=False,
        undated="Immunisations recorded",
    ),
    EventKind(
        "cla_substance_misuse",
        "clas_person_id",
        "clas_substance_misuse_date",
        "Substance misuse recorded",
        "health",
        lambda: said(
            ("", text("clas_substance_misused")), ("help accepted: ", yes("clas_intervention_received"))
        ),
        significant=False,
    ),
    EventKind(
        "cla_convictions",
        "clac_person_id",
        "clac_cla_conviction_date",
        "Conviction",
        "other",
        lambda: text("clac_cla_conviction_offence"),
    ),
)
