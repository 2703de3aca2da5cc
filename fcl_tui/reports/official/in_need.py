"""Children in need: on a day, episodes begun and ended, their plans."""

from fcl_tui.definitions.wording.bands import DURATIONS, PLAN_AGES
from fcl_tui.measures import in_need as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.who import WHO, told_by

REPORT = "children-in-need"
RECORDS = "fcl_tui.records.in_need"
NEED = told_by("need", "Need", codes="primary_need")
OPEN_FOR = told_by("open_for", "Length so far", order=DURATIONS, key="length")

CHILDREN = Family(
    key="in-need",
    report=REPORT,
    noun="child in need",
    plural="children in need",
    rows="fcl_tui.reports.official.with_calendar:in_need",
    measures=measures.CHILDREN,
    dimensions=(told_by("case_status", "Case status"), told_by("status", "Status"), NEED, OPEN_FOR, *WHO),
    needs=("cin_episodes",),
    flagged=("cin_episodes",),
    identified_by=("record", "start", "case_status"),
    of_context=True,
)
EPISODES = Family(
    key="need-episodes",
    report=REPORT,
    noun="episode of need",
    plural="episodes of need",
    rows=f"{RECORDS}.children:open_episodes",
    measures=(measures.DURATION_OPEN,),
    dimensions=(OPEN_FOR, NEED, *WHO),
    needs=("cin_episodes",),
    flagged=("cin_episodes",),
    identified_by=("record", "start"),
)
FLOW = Family(
    key="need-flow",
    report=REPORT,
    noun="episode started or ended",
    plural="episodes started or ended",
    rows=f"{RECORDS}.episodes:moved",
    measures=measures.FLOW,
    dimensions=(
        NEED,
        told_by("reason", "Closure reason", "reason IS NOT NULL", codes="case_closure_reason"),
        told_by("lasted", "Length", "lasted IS NOT NULL", DURATIONS, "length"),
        *WHO,
    ),
    needs=("cin_episodes",),
    flagged=("cin_episodes",),
    identified_by=("flow", "record", "date"),
)
ANY_TIME = Family(
    key="need-any-time",
    report=REPORT,
    noun="child",
    plural="children in need at any time",
    rows=f"{RECORDS}.episodes:at_any_time",
    measures=(measures.ANY_TIME,),
    dimensions=WHO,
    needs=("cin_episodes",),
    flagged=("cin_episodes",),
    identified_by=("episodes",),
)
PLANS = Family(
    key="need-plans",
    report=REPORT,
    noun="child in need plan",
    plural="child in need plans",
    rows=f"{RECORDS}.plans:open_plans",
    measures=measures.PLANS,
    dimensions=(told_by("age_of_it", "Age of plan", order=PLAN_AGES, key="plan_age"), OPEN_FOR, *WHO),
    needs=("cin_plans",),
    identified_by=("record", "start"),
)
ENDED_PLANS = Family(
    key="need-plans-ended",
    report=REPORT,
    noun="child in need plan",
    plural="child in need plans that ended",
    rows=f"{RECORDS}.plans:ended_plans",
    measures=(measures.STEP_UP,),
    dimensions=WHO,
    needs=("cin_plans",),
    identified_by=("record", "start", "end"),
)
FAMILIES = (CHILDREN, EPISODES, FLOW, ANY_TIME, PLANS, ENDED_PLANS)
