"""The indicators of the Monthly Highlights, and how each is read. Data alone."""

INDICATORS = (
    "contacts",
    "referrals",
    "rereferral_pct",
    "assess_45wd",
    "s47_rate",
    "icpc_15wd",
    "cin_plans_open",
    "visit_cin_current",
    "cp_open",
    "cp_rate",
    "cp_second",
    "review_cp_current",
    "visit_cp_current",
    "cla_open",
    "cla_rate",
    "cla_started",
    "cla_ceased",
    "visit_cla_current",
    "review_cla_period",
    "cla_3plus",
    "cla_stable_2y",
    "cla_health_year",
    "cla_dental",
    "missing_children",
    "rhi_child_pct",
    "cl_eet_19_21",
    "cl_suitable_19_21",
    "cl_contact_8w",
    "caseload_avg_fte",
    "sup_worker_current",
)
"""In the order of the page; `highlights` in settings.toml names others"""
LABELS = {
    "review_cla_period": "Reviews of looked-after children in time, %",
    "sup_worker_current": "Workers supervised in time, %",
}
"""Where a measure's own label needs its report around it"""
SHORT = {
    "rereferral_pct": "Re-referrals in 12 months",
    "assess_45wd": "Assessed in 45 work days",
    "s47_rate": "Section 47 per 10,000",
    "icpc_15wd": "Conference in 15 work days",
    "cin_plans_open": "Children on a CIN plan",
    "visit_cin_current": "CIN plan, seen in time, %",
    "cp_open": "Children on a CP plan",
    "cp_rate": "On a CP plan per 10,000",
    "review_cp_current": "CP plan reviewed in time",
    "visit_cp_current": "CP plan, seen in time, %",
    "visit_cla_current": "In care, visits in time, %",
    "review_cla_period": "In care, reviewed in time",
    "cla_3plus": "3+ placements in a year, %",
    "cla_stable_2y": "Same carer 2+ years, %",
    "cla_health_year": "Health assessed in time, %",
    "cla_dental": "Dental check in a year, %",
    "rhi_child_pct": "Missing: had interview, %",
    "cl_eet_19_21": "19 to 21, in EET, %",
    "cl_suitable_19_21": "19 to 21, suitable home, %",
    "cl_contact_8w": "Contact within 8 weeks, %",
    "caseload_avg_fte": "Average caseload per FTE",
    "sup_worker_current": "Supervised in time, %",
}
"""What fits beside the figures on a screen, which has the whole name beside the row"""
TARGETS = {
    "assess_45wd": "assessment_target",
    "visit_cp_current": "visit_target",
    "visit_cin_current": "visit_target",
    "visit_cla_current": "visit_target",
    "review_cp_current": "review_target",
    "review_cla_period": "review_target",
}
"""Settings that hold the target of an indicator that [targets] does not name"""
