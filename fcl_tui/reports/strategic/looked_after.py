"""Children Looked After: how many, who, how settled, how healthy, adopted; and how that changed."""

from fcl_tui.reports.strategic.declared import Strategic

DECLARED = Strategic(
    key="looked-after",
    sections=(
        ("Numbers", ("cla_open", "cla_rate", "cla_started", "cla_ceased", "cla_net", "cla_reentry",
                     "cla_12m", "cla_uasc", "cla_turn18")),
        ("Health", ("cla_health_year", "cla_dental", "cla_immunised", "cla_health_initial",
                    "cla_sdq_returned", "cla_sdq_avg", "cla_substance", "cla_convicted")),
        ("Placement", ("cla_foster_pct", "cla_foster_inhouse", "cla_residential", "cla_20miles",
                       "cla_with_parents", "cla_unplanned_end")),
        ("Stability", ("cla_3plus", "cla_3plus_2y", "cla_stable_2y", "cla_3plus_workers")),
        ("Permanence", ("cla_perm_plan", "cla_perm_second_review", "cla_s20_long", "cla_ceased_adopted",
                        "cla_ceased_sgo", "cla_ceased_home_unplanned")),
        ("Adoption", ("adopt_a10", "adopt_a1", "adopt_a2", "adopt_a3", "adopt_waiting", "adopt_adm",
                      "adopt_orders", "adopt_reversed", "adopt_early")),
    ),
    stock="cla_open",
    made_up_of=("age_and_sex", "ethnicity", "disability", "need", "legal_status", "placement", "provider",
                "length", "uasc"),
    flow=("cla_started", "cla_ceased", "cla_net"),
    by_team=(
        ("cla_open", "Children"),
        ("cla_started", "Started"),
        ("cla_ceased", "Ceased"),
        ("cla_health_year", "Health %"),
        ("cla_dental", "Dental %"),
        ("cla_3plus", "3+ placed %"),
        ("cla_perm_plan", "Permanence %"),
    ),
)  # fmt: skip
REPORT = DECLARED.report()
