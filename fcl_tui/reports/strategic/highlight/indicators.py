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
TARGETS = {
    "assess_45wd": "assessment_target",
    "visit_cp_current": "visit_target",
    "visit_cin_current": "visit_target",
    "visit_cla_current": "visit_target",
    "review_cp_current": "review_target",
    "review_cla_period": "review_target",
}
"""Settings that hold the target of an indicator that [targets] does not name"""
