"""Assessments, section 47 enquiries and initial conferences over time, under the official keys."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures.assessments import GUIDANCE
from fcl_tui.measures.front_door import CENSUS, NEEDED, PERCENT, RATE

DAYS = "working days"
_CLOCK = (
    "Working days are counted from the referral for its first assessment and from the assessment's own start "
    "for a later one (setting assessment_clock)."
)
CONFERENCE = "Working Together to Safeguard Children 2023, chapter 3; Department for Education"

ASSESSED = Measure(
    key="assess_completed",
    label="Assessments completed",
    unit="assessments",
    definition="Assessments authorised in the period.",
    source=CENSUS,
)
ASSESS_RATE = replace(
    ASSESSED,
    key="assess_rate",
    label="Assessments per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Assessments authorised in the period, a year and 10,000 children aged 0 to 17.",
    needs=NEEDED,
)
ASSESS_IN_45 = replace(
    ASSESSED,
    key="assess_45wd",
    label="Assessments in 45 working days",
    statistic="share",
    where="in_45",
    out_of="in_45 IS NOT NULL",
    unit=PERCENT,
    higher_is_better=True,
    target="assessment_target",
    definition="Of the assessments authorised in the period that have a date to count from, those authorised "
    f"on or before the 45th working day. {_CLOCK}",
    source=GUIDANCE,
)
ASSESS_BANDS = replace(
    ASSESSED,
    key="assess_bands",
    label="Assessments by length",
    out_of="true",
    spread="length",
    definition=f"Assessments authorised in the period, by how long they took. {_CLOCK}",
)
ASSESS_MEDIAN = replace(
    ASSESSED,
    key="assess_median",
    label="Assessment length, median",
    statistic="median",
    of="working_days",
    unit=DAYS,
    higher_is_better=False,
    definition=f"Half of the assessments authorised in the period took no longer than this. {_CLOCK}",
)
ASSESS_LOWER = replace(
    ASSESS_MEDIAN,
    key="assess_lower_quartile",
    label="Assessment length, lower quartile",
    statistic="p25",
    definition=f"A quarter of the assessments authorised in the period took no longer than this. {_CLOCK}",
)
ASSESS_UPPER = replace(
    ASSESS_MEDIAN,
    key="assess_upper_quartile",
    label="Assessment length, upper quartile",
    statistic="p75",
    definition="Three quarters of the assessments authorised in the period took no longer than this. "
    f"{_CLOCK}",
)
ASSESS_SEEN = replace(
    ASSESSED,
    key="assess_seen",
    label="Child seen in the assessment",
    statistic="share",
    where="seen",
    unit=PERCENT,
    higher_is_better=True,
    definition="Of the assessments authorised in the period, those that say the child was seen; a blank is "
    "not.",
    needs=("cin_assessments.cina_assessment_child_seen",),
)
ASSESS_NFA = replace(
    ASSESSED,
    key="assess_nfa",
    label="Assessments with no further action",
    statistic="share",
    where="nfa",
    unit=PERCENT,
    definition="Of the assessments authorised in the period, those that ended with no further action.",
    needs=("cin_assessments.cina_assessment_outcome_nfa",),
)
ASSESS_OPEN = Measure(
    key="assess_open",
    label="Assessments open",
    unit="assessments",
    window="now",
    higher_is_better=False,
    definition=f"Assessments begun on or before the day and not authorised by then. {_CLOCK}",
    source=GUIDANCE,
)
ASSESS_OPEN_LATE = replace(
    ASSESS_OPEN,
    key="assess_open_over_45",
    label="Assessments open over 45 working days",
    where="open_days > 45",
    out_of="true",
    definition="Assessments open on the day whose 45th working day has passed.",
)
ASSESS_FACTORS = Measure(
    key="assess_factors",
    label="Factors found by assessments",
    statistic="children",
    of="record",
    unit="episodes",
    definition="Episodes with at least one factor found by an assessment authorised in the period; by "
    "factor, each factor once an episode.",
    source=CENSUS,
)
S47_STARTED = Measure(
    key="s47_started",
    label="Section 47 enquiries started",
    where="started",
    unit="enquiries",
    definition="Section 47 enquiries that began in the period, one for each child.",
    source=CENSUS,
)
S47_RATE = replace(
    S47_STARTED,
    key="s47_rate",
    label="Section 47 enquiries per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Section 47 enquiries that began in the period, a year and 10,000 children aged 0 to 17.",
    needs=NEEDED,
)
S47_TO_ICPC = Measure(
    key="s47_to_icpc",
    label="Enquiries leading to a conference",
    statistic="share",
    where="to_conference",
    out_of="concluded",
    unit=PERCENT,
    definition="Of the section 47 enquiries that ended in the period, those for which an initial conference "
    "was held by the as-at day. Where the source does not hold when an enquiry ended: of those that began.",
    source=CENSUS,
    needs=("initial_cp_conference",),
)
_ENDS = ("s47_enquiry.s47e_s47_end_date",)
S47_NFA = Measure(
    key="s47_nfa",
    label="Enquiries with no further action",
    statistic="share",
    where="nfa",
    out_of="ended",
    unit=PERCENT,
    definition="Of the section 47 enquiries that ended in the period, those that led to no further action.",
    source="Annex A list 5",
    needs=(*_ENDS, "s47_enquiry.s47e_s47_nfa"),
)
S47_IN_15 = Measure(
    key="s47_15wd",
    label="Enquiries finished in 15 working days",
    statistic="share",
    where="in_15",
    out_of="ended",
    unit=PERCENT,
    higher_is_better=True,
    definition="Of the section 47 enquiries that ended in the period, those that ended on or before the 15th "
    "working day from the strategy discussion.",
    source="Local practice",
    needs=_ENDS,
)
S47_REPEAT = Measure(
    key="s47_repeat",
    label="Children with repeat enquiries in 12 months",
    where="enquiries > 1",
    out_of="true",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Children with two or more section 47 enquiries that began in the 12 months to the day.",
    source="Annex A list 5",
    needs=("whole:s47_enquiry",),
)
ICPC = Measure(
    key="icpc",
    label="Initial conferences held",
    unit="conferences",
    definition="Initial child protection conferences held in the period, one for each child, transfers in "
    "included.",
    source=CENSUS,
)
ICPC_RATE = replace(
    ICPC,
    key="icpc_rate",
    label="Initial conferences per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Initial conferences held in the period, a year and 10,000 children aged 0 to 17.",
    needs=NEEDED,
)
ICPC_IN_15 = replace(
    ICPC,
    key="icpc_15wd",
    label="Conferences in 15 working days",
    statistic="share",
    where="in_15",
    out_of="NOT transfer",
    unit=PERCENT,
    higher_is_better=True,
    definition="Of the initial conferences held in the period, transfers in left out, those on or before the "
    "15th working day from the start of the section 47 enquiry; one without an enquiry, or before it, is not "
    "in time.",
    source=CONFERENCE,
    needs=("s47_enquiry",),
)
ICPC_BANDS = replace(
    ICPC,
    key="icpc_bands",
    label="Conferences by wait",
    out_of="true",
    where="NOT transfer",
    spread="wait",
    definition="Initial conferences held in the period, transfers in left out, by working days from the "
    "start of the section 47 enquiry.",
    source=CONFERENCE,
    needs=("s47_enquiry",),
)
ICPC_MEDIAN = replace(
    ICPC,
    key="icpc_median",
    label="Wait for a conference, median",
    statistic="median",
    where="NOT transfer",
    of="working_days",
    unit=DAYS,
    higher_is_better=False,
    definition="Half of the initial conferences held in the period, transfers in left out, were held no more "
    "working days than this after the section 47 enquiry began.",
    source=CONFERENCE,
    needs=("s47_enquiry",),
)
ICPC_TO_PLAN = replace(
    ICPC,
    key="icpc_to_plan",
    label="Conferences ending in a plan",
    statistic="share",
    where="to_plan",
    unit=PERCENT,
    definition="Of the initial conferences held in the period, those that made a child protection plan.",
    needs=("initial_cp_conference.icpc_icpc_outcome_cp_flag",),
)
TRANSFER_IN = replace(
    ICPC,
    key="cp_transfer_in",
    label="Transfers in",
    where="transfer",
    definition="Conferences held in the period for a child on a plan who moved in from another authority.",
    needs=("initial_cp_conference.icpc_icpc_transfer_in",),
)
ICPC_REPEAT = Measure(
    key="icpc_repeat",
    label="Children with repeat conferences in 12 months",
    where="conferences > 1",
    out_of="true",
    unit="children",
    window="rolling",
    higher_is_better=False,
    definition="Children with two or more initial conferences held in the 12 months to the day.",
    source="Annex A list 5",
    needs=("whole:initial_cp_conference",),
)
COMPLETED = (
    ASSESSED,
    ASSESS_RATE,
    ASSESS_IN_45,
    ASSESS_BANDS,
    ASSESS_MEDIAN,
    ASSESS_LOWER,
    ASSESS_UPPER,
    ASSESS_SEEN,
    ASSESS_NFA,
)
ENQUIRIES = (S47_STARTED, S47_RATE, S47_TO_ICPC, S47_NFA, S47_IN_15)
CONFERENCES = (ICPC, ICPC_RATE, ICPC_IN_15, ICPC_BANDS, ICPC_MEDIAN, ICPC_TO_PLAN, TRANSFER_IN)
