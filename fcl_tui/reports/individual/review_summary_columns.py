"""The columns of the Review Summary's parts, on the screen and on paper."""

from widgets.cells.column import Column

HIDDEN = ("row_key", "still_open", "was_seen", "counted", "changed", "event_key")

COLUMNS = {
    "due": (
        Column("state", "State", 14, kind="state", frozen=True),
        Column("days_shown", "Days", 11, align="right", sort_by="days"),
        Column("item", "What", 26, stretch=True),
        Column("due_date", "Due", 10, kind="date"),
        Column("done_date", "Done", 10, kind="date", priority=1),
        Column("reason", "Reason", 24, priority=3),
    ),
    "visits": (
        Column("date", "Date", 10, kind="date", frozen=True),
        Column("visit", "Visit", 20),
        Column("seen", "Seen", 12),
        Column("alone", "Alone", 12),
        Column("bedroom", "Bedroom", 12, priority=3),
        Column("worker", "Worker that day", 18, priority=2, stretch=True),
    ),
    "changes": (
        Column("start", "From", 10, kind="date", frozen=True),
        Column("end", "Until", 10, kind="date"),
        Column("what", "What", 22),
        Column("miles", "Miles", 6, kind="number", priority=3),
        Column("detail", "Detail", 26, stretch=True),
    ),
    "missing": (
        Column("start_day", "From", 10, kind="date", frozen=True),
        Column("end_day", "Back", 10, kind="date"),
        Column("what", "Kind", 10, kind="code", priority=3),
        Column("hours", "Hours", 6, kind="number", priority=2),
        Column("days", "Days", 5, kind="number", priority=2),
        Column("offered", "Offered", 12),
        Column("accepted", "Accepted", 12),
        Column("interview", "Interview", 22, priority=1, stretch=True),
    ),
    "health": (
        Column("topic", "Topic", 26, frozen=True),
        Column("date", "Date", 10, kind="date"),
        Column("result", "Result", 24, stretch=True),
        Column("state", "Next", 14, kind="state"),
        Column("due_date", "Next due", 10, kind="date", priority=1),
    ),
    "assessments": (
        Column("start_date", "Started", 10, kind="date", frozen=True),
        Column("authorised_date", "Authorised", 10, kind="date"),
        Column("outcome", "Outcome", 20, priority=1),
        Column("child_seen", "Child seen", 10, priority=3),
        Column("worker", "Worker", 18, priority=4),
        Column("factors", "Factors", 30, stretch=True),
    ),
    "people": (
        Column("name", "Name", 22, frozen=True),
        Column("relation", "Relation", 13),
        Column("detail", "Detail", 22, priority=1, stretch=True),
        Column("start", "From", 10, kind="date", priority=2),
        Column("end", "Until", 10, kind="date", priority=2),
        Column("status", "Status", 16, priority=4),
        Column("team", "Team", 18, priority=5),
    ),
    "reviews": (
        Column("date", "Date", 10, kind="date", frozen=True),
        Column("review", "Review", 30),
        Column("cancelled", "Cancelled", 9, priority=3),
        Column("took_part", "Child took part", 24, stretch=True),
        Column("officer", "Reviewing officer", 18, priority=2),
        Column("outcome", "Outcome", 18, priority=4),
    ),
}
"""By part. `priority` says which go first where the terminal is narrow."""
