"""A small authority by hand: every kind of fact an Annex A carries, on 31 March 2026."""

from datetime import date, datetime

import polars as pl

from data.schema.tables import key_of, names, polars_schema

AS_AT = date(2026, 3, 31)


def table(name: str, *rows: dict[str, object]) -> pl.DataFrame:
    """Rows of a table; fields not given are null, keys count up."""
    schema = polars_schema(name)
    filled = [{key_of(name): str(at), **row, "source_row": f"{name}/{at}"} for at, row in enumerate(rows, 1)]
    return pl.DataFrame(
        [{column: row.get(column) for column in schema} for row in filled], schema=schema
    ).with_columns(source=pl.lit("hand"))


def tables() -> dict[str, pl.DataFrame]:
    """All 47 tables."""
    made = [
        ("person", PERSONS),
        (
            "department",
            [
                {"dept_team_id": "7", "dept_team_name": "Pod 7"},
                {"dept_team_id": "8", "dept_team_name": "Care “A”"},
            ],
        ),
        (
            "professionals",
            [
                {"prof_professional_id": "50", "prof_professional_name": "Zoë O'Brien"},
                {"prof_professional_id": "51", "prof_professional_name": "=cmd() [red]Lee[/]"},
                {"prof_professional_id": "52", "prof_professional_name": "山田"},
            ],
        ),
        (
            "involvements",
            [
                involvement("102", "50", "7", date(2025, 1, 1), date(2025, 6, 1)),
                involvement("102", "51", "7", date(2025, 6, 1)),
                involvement("103", "50", "7", date(2025, 6, 1)),
                involvement("104", "51", "8", date(2025, 6, 1)),
                involvement("105", "50", "8", date(2025, 6, 1)),
                involvement("105", "52", "8", date(2025, 7, 1), role="PA"),
                involvement("104", "52", "8", date(2026, 4, 1)),
            ],
        ),
        (
            "disability",
            [
                {"disa_person_id": "102", "disa_disability_code": "NONE"},
                {"disa_person_id": "103", "disa_disability_code": "AUT"},
            ],
        ),
        ("immigration_status", [{"immi_person_id": "104", "immi_immigration_status": "UASC"}]),
        (
            "contacts",
            [
                contact("101", date(2026, 2, 3), "6"),
                contact("101", date(2026, 2, 3), "6"),
                contact("101", date(2026, 2, 3), "3A"),
                contact("101", date(2025, 9, 1), "6"),
                contact("101", date(2026, 4, 1), "6"),
            ],
        ),
        (
            "early_help_episodes",
            [
                {
                    "earl_person_id": "101",
                    "earl_episode_start_date": date(2025, 12, 1),
                    "earl_episode_end_date": date(2026, 1, 9),
                    "earl_episode_organisation": "Family hub",
                }
            ],
        ),
        (
            "cin_episodes",
            [
                referral("101", date(2026, 2, 4), "Y", close=date(2026, 2, 5)),
                referral("102", date(2026, 1, 5), "N", need="N1"),
                referral("103", date(2025, 3, 5), "N", need="N4"),
                referral("106", date(2025, 3, 5), "N", need="N2", close=date(2026, 1, 15), why="RC7"),
                referral("107", date(2025, 11, 5), "N", need="N5", close=date(2025, 12, 15), why="RC8"),
                referral("107", date(2026, 1, 20), "N", need="N5"),
            ],
        ),
        (
            "cin_assessments",
            [
                assessment("102", date(2026, 1, 7), None, None),
                assessment("103", date(2025, 3, 6), date(2025, 5, 6), "N"),
                assessment("106", date(2025, 11, 3), date(2026, 1, 14), "Y"),
                assessment("107", date(2026, 1, 22), date(2026, 3, 2), "N"),
            ],
        ),
        ("cin_plans", [{"cinp_person_id": "107", "cinp_cin_plan_start_date": date(2026, 3, 3)}]),
        (
            "cin_visits",
            [
                {
                    "cinv_person_id": "107",
                    "cinv_cin_visit_date": date(2026, 3, 9),
                    "cinv_cin_visit_seen": "Y",
                },
                {
                    "cinv_person_id": "107",
                    "cinv_cin_visit_date": date(2026, 3, 20),
                    "cinv_cin_visit_seen": "N",
                },
            ],
        ),
        (
            "s47_enquiry",
            [
                enquiry("103", date(2025, 11, 3), "N"),
                enquiry("102", date(2026, 1, 6), "Y"),
                enquiry("102", date(2026, 3, 26), None),
            ],
        ),
        (
            "initial_cp_conference",
            [
                {
                    "icpc_person_id": "103",
                    "icpc_s47_enquiry_id": "103-2025-11-03",
                    "icpc_icpc_date": date(2025, 11, 20),
                    "icpc_icpc_outcome_cp_flag": "Y",
                }
            ],
        ),
        (
            "cp_plans",
            [
                {
                    "cppl_cp_plan_id": "P1",
                    "cppl_person_id": "103",
                    "cppl_cp_plan_start_date": date(2025, 11, 20),
                    "cppl_cp_plan_ola": "N",
                    "cppl_cp_plan_initial_category": "NEG",
                    "cppl_cp_plan_latest_category": "EMO",
                },
                {
                    "cppl_cp_plan_id": "P2",
                    "cppl_person_id": "106",
                    "cppl_cp_plan_start_date": date(2025, 11, 20),
                    "cppl_cp_plan_ola": "Y",
                },
            ],
        ),
        (
            "cp_visits",
            [
                visit("103", "P1", date(2026, 3, 2), "Y", "Y"),
                visit("103", "P1", date(2026, 3, 16), "Y", "N"),
                visit("103", "P1", date(2026, 3, 24), "N", None),
            ],
        ),
        (
            "cp_reviews",
            [{"cppr_person_id": "103", "cppr_cp_plan_id": "P1", "cppr_cp_review_date": date(2026, 2, 11)}],
        ),
        *CARE,
        (
            "missing",
            [
                {
                    "miss_person_id": "104",
                    "miss_missing_episode_start_date": datetime(2026, 1, 1, 22),
                    "miss_missing_episode_type": "M",
                    "miss_missing_rhi_offered": "Y",
                }
            ],
        ),
    ]
    given = dict(made)
    return {name: table(name, *given.get(name, [])) for name in names()}


