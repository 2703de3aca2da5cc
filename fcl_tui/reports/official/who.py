"""What the figures of many families can be told by: who the child is, and the service above the team."""

from fcl_tui.definitions.wording.bands import AGE_BANDS
from fcl_tui.reports.spec import Dimension

AGE = Dimension(key="age_band", title="Age", by=("age_band",), order=AGE_BANDS)
AGE_AND_SEX = Dimension(key="age_and_sex", title="Age and sex", by=("age_band", "sex"), order=AGE_BANDS)
SEX = Dimension(key="sex", title="Sex", by=("sex",))
ETHNICITY = Dimension(key="ethnicity", title="Ethnic group", by=("ethnicity",))
DISABILITY = Dimension(key="disability", title="Disability", by=("disability",))
SERVICE = Dimension(key="service", title="Services", by=("service",))
WHO = (AGE, SEX, AGE_AND_SEX, ETHNICITY, DISABILITY, SERVICE)


def told_by(
    column: str,
    title: str,
    where: str = "true",
    order: tuple[str, ...] = (),
    key: str = "",
    codes: str = "",
) -> Dimension:
    """The dimension of one column, under its name or another."""
    return Dimension(key=key or column, title=title, by=(column,), where=where, order=order, codes=codes)
