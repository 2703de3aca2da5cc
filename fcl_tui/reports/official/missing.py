"""Missing children: episodes, children, return interviews, and the looked-after children who were missing."""

from fcl_tui.measures import missing_official as measures
from fcl_tui.reports.management.missing_records import TABLE
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.official.looked_after import AGE, ETHNICITY, SEX
from fcl_tui.reports.spec import Dimension

REPORT = "missing-children"
ROWS = "fcl_tui.records.gone_missing.rows"
WHO = (AGE, SEX, ETHNICITY)
STATUS = Dimension(key="status", title="Status on the day it began", by=("status",))
PLACEMENT = Dimension(key="placement", title="Placement", by=("placement",), where="looked_after")
LENGTH = Dimension(key="length", title="Length", by=("length",), where="length IS NOT NULL")
AREA = Dimension(key="far", title="Over 20 miles from home", by=("far",), where="far IS NOT NULL")
WEEKDAY = Dimension(key="weekday", title="Day of the week", by=("weekday",))
HOUR = Dimension(key="hour", title="Hour", by=("hour",))
BAND = Dimension(key="band", title="Episodes per child", by=("band",))

EPISODES = Family(
    key="episodes",
    report=REPORT,
    noun="episode",
    plural="episodes",
    rows=f"{ROWS}:episode_rows",
    measures=measures.EPISODES,
    dimensions=(STATUS, PLACEMENT, LENGTH, AREA, WEEKDAY, HOUR, *WHO),
    needs=TABLE,
    identified_by=("episode_id", "start", "end", "kind", "source_row"),
)
CHILDREN = Family(
    key="missing",
    report=REPORT,
    noun="child who was missing",
    plural="children who were missing",
    rows=f"{ROWS}:child_rows",
    takes=("scan", "settings"),
    steady=("rhi_child_pct",),
    measures=measures.CHILDREN,
    dimensions=(BAND, *WHO),
    needs=TABLE,
)
COHORT = Family(
    key="missing-from-care",
    report=REPORT,
    noun="looked-after child",
    plural="looked-after children",
    rows=f"{ROWS}:cohort_rows",
    measures=measures.COHORT,
    dimensions=WHO,
    needs=(*TABLE, "cla_episodes"),
)
FAMILIES = (EPISODES, CHILDREN, COHORT)
