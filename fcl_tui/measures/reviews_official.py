"""Reviews under their official keys.

Records: one row per looked-after child, protection plan, child in need plan and young person entitled to
leaving care services (`records.reviewing.children`); per review to be held, that fell due, first of a period
of care, or recorded (`records.reviewing.items`).
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures import reviews

REG_33 = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33"
CARE_REVIEWS, PLAN_REVIEWS = ("cla_episodes", "cla_reviews"), ("cp_plans", "cp_reviews")
EVERY_CARE, EVERY_PLAN = "history:cla_reviews", "history:cp_reviews"

CLA_CURRENT = Measure(
    key="review_cla_current",
    label="Looked after, reviews up to date, %",
    statistic="share",
    where="settled AND NOT overdue",
    out_of="settled",
    unit="per cent",
    window="now",
    higher_is_better=True,
    target="review_target",
    definition="Of the children looked after for 20 working days or more, those with no review overdue; "
    "children placed for adoption by the adoption rule.",
    source=f"{REG_33}; Annex A list 8",
    needs=CARE_REVIEWS,
)
CLA_ALL_YEAR = replace(
    CLA_CURRENT,
    key="review_cla_all_year",
    label="Looked after, every review of the year in time, %",
    where="four_weeks AND failed = 0",
    out_of="four_weeks",
    window="rolling",
    needs=(*CARE_REVIEWS, EVERY_CARE),
    definition="Of the children looked after for four weeks or more, those whose every review due in the "
    "twelve months to the day was held in time. A child with none due counts as in time.",
    source="the former national indicator of reviews in time",
)
IRO_CONTACT = replace(
    CLA_CURRENT,
    key="review_iro_contact",
    label="Reviewing officer in touch since the last review, %",
    where="contacted",
    out_of="true",
    target=None,
    definition="Of the looked-after children, those whose reviewing officer was in touch after the last "
    "review, or at all where there was none. The source holds the latest contact alone.",
    source="Annex A list 8",
    needs=("cla_episodes.clae_cla_last_iro_contact_date", "as loaded"),
)
CARE = (CLA_CURRENT, CLA_ALL_YEAR, IRO_CONTACT)

CP_CURRENT = replace(
    CLA_CURRENT,
    key="review_cp_current",
    label="Protection plans reviewed in time, %",
    where="failed = 0",
    out_of="true",
    definition="Of the protection plans open for three months or more, not held for another authority, those "
    "of which every review so far was held in time and none is overdue.",
    source="Department for Education, child protection plans reviewed within timescales",
    needs=(*PLAN_REVIEWS, EVERY_PLAN),
)
IN_NEED_OLD = Measure(
    key="review_cin_plan_open_3m",
    label="Child in need plans open over 3 months",
    where="over_3_months",
    unit="plans",
    window="now",
    higher_is_better=False,
    definition="Child in need plans that began more than three months before the day and are open. The "
    "standard dataset holds no reviews of them: their number is given in place of one.",
    source="Our choice",
    needs=("cin_plans",),
)
PATHWAY = replace(
    CLA_CURRENT,
    key="review_pathway_current",
    label="Pathway plans reviewed in six months, %",
    where="reviewed",
    out_of="true",
    definition="Of the young people aged 16 to 24 whose leaving care record says they are entitled, those "
    "with a pathway plan or review in the six months to the day. The source holds the latest date alone.",
    source="Care Leavers (England) Regulations 2010, regulation 7; Annex A list 9",
    needs=("care_leavers.clea_pathway_plan_review_date", "as loaded"),
)

OVERDUE = Measure(
    key="review_overdue",
    source="timescales; common practice",
    label="Overdue reviews",
    where="state = 'overdue'",
    unit="items",
    window="now",
    higher_is_better=False,
    definition="Reviews of looked-after children, placed for adoption too, and review conferences with the "
    "due day before the day and not held.",
)
NEXT_4 = replace(
    OVERDUE,
    key="review_due_next",
    label="Reviews due in 4 weeks",
    where=reviews.DUE_4.where,
    higher_is_better=None,
    definition="The same reviews, due on the day or in the 28 days after it.",
)
NEXT_8 = replace(
    NEXT_4,
    key="review_due_next_8",
    label="Reviews due in 8 weeks",
    where=reviews.DUE_8.where,
    definition="The same reviews, due on the day or in the 56 days after it: those in four weeks are among "
    "them.",
)
OPEN = (OVERDUE, NEXT_4, NEXT_8)

CLA_PERIOD = replace(reviews.CLA_PERIOD, source=REG_33, needs=(*CARE_REVIEWS, EVERY_CARE))
CP_PERIOD = replace(reviews.CP_PERIOD, needs=(*PLAN_REVIEWS, EVERY_PLAN))
SECOND = replace(
    CLA_PERIOD,
    key="review_cla_second",
    label="Second reviews within 3 months, %",
    out_of="record = 'due' AND kind = 'cla_second'",
    definition="Of the second reviews that fell due in the period, those held within three months of the "
    "first. The clock ends at a placement for adoption.",
    source=f"{REG_33}(2)",
)
LATER = replace(
    SECOND,
    key="review_cla_later",
    label="Later reviews within 6 months, %",
    out_of="record = 'due' AND kind = 'cla_later'",
    definition="Of the later reviews that fell due in the period, those held within six months of the one "
    "before. The clock ends at a placement for adoption.",
)
DUE = (CLA_PERIOD, SECOND, LATER, CP_PERIOD)

FIRST = replace(
    CLA_PERIOD,
    key="review_cla_first",
    label="First reviews within 20 working days, %",
    out_of="record = 'due'",
    definition="Of the children who came into care in the period and whose first review was due before the "
    "day, those reviewed by then. Who left care before the due day is not in it.",
    source=f"{REG_33}(1)",
)

CANCELLED = replace(reviews.CANCELLED, needs=("cla_reviews.clar_cla_review_cancelled", EVERY_CARE))
TOOK_PART = replace(
    reviews.TOOK_PART,
    key="review_participation",
    where="kind = 'looked_after' AND took_part",
    out_of="kind = 'looked_after' AND asked_to_take_part",
    definition="Looked-after reviews of children aged four or over on the day in which the child took part "
    "(PN1, PN2, PN3, PN5, PN6), out of all such reviews, without the cancelled. PN4, PN7 and a blank are not "
    "taking part; PN0 is left out.",
    needs=("cla_reviews.clar_cla_review_participation", EVERY_CARE),
)
QUORATE = replace(reviews.QUORATE, needs=("cp_reviews.cppr_cp_review_quorate", EVERY_PLAN))
ENDED = replace(reviews.ENDED, needs=("cp_reviews.cppr_cp_review_outcome_continue_cp", EVERY_PLAN))
HELD = (TOOK_PART, CANCELLED, QUORATE, ENDED)
