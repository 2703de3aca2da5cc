"""What each column tells about a child, said once: what stays when a record is restricted, and what goes.

A column that is in none of these lists goes (`class_of`), and a test names it, so that nothing new is shown
because nobody thought of it.
"""

from functools import cache
from typing import Literal

from data import tables

Class = Literal["person", "key", "kept", "hidden"]
"""person: a child's number, shown as a token; key: a row's number, shown as a token that joins as before;
kept: shown; hidden: blank."""

NO_CHILD = frozenset(("professionals", "department", "version_log", "rules", "holidays", "coverage"))
"""Frames that hold no child: everybody who may come in reads them whole."""

PREPARED = ("people", "statuses", "allocations", "due_items", "events", "assessments", "issues")
"""Frames made at load, by person_id."""

_KEYS = """
fami_family_id clae_cla_id icpc_icpc_meeting_id cppr_cp_review_meeting_id prep_plo_family_id source_row
item_id assessment_id referral_id
""".split()

_PERSONS = ("person_id",)

_HIDDEN = """
pers_legacy_id pers_upn pers_forename pers_surname pers_sex pers_gender pers_ethnicity pers_dob
pers_single_unique_id pers_expected_dob pers_death_date pers_nationality pers_common_child_id
addr_address_type addr_address_postcode addr_address_json disa_disability_code immi_immigration_status
moth_childs_dob cont_contact_source_desc cont_contact_outcome_json earl_episode_reason
earl_episode_end_reason earl_episode_organisation cine_referral_source_desc cine_referral_outcome_json
cina_assessment_outcome_json cinf_assessment_factors_json s47e_s47_outcome_json icpc_icpc_outcome_json
cppr_cp_review_quorate clac_cla_conviction_offence clas_substance_misused clap_cla_placement_urn
clap_cla_placement_distance clap_cla_placement_postcode lapp_previous_permanence_la
lapp_previous_permanence_order_date lacp_cla_care_plan_json perm_placement_provider_urn
invo_professional_role_id link_identifier_value send_upn send_uln senn_active_ehcp_need_rank
ehca_ehcp_assessment_exceptions prep_pre_pro_outcome prep_parents_legal_rep_point_of_issue
prep_court_reference prep_proc_short_notice_reason prep_la_initial_care_plan voch_explained_worries
voch_story_help_understand voch_agree_worker voch_plan_safe voch_tablet_help_explain
s251_placeholder_1 s251_placeholder_2 s251_placeholder_3 s251_placeholder_4

name forename surname date_of_birth expected_date_of_birth date_of_death sex gender ethnicity upn find_key
detail source_rows factors outcome outcomes value row reason
""".split()

