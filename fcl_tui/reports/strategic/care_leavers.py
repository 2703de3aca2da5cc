"""Care Leavers: who is entitled, in touch, housed, and in education or work; and how that changed."""

from fcl_tui.reports.strategic.declared import Strategic

DECLARED = Strategic(
    key="care-leavers",
    noun="young people",
    sections=(
        ("Numbers", ("cl_current", "cl_over21", "cl_uasc", "cl_parents")),
        ("In touch", ("cl_in_touch", "cl_contact_8w", "cl_pathway", "cl_pa", "cl_eligible_assess")),
        ("Education and work", ("cl_eet_19_21", "cl_eet_17_18", "cl_he", "cl_apprentice",
                                "cl_activity_unknown")),
        ("Home", ("cl_suitable_19_21", "cl_suitable_17_18", "cl_bad_accommodation", "cl_staying_put")),
        ("National cohorts", ("cl_birthday_19_21", "cl_birthday_17_18")),
    ),
    stock="cl_current",
    made_up_of=("eligibility", "age_band", "sex", "ethnicity", "uasc", "accommodation", "adviser"),
    by_team=(
        ("cl_current", "Young people"),
        ("cl_in_touch", "In touch %"),
        ("cl_contact_8w", "8 weeks %"),
        ("cl_pathway", "Plan <6 mth %"),
        ("cl_eet_19_21", "EET 19-21 %"),
        ("cl_suitable_19_21", "Home 19-21 %"),
    ),
)  # fmt: skip
REPORT = DECLARED.report()
