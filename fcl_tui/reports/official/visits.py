"""Visits: children seen in time, visits that fell due, were made, are overdue or come next."""

from dataclasses import replace

from fcl_tui.measures import visits_official as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.looked_after import AGE, ETHNICITY, PLACEMENT, SEX
from fcl_tui.reports.spec import Dimension

REPORT = "visits"
KIND = Dimension(key="visit_type", title="Kind of visit", by=("kind_name",))
BAND = Dimension(key="band", title="Days overdue", by=("band",), where="band IS NOT NULL")
PLACED = replace(PLACEMENT, where="placement IS NOT NULL")
AREA = Dimension(key="far", title="Over 20 miles from home", by=("far",), where="far IS NOT NULL")
UNDER_4 = Dimension(key="under_4", title="Under 4 or older", by=("under_4",))
WHO = (AGE, SEX, ETHNICITY)

CHILDREN = Family(
    key="children-to-visit",
    report=REPORT,
    noun="child to be visited",
    plural="children to be visited",
    rows="fcl_tui.records.visiting.children:rows",
    takes=("scan", "calendar"),
    measures=measures.CHILDREN,
    dimensions=(KIND, UNDER_4, PLACED, AREA, *WHO),
    identified_by=("kind", "since"),
)
OPEN = Family(
    key="visits-to-make",
    report=REPORT,
    noun="visit to be made",
    plural="visits to be made",
    rows="fcl_tui.records.visiting.items:open_rows",
    takes=("scan", "calendar"),
    measures=measures.OPEN,
    dimensions=(KIND, BAND, *WHO),
    identified_by=("item_id",),
)
DUE = Family(
    key="visits-due",
    report=REPORT,
    noun="visit that fell due",
    plural="visits that fell due",
    rows="fcl_tui.records.visiting.items:due_rows",
    takes=("scan", "calendar"),
    measures=measures.DUE,
    dimensions=(KIND, *WHO),
    identified_by=("item_id",),
)
MADE = Family(
    key="visits-made",
    report=REPORT,
    noun="visit made",
    plural="visits made",
    rows="fcl_tui.records.visiting.items:made_rows",
    measures=measures.MADE,
    dimensions=(KIND, *WHO),
    identified_by=("visit_id", "kind", "date"),
)
PLACEMENTS = Family(
    key="first-visits",
    report=REPORT,
    noun="placement",
    plural="placements",
    rows="fcl_tui.records.visiting.items:placement_rows",
    measures=(measures.FIRST_WEEK,),
    dimensions=WHO,
    needs=("cla_placement", "cla_visits"),
    identified_by=("placement_id", "started"),
)
FAMILIES = (CHILDREN, OPEN, DUE, MADE, PLACEMENTS)
