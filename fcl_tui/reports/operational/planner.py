"""Planner: what is due on which day of the next eight weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fcl_tui.reports.parameters.shared import TEAM, WORKER
from fcl_tui.reports.spec import Document, Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

DAY_COLUMNS = (
    Column("weekday", "Day", 4, frozen=True),
    Column("date", "Date", 10, kind="date", frozen=True),
    Column("items", "Due", 5, kind="number"),
    Column("overdue", "Overdue", 7, kind="number"),
    Column("mark", "Day off", 7, priority=2),
    Column("hint", "Hint", 30, priority=3),
    Column("bank_holiday", "Bank holiday", 20, priority=4),
)
ITEM_COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 20, frozen=True),
    Column("item", "Due item", 20, priority=1),
    Column("due_date", "Due", 10, kind="date", priority=1),
    Column("plan_for", "Plan for", 10, kind="date", priority=2),
    Column("worker", "Worker", 18, priority=4),
    Column("team", "Team", 18, priority=6),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("person_id", "Id", 8, priority=5),
)


def _rows(context: Context, query: Query) -> Parts:
    """Items and days of the weeks; both are beside the rows, for the grid and the list of a day."""
    from data.frames import collect
    from fcl_tui.definitions.caseload import held_by
    from fcl_tui.records.planner import weeks as planner
    from fcl_tui.records.planner.foreseen import foreseen

    leave = context.leave()
    scope: dict[str, Any] = {"team": query.text("team"), "worker": query.text("worker")}
    scan, calendar, as_at = context.scan_open, context.calendar, context.as_at
    items = collect(planner.planned(held_by(scan, as_at, **scope), calendar, as_at, leave, **scope)).lazy()
    days = planner.days(items, calendar, as_at, leave, worker=scope["worker"])
    return Parts(
        planner.in_calendar(items) if query.view == "detail" else days,
        planner.left_out(items, leave, scan, calendar, as_at, **scope),
        {
            "items": items,
            "days": days,
            "totals": planner.totals(items),
            "foreseen": foreseen(items, context.scan("rules"), as_at),
        },
    )


REPORT = Report(
    key="planner",
    parameters=(TEAM, WORKER),
    views=(
        Listing(
            key="days",
            title="Days",
            build=_rows,
            columns=DAY_COLUMNS,
            row=Row.GROUP,
            row_key="day",
        ),
        Listing(
            key="detail",
            title="Items",
            build=_rows,
            columns=ITEM_COLUMNS,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            behind=True,
        ),
    ),
    switch="none",
    documents=(
        Document(
            key="i",
            label="Calendar file, initials only",
            format="ics",
            build="fcl_tui.export.ics:of_answer",
            view="detail",
        ),
    ),
    explains=("timescales",),
)
