"""Due items: the timescales engine's whole frame, for scripts and for checking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fcl_tui.reports.parameters.shared import CLIENT, HISTORY
from fcl_tui.reports.spec import Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column("state", "State", 14, kind="state"),
    Column("person_id", "Id", 8, frozen=True),
    Column("item_short", "Due item", 16, in_files=(Column("rule", "Rule", 26, kind="code"),)),
    Column("cycle", "Cycle", 5, kind="number", priority=5),
    Column("started", "From", 10, kind="date", priority=2),
    Column("due_date", "Due", 10, kind="date"),
    Column("done_date", "Done", 10, kind="date", priority=2),
    Column("days_late", "Days late", 9, kind="number", priority=1),
    Column("reason", "Reason", 24, priority=3),
)


def _rows(context: Context, query: Query) -> Parts:
    from fcl_tui.records.due.items import short_name
    from fcl_tui.records.due.whole import due_list, left_out

    asked = (context.scan, context.calendar, context.as_at)
    which: dict[str, Any] = {"history": query.flag("history"), "person_id": query.text("client")}
    return Parts(due_list(*asked, **which).with_columns(short_name()), left_out(*asked, **which))


REPORT = Report(
    key="due-items",
    parameters=(CLIENT, HISTORY),
    views=(
        Listing(
            key="items",
            title="Due items",
            build=_rows,
            columns=COLUMNS,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            empty="Nothing is due.",
            hidden=("item_short",),
        ),
    ),
    switch="none",
    explains=("timescales",),
)