def involvement(child, worker, team, start, end=None, role="CW"):
    return {
        "invo_person_id": child,
        "invo_professional_id": worker,
        "invo_professional_team": team,
        "invo_professional_role_id": role,
        "invo_involvement_start_date": start,
        "invo_involvement_end_date": end,
    }


def contact(child, day, source):
    return {"cont_person_id": child, "cont_contact_date": day, "cont_contact_source_code": source}


def referral(child, day, nfa, need=None, close=None, why=None):
    return {
        "cine_referral_id": f"{child}-{day}",
        "cine_person_id": child,
        "cine_referral_date": day,
        "cine_referral_nfa": nfa,
        "cine_referral_source_code": "2A",
        "cine_cin_primary_need_code": need,
        "cine_close_date": close,
        "cine_close_reason": why,
        "cine_referral_team": "7",
        "cine_referral_worker_id": "50",
    }


def assessment(child, start, done, nfa):
    return {
        "cina_person_id": child,
        "cina_assessment_start_date": start,
        "cina_assessment_auth_date": done,
        "cina_assessment_outcome_nfa": nfa,
        "cina_assessment_child_seen": "Y",
        "cina_assessment_team": "7",
        "cina_assessment_worker_id": "50",
    }


def enquiry(child, start, nfa):
    return {
        "s47e_s47_enquiry_id": f"{child}-{start}",
        "s47e_person_id": child,
        "s47e_s47_start_date": start,
        "s47e_s47_nfa": nfa,
        "s47e_s47_completed_by_team": "7",
        "s47e_s47_completed_by_worker_id": "51",
    }


def visit(child, plan, day, seen, alone):
    return {
        "cppv_person_id": child,
        "cppv_cp_plan_id": plan,
        "cppv_cp_visit_date": day,
        "cppv_cp_visit_seen": seen,
        "cppv_cp_visit_seen_alone": alone,
    }


PERSONS = [
    {
        "pers_person_id": person,
        "pers_forename": "Zoë",
        "pers_gender": gender,
        "pers_ethnicity": ethnicity,
        "pers_dob": born,
    }
    for person, gender, ethnicity, born in [
        ("101", "M", "WBRI", date(2015, 2, 28)),
        ("102", "F", "NOBT", date(2016, 2, 29)),
        ("103", "I", "REFU", date(2020, 4, 1)),
        ("104", "M", "OOTH", date(2009, 5, 5)),
        ("105", "F", "BCRB", date(2006, 5, 5)),
        ("106", "U", "WIRT", None),
        ("107", "F", "WBRI", date(2024, 1, 31)),
        ("108", "M", "MWAS", date(2022, 6, 1)),
    ]
]

