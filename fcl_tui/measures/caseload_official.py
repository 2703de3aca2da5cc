"""Caseload under its official keys.

Records: one row per open involvement of a case worker, per worker (`records.workload.held`), per child in
need, per child protected or looked after, and per step of an involvement (`records.workload.children`).
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

INVOLVED = ("involvements",)

CHILDREN = Measure(
    key="caseload_children",
    label="Open cases held",
    statistic="children",
    unit="children",
    window="now",
    definition="Children with an open involvement of an allocated case worker on the day, each once; by "
    "worker each counts for every one. Those with a personal adviser alone are not in it.",
    source="ssd_involvements, role of the allocated case worker",
    needs=INVOLVED,
)
FAMILIES = replace(
    CHILDREN,
    key="caseload_families",
    label="Families held",
    of="family",
    unit="families",
    definition="Different families of these children; one without a family counts as one.",
    source="ssd_family",
    needs=(*INVOLVED, "family"),
)
MIX = replace(
    CHILDREN,
    key="caseload_status_mix",
    label="Caseload by status",
    spread="status_mix",
    definition="These children by what they count as on the day, each once, the first that holds: looked "
    "after and on a plan, looked after, protection plan, care leaver, child in need plan, in need without a "
    "plan, other.",
    source="Annex A list 6; chat plus caseload query",
)
DUAL = replace(
    CHILDREN,
    key="caseload_dual_allocated",
    label="Children with more than one case worker",
    where="several",
    higher_is_better=False,
    definition="Children with two or more open involvements of a case worker on the day.",
)
AGE = Measure(
    key="caseload_allocation_age",
    source="chat plus; common practice",
    label="Days with the present worker, median",
    statistic="median",
    of="held_days",
    unit="days",
    window="now",
    definition="Half of the open involvements of case workers began longer ago than this, in calendar days.",
    needs=INVOLVED,
)
AGENCY = Measure(
    key="caseload_agency_share",
    source="Local",
    label="Cases held by agency workers, %",
    statistic="share",
    where="latest AND agency",
    out_of="latest",
    unit="per cent",
    window="now",
    higher_is_better=False,
    definition="Of the children with a case worker, those whose worker (of several the one started last) is "
    "marked as agency.",
    needs=(*INVOLVED, "professionals.prof_agency_worker_flag"),
)
HELD = (CHILDREN, FAMILIES, MIX, DUAL, AGE, AGENCY)
OVERDUE = replace(
    AGENCY,
    key="caseload_overdue_share",
    label="Cases with something overdue, %",
    where="overdue",
    out_of="true",
    definition="Of the children with a case worker, those with at least one visit, review, assessment or "
    "other item overdue on the day.",
    source="Timescales",
    needs=INVOLVED,
)

PER_FTE = Measure(
    key="caseload_per_fte",
    source="Children's social work workforce, applied to each worker",
    label="Cases per whole-time worker",
    statistic="sum_for_each",
    of="cases",
    over="fte_or_1",
    unit="cases per FTE",
    window="now",
    higher_is_better=False,
    definition="Children held by case workers, by the full-time equivalents of these workers; one that is "
    "not recorded, or 0, counts as 1.",
    needs=INVOLVED,
)
AVERAGE = replace(
    PER_FTE,
    key="caseload_avg_fte",
    label="Average caseload per FTE case holder",
    where="registered AND fte > 0",
    over="fte",
    unit="cases",
    definition="Cases (a worker and a child) of registered social workers with a full-time equivalent above "
    "0, agency workers among them, by the sum of those equivalents.",
    source="LAIT Work_Force_AvgNumCase_SW; DfE caseload_fte",
    needs=(
        *INVOLVED,
        "professionals.prof_social_worker_registration_no",
        "professionals.prof_full_time_equivalency",
    ),
)
OVER_LIMIT = Measure(
    key="caseload_over_limit",
    source="Local policy",
    label="Workers over the caseload limit",
    where="over",
    out_of="true",
    unit="workers",
    window="now",
    higher_is_better=False,
    definition="Workers with more cases per full-time equivalent than the setting caseload_limit. There is "
    "no national limit.",
    needs=(*INVOLVED, "setting:caseload_limit"),
)
POINTS = replace(
    PER_FTE,
    key="caseload_points",
    label="Weighted caseload, % of a full load",
    of="points",
    unit="% of full load",
    definition="Points of the cases held by what each counts as (the table caseload_points of the settings), "
    "out of 100 for each full-time equivalent.",
    source="The authority's own weighting",
    needs=(*INVOLVED, "setting:caseload_points"),
)
WORKERS = (PER_FTE, AVERAGE, OVER_LIMIT, POINTS)

UNALLOCATED = Measure(
    key="caseload_unallocated",
    source="common practice: councils report the share allocated",
    label="Open children without a case worker",
    where="NOT has_worker",
    out_of="true",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children in need (a referral open, not ended in no further action) with no open involvement "
    "of a case worker on the day.",
    needs=("cin_episodes", *INVOLVED),
)
OPEN_LENGTH = Measure(
    key="caseload_open_length",
    label="Days open to the service, median",
    statistic="median",
    of="open_days",
    unit="days",
    window="now",
    definition="Half of the children in need have been open for longer than this, in calendar days from the "
    "referral; by open_length in the bands of the national tables.",
    source="DfE, open episodes by duration",
    needs=("cin_episodes",),
)
IN_NEED = (UNALLOCATED, OPEN_LENGTH)
QUALIFIED = Measure(
    key="caseload_allocated_qualified",
    source="common practice",
    label="Protected and looked-after children with a qualified worker, %",
    statistic="share",
    where="qualified",
    unit="per cent",
    window="now",
    higher_is_better=True,
    definition="Of the children on a protection plan or looked after, each once, those whose case worker (of "
    "several the one started last) has a registration number.",
    needs=(*INVOLVED, "professionals.prof_social_worker_registration_no"),
)
FLOW = Measure(
    key="caseload_flow",
    source="Our choice",
    label="Caseload movement",
    statistic="sum",
    of="step",
    unit="involvements",
    definition="Involvements of case workers open at the end of the period: those open before it, and "
    "allocated in it, less those ended in it. By part each of the three.",
    needs=INVOLVED,
)
