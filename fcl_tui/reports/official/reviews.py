"""Reviews: children and plans reviewed in time, reviews that fell due, are overdue, come next, were held."""

from fcl_tui.measures import reviews_official as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.looked_after import AGE, ETHNICITY, SEX
from fcl_tui.reports.spec import Dimension

REPORT = "reviews"
ROOM = "fcl_tui.records.reviewing"
KIND = Dimension(key="review_kind", title="Kind of review", by=("kind_name",))
BAND = Dimension(key="band", title="Days overdue", by=("band",), where="band IS NOT NULL")
OFFICER = Dimension(key="reviewing_officer", title="Reviewing officers", by=("officer",))
ELIGIBILITY = Dimension(key="eligibility", title="Eligibility", by=("eligibility",))
WHO = (AGE, SEX, ETHNICITY)

CARE = Family(
    key="children-to-review",
    report=REPORT,
    noun="looked-after child",
    plural="looked-after children",
    rows=f"{ROOM}.children:care_rows",
    takes=("scan", "calendar"),
    measures=measures.CARE,
    dimensions=(OFFICER, *WHO),
    identified_by=("since",),
)
PLANS = Family(
    key="plans-to-review",
    report=REPORT,
    noun="protection plan",
    plural="protection plans",
    rows=f"{ROOM}.children:plan_rows",
    takes=("scan", "calendar"),
    measures=(measures.CP_CURRENT,),
    dimensions=(OFFICER, *WHO),
    identified_by=("spell", "since"),
)
IN_NEED = Family(
    key="old-plans",
    report=REPORT,
    noun="child in need plan",
    plural="child in need plans",
    rows=f"{ROOM}.children:in_need_rows",
    measures=(measures.IN_NEED_OLD,),
    dimensions=WHO,
    identified_by=("plan_id", "since"),
)
PATHWAY = Family(
    key="pathway-plans",
    report=REPORT,
    noun="young person entitled to leaving care services",
    plural="young people entitled to leaving care services",
    rows=f"{ROOM}.children:pathway_rows",
    measures=(measures.PATHWAY,),
    dimensions=(ELIGIBILITY, *WHO),
    identified_by=("eligibility",),
)
OPEN = Family(
    key="reviews-to-hold",
    report=REPORT,
    noun="review to be held",
    plural="reviews to be held",
    rows=f"{ROOM}.items:open_rows",
    takes=("scan", "calendar"),
    measures=measures.OPEN,
    dimensions=(KIND, OFFICER, BAND),
    identified_by=("item_id",),
)
DUE = Family(
    key="reviews-due",
    report=REPORT,
    noun="review that fell due",
    plural="reviews that fell due",
    rows=f"{ROOM}.items:due_rows",
    takes=("scan", "calendar"),
    measures=measures.DUE,
    dimensions=(KIND, OFFICER, *WHO),
    identified_by=("item_id",),
)
FIRST = Family(
    key="first-reviews",
    report=REPORT,
    noun="first review of a period of care",
    plural="first reviews of a period of care",
    rows=f"{ROOM}.items:first_rows",
    takes=("scan", "calendar"),
    measures=(measures.FIRST,),
    dimensions=(OFFICER, *WHO),
    identified_by=("item_id",),
)
HELD = Family(
    key="reviews-recorded",
    report=REPORT,
    noun="review",
    plural="reviews",
    rows=f"{ROOM}.items:held_rows",
    measures=measures.HELD,
    dimensions=(KIND, OFFICER, *WHO),
    identified_by=("kind", "date", "source_row"),
)
FAMILIES = (CARE, PLANS, IN_NEED, PATHWAY, OPEN, DUE, FIRST, HELD)
