"""Care leavers: on a day, by birthday in a period, staying with their carers, assessed in time."""

from functools import partial

from fcl_tui.measures.care import leavers
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.spec import Dimension

REPORT = "care-leavers"


def _by(key: str, title: str, *, as_loaded: bool = False) -> Dimension:
    return Dimension(key=key, title=title, by=(key,), as_loaded=as_loaded)


WHO = (_by("sex", "Sex"), _by("ethnicity", "Ethnic group"), _by("disability", "Disability"))
UASC = _by("uasc", "Former unaccompanied")
ENTITLED = _by("eligibility", "Entitlement", as_loaded=True)
AGE = Dimension(key="age_band", title="Age", by=("age_group",))
TURNED = Dimension(key="age_band", title="Age reached", by=("turned",))
HOME = _by("accommodation", "Accommodation", as_loaded=True)
ADVISER = _by("adviser", "Personal adviser", as_loaded=True)
DOING = _by("doing", "Activity", as_loaded=True)
_YOUNG = partial(Family, report=REPORT, noun="young person", plural="young people")

NOW = _YOUNG(
    key="leavers",
    rows="fcl_tui.records.care.leavers:rows",
    measures=leavers.NOW,
    dimensions=(AGE, ENTITLED, *WHO, UASC, ADVISER, HOME),
    needs=("care_leavers",),
    identified_by=("eligibility", "touch", "latest_contact", "plan_date"),
)
COHORT = _YOUNG(
    key="leavers-by-birthday",
    rows="fcl_tui.records.care.leavers:cohort",
    measures=leavers.COHORT,
    dimensions=(TURNED, _by("cohort", "Cohort"), ENTITLED, *WHO, UASC, HOME, DOING),
    needs=("care_leavers",),
    identified_by=("cohort", "birthday", "activity", "home_code", "touch"),
)
STAYED = _YOUNG(
    key="staying-put",
    rows="fcl_tui.records.care.leavers:stayed",
    measures=(leavers.STAYING_PUT,),
    dimensions=(*WHO, UASC),
    needs=("care_leavers", "cla_episodes", "cla_placement"),
    identified_by=("left", "home_code"),
)
ASSESSED = Family(
    key="pathway-assessments",
    report=REPORT,
    noun="pathway assessment due",
    plural="pathway assessments due",
    rows="fcl_tui.records.care.leavers:assessed",
    measures=(leavers.ASSESSED,),
    dimensions=WHO,
    needs=("care_leavers",),
    identified_by=("item_id", "due_date", "done_date"),
)
FAMILIES = (NOW, COHORT, STAYED, ASSESSED)
