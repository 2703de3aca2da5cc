"""Children in Need: all in need and those on a child in need plan, why, how long, awaiting; and the trend."""

from fcl_tui.reports.strategic.declared import Strategic

DECLARED = Strategic(
    key="children-in-need",
    sections=(
        ("Numbers", ("cin_open", "cin_rate", "cin_plans_open", "cin_plans_rate", "cin_started", "cin_ended",
                     "cin_net", "cin_throughput", "cin_anypoint", "cin_disability")),
        ("Waiting and drifting", ("cin_awaiting", "cin_no_plan", "cin_plan_long")),
        ("Up and down", ("cin_step_up", "cin_step_down")),
    ),
    stock="cin_open",
    made_up_of=("case_status", "status", "need", "age_and_sex", "ethnicity", "disability", "length",
                "cin_plans_open/plan_age", "cin_plans_open/length", "cin_ended/length",
                "cin_ended/reason"),
    flow=("cin_started", "cin_ended", "cin_net"),
    by_team=(
        ("cin_open", "In need"),
        ("cin_plans_open", "On a plan"),
        ("cin_awaiting", "Waiting"),
        ("cin_no_plan", "No plan"),
        ("cin_plan_long", "9 months +"),
        ("cin_started", "Started"),
        ("cin_ended", "Ended"),
    ),
)  # fmt: skip
REPORT = DECLARED.report()