CARE: list[tuple[str, list[dict[str, object]]]] = [
    (
        "cla_episodes",
        [
            {
                "clae_cla_episode_id": "E1",
                "clae_person_id": "104",
                "clae_cla_id": "C1",
                "clae_entered_care_date": date(2025, 8, 1),
                "clae_cla_episode_start_date": date(2025, 8, 1),
                "clae_cla_episode_start_reason": "S",
                "clae_cla_primary_need_code": "N8",
                "clae_cla_episode_ceased_date": date(2026, 1, 10),
                "clae_cla_episode_ceased_reason": "X1",
                "clae_cla_last_iro_contact_date": date(2025, 12, 1),
            },
            {
                "clae_cla_episode_id": "E2",
                "clae_person_id": "104",
                "clae_cla_id": "C1",
                "clae_entered_care_date": date(2025, 8, 1),
                "clae_cla_episode_start_date": date(2026, 1, 10),
                "clae_cla_episode_start_reason": "P",
                "clae_cla_primary_need_code": "N8",
            },
            {
                "clae_cla_episode_id": "E3",
                "clae_person_id": "106",
                "clae_cla_id": "C2",
                "clae_entered_care_date": date(2025, 3, 10),
                "clae_cla_episode_start_date": date(2025, 3, 10),
                "clae_cla_primary_need_code": "N1",
                "clae_cla_episode_ceased_date": date(2026, 1, 9),
                "clae_cla_episode_ceased_reason": "E4A",
            },
            {
                "clae_cla_episode_id": "E4",
                "clae_person_id": "108",
                "clae_cla_id": "C3",
                "clae_entered_care_date": date(2023, 3, 10),
                "clae_cla_episode_start_date": date(2023, 3, 10),
                "clae_cla_episode_ceased_date": date(2025, 7, 9),
                "clae_cla_episode_ceased_reason": "E12",
            },
        ],
    ),
    (
        "legal_status",
        [
            {
                "lega_person_id": "104",
                "lega_legal_status": "V2",
                "lega_legal_status_start_date": date(2025, 8, 1),
                "lega_legal_status_end_date": date(2025, 10, 1),
            },
            {
                "lega_person_id": "104",
                "lega_legal_status": "C2",
                "lega_legal_status_start_date": date(2025, 10, 1),
            },
            {
                "lega_person_id": "106",
                "lega_legal_status": "C1",
                "lega_legal_status_start_date": date(2025, 3, 10),
                "lega_legal_status_end_date": date(2026, 1, 9),
            },
        ],
    ),
    (
        "cla_placement",
        [
            {
                "clap_person_id": "104",
                "clap_cla_id": "C1",
                "clap_cla_placement_start_date": date(2025, 8, 1),
                "clap_cla_placement_end_date": date(2026, 1, 10),
                "clap_cla_placement_type": "U6",
            },
            {
                "clap_person_id": "104",
                "clap_cla_id": "C1",
                "clap_cla_placement_start_date": date(2026, 1, 10),
                "clap_cla_placement_type": "K2",
                "clap_cla_placement_provider": "PR4",
                "clap_cla_placement_postcode": "BN1 1AA",
                "clap_cla_placement_urn": "SC012345",
            },
        ],
    ),
    (
        "cla_reviews",
        [
            {"clar_cla_person_id": "104", "clar_cla_id": "C1", "clar_cla_review_date": date(2025, 8, 27)},
            {"clar_cla_person_id": "104", "clar_cla_id": "C1", "clar_cla_review_date": date(2025, 11, 20)},
            {
                "clar_cla_person_id": "104",
                "clar_cla_id": "C1",
                "clar_cla_review_date": date(2026, 3, 20),
                "clar_cla_review_cancelled": "Y",
            },
        ],
    ),
    (
        "cla_visits",
        [
            {
                "clav_person_id": "104",
                "clav_cla_id": "C1",
                "clav_cla_visit_date": date(2026, 3, 1),
                "clav_cla_visit_seen": "Y",
            }
        ],
    ),
    (
        "cla_care_plan",
        [{"lacp_person_id": "104", "lacp_cla_care_plan_json": '{"ADOPTION": "N", "LTFOST18": "Y"}'}],
    ),
    (
        "cla_health",
        [
            {
                "clah_person_id": "104",
                "clah_health_check_type": "HEALTH",
                "clah_health_check_status": "Completed",
                "clah_health_check_date": date(2025, 8, 20),
            },
            {
                "clah_person_id": "104",
                "clah_health_check_type": "HEALTH",
                "clah_health_check_status": "Refused",
                "clah_health_check_date": date(2026, 2, 20),
            },
            {
                "clah_person_id": "104",
                "clah_health_check_type": "DENTAL",
                "clah_health_check_status": "Completed",
                "clah_health_check_date": date(2025, 9, 20),
            },
        ],
    ),
    (
        "care_leavers",
        [
            {
                "clea_person_id": "105",
                "clea_care_leaver_eligibility": "Former Relevant",
                "clea_care_leaver_in_touch": "YES",
                "clea_care_leaver_latest_contact": date(2026, 3, 3),
                "clea_care_leaver_accommodation": "U",
                "clea_care_leaver_accom_suitable": "1",
                "clea_care_leaver_activity": "F4",
                "clea_pathway_plan_review_date": date(2025, 12, 12),
                "clea_care_leaver_personal_advisor": "52",
                "clea_care_leaver_allocated_team": "8",
                "clea_care_leaver_worker_id": "50",
            },
            {"clea_person_id": "104", "clea_care_leaver_eligibility": "No Current Eligibility"},
        ],
    ),
    (
        "permanence",
        [
            {
                "perm_person_id": "108",
                "perm_cla_id": "C3",
                "perm_adm_decision_date": date(2024, 6, 1),
                "perm_placement_order_date": date(2024, 9, 1),
                "perm_matched_date": date(2024, 12, 1),
                "perm_placed_for_adoption_date": date(2025, 1, 5),
                "perm_permanence_order_date": date(2025, 7, 9),
                "perm_permanence_order_type": "Adoption",
            },
        ],
    ),
]
