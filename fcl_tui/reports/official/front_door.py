"""Contacts, early help, referrals, and the way through the front door."""

from fcl_tui.definitions.wording.bands import FRONT_DOOR, NUMBERS
from fcl_tui.measures import front_door as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.who import WHO, told_by

REPORT = "front-door"
RECORDS = "fcl_tui.records.front_door"
SOURCE = told_by("source", "Source")
NUMBER = told_by("number", "How many each", order=NUMBERS)

CONTACTS = Family(
    key="contacts",
    report=REPORT,
    noun="contact",
    plural="contacts",
    rows=f"{RECORDS}.contacts:contacts",
    measures=measures.CONTACT,
    dimensions=(SOURCE, told_by("week", "Weeks"), *WHO),
    needs=("contacts",),
    identified_by=("record", "date", "source_detail"),
)
CONTACT_CHILDREN = Family(
    key="contact-children",
    report=REPORT,
    noun="child",
    plural="children with a contact",
    rows=f"{RECORDS}.contacts:contact_children",
    measures=(measures.CONTACTS_PER_CHILD,),
    dimensions=(NUMBER, *WHO),
    needs=("contacts",),
    identified_by=("contacts",),
)
EARLY_HELP = Family(
    key="early-help",
    report=REPORT,
    noun="early help episode",
    plural="early help episodes",
    rows=f"{RECORDS}.early_help:early_help",
    measures=measures.EARLY_HELP,
    dimensions=(told_by("organisation", "Organisation"), *WHO),
    needs=("early_help_episodes",),
    identified_by=("record", "start", "end"),
)
EARLY_HELP_CHILDREN = Family(
    key="early-help-children",
    report=REPORT,
    noun="child",
    plural="children with early help",
    rows=f"{RECORDS}.early_help:early_help_children",
    measures=measures.EARLY_HELP_CHILDREN,
    dimensions=(NUMBER, *WHO),
    needs=("early_help_episodes",),
    identified_by=("episodes",),
)
REFERRALS = Family(
    key="referrals",
    report=REPORT,
    noun="referral",
    plural="referrals",
    rows=f"{RECORDS}.referrals:referrals",
    measures=measures.REFERRAL,
    dimensions=(SOURCE, told_by("need", "Need", codes="primary_need"), *WHO),
    needs=("cin_episodes",),
    identified_by=("record", "date", "source_detail"),
)
REFERRED = Family(
    key="referred",
    report=REPORT,
    noun="child",
    plural="children referred",
    rows=f"{RECORDS}.referrals:referred_children",
    measures=(measures.REREFERRAL_CHILD,),
    dimensions=WHO,
    needs=("cin_episodes",),
    identified_by=("referrals",),
)
FUNNEL = Family(
    key="funnel",
    report=REPORT,
    noun="record",
    plural="records",
    rows=f"{RECORDS}.funnel:stages",
    measures=(measures.FUNNEL,),
    dimensions=(told_by("stage", "Stages", order=FRONT_DOOR),),
    needs=("contacts", "cin_episodes"),
    identified_by=("stage", "record", "date"),
)
SINCE_REFERRAL = Family(
    key="since-referral",
    report=REPORT,
    noun="plan or period of care",
    plural="plans and periods of care",
    rows=f"{RECORDS}.funnel:since_referral",
    measures=(measures.SINCE_REFERRAL,),
    dimensions=(told_by("step", "Steps"), told_by("year", "Years"), *WHO),
    needs=("cin_episodes",),
    identified_by=("step", "start", "referral_date"),
)
FAMILIES = (
    CONTACTS,
    CONTACT_CHILDREN,
    EARLY_HELP,
    EARLY_HELP_CHILDREN,
    REFERRALS,
    REFERRED,
    FUNNEL,
    SINCE_REFERRAL,
)
