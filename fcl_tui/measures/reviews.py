"""Reviews: how they stand now, what was held in time in a period, and the official figures.

Records: of *now* one row per open review (`records.reviewing.due.open_reviews`), of a *period* one row per
review that fell due (`records.reviewing.due.of_period`); one row per plan or child for "every review in time"
(`records.reviewing.official.every_in_time`); one per conference held
(`records.reviewing.official.conferences`); one per review recorded (`records.reviewing.held.held`).
"""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.measures import on_time

KIND_NAMES = {
    "cla_first": "Looked after, first",
    "cla_second": "Looked after, second",
    "cla_later": "Looked after, later",
    "adoption": "Placed for adoption",
    "cp_first": "Child protection, first",
    "cp_later": "Child protection, later",
    "cp_prebirth": "Child protection, birth",
    "conference": "Initial conference",
    "pathway_first": "First pathway plan",
    "pathway": "Pathway plan review",
    "cin_plan": "Child in need plan",
}
REGULATIONS = (
    "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33; Adoption Agencies "
    "Regulations 2005, reg 36; Working Together to Safeguard Children 2023; Care Leavers (England) "
    "Regulations 2010, reg 7"
)
_NOW = on_time.now("reviews", "Reviews to be held")
_NOW["percent_up_to_date"] = replace(_NOW["percent_up_to_date"], target="review_target", source=REGULATIONS)
DUE_4 = Measure(
    key="due_4w",
    label="Due in 4 weeks",
    where="days_left <= 28",
    unit="reviews",
    window="now",
    definition="Due on the as-at day or in the 28 days after it.",
)
DUE_8 = replace(
    DUE_4,
    key="due_8w",
    label="Due in 8 weeks",
    where="days_left <= 56",
    definition="Due on the as-at day or in the 56 days after it: those due in four weeks are among them.",
)
NOW = (
    _NOW["open"], _NOW["up_to_date"], _NOW["percent_up_to_date"], _NOW["overdue"],
    *(_NOW[key] for key in on_time.BANDS), _NOW["not_known"], DUE_4, DUE_8,
)  # fmt: skip

_PERIOD = on_time.period("reviews")
_PERIOD["percent_in_time"] = replace(_PERIOD["percent_in_time"], target="review_target", source=REGULATIONS)
CLA_PERIOD = replace(
    _PERIOD["percent_in_time"],
    key="review_cla_period",
    label="Looked after, in time, %",
    where="record = 'due' AND state = 'on_time'",
    out_of="record = 'due' AND kind IN ('cla_first', 'cla_second', 'cla_later')",
    definition="The same of looked-after reviews alone: first, second and later; adoption reviews are apart.",
)
CP_PERIOD = replace(
    CLA_PERIOD,
    key="review_cp_period",
    label="Child protection, in time, %",
    out_of="record = 'due' AND kind IN ('cp_first', 'cp_later')",
    definition="The same of review conferences alone, first and later.",
)
PERIOD = (
    *(_PERIOD[key] for key in ("fell_due", "in_time", "percent_in_time", "late", "missed", "outstanding")),
    CLA_PERIOD, CP_PERIOD, _PERIOD["moved"],
)  # fmt: skip

EVERY_NAMES = {"plans": "Protection plans, 3 months or more", "care": "Looked after, 4 weeks or more"}
COUNTED = Measure(
    key="counted",
    label="Plans or children",
    unit="plans or children",
    window="now",
    definition="Child protection plans open on the as-at day and three months old or more, not held for "
    "another authority; children looked after on the day and for four weeks or more, without short breaks.",
)
EVERY = replace(
    COUNTED,
    key="every",
    label="Every review in time",
    where="every_in_time",
    higher_is_better=True,
    definition="Plans of which every review so far was held in time, and none is overdue. Children with "
    "every review due in the twelve months to the as-at day held in time; one with none due counts "
    "as in time.",
)
NOT_EVERY = replace(
    EVERY,
    key="not_every",
    label="A review late or overdue",
    where="NOT every_in_time",
    higher_is_better=False,
    definition="Plans and children with at least one review late, missed or overdue.",
)
PERCENT_EVERY = replace(
    EVERY,
    key="percent_every",
    label="Every review in time, %",
    statistic="share",
    out_of="every_in_time IS NOT NULL",
    unit="per cent",
    target="review_target",
    definition="Every review in time, out of the plans or children of which the source can tell.",
    source="Plans: Department for Education, child protection plans reviewed within timescales at 31 March. "
    "Children: the former national indicator of reviews in time",
    opens=False,
)
OFFICIAL = (
    COUNTED, EVERY, PERCENT_EVERY, NOT_EVERY,
    replace(COUNTED, key="untold", label="Not known", where="every_in_time IS NULL",
    definition="The source does not hold every review, so this is not known: in no percentage."),
)  # fmt: skip

