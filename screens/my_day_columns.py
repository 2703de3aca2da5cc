"""The parts of My day: their names, columns and headings."""

from typing import Literal

from widgets.columns import Column

Section = Literal["chase", "changes", "chasing"]

NAMES: dict[Section, str] = {"chase": "To chase", "changes": "What changed", "chasing": "Chasing"}
WHOSE = (
    Column("worker", "Worker", 18, priority=5),
    Column("team", "Team", 18, priority=6),
    Column("person_id", "Id", 8, priority=8),
)
COLUMNS: dict[Section, tuple[Column, ...]] = {
    "chase": (
        Column("state", "State", 10, kind="state"),
        Column("name", "Name", 12, frozen=True, stretch=True),
        Column("item", "Due item", 22, priority=2, stretch=True),
        Column("why", "Why", 29, priority=1),
        Column("days_shown", "Days", 11, align="right", priority=5, sort_by="days"),
        Column("mark_shown", "Mark", 14, priority=4),
        *WHOSE,
        Column("due_date", "Due", 10, kind="date", priority=7),
    ),
    "changes": (
        Column("name", "Name", 12, frozen=True, stretch=True),
        Column("item", "Due item", 20, priority=2, stretch=True),
        Column("detail", "What changed", 28, priority=1, stretch=True),
        Column("due_date", "Due", 10, kind="date", priority=3),
        Column("state", "State", 10, kind="state"),
        Column("mark_shown", "Mark", 14, priority=4),
        *WHOSE,
    ),
    "chasing": (
        Column("worker", "Worker", 18, frozen=True),
        Column("overdue", "Overdue", 7, kind="number", priority=1),
        Column("untouched", "Untouched", 9, kind="number", priority=1),
        Column("oldest_untouched", "Oldest d", 8, kind="number", priority=1),
        Column("broken", "Broken", 6, kind="number", priority=1),
        Column("back", "Back", 4, kind="number", priority=4),
        Column("chased", "Chased", 6, kind="number", priority=2),
        Column("booked", "Booked", 6, kind="number", priority=2),
        Column("handed", "Handed", 6, kind="number", priority=3),
        Column("done", "Done", 4, kind="number", priority=2),
        Column("snoozed", "Snoozed", 7, kind="number", priority=4),
        Column("not_needed", "Not need", 8, kind="number", priority=4),
        Column("owed", "Owed", 6, kind="number", priority=5),
        Column("clients", "Clients", 7, kind="number", priority=6),
        Column("team", "Team", 18, priority=3),
    ),
}
TEAM_FIRST = (Column("team", "Team", 18, frozen=True), *COLUMNS["chasing"][1:-1])
KEYS: dict[Section, str] = {"chase": "item_id", "changes": "row_key", "chasing": "row_key"}
EMPTY: dict[Section, str] = {
    "chase": "Nothing to chase here.",
    "changes": "No change to show.",
    "chasing": "Nobody holds a client here.",
}
GROUPED: dict[Section, str | None] = {"chase": "group_shown", "changes": "change_shown", "chasing": None}
