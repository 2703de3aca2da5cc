"""Caseload: cases held, by whom and by how many, children without a worker, and movement."""

from fcl_tui.measures import caseload_official as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.looked_after import AGE, ETHNICITY, SEX
from fcl_tui.reports.spec import Dimension

REPORT = "caseload"
ROOM = "fcl_tui.records.workload"
MIX = Dimension(key="status_mix", title="What a child counts as", by=("status_mix",))
LENGTH = Dimension(key="open_length", title="How long open", by=("open_length",))
WITHOUT = Dimension(key="without_worker", title="How long without a worker", by=("without_worker",))
COHORT = Dimension(key="cohort", title="Protected or looked after", by=("cohort",))
PART = Dimension(key="part", title="At the start, allocated, ended", by=("part",))
WHO = (AGE, SEX, ETHNICITY)

HELD = Family(
    key="cases",
    report=REPORT,
    noun="case held",
    plural="cases held",
    rows=f"{ROOM}.held:held_rows",
    measures=measures.HELD,
    dimensions=(MIX, *WHO),
    identified_by=("worker", "team", "since", "family"),
)
OVERDUE = Family(
    key="cases-overdue",
    report=REPORT,
    noun="child held",
    plural="children held",
    rows=f"{ROOM}.held:overdue_rows",
    takes=("scan", "calendar"),
    measures=(measures.OVERDUE,),
    dimensions=WHO,
    identified_by=("worker", "team"),
)
WORKERS = Family(
    key="case-workers",
    report=REPORT,
    noun="worker",
    plural="workers",
    rows=f"{ROOM}.held:worker_rows",
    takes=("scan", "settings"),
    steady=("caseload_avg_fte",),
    of_workers=True,
    measures=measures.WORKERS,
    identified_by=("worker_id", "worker", "team", "cases", "fte"),
)
IN_NEED = Family(
    key="open-cases",
    report=REPORT,
    noun="child in need",
    plural="children in need",
    rows=f"{ROOM}.children:open_rows",
    measures=measures.IN_NEED,
    dimensions=(LENGTH, WITHOUT, MIX, *WHO),
    identified_by=("open_since",),
)
PROTECTED = Family(
    key="protected-or-looked-after",
    report=REPORT,
    noun="child protected or looked after",
    plural="children protected or looked after",
    rows=f"{ROOM}.children:protected_rows",
    measures=(measures.QUALIFIED,),
    dimensions=(COHORT, *WHO),
    identified_by=("cohort", "worker"),
)
FLOW = Family(
    key="movement",
    report=REPORT,
    noun="step of an involvement",
    plural="steps of involvements",
    rows=f"{ROOM}.children:flow_rows",
    measures=(measures.FLOW,),
    dimensions=(PART, *WHO),
    identified_by=("worker", "team", "start", "end", "part", "step"),
)
FAMILIES = (HELD, OVERDUE, WORKERS, IN_NEED, PROTECTED, FLOW)
