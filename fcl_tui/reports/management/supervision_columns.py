"""The columns of Staff Supervision."""

from widgets.cells.column import Column

WORKER_COLUMNS = (
    Column("worker", "Worker", 20, frozen=True, stretch=True),
    Column("standing", "State", 11, kind="state", sort_by="due", in_files=(Column("state", "State", 9),)),
    Column("last_held", "Last held", 10, kind="date", priority=1),
    Column("days_since", "Days ago", 8, kind="number", priority=1),
    Column("due", "Due", 10, kind="date", priority=3),
    Column("next_booked", "Booked", 10, kind="date", priority=1),
    Column("longest_gap", "Longest gap", 11, kind="number", priority=3),
    Column("children", "Children", 8, kind="number", priority=4),
    Column("team", "Team", 18, priority=4),
)
TEAM_COLUMNS = (
    Column("team", "Team", 22, frozen=True, stretch=True),
    Column("supervised_workers", "Workers", 7, kind="number"),
    Column("supervision_in_time", "In time", 7, kind="number"),
    Column("sup_worker_current", "In time %", 9, kind="percent", priority=1),
    Column("supervision_overdue", "Overdue", 7, kind="number"),
    Column("supervision_never", "None entered", 12, kind="number"),
    Column("supervision_longest_gap", "Longest gap", 11, kind="number", priority=2),
)
SESSION_COLUMNS = (
    Column("day", "Day", 10, kind="date", frozen=True),
    Column("worker", "Worker", 20, stretch=True),
    Column("kind", "Kind", 8, priority=1),
    Column("state", "State", 9, priority=1),
    Column("supervisor", "Supervisor", 18, priority=2),
    Column("children", "Children", 8, kind="number", priority=2),
    Column("team", "Team", 18, priority=4),
)
CHILD_COLUMNS = (
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("age", "Age", 3, kind="number", priority=4),
    Column("discussed", "Discussed", 15, priority=1),
    Column("last_discussed", "Last", 10, kind="date", priority=1),
    Column("days_since", "Days ago", 8, kind="number", priority=2),
    Column("worker", "Worker", 18, priority=1),
    Column("team", "Team", 18, priority=4),
    Column("person_id", "Id", 8, priority=6),
)
SHEET_COLUMNS = (
    Column("name", "Name", 24, frozen=True),
    Column("age", "Age", 3, kind="number", priority=5),
    Column("status", "Status", 20, priority=3),
    Column("overdue_items", "Overdue", 38, priority=1, stretch=True),
    Column("next_due", "Next due", 28, priority=4),
    Column("concerns", "To talk about", 28, priority=2, stretch=True),
    Column("last_discussed", "Discussed", 10, kind="date", priority=2),
    Column("worker", "Worker", 18, priority=6),
    Column("person_id", "Id", 8, priority=6),
)