CONFERENCES = Measure(
    key="conferences",
    label="Conferences held",
    unit="conferences",
    definition="Initial child protection conferences held in the period, one for each child, without "
    "transfers in.",
)
IN_15 = replace(
    CONFERENCES,
    key="in_15",
    label="Within 15 working days",
    where="in_15",
    higher_is_better=True,
    definition="Held within 15 working days of the strategy discussion that started the section 47 enquiry, "
    "the 15th day in time.",
    source="Working Together to Safeguard Children 2023, chapter 3",
)
PERCENT_IN_15 = replace(
    IN_15,
    key="percent_in_15",
    label="Within 15 working days, %",
    statistic="share",
    out_of="true",
    unit="per cent",
    target="review_target",
    definition="Held within 15 working days, out of all conferences held in the period. One without an "
    "enquiry, or dated before it, is not in time.",
    opens=False,
)
CONFERENCE = (
    CONFERENCES, IN_15, PERCENT_IN_15,
    replace(IN_15, key="over_15", label="Over 15 working days",
    where="NOT in_15 AND working_days IS NOT NULL", higher_is_better=False,
    definition="Held after the 15th working day."),
    replace(IN_15, key="no_enquiry", label="No enquiry to count from", where="working_days IS NULL",
    higher_is_better=False, definition="Without a section 47 enquiry in the source, or dated before it."),
    replace(CONFERENCES, key="median_days", label="Working days, median", statistic="median",
    of="working_days", unit="working days", higher_is_better=False, opens=False,
    definition="Half of the conferences that can be counted were held within so many working days."),
)  # fmt: skip

HELD_NAMES = {"looked_after": "Looked-after reviews", "child_protection": "Review conferences"}
REVIEWS = Measure(
    key="reviews",
    label="Reviews held",
    where="NOT cancelled",
    unit="reviews",
    definition="Reviews recorded on a day in the period, without the cancelled ones.",
)
CANCELLED = replace(
    REVIEWS,
    key="review_cancelled",
    source="Standard dataset, looked-after reviews",
    label="Cancelled",
    where="cancelled",
    higher_is_better=False,
    definition="Looked-after reviews on a day in the period that are marked as cancelled.",
)
TOOK_PART = replace(
    REVIEWS,
    key="percent_took_part",
    label="Child took part, %",
    statistic="share",
    where="took_part",
    out_of="asked_to_take_part",
    unit="per cent",
    higher_is_better=True,
    definition="Reviews of children aged four or over on the day in which the child took part (PN1, PN2, "
    "PN3, PN5, PN6), out of all such reviews. PN4, PN7 and a blank are not taking part; PN0 is left out.",
    source="SSDA903 participation codes",
    opens=False,
)
QUORATE = replace(
    REVIEWS,
    key="review_cp_quorate",
    source="Standard dataset, child protection reviews",
    label="Quorate, %",
    statistic="share",
    where="quorate",
    out_of="kind = 'child_protection'",
    unit="per cent",
    higher_is_better=True,
    definition="Of the review conferences of the period, those with a quorum. A blank is none.",
    opens=False,
)
ENDED = replace(
    QUORATE,
    key="review_cp_outcome",
    label="Plan ended, %",
    where="ended",
    higher_is_better=None,
    definition="Of the review conferences of the period, those at which the plan ended. A blank is not.",
)
HELD = (REVIEWS, CANCELLED, TOOK_PART, QUORATE, ENDED)
