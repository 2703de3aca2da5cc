"""The columns of the planner's list of a day, and the lines of words about it."""

from datetime import date
from typing import Any

from widgets.cells.column import Column
from widgets.cells.plain import plain

MARK = Column("chosen", "*", 1, frozen=True)
STATE = Column("state", "State", 10, kind="state")
NAME = Column("name", "Name", 18, frozen=True)
ITEM = Column("item", "Due item", 22, priority=1)
REST = (
    Column("worker", "Worker", 18, priority=4),
    Column("team", "Team", 18, priority=6),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("person_id", "Id", 8, priority=5),
)
DAY_COLUMNS = (MARK, STATE, NAME, ITEM, *REST)
OFF_COLUMNS = (MARK, STATE, NAME, ITEM, Column("plan_for", "Plan for", 10, kind="date", priority=2), *REST)
EARLIER_COLUMNS = (
    MARK,
    STATE,
    Column("days", "Days", 8, kind="days", priority=3),
    NAME,
    ITEM,
    Column("due_date", "Due", 10, kind="date", priority=2),
    *REST,
)


def notes_line(totals: dict[str, int]) -> str:
    """What falls on days off, which is also the key to the letters."""
    return (
        f" Falling on:  W weekend {totals['weekend']:,}   H bank holiday {totals['holiday']:,}"
        f"   L leave {totals['leave']:,}"
    )


def beyond_line(beyond: date | None) -> str:
    """What the weeks cannot say from a day on."""
    if beyond is None:
        return ""
    return f" From {beyond:%d/%m/%Y} (?) more will be due: what follows the next visit is missing"


def caption_line(row: dict[str, Any], marked: str) -> str:
    """What one day is and holds: the figure first, then what to do about it."""
    if row["date"] is None:
        parts = [f"Earlier: {row['items']:,} due, {row['overdue']:,} overdue"]
    else:
        parts = [f"{row['weekday']} {plain(row['date'])}: {row['items']:,} due"]
        if row["hint"]:
            parts.append(plain(row["hint"]))
        elif row["bank_holiday"]:
            parts.append(plain(row["bank_holiday"]))
        if row["on_leave"] and row["mark"] == "L":
            parts.append(f"on leave: {plain(row['on_leave'])}")
    return " " + "; ".join([*parts, *([marked] if marked else [])])
