"""The columns of Visits."""

from fcl_tui.reports.management.on_time import LATE
from widgets.cells.column import Column

AGAINST = Column("met", "Against target", 15, kind="state")
NOW = (
    Column("percent_up_to_date", "Up to date", 10, kind="percent", priority=1),
    Column("children", "Children", 8, kind="number", priority=1),
    Column("overdue", "Overdue", 7, kind="number", priority=1),
    Column("late_1_5", "1-5 d", 5, kind="number", priority=3),
    Column("late_6_10", "6-10", 5, kind="number", priority=3),
    Column("late_11_20", "11-20", 5, kind="number", priority=3),
    Column("late_over_20", ">20 d", 5, kind="number", priority=2),
    Column("never", "Never", 5, kind="number", priority=2),
    Column("due_5", "In 5 wd", 7, kind="number", priority=2),
    Column("due_10", "In 10 wd", 8, kind="number", priority=4),
    Column("up_to_date", "On time", 7, kind="number", priority=5),
    Column("not_known", "Not known", 9, kind="number", priority=5),
    Column("percent_internal", "Internal %", 10, kind="percent", priority=4),
    Column("over_internal", "Past internal", 13, kind="number", priority=6),
    Column("percent_alone", "Alone %", 7, kind="percent", priority=5),
    Column("percent_alone_4", "Alone 4+ %", 10, kind="percent", priority=7),
    Column("median_since", "Days since", 10, kind="number", priority=6),
    Column("longest_since", "Longest", 7, kind="number", priority=7),
    Column("difference", "vs all", 6, kind="number", priority=6),
    Column("target", "Target", 6, kind="percent", priority=7),
)
PERIOD = (
    Column("percent_in_time", "In time %", 9, kind="percent", priority=1),
    Column("fell_due", "Fell due", 8, kind="number", priority=1),
    Column("in_time", "In time", 7, kind="number", priority=2),
    Column("late", "Late", 5, kind="number", priority=2),
    Column("missed", "Missed", 6, kind="number", priority=2),
    Column("outstanding", "Not done", 8, kind="number", priority=2),
    Column("difference", "vs all", 6, kind="number", priority=4),
    Column("target", "Target", 6, kind="percent", priority=5),
    Column("percent_in_internal", "Internal %", 10, kind="percent", priority=4),
    Column("visit_count", "Made", 6, kind="number", priority=3),
    Column("percent_seen", "Seen %", 6, kind="percent", priority=3),
    Column("percent_seen_alone", "Alone %", 7, kind="percent", priority=3),
    Column("percent_bedroom", "Bedroom %", 9, kind="percent", priority=6),
    Column("calls", "Calls", 6, kind="number", priority=7),
    Column("not_seen", "Not seen", 8, kind="number", priority=7),
)
OF_TOTAL = (
    Column("percent_of_total", "% of total", 10, kind="percent", priority=5),
    Column("percent_of_target", "% of target", 11, kind="percent", priority=5),
)
KIND = Column("kind_name", "Kind", 20, frozen=True)
SHORT_KIND = Column("item_short", "Visit", 14, priority=1, in_files=(Column("kind_name", "Kind", 18),))
TEAM = Column("team", "Team", 22, frozen=True, stretch=True)
MONTH = Column("month_name", "Month", 10, frozen=True)
NOW_LISTED = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 18, frozen=True, stretch=True),
    SHORT_KIND,
    Column("due_date", "Due", 10, kind="date", priority=1),
    LATE,
    Column("last_visit", "Last visit", 10, kind="date", priority=2),
    Column("worker", "Worker", 16, priority=1),
    Column("team", "Team", 18, priority=5),
    Column("internal_date", "Internal", 10, kind="date", priority=6),
    Column("alone", "Alone", 5, priority=6),
    Column("age", "Age", 3, kind="number", priority=7),
    Column("item", "Due item", 22, priority=8),
    Column("reason", "Why", 20, priority=8),
    Column("person_id", "Id", 8, priority=6),
)
PERIOD_LISTED = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 18, frozen=True, stretch=True),
    SHORT_KIND,
    Column("due_date", "Due", 10, kind="date", priority=1),
    Column("visit_date", "Visit", 10, kind="date", priority=1),
    LATE,
    Column("worker", "Worker then", 18, priority=3),
    Column("team", "Team then", 18, priority=5),
    Column("worker_now", "Worker now", 18, priority=6),
    Column("internal_date", "Internal", 10, kind="date", priority=7),
    Column("seen", "Seen", 4, priority=5),
    Column("alone", "Alone", 5, priority=5),
    Column("person_id", "Id", 8, priority=6),
)
