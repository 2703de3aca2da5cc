"""Care leavers: who they are, and how they are doing."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

LATEST = ("care_leavers.clea_care_leaver_eligibility", "as loaded")
"""What the leaving care record says without a date is of the day of the data"""
CURRENT = Measure(
    key="cl_current",
    label="Young people entitled to leaving care services",
    where="current",
    unit="young people",
    window="now",
    definition="Young people aged 16 to 24 on the day who are Relevant, Former Relevant or Qualifying and "
    "have "
    "not died. On an earlier day those whose record says so now.",
    source="Annex A list 9",
    needs=("care_leavers.clea_care_leaver_eligibility",),
)
ENTITLEMENT = replace(
    CURRENT,
    key="cl_eligibility",
    label="By entitlement",
    out_of="current",
    spread="eligibility",
    definition="The young people entitled to leaving care services, by entitlement.",
)
OVER_21 = replace(
    CURRENT,
    key="cl_over21",
    label="Aged 21 to 24",
    where="current AND age >= 21",
    definition="Of the young people entitled to leaving care services, those aged 21 to 24 on the day.",
    source="Children and Social Work Act 2017",
)
_SHARE = replace(CURRENT, statistic="share", where="true", out_of="current", unit="%", higher_is_better=True)
UASC = replace(
    _SHARE,
    key="cl_uasc",
    label="Former unaccompanied, %",
    where="uasc = 'Yes'",
    higher_is_better=None,
    definition="Of the young people entitled to leaving care services, those who were ever recorded as "
    "unaccompanied asylum-seeking children.",
)
PARENTS = replace(
    CURRENT,
    key="cl_parents",
    label="Parents",
    where="current AND parent",
    out_of="current",
    definition="Of the young people entitled to leaving care services, those recorded as a mother. "
    "Fathers are "
    "not in the source.",
    source="local",
    needs=("mother",),
)
ACCOMMODATION = replace(
    CURRENT,
    key="cl_accommodation",
    label="Accommodation, %",
    statistic="distribution",
    spread="accommodation",
    unit="%",
    definition="Where the young people entitled to leaving care services live.",
    needs=LATEST,
)
BAD = replace(
    CURRENT,
    key="cl_bad_accommodation",
    label="Bed and breakfast, emergency, no home, custody",
    where="current AND bad_home IS NOT NULL",
    out_of="current",
    higher_is_better=False,
    definition="Of the young people entitled to leaving care services, those in bed and breakfast (W), "
    "emergency accommodation (V), of no fixed abode (S) or in custody (X).",
    source="local; Ofsted asks about W and S",
    needs=LATEST,
)
IN_TOUCH = replace(
    _SHARE,
    key="cl_in_touch",
    label="In touch, %",
    where="in_touch",
    out_of="current AND wanted",
    definition="Of the young people entitled to leaving care services, without those who no longer need "
    "them, "
    "died or went home for six months or more, those whom the authority is in touch with.",
    source="LAIT CareLeavers_LA_NotInTouch",
    needs=LATEST,
)
CONTACT = replace(
    IN_TOUCH,
    key="cl_contact_8w",
    label="Contact within 8 weeks, %",
    where="contact_8w",
    definition="Of the same young people as in touch, those whose latest contact is 56 days or less "
    "before the "
    "day.",
    source="ChAT list 9; the interval is local",
    needs=(*LATEST, "care_leavers.clea_care_leaver_latest_contact"),
)
PATHWAY = replace(
    _SHARE,
    key="cl_pathway",
    label="Pathway plan under 6 months old, %",
    where="plan_6m",
    out_of="current AND age >= 16 AND age <= 20",
    definition="Of the young people entitled to leaving care services aged 16 to 20, those whose pathway "
    "plan "
    "was reviewed in the six months to the day.",
    source="Care Leavers (England) Regulations 2010, regulation 7",
    needs=(*LATEST, "care_leavers.clea_pathway_plan_review_date"),
)
ADVISER = replace(
    _SHARE,
    key="cl_pa",
    label="With a personal adviser, %",
    where="advised",
    definition="Of the young people entitled to leaving care services, those with a personal adviser "
    "recorded.",
    needs=(*LATEST, "care_leavers.clea_care_leaver_personal_advisor"),
)
PER_ADVISER = replace(
    CURRENT,
    key="cl_pa_caseload",
    label="Young people per adviser",
    where="current AND advised",
    spread="adviser",
    higher_is_better=False,
    definition="The young people entitled to leaving care services, by their personal adviser.",
    source="common practice",
    needs=(*LATEST, "care_leavers.clea_care_leaver_personal_advisor"),
)
NOW = (
    CURRENT, ENTITLEMENT, OVER_21, UASC, PARENTS, ACCOMMODATION, BAD, IN_TOUCH, CONTACT, PATHWAY, ADVISER,
    PER_ADVISER,
)  # fmt: skip

COHORT_17 = replace(
    CURRENT,
    key="cl_birthday_17_18",
    label="Care leavers 17 to 18, national",
    window="period",
    where="cohort = '17 to 18'",
    definition="Relevant and former relevant young people with a 17th or 18th birthday in the period, not "
    "died "
    "or home for six months or more. From the latest record, so an estimate of the national figure.",
    source="DfE care leavers; LAIT",
)
COHORT_19 = replace(
    COHORT_17,
    key="cl_birthday_19_21",
    label="Care leavers 19 to 21, national",
    where="cohort = '19 to 21'",
    definition="Former relevant young people with a 19th, 20th or 21st birthday in the period, not died or "
    "home for six months or more; those not in touch, refusing or no longer needing help stay in. From the "
    "latest record, so an estimate of the national figure.",
    source="LAIT NoCareLeavers",
)
EET_19 = replace(
    _SHARE,
    key="cl_eet_19_21",
    label="19 to 21 in education, employment or training, %",
    window="period",
    where="eet",
    out_of="cohort = '19 to 21'",
    definition="Of the care leavers of 19 to 21 by birthday in the period, those in education, employment or "
    "training (F and P); not known stays in the number below. From the latest record.",
    source="LAIT CareLeaverEET; Performance Board 34",
    needs=LATEST,
)
EET_17 = replace(
    EET_19,
    key="cl_eet_17_18",
    label="17 to 18 in education, employment or training, %",
    out_of="cohort = '17 to 18'",
    definition="As for 19 to 21, of the care leavers of 17 and 18 by birthday in the period.",
    source="DfE care leavers, 17 to 18 years",
)
NEET = replace(
    EET_19,
    key="cl_neet_reason",
    label="Not in EET by reason, %",
    statistic="distribution",
    where="cohort = '19 to 21'",
    out_of=None,
    spread="doing",
    higher_is_better=False,
    definition="What the care leavers of 19 to 21 by birthday in the period do: in education, employment or "
    "training, or why not (G4, G5, G6).",
    source="LAIT CareLeaversNEET",
)
HIGHER = replace(
    EET_19,
    key="cl_he",
    label="In higher education, %",
    where="higher",
    definition="Of the care leavers of 19 to 21 by birthday in the period, those in higher education "
    "(F1, P1).",
    source="LAIT LAC_19_HE",
)
APPRENTICE = replace(
    EET_19,
    key="cl_apprentice",
    label="In an apprenticeship, %",
    where="apprentice",
    definition="Of the care leavers of 19 to 21 by birthday in the period, those in an apprenticeship "
    "(F4, P4).",
    source="DfE care leavers' activity",
)
UNKNOWN = replace(
    EET_19,
    key="cl_activity_unknown",
    label="Activity not known, %",
    where="activity_unknown",
    higher_is_better=False,
    definition="Of the care leavers of 19 to 21 by birthday in the period, those whose activity is blank or "
    "who are not in touch.",
    source="DfE total information not known",
)
SUITABLE_19 = replace(
    EET_19,
    key="cl_suitable_19_21",
    label="Suitable accommodation, 19 to 21, %",
    where="suitable",
    out_of="cohort = '19 to 21' AND placed",
    definition="Of the care leavers of 19 to 21 by birthday in the period, without those abroad, deported or "
    "of unknown residence, those in suitable accommodation. From the latest record.",
    source="LAIT CareLeaverAcc",
)
SUITABLE_17 = replace(
    SUITABLE_19,
    key="cl_suitable_17_18",
    label="Suitable accommodation, 17 to 18, %",
    out_of="cohort = '17 to 18' AND placed",
    definition="As for 19 to 21, of the care leavers of 17 and 18 by birthday in the period.",
    source="DfE accommodation file",
)
COHORT = (
    COHORT_17, COHORT_19, EET_19, EET_17, NEET, HIGHER, APPRENTICE, UNKNOWN, SUITABLE_19, SUITABLE_17,
)  # fmt: skip
STAYING_PUT = replace(
    _SHARE,
    key="cl_staying_put",
    label="Staying put, 19 to 20, %",
    where="staying_put",
    out_of="true",
    definition="Of the young people of 19 or 20 whose care ended at 18 in foster care, those who live with "
    "their former foster carers.",
    source="LAIT StayingPut",
    needs=("as loaded", "whole:cla_episodes", "whole:cla_placement"),
)
ASSESSED = replace(
    _SHARE,
    key="cl_eligible_assess",
    label="Pathway assessment within 3 months, %",
    window="period",
    where="in_time",
    out_of="true",
    definition="Of the needs assessments for a pathway plan that fell due in the period, those done by then. "
    "A plan's date is taken for the assessment's.",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 42",
    needs=("care_leavers.clea_pathway_plan_review_date",),
)
