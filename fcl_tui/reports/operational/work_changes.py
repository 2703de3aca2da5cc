"""What changed: what became overdue, was done, is new, is gone or has moved since the data before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fcl_tui.reports.marking import HIDDEN, ITEM, MARK, MARK_LETTER
from fcl_tui.reports.parameters.shared import MARKS, TEAM, WORKER
from fcl_tui.reports.spec import Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column("name", "Name", 12, frozen=True, stretch=True),
    ITEM,
    Column("detail", "What changed", 25, priority=1, stretch=True),
    Column("due_date", "Due", 10, kind="date", priority=3),
    Column("state", "State", 10, kind="state"),
    MARK_LETTER,
    MARK,
    Column("worker", "Worker", 18, priority=5),
    Column("team", "Team", 18, priority=6),
    Column("person_id", "Id", 8, priority=8),
)
ALONE = "No earlier data of the same kind to compare with yet: the next load makes it."


def _rows(context: Context, query: Query) -> Parts:
    from data.errors import DataError
    from data.frames import collect
    from fcl_tui.definitions.marks import marked, only
    from fcl_tui.records.day import work_changes as changes
    from fcl_tui.records.due.items import short_name

    before = context.previous()
    if before is None:
        raise DataError(ALONE)
    days = before.day, context.data_date
    scope: dict[str, Any] = {"team": query.text("team"), "worker": query.text("worker")}
    rows = changes.work_changes(before.scan, context.scan, context.calendar, *days, **scope)
    named = rows.with_columns(short_name())
    with_marks = collect(marked(named, context.marks(), context.as_at, context.data_date)).lazy()
    return Parts(
        only(with_marks, query.text("marks"), context.user),
        changes.left_out(before.scan, context.scan),
        {"every": with_marks},
        lambda frames: changes.headline(frames["every"], *days),
        {"compared": f"data of {days[0]:%d/%m/%Y} and of {days[1]:%d/%m/%Y}"},
    )


REPORT = Report(
    key="work-changes",
    parameters=(TEAM, WORKER, MARKS),
    views=(
        Listing(
            key="changes",
            title="What changed",
            build=_rows,
            columns=COLUMNS,
            row=Row.ITEM,
            row_key="row_key",
            opens="person_id",
            group_by="change_shown",
            empty="No change to show.",
            hidden=("change_shown", "row_key", *HIDDEN),
            marks=True,
        ),
    ),
    switch="none",
    explains=("marks", "timescales"),
    keys=("table.open", "report.team", "report.worker", "marks.mark", "report.why"),
)
