"""Assessments, section 47 enquiries and initial conferences."""

from fcl_tui.definitions.wording.bands import NUMBERS, OPEN_DAYS, TOOK, WAITS
from fcl_tui.measures import section_47 as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.who import SERVICE, WHO, told_by

FRONT_DOOR, PROTECTION = "front-door", "child-protection"
RECORDS = "fcl_tui.records.front_door"
CALENDAR = "fcl_tui.reports.official.with_calendar"
NUMBER = told_by("number", "How many each", order=NUMBERS)

COMPLETED = Family(
    key="assessed",
    report=FRONT_DOOR,
    noun="assessment",
    plural="assessments completed",
    rows=f"{RECORDS}.assessments:completed",
    measures=measures.COMPLETED,
    dimensions=(told_by("length", "Working days taken", order=TOOK), told_by("outcome", "Outcome"), *WHO),
    needs=("cin_assessments",),
    identified_by=("record", "date", "working_days"),
)
OPEN = Family(
    key="assessing",
    report=FRONT_DOOR,
    noun="assessment",
    plural="assessments open",
    rows=f"{CALENDAR}:still_open",
    measures=(measures.ASSESS_OPEN, measures.ASSESS_OPEN_LATE),
    dimensions=(told_by("age_of_it", "Working days open", order=OPEN_DAYS, key="length"), *WHO),
    needs=("cin_assessments",),
    identified_by=("record", "start_date", "open_days"),
    of_context=True,
)
FACTORS = Family(
    key="factors",
    report=FRONT_DOOR,
    noun="factor",
    plural="factors",
    rows=f"{RECORDS}.assessments:factors",
    measures=(measures.ASSESS_FACTORS,),
    dimensions=(told_by("factor", "Factor", codes="assessment_factors"), SERVICE),
    needs=("assessment_factors",),
    identified_by=("record", "factor"),
)
ENQUIRIES = Family(
    key="enquiries",
    report=PROTECTION,
    noun="section 47 enquiry",
    plural="section 47 enquiries",
    rows=f"{CALENDAR}:enquiries",
    measures=measures.ENQUIRIES,
    dimensions=WHO,
    needs=("s47_enquiry",),
    identified_by=("record", "start", "end"),
    of_context=True,
)
ENQUIRY_CHILDREN = Family(
    key="enquiry-children",
    report=PROTECTION,
    noun="child",
    plural="children with an enquiry",
    rows=f"{RECORDS}.section_47:enquiry_children",
    measures=(measures.S47_REPEAT,),
    dimensions=(NUMBER, *WHO),
    needs=("s47_enquiry",),
    identified_by=("enquiries",),
)
CONFERENCES = Family(
    key="conferences",
    report=PROTECTION,
    noun="initial conference",
    plural="initial conferences",
    rows=f"{CALENDAR}:conferences",
    measures=measures.CONFERENCES,
    dimensions=(told_by("wait", "Working days", order=WAITS), told_by("kind", "Transfers in apart"), *WHO),
    needs=("initial_cp_conference",),
    identified_by=("record", "date", "strategy", "working_days"),
    of_context=True,
)
CONFERENCE_CHILDREN = Family(
    key="conference-children",
    report=PROTECTION,
    noun="child",
    plural="children with a conference",
    rows=f"{RECORDS}.section_47:conference_children",
    measures=(measures.ICPC_REPEAT,),
    dimensions=(NUMBER, *WHO),
    needs=("initial_cp_conference",),
    identified_by=("conferences",),
)
FAMILIES = (COMPLETED, OPEN, FACTORS, ENQUIRIES, ENQUIRY_CHILDREN, CONFERENCES, CONFERENCE_CHILDREN)
