"""Child protection plans: on a day, begun and ended; pre-proceedings and proceedings."""

from fcl_tui.definitions.wording.bands import DURATIONS, PREVIOUS
from fcl_tui.measures import court
from fcl_tui.measures import protection as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.who import WHO, told_by

REPORT, CARE = "child-protection", "looked-after"
RECORDS = "fcl_tui.records.protection"

CHILDREN = Family(
    key="on-plan",
    report=REPORT,
    noun="child on a plan",
    plural="children on a plan",
    rows=f"{RECORDS}.children:children",
    measures=measures.CHILDREN,
    dimensions=(
        told_by("category", "Category", codes="cp_category"),
        told_by("open_for", "Length so far", order=DURATIONS, key="length"),
        told_by("previous", "Previous plans", order=PREVIOUS),
        *WHO,
    ),
    needs=("cp_plans",),
    flagged=("cp_plans",),
    identified_by=("record", "start"),
)
LISTED = Family(
    key="protection-list",
    report=REPORT,
    noun="child",
    plural="children on a plan in six months",
    rows=f"{RECORDS}.children:listed",
    measures=(measures.EMERGENCY,),
    dimensions=WHO,
    needs=("cp_plans",),
    flagged=("cp_plans",),
    identified_by=("order_date",),
)
FLOW = Family(
    key="plan-flow",
    report=REPORT,
    noun="plan started or ended",
    plural="plans started or ended",
    rows=f"{RECORDS}.plans:moved",
    measures=(*measures.FLOW,),
    dimensions=(
        told_by("first_category", "Category at the start", key="category", codes="cp_category"),
        told_by("lasted", "Length", "lasted IS NOT NULL", DURATIONS, "length"),
        told_by("ended_to", "Where they went", "ended_to IS NOT NULL"),
        *WHO,
    ),
    needs=("cp_plans",),
    flagged=("cp_plans",),
    identified_by=("flow", "record", "date"),
)
PREPROCEEDINGS = Family(
    key="pre-proceedings",
    report=REPORT,
    noun="letter before proceedings",
    plural="letters before proceedings",
    rows=f"{RECORDS}.court:preproceedings",
    measures=(court.PREPROCEEDINGS,),
    dimensions=WHO,
    needs=("pre_proceedings",),
    identified_by=("record", "start"),
)
PROCEEDINGS = Family(
    key="proceedings",
    report=CARE,
    noun="child",
    plural="children whose proceedings were completed",
    rows=f"{RECORDS}.court:proceedings",
    measures=(court.PROCEEDINGS,),
    dimensions=(told_by("order", "Orders"), *WHO),
    needs=("legal_status",),
    identified_by=("start", "date", "order"),
)
APPLICATIONS = Family(
    key="interim-orders",
    report=CARE,
    noun="interim care order",
    plural="interim care orders begun",
    rows=f"{RECORDS}.court:interim_orders",
    measures=(court.APPLICATIONS,),
    dimensions=WHO,
    needs=("legal_status",),
    identified_by=("start",),
)
FAMILIES = (CHILDREN, LISTED, FLOW, PREPROCEEDINGS, PROCEEDINGS, APPLICATIONS)
