"""Child protection over time, under the official keys."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures.front_door import CENSUS, NEEDED, PERCENT, RATE

ENDS = ("cp_plans.cppl_cp_plan_end_date",)
OPEN = Measure(
    key="cp_open",
    label="Children on a protection plan",
    unit="children",
    window="now",
    definition="Children with a child protection plan that began on or before the day and had not ended by "
    "it. Plans held for another authority are left out.",
    source=f"{CENSUS}; LAIT CPP_Num",
)
RATE_OPEN = replace(
    OPEN,
    key="cp_rate",
    label="On a protection plan per 10,000",
    statistic="rate",
    unit=RATE,
    higher_is_better=None,
    definition="Children on a child protection plan on the day for each 10,000 children aged 0 to 17.",
    source="LAIT CPP_rate",
    needs=NEEDED,
)
CATEGORY_NOW = replace(
    OPEN,
    key="cp_category_now",
    label="Latest category of abuse",
    statistic="distribution",
    spread="category",
    unit=PERCENT,
    higher_is_better=None,
    definition="Children on a child protection plan on the day by the latest category of their plan. The "
    "source holds the latest category alone, whatever it was on an earlier day.",
    source=f"{CENSUS}; Annex A list 7",
)
DURATION = replace(
    OPEN,
    key="cp_duration",
    label="Current plans by length",
    statistic="distribution",
    spread="length",
    unit=PERCENT,
    higher_is_better=None,
    definition="Children on a child protection plan on the day by the time since it began; over 729 days is "
    "two years or more.",
    source=CENSUS,
)
TWO_YEARS_NOW = replace(
    OPEN,
    key="cp_2y_current",
    label="Current plans of 2 years or more",
    higher_is_better=False,
    statistic="share",
    where="two_years",
    unit=PERCENT,
    definition="Of the children on a child protection plan on the day, those whose plan began over 729 days "
    "before.",
    source="LAIT CPPlans2yrsActive",
)
DRIFT = replace(
    OPEN,
    key="cp_15m",
    label="Plans of 15 months or more",
    higher_is_better=False,
    where="months_15",
    out_of="true",
    definition="Children whose child protection plan had been open for 15 months or longer on the day.",
    source="Common practice",
)
UNBORN = replace(
    OPEN,
    key="cp_unborn",
    label="Unborn children on a plan",
    where="unborn",
    out_of="true",
    higher_is_better=None,
    definition="Children on a child protection plan on the day who were not born yet.",
    source="Data to Insight, ChAT",
)
IN_CARE = replace(
    OPEN,
    key="cp_and_cla",
    label="On a plan and looked after",
    higher_is_better=False,
    where="looked_after",
    out_of="true",
    definition="Children on a child protection plan on the day who were looked after as well.",
    source="Data to Insight, LACwithCP",
    needs=("cla_episodes",),
)
PREVIOUS = replace(
    OPEN,
    key="cp_previous",
    label="Number of previous plans",
    higher_is_better=False,
    out_of="true",
    spread="previous",
    definition="Children on a child protection plan on the day by the plans of theirs that began before it.",
    source="Annex A list 7",
    needs=("whole:cp_plans",),
)
EMERGENCY = Measure(
    key="cp_epo_ppo",
    label="Emergency order or police protection",
    where="emergency",
    out_of="true",
    unit="children",
    window="rolling",
    months=6,
    definition="Children on a child protection plan on the day, or whose plan ended in the 6 months to it, "
    "for whom police protection or an emergency protection order began in those 6 months.",
    source="Annex A list 7",
    needs=("legal_status",),
)
STARTED = Measure(
    key="cp_started",
    label="Protection plans started",
    where="flow = 'started'",
    unit="plans",
    definition="Child protection plans that began in the period. Plans held for another authority are left "
    "out.",
    source=f"{CENSUS}; LAIT CPP_Abuse",
)
START_RATE = replace(
    STARTED,
    key="cp_start_rate",
    label="Protection plans started per 10,000",
    statistic="rate",
    unit=RATE,
    higher_is_better=False,
    definition="Child protection plans that began in the period, a year and 10,000 children aged 0 to 17.",
    source="LAIT CPP_Abuse_Rate",
    needs=NEEDED,
)
CATEGORY_START = replace(
    STARTED,
    key="cp_category_start",
    label="Category of abuse at the start",
    statistic="distribution",
    spread="category",
    unit=PERCENT,
    definition="Child protection plans that began in the period by their first category.",
    source=CENSUS,
)
SECOND = replace(
    STARTED,
    key="cp_second",
    label="Second or later plans",
    statistic="share",
    where="second",
    out_of="flow = 'started'",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the child protection plans that began in the period, those of a child who had been on a "
    "plan before, however long ago, as far as the source goes back.",
    source="LAIT PrevRegCPR",
    needs=("whole:cp_plans",),
)
SECOND_2Y = replace(
    SECOND,
    key="cp_second_2y",
    label="Second plans within 2 years",
    where="within_2_years",
    window="rolling",
    definition="Of the child protection plans that began in the 12 months to the day, those of a child whose "
    "earlier plan had ended 24 months or less before.",
    source="Common practice",
    needs=("whole:cp_plans", *ENDS),
)
ENDED = replace(
    STARTED,
    key="cp_ended",
    label="Protection plans ended",
    where="flow = 'ended'",
    definition="Child protection plans that ended in the period. Plans held for another authority are left "
    "out.",
    source=f"{CENSUS}; LAIT DeRegCPR",
    needs=ENDS,
)
TWO_YEARS_ENDED = replace(
    ENDED,
    key="cp_2y_ended",
    label="Ended plans of 2 years or more",
    statistic="share",
    where="two_years",
    out_of="flow = 'ended'",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the child protection plans that ended in the period, those that had lasted over 729 days.",
    source="LAIT CPPlans2yrs",
)
THREE_MONTHS_ENDED = replace(
    TWO_YEARS_ENDED,
    key="cp_3m_ended",
    label="Plans ended within 3 months",
    where="within_3_months",
    higher_is_better=None,
    definition="Of the child protection plans that ended in the period, those that had lasted 3 months or "
    "less.",
    source=CENSUS,
)
ENDED_TO = replace(
    ENDED,
    key="cp_ended_to",
    label="Where ended plans went",
    statistic="distribution",
    spread="ended_to",
    unit=PERCENT,
    definition="Child protection plans that ended in the period by the first that holds on that day or in "
    "the 28 days after it: looked after, a child in need plan began, the case closed, other.",
    source="Our choice",
    needs=("cp_plans.cppl_cp_plan_end_date", "cin_plans"),
)
STEP_DOWN = replace(
    ENDED,
    key="cin_step_down",
    label="Protection plans ended to a child in need plan",
    statistic="share",
    where="to_need_plan",
    out_of="flow = 'ended' AND NOT into_care",
    unit=PERCENT,
    definition="Of the child protection plans that ended in the period, those left out after which a period "
    "of care began within 28 days, the ones after which a child in need plan began on that day or in the 28 "
    "days after it.",
    source="Common practice",
    needs=(*ENDS, "cin_plans"),
)
NET = Measure(
    key="cp_net",
    label="Net change in plans",
    statistic="sum",
    of="change",
    unit="plans",
    definition="Child protection plans that began in the period less those that ended.",
    source="Common practice",
    needs=ENDS,
)
CORE_GROUP = replace(
    OPEN,
    key="cp_core_group",
    label="Core groups on time",
    statistic="share",
    unit=PERCENT,
    higher_is_better=True,
    definition="Of the core groups that fell due, those held in time, the first in 10 working days.",
    source="Working Together to Safeguard Children 2023",
    needs=("nowhere:core groups",),
)
CHILDREN = (
    OPEN,
    RATE_OPEN,
    CATEGORY_NOW,
    DURATION,
    TWO_YEARS_NOW,
    DRIFT,
    UNBORN,
    IN_CARE,
    PREVIOUS,
    CORE_GROUP,
)
FLOW = (
    STARTED,
    START_RATE,
    CATEGORY_START,
    SECOND,
    SECOND_2Y,
    ENDED,
    TWO_YEARS_ENDED,
    THREE_MONTHS_ENDED,
    ENDED_TO,
    STEP_DOWN,
    NET,
)
