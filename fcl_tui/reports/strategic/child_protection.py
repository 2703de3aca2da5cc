"""Child Protection: how many children are on plans, why, for how long, do they come back; and the trend."""

from fcl_tui.reports.strategic.declared import Strategic

DECLARED = Strategic(
    key="child-protection",
    sections=(
        ("Numbers", ("cp_open", "cp_rate", "cp_started", "cp_start_rate", "cp_ended", "cp_net", "cp_unborn",
                     "cp_and_cla", "cp_epo_ppo")),
        ("Section 47 and conferences", ("s47_started", "s47_rate", "s47_to_icpc", "s47_nfa", "s47_15wd",
                                        "s47_repeat", "icpc", "icpc_rate", "icpc_15wd", "icpc_median",
                                        "icpc_to_plan", "icpc_repeat", "cp_transfer_in")),
        ("How long", ("cp_2y_current", "cp_15m", "cp_2y_ended", "cp_3m_ended")),
        ("Coming back", ("cp_second", "cp_second_2y", "cin_step_down")),
        ("Court", ("preproc_open", "proceedings_weeks", "care_applications_rate")),
    ),
    stock="cp_open",
    made_up_of=("category", "length", "age_and_sex", "ethnicity", "disability", "previous",
                "cp_started/category", "icpc/wait", "cp_ended/length", "cp_ended/ended_to"),
    flow=("cp_started", "cp_ended", "cp_net"),
    by_team=(
        ("cp_open", "On a plan"),
        ("cp_15m", "15 months +"),
        ("cp_2y_current", "2 years + %"),
        ("cp_started", "Started"),
        ("cp_ended", "Ended"),
        ("cp_second", "Second + %"),
        ("s47_started", "Section 47"),
        ("icpc_15wd", "ICPC 15 wd %"),
    ),
)  # fmt: skip
REPORT = DECLARED.report()
