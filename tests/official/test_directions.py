"""Which way is good for each figure of the strategic reports, the highlights and ChAT, as it is published."""

import pytest

from fcl_tui.reports.official import registry
from fcl_tui.reports.strategic.highlight.indicators import INDICATORS

HIGH = (
    "caseload_allocated_qualified", "visit_cp_current", "visit_cp_seen_alone", "visit_cin_current",
    "visit_cla_current", "review_cla_current", "review_cla_period", "review_cla_all_year",
    "review_cla_first", "review_participation", "review_cp_current", "review_pathway_current",
    "review_iro_contact", "rhi_offered_pct", "rhi_accepted_pct", "rhi_child_pct", "sup_worker_current",
    "sup_case_current", "sup_pa_current", "contact_decision_1wd", "assess_45wd", "assess_seen", "s47_15wd",
    "icpc_15wd", "cp_core_group", "cla_ceased_adopted", "cla_foster_pct", "cla_foster_inhouse",
    "cla_stable_2y", "cla_health_year", "cla_dental", "cla_immunised", "cla_health_initial",
    "cla_sdq_returned", "cla_perm_plan", "cla_perm_second_review", "adopt_a3", "adopt_early",
    "cl_eet_19_21", "cl_eet_17_18", "cl_he", "cl_apprentice", "cl_suitable_19_21", "cl_suitable_17_18",
    "cl_in_touch", "cl_contact_8w", "cl_pathway", "cl_pa", "cl_staying_put", "cl_eligible_assess",
)  # fmt: skip
LOW = (
    "caseload_avg_fte", "caseload_unallocated", "cla_3plus_workers", "caseload_agency_share",
    "visit_overdue", "review_overdue", "review_cin_plan_open_3m", "missing_episodes", "missing_children",
    "missing_repeat", "missing_from_care_pct", "away_from_care_pct", "contact_repeat", "eh_step_up",
    "rereferral_pct", "rereferral_child_pct", "referral_open_case", "assess_median", "assess_open",
    "s47_repeat", "icpc_repeat", "referral_to_plan_days", "cin_awaiting", "cin_plan_long", "cin_no_plan",
    "cin_step_up", "cp_start_rate", "cp_second", "cp_second_2y", "cp_2y_current", "cp_2y_ended", "cp_15m",
    "cp_and_cla", "cp_previous", "cla_reentry", "cla_residential", "cla_20miles", "cla_3plus",
    "cla_3plus_2y", "cla_unplanned_end", "cla_sdq_avg", "cla_sdq_band", "cla_substance", "cla_convicted",
    "proceedings_weeks", "cla_s20_long", "adopt_a1", "adopt_a10", "adopt_a2", "adopt_stages",
    "adopt_waiting", "adopt_reversed", "cl_neet_reason", "cl_activity_unknown", "cl_bad_accommodation",
    "cl_pa_caseload",
)  # fmt: skip
NEITHER = (
    "cin_open", "cin_rate", "cp_open", "cp_rate", "cla_open", "cla_rate", "cla_12m", "cl_current",
    "cl_birthday_17_18", "cl_birthday_19_21", "caseload_children", "review_cp_outcome", "contacts",
    "contacts_rate", "contacts_per_child", "contacts_source", "contact_to_referral", "eh_assessments",
    "eh_org", "eh_also_referral", "eh_multiple", "referrals", "referral_rate", "referral_source",
    "referral_nfa", "referral_not_in_need", "assess_completed", "assess_rate", "assess_bands", "assess_nfa",
    "assess_factors", "s47_started", "s47_rate", "s47_to_icpc", "s47_nfa", "icpc", "icpc_rate",
    "icpc_bands", "icpc_to_plan", "front_door_funnel", "cin_started", "cin_ended", "cin_anypoint",
    "cin_status", "cin_need", "cin_duration_open", "cin_duration_closed", "cin_closure_reason",
    "cin_disability", "cin_plans_open", "cin_plans_rate", "cin_step_down", "cin_throughput",
    "cin_rate_demography", "cp_started", "cp_ended", "cp_category_start", "cp_category_now", "cp_duration",
    "cp_3m_ended", "cp_unborn", "cp_epo_ppo", "cp_transfer_in", "cp_ended_to", "preproc_open",
    "care_applications_rate", "cla_started", "cla_start_rate", "cla_ceased", "cla_cease_rate", "cla_net",
    "cla_ceased_reason", "cla_ceased_sgo", "cla_ceased_home_unplanned", "cla_uasc", "cla_legal", "cla_need",
    "cla_age_pyramid", "cla_length", "cla_turn18", "cla_placement", "cla_provider", "cla_move_reason",
    "cla_with_parents", "adopt_adm", "adopt_orders", "cl_eligibility", "cl_accommodation", "cl_over21",
    "cl_uasc", "cl_parents",
)  # fmt: skip
"""Numbers of children and rates: the national tools call no direction of them good. The Board does for two
(cp_open, cla_open), and has its own."""
OWN = {
    "assess_lower_quartile": False,
    "assess_upper_quartile": False,
    "icpc_median": False,
    "assess_open_over_45": False,
    "cin_net": None,
    "cp_net": None,
}
"""Figures that only these reports have"""
FACTS = [
    *OWN.items(),
    *((key, True) for key in HIGH),
    *((key, False) for key in LOW),
    *((key, None) for key in NEITHER),
]


@pytest.mark.parametrize(("key", "good"), FACTS)
def test_the_good_direction_is_the_published_one(key, good):
    assert registry.family_of(key).measure(key).higher_is_better is good


def test_every_figure_of_these_reports_is_in_the_table():
    from fcl_tui.reports import catalogue
    from fcl_tui.reports.strategic.chat import pages as chat_pages

    shown = {*INDICATORS, *chat_pages.HEADLINE, *(key for page in chat_pages.PAGES for key in page.figures)}
    for report in ("looked-after", "front-door", "child-protection", "children-in-need", "care-leavers"):
        headline = catalogue.load(report).view("headline")
        shown |= {key for _, keys in headline.build.args[1].sections for key in keys}
    assert shown - {key for key, _ in FACTS} == set()
