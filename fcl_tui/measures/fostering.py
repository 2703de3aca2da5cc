"""Fostering: children with foster carers on the day, how settled they are, and how placements ended.

Records: one row per child in foster care (`records.fostering.children.children`), or per foster placement
that ended in the period (`records.fostering.ends.ended`).
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

KIND_NAMES = {
    "connected": "Connected person",
    "in_house": "In-house",
    "agency": "Agency",
    "for_adoption": "Fostering for adoption",
    "other_authority": "Another authority",
    "other_public": "Other public body",
    "not_recorded": "Provider not recorded",
}
"""Who fosters, in this order."""
LENGTHS = ("Under 3 months", "3 to 12 months", "1 to 2 years", "2 years or more", "Start not recorded")
UNPLANNED = ("CREQB", "CREQO", "ALLEG", "STAND", "APPRR", "CLOSE", "CHILD")
"""Why a placement ended that nobody planned to end: the carer or the child asked, an allegation, concern
about standards, approval removed, the carer resigned or the provision closed. Our reading: no return has one.
"""
NO_REASON = "Not recorded"
RETURN = "Children looked after return (SSDA903)"

CHILDREN = Measure(
    key="foster_children",
    label="Children in foster care",
    unit="children",
    window="now",
    definition="Children looked after on the as-at day whose placement is with foster carers (U1 to U6).",
    source=RETURN,
)
THREE = Measure(
    key="foster_three_or_more",
    label="Three or more placements",
    where="placements_12m >= 3",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Children in foster care with three or more placements in the twelve months to the day: begun "
    "in them, or open on their first day. Temporary ones and mere changes of status are left out.",
    source=RETURN,
)
THREE_PERCENT = replace(
    THREE,
    key="foster_three_or_more_percent",
    label="Three or more placements, %",
    statistic="share",
    out_of="true",
    unit="per cent",
    opens=False,
)
FAR = Measure(
    key="foster_far",
    label="Over 20 miles from home",
    where="far",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="The placement is more than 20 miles from the child's home; where no distance is recorded, as "
    "for confidential placements, the child is not counted here.",
    source=RETURN,
    needs=("cla_placement.clap_cla_placement_distance",),
)
NO_DISTANCE = replace(
    FAR,
    key="foster_no_distance",
    label="Distance not recorded",
    where="miles IS NULL",
    higher_is_better=None,
    definition="The placement has no distance from the child's home.",
)
DISRUPTED = Measure(
    key="foster_disrupted",
    label="With an unplanned end",
    where="unplanned_12m > 0",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Children in foster care who had a foster placement end unplanned in the twelve months to the "
    "day: the carer or the child asked, an allegation, concern about standards, approval removed, or the "
    "carer resigned or the provision closed.",
    source="our reading of the reasons in the children looked after return",
    needs=("cla_placement.clap_cla_placement_change_reason",),
)
MEDIAN = Measure(
    key="foster_median_days",
    label="Days in the placement, median",
    statistic="median",
    of="days",
    unit="days",
    window="now",
    definition="Calendar days from the first day of the present placement to the as-at day: half of the "
    "children have been there longer.",
    opens=False,
)
VISIT_OVERDUE = Measure(
    key="foster_visit_overdue",
    label="Visit overdue",
    where="visit_state = 'overdue'",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="The child's next looked-after visit was due before the as-at day.",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28",
)
REVIEW_OVERDUE = replace(
    VISIT_OVERDUE,
    key="foster_review_overdue",
    label="Review overdue",
    where="review_state = 'overdue'",
    definition="The child's next looked-after review was due before the as-at day.",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33",
)
NOW = (
    CHILDREN, THREE, THREE_PERCENT, DISRUPTED, FAR, NO_DISTANCE, MEDIAN, VISIT_OVERDUE, REVIEW_OVERDUE,
)  # fmt: skip

ENDS = Measure(
    key="foster_ends",
    label="Foster placements ended",
    unit="placements",
    definition="Foster placements (U1 to U6) that ended in the period, except changes of status alone.",
    source=RETURN,
)
UNPLANNED_ENDS = replace(
    ENDS,
    key="foster_unplanned",
    label="Ended unplanned",
    where="unplanned",
    higher_is_better=False,
    definition=DISRUPTED.definition.replace(
        "Children in foster care who had a foster placement end unplanned in the twelve months to the day",
        "Foster placements that ended unplanned in the period",
    ),
    needs=DISRUPTED.needs,
)
UNPLANNED_PERCENT = replace(
    UNPLANNED_ENDS,
    key="foster_unplanned_percent",
    label="Ended unplanned, %",
    statistic="share",
    out_of="recorded",
    unit="per cent",
    definition="Of the foster placements that ended in the period with a reason recorded, those that ended "
    "unplanned.",
    opens=False,
)
ENDED = (ENDS, UNPLANNED_ENDS, UNPLANNED_PERCENT)
