"""Front Door for Families: what comes in, from whom, what becomes of it, how quickly; and the trend."""

from fcl_tui.reports.strategic.declared import Strategic

DECLARED = Strategic(
    key="front-door",
    noun="referrals",
    sections=(
        ("What comes in", ("referrals", "referral_rate", "contacts", "contacts_rate", "contacts_per_child",
                           "contact_repeat", "eh_assessments")),
        ("What becomes of it", ("contact_to_referral", "referral_nfa", "referral_not_in_need",
                                "rereferral_pct", "rereferral_child_pct", "referral_open_case",
                                "eh_step_up", "eh_also_referral", "eh_multiple")),
        ("Assessments", ("assess_completed", "assess_rate", "assess_45wd", "assess_median",
                         "assess_lower_quartile", "assess_upper_quartile", "assess_open",
                         "assess_open_over_45", "assess_seen", "assess_nfa", "assess_factors")),
        ("Onward", ("s47_started", "icpc", "cp_started", "cla_started", "referral_to_plan_days")),
    ),
    stock="referrals",
    steps=("contacts", "referrals", "assess_completed", "s47_started", "icpc", "cp_started", "cla_started"),
    made_up_of=("source", "need", "age_and_sex", "ethnicity", "contacts/source",
                "eh_assessments/organisation", "assess_completed/length", "assess_completed/outcome",
                "assess_open/length"),
    by_team=(
        ("referrals", "Referrals"),
        ("referral_nfa", "No action %"),
        ("rereferral_pct", "Re-referred %"),
        ("assess_completed", "Assessed"),
        ("assess_45wd", "In 45 wd %"),
        ("assess_open", "Open"),
        ("assess_open_over_45", "Open >45 wd"),
        ("assess_seen", "Seen %"),
    ),
)  # fmt: skip
REPORT = DECLARED.report()
