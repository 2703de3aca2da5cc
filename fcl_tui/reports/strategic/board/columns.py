"""The columns of the Board's views."""

from fcl_tui.definitions.board.short_names import LONGEST
from widgets.cells.column import Column

NAME = Column(
    "short", "Indicator", LONGEST, frozen=True, stretch=True, in_files=(Column("name", "Indicator", 40),)
)
"""Short enough to stand whole beside its figures (`definitions.board.short_names`)"""
LINE = (
    Column("no", "No", 3, kind="number", frozen=True),
    NAME,
    Column("figure", "Value", 9, align="right", in_files=(Column("value", "Value", 9, kind="number"),)),
    Column("standing", "RAG", 13, kind="state", sort_by="colour_rank"),
    Column("way", "Since last", 10),
    Column("period", "Period", 11, priority=2),
    Column("parts", "Of", 12, priority=3, align="right"),
    Column("target", "Target", 14, priority=2),
    Column("asked", "Exception", 11, priority=3, if_any=True),
    Column("signal", "Signal", 11, priority=4, if_any=True),
    Column("way_year", "Year before", 11, priority=4),
    Column("england", "England", 9, priority=4, align="right", if_any=True),
    Column("neighbours", "Neighbours", 10, priority=5, align="right", if_any=True),
    Column("assurance", "Assurance", 12, priority=5, if_any=True),
    Column("status", "Status", 12, kind="code", priority=5),
    Column("way_mean", "Mean of four", 12, priority=6),
    Column("owner", "Owner", 14, priority=6, if_any=True),
)
VALUE = (
    Column("no", "No", 3, kind="number", frozen=True),
    Column("period", "Period", 12, frozen=True),
    Column("figure", "Value", 10, align="right"),
    Column("parts", "Of", 12, align="right", priority=1),
    Column("standing", "RAG", 13, kind="state"),
    Column("way", "Since last", 10, priority=2),
    Column("signal", "Signal", 11, priority=2, if_any=True),
    Column("target", "Target", 14, priority=2),
    Column("status", "Status", 14, kind="code", priority=3),
    Column("origin", "From", 10, kind="code", priority=3),
    Column("source", "Source", 20, priority=4, stretch=True),
    Column("made_by", "Entered by", 12, priority=5, if_any=True),
    Column("made_at", "Entered", 16, priority=5, kind="date", if_any=True),
    Column("replaces_shown", "Data gives", 10, priority=4, align="right", if_any=True),
    Column("note", "Note", 20, priority=5, if_any=True),
)
EXCEPTION = (
    Column("no", "No", 3, kind="number", frozen=True),
    NAME,
    Column("state", "Stands", 13, kind="code"),
    Column("due", "Due", 10, kind="date", priority=1),
    Column("owner", "Owner", 14, priority=1),
    Column("reason", "Why it was asked", 24, priority=2),
    Column("cause", "Cause", 24, priority=3, if_any=True),
    Column("actions", "Actions", 24, priority=4, if_any=True),
    Column("trajectory_shown", "Expected, and what came", 28, priority=4, if_any=True),
    Column("requested_by", "Asked by", 12, priority=5),
    Column("changed_at", "Changed", 16, kind="date", priority=5),
    Column("versions", "Versions", 8, kind="number", priority=6),
)
THANKS = (
    Column("no", "No", 3, kind="number", frozen=True),
    Column("to_whom", "To", 20, frozen=True),
    Column("state", "Stands", 10, kind="code"),
    Column("words", "Words", 40, stretch=True),
    Column("signed_by", "Signed by", 16, priority=2),
    Column("made_at", "On", 16, kind="date", priority=3),
)
MEETING = (
    Column("day", "Day", 10, kind="date", frozen=True),
    Column("forum", "Forum", 24, stretch=True),
    Column("state", "Stands", 10, kind="code"),
    Column("period", "Figures of", 11, priority=1),
    Column("frozen", "Frozen figures", 14, kind="number", priority=2),
    Column("chair", "Chair", 16, priority=2),
    Column("minutes", "Minutes", 30, priority=3, if_any=True),
)
REPORTED = (
    Column("no", "No", 3, kind="number", frozen=True),
    NAME,
    Column("period", "Period", 11, priority=3),
    Column("reported", "Reported", 8, align="right"),
    Column("now", "Now", 8, align="right"),
    Column("revised", "Revised", 8, priority=1),
    Column("standing", "RAG then", 13, kind="state"),
    Column("meeting_day", "Meeting", 10, kind="date", priority=2),
    Column("reported_parts", "Of, then", 12, align="right", priority=3),
    Column("now_parts", "Of, now", 12, align="right", priority=3),
    Column("snapshot_id", "Data then", 24, priority=5),
)
REGISTER = (
    Column("title", "Register", 30, frozen=True, stretch=True),
    Column("lines", "Lines", 7, kind="number"),
    Column("open", "Open", 7, kind="number"),
    Column("overdue", "Overdue", 7, kind="number"),
    Column("done", "Done", 7, kind="number", priority=1),
    Column("in_time", "In time", 7, kind="number", priority=1),
    Column("in_time_pct", "In time %", 9, kind="percent", priority=1),
    Column("rule", "In time means", 40, priority=4),
)
ITEM = (
    Column("reference", "Reference", 14, frozen=True),
    Column("title", "What", 30, stretch=True),
    Column("standing", "State", 15, kind="state"),
    Column("due", "Due", 10, kind="date"),
    Column("received", "Received", 10, kind="date", priority=2),
    Column("done", "Done", 10, kind="date", priority=2),
    Column("owner", "Owner", 16, priority=2),
    Column("rating", "Rating", 12, priority=3, if_any=True),
    Column("register_title", "Register", 20, priority=4),
    Column("note", "Note", 20, priority=5, if_any=True),
)
DUE = (
    Column("no", "No", 3, kind="number", frozen=True),
    NAME,
    Column("due_period", "Period", 12),
    Column("due_on", "Due since", 10, kind="date"),
    Column("days_late", "Days late", 9, kind="number", priority=1),
    Column("source_name", "Where from", 30, priority=2),
    Column("owner", "Owner", 14, priority=2, if_any=True),
    Column("newest", "Newest held", 12, priority=3),
)
RECORD = (
    Column("person_id", "Id", 8, frozen=True),
    Column("name", "Name", 22, stretch=True),
    Column("in_numerator", "Counted", 8),
    Column("what", "What", 40, priority=1),
)
