"""Children in need over time, under the official keys."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures.front_door import CENSUS, NEEDED, PERCENT, RATE

OPEN = Measure(
    key="cin_open",
    label="Children in need",
    unit="children",
    window="now",
    definition="Children with a referral received on or before the day, not closed by it and not ended in no "
    "further action. Looked-after children, those on protection plans and care leavers among them.",
    source=f"{CENSUS}; LAIT CIN",
)
RATE_OPEN = replace(
    OPEN,
    key="cin_rate",
    label="Children in need per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Children in need on the day for each 10,000 children aged 0 to 17.",
    needs=NEEDED,
)
AWAITING = replace(
    OPEN,
    key="cin_awaiting",
    label="Awaiting assessment",
    where="awaiting",
    out_of="true",
    higher_is_better=False,
    definition="Children in need on the day with no assessment done on their open referral, no plan, and not "
    "looked after; out of all children in need.",
    source=CENSUS,
    needs=("whole:cin_assessments", "cin_plans"),
)
STATUS = replace(
    OPEN,
    key="cin_status",
    label="Children in need by case status",
    out_of="true",
    spread="case_status",
    unit="children",
    definition="Children in need on the day by the first that holds: looked after, child protection plan, "
    "child in need plan or care leaver, open assessment, none of these.",
    source="Annex A list 6",
    needs=("cin_plans", "cla_episodes"),
)
NEED = replace(
    OPEN,
    key="cin_need",
    label="Children in need by primary need",
    statistic="distribution",
    spread="need",
    unit=PERCENT,
    definition="Children in need on the day by the primary need of their referral, the latest if several are "
    "open.",
    source=CENSUS,
    needs=("cin_episodes.cine_cin_primary_need_code",),
)
DISABILITY = replace(
    OPEN,
    key="cin_disability",
    label="Disabled children in need",
    statistic="share",
    where="disability = 'Yes'",
    unit=PERCENT,
    definition="Of the children in need on the day, those with a disability recorded.",
    source=CENSUS,
    needs=("whole:disability",),
)
NO_PLAN = replace(
    OPEN,
    key="cin_no_plan",
    label="In need, no plan and no open assessment",
    where="drifting",
    out_of="true",
    higher_is_better=False,
    definition="Children in need on the day whose last assessment was authorised over 20 working days ago, "
    "with no assessment open and no plan, neither looked after nor a care leaver.",
    source="Data to Insight, CiNnoPlan",
    needs=("whole:cin_assessments", "cin_plans"),
)
DURATION_OPEN = Measure(
    key="cin_duration_open",
    label="Open episodes by length",
    statistic="distribution",
    spread="length",
    unit=PERCENT,
    window="now",
    definition="Episodes of need open on the day by the time since the referral.",
    source=f"{CENSUS}; LAIT CINTime",
)
STARTED = Measure(
    key="cin_started",
    label="Episodes of need started",
    where="flow = 'started'",
    unit="episodes",
    definition="Referrals received in the period that did not end in no further action.",
    source=CENSUS,
)
ENDED = replace(
    STARTED,
    key="cin_ended",
    label="Episodes of need ended",
    where="flow = 'ended'",
    definition="Episodes of need closed in the period; referrals that led to no further action are left out.",
    needs=("cin_episodes.cine_close_date",),
)
THROUGHPUT = replace(
    ENDED,
    key="cin_throughput",
    label="Started for each ended",
    statistic="ratio",
    where="flow = 'started'",
    out_of="flow = 'ended'",
    unit="ratio",
    window="rolling",
    definition="Episodes of need started in the 12 months to the day for each that ended in them.",
    source="Our choice",
)
DURATION_CLOSED = replace(
    ENDED,
    key="cin_duration_closed",
    label="Ended episodes by length",
    statistic="distribution",
    spread="length",
    unit=PERCENT,
    definition="Episodes of need that ended in the period, by the time from referral to closing.",
    source=f"{CENSUS}; LAIT CINCease",
)
CLOSURE_REASON = replace(
    ENDED,
    key="cin_closure_reason",
    label="Closure reasons",
    statistic="distribution",
    spread="reason",
    unit=PERCENT,
    definition="Episodes of need that ended in the period, by the reason for closing.",
    needs=("cin_episodes.cine_close_date", "cin_episodes.cine_close_reason"),
)
ANY_TIME = Measure(
    key="cin_anypoint",
    label="Children in need at any time",
    unit="children",
    definition="Children with an episode of need open on any day of the period.",
    source=CENSUS,
)
PLANS_OPEN = Measure(
    key="cin_plans_open",
    label="Children on a child in need plan",
    where="one",
    unit="children",
    window="now",
    definition="Children with a child in need plan open on the day, who are neither on a child protection "
    "plan nor looked after.",
    source=CENSUS,
)
PLANS_RATE = replace(
    PLANS_OPEN,
    key="cin_plans_rate",
    label="Child in need plans per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Children on a child in need plan on the day for each 10,000 children aged 0 to 17.",
    needs=NEEDED,
)
PLAN_LONG = replace(
    PLANS_OPEN,
    key="cin_plan_long",
    label="Child in need plans open 9 months or more",
    where="months_9",
    out_of="true",
    unit="plans",
    higher_is_better=False,
    definition="Child in need plans open on the day for 9 months or longer, of children neither on a child "
    "protection plan nor looked after; by age those of 12 months apart.",
    source="Common practice",
)
STEP_UP = Measure(
    key="cin_step_up",
    label="Child in need plans stepped up",
    statistic="share",
    where="stepped_up",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the child in need plans that ended in the period, those after which a child protection "
    "plan or a period of care began on that day or in the 28 days after it, by the as-at day.",
    source="Our choice",
)
NET = replace(
    ENDED,
    key="cin_net",
    label="Net change in episodes",
    statistic="sum",
    where="true",
    of="change",
    definition="Episodes of need started in the period less those that ended.",
    source="Common practice",
)
BY_GROUP = replace(
    OPEN,
    key="cin_rate_demography",
    label="Rate by ethnic group, age and sex",
    statistic="rate",
    unit=RATE,
    definition="Children in need of a group for each 10,000 children of that group in the population.",
    source="Data to Insight, disproportionality tool",
    needs=("nowhere:the population of each age, sex and ethnic group (what is loaded is of all children)",),
)
CHILDREN = (OPEN, RATE_OPEN, AWAITING, STATUS, NEED, DISABILITY, NO_PLAN, BY_GROUP)
FLOW = (STARTED, ENDED, NET, THROUGHPUT, DURATION_CLOSED, CLOSURE_REASON)
PLANS = (PLANS_OPEN, PLANS_RATE, PLAN_LONG)
