"""Children looked after on a day: how many, who they are, how long, under what, where."""

from dataclasses import replace

from fcl_tui.definitions.measure import Measure

OPEN = Measure(
    key="cla_open",
    label="Children looked after",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children in an episode of care that began on or before the day and had not ended by it, "
    "under 18. Short breaks (V3, V4) are left out; a child without a birth date is counted.",
    source="SSDA903; Annex A list 8; LAIT LACnum",
)
RATE = replace(
    OPEN,
    key="cla_rate",
    label="Looked after per 10,000",
    statistic="rate",
    unit="rate per 10,000",
    higher_is_better=None,
    definition="Children looked after on the day for each 10,000 of the population aged 0 to 17.",
    source="LAIT LAC; DfE rate_per_10000",
    needs=("population",),
)
