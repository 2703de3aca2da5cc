"""What goes before a court, over time; by stand-ins where the standard has no more."""

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures.front_door import RATE

PREPROCEEDINGS = Measure(
    key="preproc_open",
    label="Children in pre-proceedings",
    statistic="children",
    unit="children",
    window="now",
    definition="Children with a letter before proceedings sent on or before the day and no outcome recorded.",
    source="Public Law Outline",
    needs=("pre_proceedings.prep_pre_pro_letter_date", "rows:pre_proceedings"),
)
PROCEEDINGS = Measure(
    key="proceedings_weeks",
    label="Weeks to complete care proceedings",
    statistic="mean",
    of="weeks",
    unit="weeks",
    window="rolling",
    higher_is_better=False,
    definition="Mean weeks of the care proceedings completed in the 12 months to the day, a child each, by "
    "stand-ins: from the first interim care order (the day of issue is not in the standard) to the first "
    "care or placement order, or care that ended by a special guardianship or child arrangements order.",
    source="Children Act 1989, section 32: 26 weeks",
    needs=("legal_status",),
)
APPLICATIONS = Measure(
    key="care_applications_rate",
    label="Care applications per 10,000 (stand-in)",
    statistic="rate",
    unit=RATE,
    definition="Stand-in: first interim care orders of a child in the period, a year and 10,000 children "
    "aged 0 to 17. Applications to court are not in the standard, and more are made than interim orders.",
    source="LAIT CareApplications (Cafcass)",
    needs=("population", "legal_status"),
)
