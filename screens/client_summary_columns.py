"""The sections of the Client Summary: their names, columns and keys."""

from widgets.columns import Column

SECTIONS: dict[str, tuple[Column, ...]] = {
    "chronology": (
        Column("date", "Date", 10, kind="date", frozen=True),
        Column("event", "Event", 26),
        Column("worker", "Worker", 18, priority=3),
        Column("kind_name", "Kind", 14, priority=5),
        Column("days_since", "Gap", 5, kind="number", priority=4),
        Column("detail", "Detail", 24, priority=1),
    ),
    "relationships": (
        Column("name", "Name", 24, frozen=True),
        Column("relation", "Relation", 13),
        Column("start", "From", 10, kind="date", priority=2),
        Column("end", "Until", 10, kind="date", priority=2),
        Column("age", "Age", 3, kind="number", priority=3),
        Column("status", "Status", 16, priority=4),
        Column("team", "Team", 18, priority=5),
        Column("detail", "Detail", 20, priority=1),
    ),
    "assessments": (
        Column("start_date", "Started", 10, kind="date", frozen=True),
        Column("authorised_date", "Authorised", 10, kind="date"),
        Column("working_days", "Days", 5, kind="number"),
        Column("open_days", "So far", 6, kind="number", priority=2),
        Column("due_date", "Due", 10, kind="date", priority=3),
        Column("outcome", "Outcome", 22, priority=1),
        Column("worker", "Worker", 18, priority=4),
        Column("factors", "Factors", 22, priority=2),
    ),
    "due": (
        Column("state", "State", 10, kind="state", frozen=True),
        Column("days_shown", "Days", 11, align="right", sort_by="days"),
        Column("item", "Due item", 26),
        Column("due_date", "Due", 10, kind="date"),
        Column("mark_shown", "Mark", 14, priority=1),
        Column("last_date", "Last done", 10, kind="date", priority=2),
        Column("reason", "Reason", 24, priority=3),
    ),
}
KEYS = {"chronology": "event_key", "relationships": "row_key", "assessments": "row_key", "due": "item_id"}
NAMES = {
    "chronology": "Chronology",
    "relationships": "Key relationships",
    "assessments": "Assessments",
    "due": "What is due",
}
