"""Adoption: how long it took, who waits, and what was decided."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

A1 = Measure(
    key="adopt_a1",
    label="A1 entering care to moving in, days",
    statistic="mean",
    of="a1",
    unit="days",
    window="rolling",
    months=36,
    higher_is_better=False,
    definition="Of the children adopted in the three years to the day, the mean of calendar days from "
    "entering "
    "care to moving in with the adopters.",
    source="adoption scorecards, A1",
    needs=("permanence.perm_placed_for_adoption_date", "whole:cla_episodes"),
)
A10 = replace(
    A1,
    key="adopt_a10",
    label="A10 as A1, to the foster home that adopts, days",
    of="a10",
    definition="As A1; where the child was adopted by foster carers or placed early with them, the days to "
    "moving in there.",
    source="adoption scorecards, A10; Performance Board 38",
)
A2 = replace(
    A1,
    key="adopt_a2",
    label="A2 placement order to match, days",
    of="a2",
    definition="Of the children adopted in the three years to the day, the mean of calendar days from the "
    "placement order to the match; matched before the order is 0. Without an order or a placement a child is "
    "left out.",
    source="adoption scorecards, A2; LG Inform 912",
    needs=(
        "permanence.perm_placed_for_adoption_date",
        "whole:cla_episodes",
        "permanence.perm_placement_order_date",
        "permanence.perm_matched_date",
    ),
)
TIMES = (A1, A10, A2)
A3 = Measure(
    key="adopt_a3",
    label="A3 waited under 14 months, %",
    statistic="share",
    where="in_14_months",
    out_of="in_14_months IS NOT NULL",
    unit="%",
    window="rolling",
    months=36,
    higher_is_better=True,
    definition="Of the children adopted in the three years to the day and those waiting on it, those for "
    "whom "
    "fewer than 14 months passed between entering care and moving in, or the day.",
    source="adoption scorecards, A3; the rule from knowledge",
    needs=("permanence.perm_placed_for_adoption_date", "whole:cla_episodes"),
)
STAGES = Measure(
    key="adopt_stages",
    label="Stage times, days",
    statistic="mean",
    of="stage_days",
    spread="stage",
    unit="days",
    higher_is_better=False,
    definition="Of the children adopted in the period, the mean of calendar days of each stage whose two "
    "days "
    "are known.",
    source="DfE national adoption stages",
    needs=("permanence.perm_placed_for_adoption_date", "whole:cla_episodes"),
)
WAITING = Measure(
    key="adopt_waiting",
    label="Children waiting for adoption",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children with a decision for adoption by the day, not placed, reversed or under a permanence "
    "order by it.",
    source="Annex A list 10; adoption scorecards A9, A14",
    needs=("permanence.perm_placed_for_adoption_date",),
)
DECIDED = Measure(
    key="adopt_adm",
    label="New adoption decisions",
    where="kind = 'decided'",
    unit="children",
    definition="Children for whom adoption was decided in the period.",
    source="adoption scorecards, A15",
    needs=("permanence.perm_adm_decision_date",),
)
ORDERS = replace(
    DECIDED,
    key="adopt_orders",
    label="New placement orders",
    where="kind = 'placement_order'",
    definition="Children for whom a placement order was made in the period.",
    source="adoption scorecards, A16",
    needs=("permanence.perm_placement_order_date",),
)
REVERSED = replace(
    DECIDED,
    key="adopt_reversed",
    label="Decisions reversed",
    where="kind = 'reversed'",
    window="rolling",
    higher_is_better=False,
    definition="Children for whom the decision was reversed in the 12 months to the day.",
    source="Annex A list 10; adoption scorecards A5",
    needs=("permanence.perm_decision_reversed_date",),
)
EARLY = replace(
    DECIDED,
    key="adopt_early",
    label="Early permanence placements",
    where="kind = 'placed' AND early_permanence",
    out_of="kind = 'placed'",
    higher_is_better=True,
    definition="Children placed for adoption in the period who were placed early, with carers approved for "
    "both fostering and adoption; beside it all who were placed.",
    source="Annex A list 10",
    needs=("permanence.perm_placed_ffa_cp_date", "permanence.perm_placed_for_adoption_date"),
)
EVENTS = (DECIDED, ORDERS, REVERSED, EARLY)
