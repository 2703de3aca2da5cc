"""Caseload: how many children each team and worker holds, of which kind, and how that moved.

Records: one row per client on the as-at day (`records.workload.caseload.children_held`); for movement one row
per unbroken time that a team held a child (`records.workload.movement.spells_of_team`). A child counts once,
for the allocated case worker (of several the latest started), a care leaver without one for the personal
adviser.
"""

from fcl_tui.definitions.figures.measure import Measure

CHILDREN = Measure(
    key="children",
    label="Children",
    statistic="children",
    unit="children",
    window="now",
    definition="Children with an open case on the as-at day, each once, with the worker who holds the case.",
    source="ssd_involvements, role of the allocated case worker; Annex A list 6",
)
FAMILIES = Measure(
    key="families",
    label="Families",
    statistic="families",
    of="family_id",
    unit="families",
    window="now",
    definition="Different families of these children; a child who is in no family group counts as one.",
    source="ssd_family",
)
UNALLOCATED = Measure(
    key="unallocated",
    label="Unallocated",
    where="unallocated",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children with an open case and no case worker or personal adviser on the as-at day.",
)
_MIX = {
    "looked_after": ("Looked after", "looked after and not on a protection plan"),
    "child_protection": ("On a protection plan", "on a child protection plan and not looked after"),
    "both": ("Looked after and on a plan", "looked after and on a child protection plan"),
    "cin_plan": ("Child in need plan", "in need, with an open child in need plan"),
    "cin_no_plan": (
        "In need, no plan",
        "in need, without a plan: an assessment, or work that has no plan yet",
    ),
    "care_leaver": ("Care leavers", "entitled to leaving care services and no longer looked after"),
    "short_break": ("Short breaks", "looked after in short breaks alone"),
}
_OTHER_KEYS = {"cin_no_plan": "in_need_no_plan"}
"""Kinds whose name is an official key that counts something else"""
MIX = tuple(
    Measure(
        key=_OTHER_KEYS.get(kind, kind),
        label=label,
        where=f"mix = '{kind}'",
        unit="children",
        window="now",
        definition=f"Children who are {words}. Each child counts once.",
    )
    for kind, (label, words) in _MIX.items()
)
WITH_OVERDUE = Measure(
    key="with_overdue",
    label="With something overdue",
    where="overdue > 0",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children with at least one visit, review, assessment or other item overdue on the as-at day.",
)
OVERDUE_SHARE = Measure(
    key="percent_overdue",
    label="With something overdue, %",
    statistic="share",
    where="overdue > 0",
    unit="per cent",
    window="now",
    higher_is_better=False,
    definition="Children with at least one item overdue, out of the children held.",
    opens=False,
)
OVERDUE_ITEMS = Measure(
    key="overdue",
    label="Items overdue",
    statistic="sum",
    of="overdue",
    where="overdue > 0",
    unit="items",
    window="now",
    higher_is_better=False,
    definition="Items overdue of the children held.",
    opens=False,
)
SEVERAL_WORKERS = Measure(
    key="dual_allocated",
    label="More than one case worker",
    where="workers > 1",
    unit="children",
    window="now",
    higher_is_better=False,
    definition="Children with two or more open case worker involvements.",
)
MEDIAN_HELD = Measure(
    key="median_days",
    label="Days with this worker, median",
    statistic="median",
    of="held_days",
    where="NOT unallocated",
    unit="calendar days",
    window="now",
    definition="Half of the children have been with their present worker for longer than this.",
    opens=False,
)
LONGEST_OPEN = Measure(
    key="longest_open",
    label="Longest open, days",
    statistic="largest",
    of="open_days",
    unit="calendar days",
    window="now",
    definition="Days since the referral of the case that has been open longest.",
    opens=False,
)
_LOOKED_AFTER = "(mix = 'looked_after' OR mix = 'both')"
THREE_WORKERS = Measure(
    key="three_workers",
    label="Looked after, three or more workers",
    where=f"{_LOOKED_AFTER} AND year_workers >= 3",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Looked-after children who had three or more different case workers in the twelve months to "
    "the as-at day, also before care.",
    source="Children looked after statistics, stability of social workers",
)
THREE_WORKERS_SHARE = Measure(
    key="cla_3plus_workers",
    label="Looked after, three or more workers, %",
    statistic="share",
    where="year_workers >= 3",
    out_of=f"{_LOOKED_AFTER} AND (age IS NULL OR age < 18)",
    unit="per cent",
    window="rolling",
    higher_is_better=False,
    definition="Of the looked-after children under 18, those who had three or more different case workers in "
    "the twelve months to the as-at day.",
    source="Children looked after statistics, stability of social workers",
    opens=False,
)
POINTS = Measure(
    key="points",
    label="Points",
    statistic="sum",
    of="points",
    unit="points",
    window="now",
    higher_is_better=False,
    definition="Points of the children held, by what each counts as, from the table caseload_points of the "
    "settings; a kind that it does not name counts 1.",
    source="The authority's own weighting",
    opens=False,
    needs=("setting:caseload_points",),
)
NOW = (
    CHILDREN, FAMILIES, UNALLOCATED, *MIX, WITH_OVERDUE, OVERDUE_SHARE, OVERDUE_ITEMS, SEVERAL_WORKERS,
    MEDIAN_HELD, LONGEST_OPEN, THREE_WORKERS, THREE_WORKERS_SHARE, POINTS,
)  # fmt: skip
OPENING = Measure(
    key="opening",
    label="Held at the start",
    where="opening",
    unit="children",
    definition="Children the team held on the day before the period.",
)
CAME_IN = Measure(
    key="came_in",
    label="Came in",
    where="came_in",
    unit="children",
    definition="Times in the period that the team took on a child it did not hold.",
)
WENT_OUT = Measure(
    key="went_out",
    label="Went out",
    where="went_out",
    unit="children",
    definition="Times in the period that the team stopped holding a child.",
)
CLOSING = Measure(
    key="closing",
    label="Held at the end",
    where="closing",
    unit="children",
    definition="Children the team held at the end of the last day: opening plus in less out.",
)
MOVEMENT = (OPENING, CAME_IN, WENT_OUT, CLOSING)
