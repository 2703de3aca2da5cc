"""Children looked after: on a day, starting and ceasing in a period, how settled, how healthy, adopted."""

from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.definitions.wording.bands import AGE_BANDS, LENGTHS, SDQ_BANDS, STAGES
from fcl_tui.measures.care import adoption, flow, health
from fcl_tui.measures.care import looked_after as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.spec import Dimension

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context

REPORT = "looked-after"


def _by(key: str, title: str, order: tuple[str, ...] = ()) -> Dimension:
    return Dimension(key=key, title=title, by=(key,), order=order)


AGE, SEX, ETHNICITY = _by("age_band", "Age", AGE_BANDS), _by("sex", "Sex"), _by("ethnicity", "Ethnic group")
DISABILITY, UASC = _by("disability", "Disability"), _by("uasc", "Unaccompanied")
NEED, LEGAL, LENGTH = (
    _by("need", "Need"),
    _by("legal_status", "Legal status"),
    _by("length", "Length in care", LENGTHS),
)
PLACEMENT, PROVIDER = _by("placement", "Placement"), _by("provider", "Provider")
REASON = Dimension(key="reason", title="Reason", by=("reason",), where="reason IS NOT NULL")
AGE_AND_SEX = Dimension(key="age_and_sex", title="Age and sex", by=("age_band", "sex"), order=AGE_BANDS)
YEARS = _by("age_years", "Age in years")
ADULT_IN = Dimension(key="adult_month", title="Month of the 18th birthday", by=("adult_month",))
WHO = (AGE, SEX, ETHNICITY, DISABILITY, UASC)
_CHILDREN = partial(Family, report=REPORT, noun="child looked after", plural="children looked after")
_NEEDS = ("cla_episodes",)
_PAST = ("whole:cla_episodes",)
"""A source of those in care now, or lately, says nothing of how many there were before"""
_FLOW = ("cla_episodes.clae_cla_episode_start_reason", "whole:cla_episodes")


def initial_health(context: "Context", days: "pl.LazyFrame") -> "pl.LazyFrame":
    """The rows of `records.care.health.initial`, with the working days of the snapshot."""
    from fcl_tui.records.care.health import initial

    return initial(context.scan, context.calendar, days)


