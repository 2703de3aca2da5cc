"""What Assessments shows of each view."""

from widgets.cells.column import Column

OPEN_BANDS = (
    Column("open_0_20", "Open 0 to 20 wd", 15, kind="number"),
    Column("open_21_35", "Open 21 to 35 wd", 16, kind="number"),
    Column("open_36_45", "Open 36 to 45 wd", 16, kind="number"),
    Column("open_over_45", "Open over 45 wd", 15, kind="number"),
)
FIGURES = (
    Column("completed", "Done", 5, kind="number", priority=1),
    Column("open", "Open", 5, kind="number", priority=1),
    Column("trend", "12 months", 12, kind="spark", priority=2),
    Column("open_bands", "Open in 45", 11, kind="bands", priority=2, in_files=OPEN_BANDS),
    Column("open_over_45", ">45", 5, kind="number", priority=2),
    Column("median_days", "Median", 6, kind="number", priority=3),
    Column("difference", "vs all", 6, kind="number", priority=3),
    Column("open_0_20", "0-20", 5, kind="number", priority=4),
    Column("open_21_35", "21-35", 5, kind="number", priority=5),
    Column("in_time", "In time", 7, kind="number", priority=5),
    Column("p90_days", "9 in 10", 7, kind="number", priority=6),
    Column("target", "Target", 6, kind="percent", priority=7),
    Column("open_36_45", "36-45", 5, kind="number", priority=8),
)
AGAINST = Column("met", "Against target", 15, kind="state")
MET = Column(
    "met_shown",
    "In 45 wd",
    9,
    kind="state",
    sort_by="percent_in_time",
    in_files=(AGAINST, Column("percent_in_time", "In 45 wd", 8, kind="percent")),
)
TEAM_COLUMNS = (Column("team", "Team", 20, frozen=True, stretch=True), MET, *FIGURES)
WORKER_COLUMNS = (
    Column("worker", "Worker", 18, frozen=True, stretch=True),
    MET,
    *FIGURES,
    Column("team", "Team", 18, priority=3, stretch=True),
)
OUTCOME_COLUMNS = (
    Column("type", "Outcome", 30, frozen=True),
    Column("count", "Count", 6, kind="number"),
    Column("percent_of_total", "% of total", 10, kind="percent"),
    Column("target", "Target", 7, kind="percent"),
    Column("actual", "Actual", 7, kind="percent"),
    Column("percent_of_target", "% of target", 11, kind="percent"),
)
MONTH_COLUMNS = (
    Column("month_name", "Month", 10, frozen=True),
    AGAINST,
    Column("percent_in_time", "In 45 wd", 8, kind="percent"),
    Column("completed", "Done", 5, kind="number"),
    Column("in_time", "In time", 7, kind="number"),
    Column("median_days", "Median", 6, kind="number"),
    Column("p90_days", "9 in 10", 7, kind="number"),
)
WORKING_DAYS = Column("days", "Working days", 12, kind="number")
DETAIL_COLUMNS = (
    Column("name", "Name", 22, frozen=True),
    Column("days", "Days (wd)", 9, kind="number", in_files=(WORKING_DAYS,)),
    Column("clock_start", "Clock from", 10, kind="date", priority=2),
    Column("due_date", "Due", 10, kind="date", priority=1),
    Column("authorised_date", "Authorised", 10, kind="date", priority=1),
    Column("outcome", "Outcome", 20, priority=3),
    Column("worker", "Worker", 18, priority=1),
    Column("team", "Team", 18, priority=5),
)
