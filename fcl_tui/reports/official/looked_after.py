"""Children looked after: on a day, and starting and ceasing in a period."""

from fcl_tui.measures.care import flow, looked_after
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.spec import Dimension

REPORT = "looked-after"
AGE = Dimension(key="age_band", title="Age", by=("age_band",))
SEX = Dimension(key="sex", title="Sex", by=("sex",))
ETHNICITY = Dimension(key="ethnicity", title="Ethnic group", by=("ethnicity",))
DISABILITY = Dimension(key="disability", title="Disability", by=("disability",))
UASC = Dimension(key="uasc", title="Unaccompanied", by=("uasc",))
NEED = Dimension(key="need", title="Category of need", by=("need",))
LEGAL = Dimension(key="legal_status", title="Legal status", by=("legal_status",))
PLACEMENT = Dimension(key="placement", title="Placement", by=("placement",))
PROVIDER = Dimension(key="provider", title="Provider", by=("provider",))
LENGTH = Dimension(key="length", title="Length in care", by=("length",))
REASON = Dimension(key="reason", title="Reason", by=("reason",), where="reason IS NOT NULL")
WHO = (AGE, SEX, ETHNICITY, DISABILITY, UASC)

IN_CARE = Family(
    key="in-care",
    report=REPORT,
    noun="child looked after",
    plural="children looked after",
    rows="fcl_tui.records.care.looked_after:rows",
    measures=(looked_after.OPEN, looked_after.RATE),
    dimensions=(*WHO, LEGAL, NEED, PLACEMENT, PROVIDER, LENGTH),
    needs=("cla_episodes",),
    identified_by=("since",),
)
FLOW = Family(
    key="flow",
    report=REPORT,
    noun="child who started or ceased",
    plural="children who started or ceased",
    rows="fcl_tui.records.care.flow:rows",
    measures=(flow.STARTED, flow.CEASED),
    dimensions=(*WHO, NEED, LEGAL, REASON, LENGTH),
    needs=("cla_episodes",),
    identified_by=("flow", "event_date", "episode", "reason_code"),
)
FAMILIES = (IN_CARE, FLOW)