IN_CARE = _CHILDREN(
    key="in-care",
    past=_PAST,
    rows="fcl_tui.records.care.looked_after:rows",
    measures=measures.NOW,
    dimensions=(*WHO, AGE_AND_SEX, YEARS, LEGAL, NEED, PLACEMENT, PROVIDER, LENGTH, ADULT_IN),
    needs=_NEEDS,
    identified_by=("since",),
)
STABILITY = _CHILDREN(
    key="stability",
    past=_PAST,
    rows="fcl_tui.records.care.stability:rows",
    measures=measures.STABILITY,
    dimensions=(*WHO, LEGAL, NEED, PLACEMENT, PROVIDER, LENGTH),
    needs=(*_NEEDS, "cla_placement"),
    identified_by=("since", "placements", "workers", "carer_since"),
)
PLANS = _CHILDREN(
    key="permanence",
    past=_PAST,
    rows="fcl_tui.records.care.plans:rows",
    measures=(measures.PERMANENCE,),
    dimensions=(_by("plan", "Plan"), *WHO, LEGAL, PLACEMENT, LENGTH),
    needs=(*_NEEDS, "cla_care_plan"),
    identified_by=("plan", "plan_from"),
)
HEALTH = Family(
    key="health",
    past=_PAST,
    report=REPORT,
    noun="child looked after 12 months",
    plural="children looked after 12 months",
    rows="fcl_tui.records.care.health:rows",
    measures=health.YEAR,
    dimensions=(*WHO, _by("sdq_band", "SDQ band", SDQ_BANDS)),
    needs=(*_NEEDS, "cla_health"),
    identified_by=("last_health", "last_dental", "sdq_score"),
)
INITIAL = Family(
    key="initial-health",
    report=REPORT,
    noun="period of care begun",
    plural="periods of care begun",
    rows="fcl_tui.reports.official.looked_after:initial_health",
    measures=(health.INITIAL,),
    dimensions=WHO,
    needs=(*_NEEDS, "cla_health"),
    identified_by=("entered", "due_date", "seen"),
    of_context=True,
)
SECOND_REVIEW = Family(
    key="second-review",
    report=REPORT,
    noun="period of care begun",
    plural="periods of care begun",
    rows="fcl_tui.records.care.plans:by_second_review",
    measures=(measures.BY_SECOND_REVIEW,),
    dimensions=WHO,
    needs=(*_NEEDS, "cla_care_plan"),
    identified_by=("entered", "plan_from"),
)
MOVES = Family(
    key="placements-ended",
    report=REPORT,
    noun="placement that ended",
    plural="placements that ended",
    rows="fcl_tui.records.care.placements:ended",
    measures=measures.ENDED,
    dimensions=(*WHO, PLACEMENT, PROVIDER, _by("change_reason", "Reason")),
    needs=("cla_placement", "cla_placement.clap_cla_placement_change_reason"),
    identified_by=("placement_id", "end_date", "change_code"),
)
FLOW = Family(
    key="flow",
    report=REPORT,
    noun="child who started or ceased",
    plural="children who started or ceased",
    rows="fcl_tui.records.care.flow:rows",
    measures=flow.FLOW,
    dimensions=(*WHO, NEED, LEGAL, REASON, LENGTH),
    needs=_FLOW,
    identified_by=("flow", "event_date", "episode", "reason_code"),
)
STARTS = Family(
    key="starts",
    report=REPORT,
    noun="period of care begun",
    plural="periods of care begun",
    rows="fcl_tui.records.care.flow:starts",
    measures=(flow.AGAIN,),
    dimensions=(
        *WHO,
        NEED,
        Dimension(key="reason_before", title="Reason left before", by=("reason_before",)),
    ),
    needs=_FLOW,
    identified_by=("event_date", "episode"),
)
_ADOPTED = partial(Family, report=REPORT, noun="child adopted", plural="children adopted")
_PERMANENCE = (*_NEEDS, "permanence")
ADOPTED = _ADOPTED(
    key="adopted",
    rows="fcl_tui.records.care.adoption:adopted",
    measures=adoption.TIMES,
    dimensions=(_by("span", "Year"), *WHO),
    needs=_PERMANENCE,
    identified_by=("event_date", "entered", "placed", "a1", "a10", "a2"),
)
UNDER_14 = Family(
    key="adopted-or-waiting",
    report=REPORT,
    noun="child adopted or waiting",
    plural="children adopted or waiting",
    rows="fcl_tui.records.care.adoption:adopted_or_waiting",
    measures=(adoption.A3,),
    dimensions=(_by("kind", "Adopted or waiting"), *WHO),
    needs=_PERMANENCE,
    identified_by=("kind", "entered", "placed"),
)
ADOPTION_STAGES = _ADOPTED(
    key="adoption-stages",
    rows="fcl_tui.records.care.adoption:stages",
    measures=(adoption.STAGES,),
    dimensions=(_by("stage", "Stage", STAGES), AGE),
    needs=_PERMANENCE,
    identified_by=("stage", "stage_days"),
)
WAITING = Family(
    key="adoption-waiting",
    past=_PAST,
    report=REPORT,
    noun="child waiting",
    plural="children waiting",
    rows="fcl_tui.records.care.adoption:waiting",
    measures=(adoption.WAITING,),
    dimensions=(
        Dimension(key="placement_order", title="Placement order", by=("order",)),
        _by("sibling_group", "Sibling group"),
        *WHO,
    ),
    needs=("permanence",),
    identified_by=("permanence_id", "decided", "waited"),
)
DECISIONS = Family(
    key="adoption-events",
    past=_PAST,
    report=REPORT,
    noun="child decided on",
    plural="children decided on",
    rows="fcl_tui.records.care.adoption:events",
    measures=adoption.EVENTS,
    dimensions=(REASON, *WHO),
    needs=("permanence",),
    identified_by=("permanence_id", "kind", "event_date"),
)
FAMILIES = (
    IN_CARE, FLOW, STARTS, STABILITY, MOVES, PLANS, SECOND_REVIEW, HEALTH, INITIAL, ADOPTED, UNDER_14,
    ADOPTION_STAGES, WAITING, DECISIONS,
)  # fmt: skip