_KEPT = """
pers_upn_unknown pers_send_flag pers_is_mother addr_address_start_date addr_address_end_date
immi_immigration_status_start_date immi_immigration_status_end_date lega_legal_status
lega_legal_status_start_date lega_legal_status_end_date cont_contact_date cont_contact_source_code
earl_episode_start_date earl_episode_end_date earl_episode_worker_id cine_referral_date
cine_cin_primary_need_code cine_referral_source_code cine_referral_nfa cine_close_reason cine_close_date
cine_referral_team cine_referral_worker_id cina_assessment_start_date cina_assessment_child_seen
cina_assessment_auth_date cina_assessment_outcome_nfa cina_assessment_team cina_assessment_worker_id
cinp_cin_plan_start_date cinp_cin_plan_end_date cinp_cin_plan_team cinp_cin_plan_worker_id
cinv_cin_visit_date cinv_cin_visit_seen cinv_cin_visit_seen_alone cinv_cin_visit_bedroom
s47e_s47_start_date s47e_s47_end_date s47e_s47_nfa s47e_s47_completed_by_team
s47e_s47_completed_by_worker_id icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date
icpc_icpc_outcome_cp_flag icpc_icpc_team icpc_icpc_worker_id cppl_cp_plan_start_date cppl_cp_plan_end_date
cppl_cp_plan_ola cppl_cp_plan_initial_category cppl_cp_plan_latest_category cppv_cp_visit_date
cppv_cp_visit_seen cppv_cp_visit_seen_alone cppv_cp_visit_bedroom cppr_cp_review_due cppr_cp_review_date
cppr_cp_review_outcome_continue_cp cppr_cp_review_participation clae_cla_episode_start_date
clae_cla_episode_start_reason clae_cla_primary_need_code clae_cla_episode_ceased_date
clae_cla_episode_ceased_reason clae_cla_last_iro_contact_date clae_entered_care_date
clac_cla_conviction_date clah_health_check_type clah_health_check_date clah_health_check_status
clai_immunisations_status clai_immunisations_status_date clas_substance_misuse_date
clas_intervention_received clap_cla_placement_start_date clap_cla_placement_type
clap_cla_placement_provider clap_cla_placement_end_date clap_cla_placement_change_reason
clar_cla_review_due_date clar_cla_review_date clar_cla_review_cancelled clar_cla_review_participation
lapp_previous_permanence_option lacp_cla_care_plan_start_date lacp_cla_care_plan_end_date
clav_cla_visit_date clav_cla_visit_seen clav_cla_visit_seen_alone csdq_sdq_completed_date csdq_sdq_score
csdq_sdq_reason miss_missing_episode_start_date miss_missing_episode_type miss_missing_episode_end_date
miss_missing_rhi_offered miss_missing_rhi_accepted clea_care_leaver_eligibility clea_care_leaver_in_touch
clea_care_leaver_latest_contact clea_care_leaver_accommodation clea_care_leaver_accom_suitable
clea_care_leaver_activity clea_pathway_plan_review_date clea_care_leaver_personal_advisor
clea_care_leaver_allocated_team clea_care_leaver_worker_id perm_adm_decision_date
perm_part_of_sibling_group perm_siblings_placed_together perm_siblings_placed_apart
perm_ffa_cp_decision_date perm_placement_order_date perm_matched_date perm_adopter_sex
perm_adopter_legal_status perm_number_of_adopters perm_placed_for_adoption_date
perm_adopted_by_carer_flag perm_placed_foster_carer_date perm_placed_ffa_cp_date
perm_decision_reversed_date perm_decision_reversed_reason perm_permanence_order_date
perm_permanence_order_type perm_adoption_worker_id invo_professional_id invo_professional_team
invo_involvement_start_date invo_involvement_end_date invo_worker_change_reason link_identifier_type
link_valid_from_date link_valid_to_date send_upn_unknown senn_active_ehcp_need_type ehcr_ehcp_req_date
ehcr_ehcp_req_outcome_date ehcr_ehcp_req_outcome ehca_ehcp_assessment_outcome_date
ehca_ehcp_assessment_outcome ehcn_named_plan_start_date ehcn_named_plan_ceased_date
ehcn_named_plan_ceased_reason ehcp_active_ehcp_last_review_date prep_pre_pro_decision_date
prep_initial_pre_pro_meeting_date prep_agree_stepdown_issue_date prep_cp_plans_referral_period
prep_legal_gateway_outcome prep_prev_pre_proc_child prep_prev_care_proc_child prep_pre_pro_letter_date
prep_care_pro_letter_date prep_pre_pro_meetings_num prep_pre_pro_parents_legal_rep
prep_care_proc_court_hearings prep_care_proc_short_notice prep_la_inital_plan_approved
prep_la_final_plan_approved prep_la_final_care_plan

source status start end short_break legal_status role worker_id worker team_id team rank rule kind cycle
started due_date done_date ended limit_date limit_reason interval unit assumed started_by step ended_by
waived soft unknown soon soon_unit local_team known_from at_latest date event significant start_date
clock_start authorised_date working_days in_time no_further_action child_seen belongs_by referral_closed
place column severity effect ssd_table
""".split()


@cache
def _listed() -> dict[str, Class]:
    classes: dict[str, Class] = dict.fromkeys(_HIDDEN, "hidden")
    classes |= dict.fromkeys(_KEPT, "kept")
    classes |= dict.fromkeys(_KEYS, "key")
    classes |= dict.fromkeys(_PERSONS, "person")
    for table in tables.names():
        if table in NO_CHILD:
            continue
        for field in tables.fields(table):
            parent = field.foreign_key.split(".")[0]
            if parent == "person" or (table == "person" and field.primary_key):
                classes[field.name] = "person"
            elif field.primary_key or (parent and parent not in NO_CHILD):
                classes[field.name] = "key"
    return classes


def class_of(column: str) -> Class:
    """The class of a column of a frame about children; hidden when nobody has said."""
    return _listed().get(column, "hidden")


def unclassified(columns: list[str]) -> list[str]:
    """Those of which nobody has said what they tell."""
    return [column for column in columns if column not in _listed()]


@cache
def owners(table: str) -> tuple[str | None, str | None, str | None, str | None]:
    """How to know whose a row is: its own person field; else field, table and key of the row it belongs to."""
    own = tables.person_of(table)
    required = any(field.name == own and field.required for field in tables.fields(table))
    for field in () if required else tables.fields(table):
        parent, _, key = field.foreign_key.partition(".")
        if parent and parent != "person" and parent not in NO_CHILD:
            return own, field.name, parent, key
    return own, None, None, None
