"""Visits under their official keys.

Records: one row per child to be visited (`records.visiting.children`), per visit to be made, that fell due or
was made, and per new placement (`records.visiting.items`).
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures import visits

REG_28 = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28"
CP, CIN, CARE = (f"kind = '{kind}'" for kind in ("child_protection", "child_in_need", "looked_after"))
PLAN_VISITS = ("cp_plans", "cp_visits")
CIN_VISITS = ("cin_plans", "cin_visits")
CARE_VISITS = ("cla_episodes", "cla_visits")
EVERY_CP, EVERY_CIN, EVERY_CARE = "history:cp_visits", "history:cin_visits", "history:cla_visits"

CP_CURRENT = Measure(
    key="visit_cp_current",
    label="On a protection plan, seen in time, %",
    statistic="share",
    where=f"{CP} AND in_time",
    out_of=CP,
    unit="per cent",
    window="now",
    higher_is_better=True,
    target="visit_target",
    definition="Of the children on a protection plan, those last seen in it within the interval (10 working "
    "days, or the authority's own), or whose plan is younger than that.",
    source="local standard; Annex A list 7",
    needs=PLAN_VISITS,
)
CP_ALONE = replace(
    CP_CURRENT,
    key="visit_cp_seen_alone",
    label="On a protection plan, seen alone, %",
    where=f"{CP} AND seen AND alone",
    out_of=f"{CP} AND seen",
    target=None,
    definition="Of the children on a protection plan who were seen in it, those seen alone at the last such "
    "visit. A blank is not alone. All ages; by under_4 the youngest stand apart.",
    source="Annex A list 7",
    needs=(*PLAN_VISITS, "cp_visits.cppv_cp_visit_seen_alone"),
)
CP_NEVER = replace(
    CP_CURRENT,
    key="visit_cp_never",
    label="On a protection plan, never seen in it",
    statistic="count",
    where=f"{CP} AND never",
    out_of=None,
    unit="children",
    higher_is_better=False,
    target=None,
    definition="Children on a protection plan older than the interval (10 working days) with no visit in it "
    "at which they were seen.",
    source="Our choice",
)
CIN_CURRENT = replace(
    CP_CURRENT,
    key="visit_cin_current",
    label="On a child in need plan, seen in time, %",
    where=f"{CIN} AND in_time",
    out_of=CIN,
    definition="Of the children on a child in need plan, neither protected nor looked after, those last seen "
    "in it within the interval (20 working days, or the authority's own), or whose plan is younger.",
    source="local standard",
    needs=CIN_VISITS,
)
CLA_CURRENT = replace(
    CP_CURRENT,
    key="visit_cla_current",
    label="Looked after, visited in time, %",
    where=f"{CARE} AND in_time",
    out_of=CARE,
    definition="Of the looked-after children, without short breaks, those with no visit overdue by the rule "
    "of their placement; adoption and children at home under an order by theirs.",
    source=REG_28,
    needs=CARE_VISITS,
)
CLA_ALONE = replace(
    CP_ALONE,
    key="visit_cla_seen_alone",
    label="Looked after, seen alone, %",
    where=f"{CARE} AND seen AND alone",
    out_of=f"{CARE} AND seen",
    definition="Of the looked-after children who were seen in this period of care, those seen alone at the "
    "last such visit. A blank is not alone.",
    source="Annex A list 8",
    needs=(*CARE_VISITS, "cla_visits.clav_cla_visit_seen_alone"),
)
GAP = Measure(
    key="visit_gap_days",
    source="common practice",
    label="Days since last seen, median",
    statistic="median",
    of="gap",
    unit="days",
    window="now",
    higher_is_better=False,
    definition="Half of the children on a protection plan, on a child in need plan or looked after were last "
    "seen longer ago than this, in calendar days; one not seen yet counts from the start.",
)
CHILDREN = (CP_CURRENT, CP_ALONE, CP_NEVER, CIN_CURRENT, CLA_CURRENT, CLA_ALONE, GAP)

OVERDUE = Measure(
    key="visit_overdue",
    source="timescales; common practice",
    label="Overdue visits",
    where="state = 'overdue'",
    unit="items",
    window="now",
    higher_is_better=False,
    definition="Protection, child in need and looked-after visits with the due day before the day and not "
    "made; by band 1 to 5, 6 to 10, 11 to 20 and over 20 calendar days.",
)
NEXT_5 = replace(
    OVERDUE,
    key="visit_due_next",
    label="Visits due in 5 working days",
    where="working_days_left <= 5",
    higher_is_better=None,
    definition="The same visits, due on the day or in the five working days after it.",
)
NEXT_10 = replace(
    NEXT_5,
    key="visit_due_next_10",
    label="Visits due in 10 working days",
    where="working_days_left <= 10",
    definition="The same visits, due on the day or in the ten working days after it: those in five are among "
    "them.",
)
OPEN = (OVERDUE, NEXT_5, NEXT_10)

CP_PERIOD = Measure(
    key="visit_cp_period",
    label="Protection visits in time, %",
    statistic="share",
    where="record = 'due' AND state = 'on_time'",
    out_of=f"record = 'due' AND {CP}",
    unit="per cent",
    higher_is_better=True,
    target="visit_target",
    definition="Of the protection visits that fell due in the period, those made on or before the due day; "
    "late, missed and not made yet are out of time, what is not required is left out.",
    source="local standard",
    needs=(*PLAN_VISITS, EVERY_CP),
    opens=False,
)
CIN_PERIOD = replace(
    CP_PERIOD,
    key="visit_cin_period",
    label="Child in need visits in time, %",
    out_of=f"record = 'due' AND {CIN}",
    definition="The same of child in need visits.",
    needs=(*CIN_VISITS, EVERY_CIN),
)
DUE = (CP_PERIOD, CIN_PERIOD)

COUNT = visits.MADE
NOT_SEEN = replace(
    COUNT,
    key="visit_not_seen_share",
    label="Child not seen, %",
    statistic="share",
    where=visits.NOT_SEEN.where,
    out_of=visits.MADE.where,
    unit="per cent",
    higher_is_better=False,
    definition="Of the visits made in the period, those at which the child was not seen. A blank counts as "
    "seen.",
    opens=False,
)
BEDROOM = replace(
    NOT_SEEN,
    key="visit_cp_bedroom",
    label="Bedroom seen, %",
    where="record = 'made' AND bedroom = 'Y'",
    out_of=f"record = 'made' AND {CP}",
    higher_is_better=True,
    definition="Of the protection visits made in the period, those at which the bedroom was seen. A blank is "
    "not seen.",
    needs=("cp_visits.cppv_cp_visit_bedroom", EVERY_CP),
)
MADE = (COUNT, NOT_SEEN, BEDROOM)

FIRST_WEEK = Measure(
    key="visit_cla_first_week",
    label="First visit within a week of a placement, %",
    statistic="share",
    where="visited IS NOT NULL",
    unit="per cent",
    higher_is_better=True,
    definition="Of the placements begun in the period whose first week was over before the day, those with a "
    "visit in that week at which the child was seen. Temporary placements, short breaks and placements that "
    "ended unvisited within the week are left out.",
    source=f"{REG_28}(2)(a)",
    needs=("cla_placement", EVERY_CARE),
)
