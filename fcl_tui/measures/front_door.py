"""Contacts, early help, referrals: what comes in and what becomes of it, under the official keys."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

PERCENT, RATE = "%", "rate per 10,000"
NEEDED = ("population",)
CENSUS = "Department for Education, children in need census"

CONTACTS = Measure(
    key="contacts",
    label="Contacts received",
    unit="contacts",
    definition="Contacts received in the period, one for each child it was about.",
    source="Annex A list 1",
)
CONTACTS_RATE = replace(
    CONTACTS,
    key="contacts_rate",
    label="Contacts per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Contacts received in the period, a year and 10,000 children aged 0 to 17.",
    source="ADCS Safeguarding Pressures",
    needs=NEEDED,
)
CONTACTS_SOURCE = replace(
    CONTACTS,
    key="contacts_source",
    label="Contacts by source",
    statistic="distribution",
    spread="source",
    unit=PERCENT,
    definition="Contacts of each group of sources, out of all contacts received in the period.",
)
CONTACT_TO_REFERRAL = replace(
    CONTACTS,
    key="contact_to_referral",
    label="Contacts that became referrals",
    statistic="share",
    where="to_referral",
    unit=PERCENT,
    definition="Of the contacts received in the period, those of a child with a referral on the same day or "
    "in the 7 days after it, by the as-at day. No number links a contact with its referral.",
    source="Data to Insight, ChAT",
)
CONTACT_REPEAT = replace(
    CONTACTS,
    key="contact_repeat",
    label="Repeat contacts in 12 months",
    statistic="share",
    where="repeat",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the contacts received in the period, those of a child who had a contact on an earlier day "
    "in the 12 months before.",
    source="Common practice",
    needs=("whole:contacts",),
)
CONTACTS_PER_CHILD = Measure(
    key="contacts_per_child",
    label="Contacts per child",
    statistic="mean",
    of="contacts",
    unit="contacts per child",
    definition="Contacts received in the period, divided by the children whom they were about.",
    source="Data to Insight, ChAT",
)
CONTACT_DECISION = replace(
    CONTACTS,
    key="contact_decision_1wd",
    label="Decisions in one working day",
    statistic="share",
    unit=PERCENT,
    higher_is_better=True,
    definition="Of the contacts and referrals received, those decided on by the next working day.",
    source="Working Together to Safeguard Children 2023",
    needs=("nowhere:the day of the decision",),
)
EH_ASSESSMENTS = Measure(
    key="eh_assessments",
    label="Early help assessments",
    where="started",
    unit="episodes",
    definition="Early help episodes that began in the period, counted as early help assessments.",
    source="Annex A list 2",
)
EH_ORG = replace(
    EH_ASSESSMENTS,
    key="eh_org",
    label="Early help by organisation",
    statistic="distribution",
    spread="organisation",
    unit=PERCENT,
    definition="Early help episodes of each organisation, out of those that began in the period.",
    source="Data to Insight, ChAT",
    needs=("early_help_episodes.earl_episode_organisation",),
)
EH_STEP_UP = Measure(
    key="eh_step_up",
    label="Stepped up from early help",
    statistic="share",
    where="stepped_up",
    out_of="ended",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the early help episodes that ended in the period, those of a child with a referral on "
    "that day or in the 28 days after it, by the as-at day.",
    source="Our choice",
    needs=("early_help_episodes.earl_episode_end_date",),
)
EH_ALSO_REFERRAL = Measure(
    key="eh_also_referral",
    label="Early help children also referred",
    statistic="share",
    where="referred",
    unit=PERCENT,
    definition="Of the children with early help that began in the period, those with a referral in the "
    "period.",
    source="Data to Insight, ChAT",
)
EH_MULTIPLE = Measure(
    key="eh_multiple",
    label="Children with several early help episodes",
    where="episodes > 1",
    unit="children",
    definition="Children with two or more early help episodes that began in the period.",
    source="Data to Insight, ChAT",
)
REFERRALS = Measure(
    key="referrals",
    label="Referrals received",
    unit="referrals",
    definition="Referrals received in the period, one for each child and day, whatever became of them.",
    source=f"{CENSUS}; LAIT CPP_Total_NumRef",
)
REFERRAL_RATE = replace(
    REFERRALS,
    key="referral_rate",
    label="Referrals per 10,000",
    statistic="rate",
    unit=RATE,
    definition="Referrals received in the period, a year and 10,000 children aged 0 to 17.",
    source="LAIT CPP_Total_Rateper10,000",
    needs=NEEDED,
)
REFERRAL_SOURCE = replace(
    REFERRALS,
    key="referral_source",
    label="Referrals by source",
    statistic="distribution",
    spread="source",
    unit=PERCENT,
    definition="Referrals of each group of sources, out of all referrals received in the period.",
    source=CENSUS,
)
REFERRAL_NFA = replace(
    REFERRALS,
    key="referral_nfa",
    label="Referrals with no further action",
    statistic="share",
    where="nfa",
    unit=PERCENT,
    definition="Of the referrals received in the period, those that led to no further action.",
    source=CENSUS,
    needs=("cin_episodes.cine_referral_nfa",),
)
REFERRAL_NOT_IN_NEED = replace(
    REFERRALS,
    key="referral_not_in_need",
    label="Referrals assessed as not in need",
    statistic="share",
    where="not_in_need",
    unit=PERCENT,
    definition="Of the referrals received in the period, those assessed and then closed by the as-at day "
    "with no further action (RC8) or to early help (RC9).",
    source=CENSUS,
    needs=("cin_episodes.cine_close_reason", "whole:cin_assessments"),
)
REREFERRAL = replace(
    REFERRALS,
    key="rereferral_pct",
    label="Re-referrals within 12 months",
    statistic="share",
    where="rereferral",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the referrals received in the period, those of a child with a referral on an earlier day "
    "in the 12 months before; exactly 12 months counts.",
    source=CENSUS,
    needs=("whole:cin_episodes",),
)
REFERRAL_OPEN_CASE = replace(
    REFERRALS,
    key="referral_open_case",
    label="Referrals on a case already open",
    where="open_case",
    higher_is_better=False,
    definition="Referrals received in the period while another referral of the child, begun before and not "
    "ended in no further action, was open.",
    source="Common practice",
    needs=("whole:cin_episodes",),
)
REREFERRAL_CHILD = Measure(
    key="rereferral_child_pct",
    label="Children re-referred",
    statistic="share",
    where="rereferred",
    unit=PERCENT,
    higher_is_better=False,
    definition="Of the children with a referral in the period, those of whom at least one of these referrals "
    "was a re-referral within 12 months.",
    source=CENSUS,
    needs=("whole:cin_episodes",),
)
FUNNEL = Measure(
    key="front_door_funnel",
    label="Front door funnel",
    statistic="steps",
    spread="stage",
    unit="records",
    definition="Contacts, referrals, assessments completed, section 47 enquiries begun, initial conferences "
    "held, protection plans begun and children who started to be looked after in the period, each beside the "
    "number of the stage before. They are not linked child by child.",
    source="Common practice",
)
SINCE_REFERRAL = Measure(
    key="referral_to_plan_days",
    label="Days from referral to plan or care",
    statistic="median",
    of="days",
    unit="days",
    window="rolling",
    months=60,
    higher_is_better=False,
    definition="Half of the child in need plans, child protection plans and periods of care begun in the 5 "
    "years to the day began no more calendar days than this after the child's latest referral. Left out: "
    "those without an earlier referral, and those with one in the 13 days after they began.",
    source="Data to Insight, drift tool",
    needs=("whole:cin_episodes",),
)
CONTACT = (
    CONTACTS,
    CONTACTS_RATE,
    CONTACTS_SOURCE,
    CONTACT_TO_REFERRAL,
    CONTACT_REPEAT,
    CONTACT_DECISION,
)
EARLY_HELP = (EH_ASSESSMENTS, EH_ORG, EH_STEP_UP)
EARLY_HELP_CHILDREN = (EH_ALSO_REFERRAL, EH_MULTIPLE)
REFERRAL = (
    REFERRALS,
    REFERRAL_RATE,
    REFERRAL_SOURCE,
    REFERRAL_NFA,
    REFERRAL_NOT_IN_NEED,
    REREFERRAL,
    REFERRAL_OPEN_CASE,
)
