"""The columns of Reviews."""

from fcl_tui.reports.management.on_time import LATE
from widgets.cells.column import Column

KIND = Column("kind_name", "Kind", 24, frozen=True)
TEAM = Column("team", "Team", 22, frozen=True, stretch=True)
OFFICER = Column("officer", "Reviewing officer", 22, frozen=True, stretch=True)
MONTH = Column("month_name", "Month", 10, frozen=True)
CODE = Column("code", "Took part", 30, frozen=True)
AGAINST = Column("met", "Against target", 15, kind="state")
BESIDE = (
    Column("difference", "vs all", 6, kind="number", priority=5),
    Column("target", "Target", 6, kind="percent", priority=6),
)
NOW = (
    Column("percent_up_to_date", "Up to date", 10, kind="percent", priority=1),
    Column("open", "Open", 5, kind="number", priority=1),
    Column("overdue", "Overdue", 7, kind="number", priority=1),
    Column("due_4w", "In 4 w", 6, kind="number", priority=2),
    Column("due_8w", "In 8 w", 6, kind="number", priority=2),
    Column("up_to_date", "On time", 7, kind="number", priority=5),
    Column("late_1_5", "1-5 d", 5, kind="number", priority=4),
    Column("late_6_10", "6-10", 5, kind="number", priority=4),
    Column("late_11_20", "11-20", 5, kind="number", priority=4),
    Column("late_over_20", ">20", 5, kind="number", priority=3),
    Column("not_known", "Not known", 9, kind="number", priority=3),
    *BESIDE,
)
PERIOD = (
    Column("percent_in_time", "In time %", 9, kind="percent", priority=1),
    Column("fell_due", "Fell due", 8, kind="number", priority=1),
    Column("in_time", "In time", 7, kind="number", priority=2),
    Column("late", "Late", 5, kind="number", priority=2),
    Column("missed", "Missed", 6, kind="number", priority=2),
    Column("outstanding", "Not held", 8, kind="number", priority=2),
    *BESIDE,
    Column("moved", "Moved", 6, kind="number", priority=7),
)
OF_TOTAL = (
    Column("percent_of_total", "% of total", 10, kind="percent", priority=5),
    Column("percent_of_target", "% of target", 11, kind="percent", priority=5),
)
CLA = Column("review_cla_period", "LAC %", 7, kind="percent", priority=3)
CP = Column("review_cp_period", "CP %", 7, kind="percent", priority=3)
EVERY = (
    Column("percent_every", "Every in time", 13, kind="percent", priority=1),
    Column("counted", "Counted", 7, kind="number", priority=1),
    Column("every", "In time", 7, kind="number", priority=1),
    Column("not_every", "Not", 5, kind="number", priority=2),
    Column("untold", "Not known", 9, kind="number", priority=3),
    BESIDE[1],
)
CONFERENCE = (
    Column("percent_in_15", "In 15 wd", 8, kind="percent", priority=1),
    Column("conferences", "Held", 5, kind="number", priority=1),
    Column("in_15", "In time", 7, kind="number", priority=1),
    Column("over_15", "Over 15", 7, kind="number", priority=2),
    Column("no_enquiry", "No enquiry", 10, kind="number", priority=2),
    Column("median_days", "Median", 6, kind="number", priority=3),
    *BESIDE,
)
HELD = (
    Column("reviews", "Held", 6, kind="number", priority=1),
    Column("review_cancelled", "Cancelled", 9, kind="number", priority=1),
    Column("percent_took_part", "Took part", 9, kind="percent", priority=1),
    Column("review_cp_quorate", "Quorate", 8, kind="percent", priority=2),
    Column("review_cp_outcome", "Plan ended", 10, kind="percent", priority=3),
)
CODES = (
    Column("reviews", "Reviews", 7, kind="number", priority=1),
    Column("percent_of_total", "% of total", 10, kind="percent", priority=1),
)
_SHORT_KIND = Column("item_short", "Review", 15, priority=1, in_files=(Column("kind_name", "Kind", 22),))
_NAME = Column("name", "Name", 18, frozen=True, stretch=True)
_WHO = (
    Column("officer", "Reviewing officer", 18, priority=3),
    Column("worker", "Worker then", 18, priority=4),
    Column("team", "Team then", 18, priority=5),
    Column("worker_now", "Worker now", 18, priority=7),
    Column("person_id", "Id", 8, priority=6),
)
LISTED: dict[str, tuple[Column, ...]] = {
    "detail": (
        Column("state", "State", 10, kind="state"),
        _NAME,
        _SHORT_KIND,
        Column("due_date", "Due", 10, kind="date", priority=1),
        LATE,
        Column("started", "Counted from", 12, kind="date", priority=4),
        Column("worker", "Worker", 15, priority=1),
        Column("officer", "Reviewing officer", 18, priority=2),
        Column("team", "Team", 18, priority=5),
        Column("reason", "Why", 20, priority=7),
        Column("person_id", "Id", 8, priority=6),
    ),
    "fell-due": (
        Column("state", "State", 10, kind="state"),
        _NAME,
        _SHORT_KIND,
        Column("due_date", "Due", 10, kind="date", priority=1),
        Column("done_date", "Held", 10, kind="date", priority=1),
        LATE,
        *_WHO,
    ),
    "plans": (
        _NAME,
        Column("kind_name", "Kind", 34, priority=2),
        Column("since", "Since", 10, kind="date", priority=1),
        Column("reviews", "Held", 5, kind="number", priority=1),
        Column("failed", "Not in time", 11, kind="number", priority=1),
        Column("worker", "Worker", 18, priority=3),
        Column("team", "Team", 18, priority=4),
        Column("person_id", "Id", 8, priority=6),
    ),
    "conferences": (
        _NAME,
        Column("conference", "Conference", 10, kind="date", priority=1),
        Column("strategy", "Strategy", 10, kind="date", priority=1),
        Column("working_days", "Working days", 12, kind="number", priority=1),
        *_WHO,
    ),
    "held-detail": (
        _NAME,
        Column("kind_name", "Kind", 20, priority=2),
        Column("date", "Date", 10, kind="date", priority=1),
        Column("cancelled", "Cancelled", 9, priority=2),
        Column("code", "Took part", 30, priority=2),
        Column("age", "Age", 3, kind="number", priority=4),
        *_WHO,
    ),
}
"""The columns of the lists behind the figures, by view."""
