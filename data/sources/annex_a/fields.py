"""Which column of which list fills which SSD field."""

from collections.abc import Mapping

HEADINGS = {
    "team_id": "Allocated Team",
    "worker_id": "Allocated Worker",
    "adviser_id": "Allocated Personal Advisor",
}
"""The headings behind the ids that `lists` makes from names."""

_PERSON = {"pers_gender": "Gender", "pers_ethnicity": "Ethnicity", "pers_dob": "Date of Birth"}

FIELDS: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    1: {
        "person": _PERSON,
        "contacts": {
            "cont_contact_date": "Date of Contact",
            "cont_contact_source_code": "Contact Source",
        },
    },
    2: {
        "person": _PERSON,
        "early_help_episodes": {
            "earl_episode_start_date": "Assessment start date",
            "earl_episode_end_date": "Assessment completion date",
            "earl_episode_organisation": "Organisation completing assessment",
        },
    },
    3: {
        "person": _PERSON,
        "cin_episodes": {
            "cine_referral_date": "Date of referral",
            "cine_referral_source_code": "Referral Source",
            "cine_referral_nfa": "Referral NFA?",
            "cine_referral_team": "team_id",
            "cine_referral_worker_id": "worker_id",
        },
    },
    4: {
        "person": _PERSON,
        "cin_assessments": {
            "cina_assessment_start_date": "Continuous Assessment Start Date",
            "cina_assessment_child_seen": "Child Seen During Continuous Assessment",
            "cina_assessment_auth_date": "Continuous Assessment Date of Authorisation",
            "cina_assessment_outcome_nfa": (
                "Was the child assessed as requiring LA children's social care support?"
            ),
            "cina_assessment_team": "team_id",
            "cina_assessment_worker_id": "worker_id",
        },
    },
    5: {
        "person": _PERSON,
        "s47_enquiry": {
            "s47e_s47_start_date": "Strategy discussion initiating Section 47 Enquiry Start Date",
            "s47e_s47_nfa": "Was an Initial Child Protection Conference deemed unnecessary?",
            "s47e_s47_completed_by_team": "team_id",
            "s47e_s47_completed_by_worker_id": "worker_id",
        },
        "initial_cp_conference": {
            "icpc_icpc_date": "Date of Initial Child Protection Conference",
            "icpc_icpc_outcome_cp_flag": (
                "Did the Initial Child Protection Conference Result in a Child Protection Plan"
            ),
        },
    },
    6: {
        "person": _PERSON,
        "cin_episodes": {
            "cine_referral_date": "CIN Start Date",
            "cine_cin_primary_need_code": "Primary Need Code",
            "cine_close_date": "CIN Closure Date",
            "cine_close_reason": "Reason for Closure",
        },
        "cin_visits": {"cinv_cin_visit_date": "Date Child Was Last Seen"},
    },
    7: {
        "person": _PERSON,
        "cp_plans": {
            "cppl_cp_plan_start_date": "Child Protection Plan Start Date",
            "cppl_cp_plan_end_date": "Child Protection Plan End Date",
            "cppl_cp_plan_initial_category": "Initial Category of Abuse",
            "cppl_cp_plan_latest_category": "Latest Category of Abuse",
        },
        "cp_visits": {
            "cppv_cp_visit_date": "Date of the Last Statutory Visit",
            "cppv_cp_visit_seen_alone": "Was the Child Seen Alone?",
        },
        "cp_reviews": {"cppr_cp_review_date": "Date of latest review conference"},
    },
    8: {
        "person": _PERSON,
        "cla_episodes": {
            "clae_entered_care_date": "Date Started to be Looked After",
            "clae_cla_primary_need_code": "Child's Category of Need",
            "clae_cla_episode_ceased_date": "Date Ceased to be Looked After",
            "clae_cla_episode_ceased_reason": "Reason Ceased to be Looked After",
            "clae_cla_last_iro_contact_date": "Date of Last IRO Visit / Contact to the Child",
        },
        "legal_status": {
            "lega_legal_status": "Child's Legal Status",
            "lega_legal_status_start_date": "Start date of current legal status",
        },
        "cla_placement": {
            "clap_cla_placement_start_date": "Start Date of Most Recent Placement",
            "clap_cla_placement_type": "Placement Type",
            "clap_cla_placement_provider": "Placement Provider",
            "clap_cla_placement_postcode": "Placement postcode",
            "clap_cla_placement_urn": "URN of Placement",
        },
        "cla_reviews": {"clar_cla_review_date": "Date of Latest Statutory Review"},
        "cla_visits": {"clav_cla_visit_date": "Date of Last Social Work Visit"},
        "cla_care_plan": {"lacp_cla_care_plan_json": "What is the permanence plan for this child?"},
    },
    9: {
        "person": _PERSON,
        "care_leavers": {
            "clea_care_leaver_eligibility": "Eligibility Category",
            "clea_care_leaver_in_touch": "LA in Touch",
            "clea_care_leaver_latest_contact": "Latest Contact",
            "clea_care_leaver_accommodation": "Type of Accommodation",
            "clea_care_leaver_accom_suitable": "Suitability of Accommodation",
            "clea_care_leaver_activity": "Activity Status",
            "clea_pathway_plan_review_date": "Latest Pathway Plan",
            "clea_care_leaver_personal_advisor": "adviser_id",
            "clea_care_leaver_allocated_team": "team_id",
            "clea_care_leaver_worker_id": "worker_id",
        },
    },
    10: {
        "person": _PERSON,
        "permanence": {
            "perm_adm_decision_date": "Date of Decision that Child Should be Placed for Adoption",
            "perm_placement_order_date": "Date of Placement Order",
            "perm_matched_date": "Date of Matching Child and Prospective Adopters",
            "perm_placed_for_adoption_date": "Date Placed for Adoption",
            "perm_permanence_order_date": "Date of Adoption Order",
            "perm_decision_reversed_date": (
                "Date of Decision that Child Should No Longer be Placed for Adoption"
            ),
            "perm_decision_reversed_reason": "Reason Why Child No Longer Placed for Adoption",
            "perm_placed_ffa_cp_date": (
                "Date the child was placed for fostering in FFA or concurrent planning placement"
            ),
        },
    },
}
"""List, table, field: the heading it comes from. The child's id stands in every list."""
