"""My day: what to chase this morning, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.marking import HIDDEN, every_item
from fcl_tui.reports.parameters import CLIENT, MARKS, TEAM, WORKER
from fcl_tui.reports.spec import Listing, Parts, Report, Row
from widgets.cells.column import DAYS_IN_FILES, Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query

COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 12, frozen=True, stretch=True),
    Column("item", "Due item", 22, priority=2, stretch=True),
    Column("why", "Why", 29, priority=1),
    Column("days_shown", "Days", 11, align="right", priority=5, sort_by="days", in_files=DAYS_IN_FILES),
    Column("mark_shown", "Mark", 14, priority=4),
    Column("worker", "Worker", 18, priority=5),
    Column("team", "Team", 18, priority=6),
    Column("person_id", "Id", 8, priority=8),
    Column("due_date", "Due", 10, kind="date", priority=7),
)


def _rows(context: Context, query: Query) -> Parts:
    from data.frames import collect
    from fcl_tui.definitions.caseload import in_scope
    from fcl_tui.definitions.marks import only
    from fcl_tui.records import my_day as report

    then = context.last_visit()
    items = every_item(context)
    earlier = report.stood(then.scan, context.calendar, then.day) if then.stood is None else then.stood
    scoped = in_scope(items, query.text("team"), query.text("worker"), query.person_ids())
    every = collect(report.my_day(scoped, earlier, then.day, context.as_at, context.user)).lazy()
    first = ("group", "why")
    names = every.collect_schema().names()
    rows = every.select(*first, *(name for name in names if name not in first))
    return Parts(
        only(rows, query.text("marks"), context.user),
        report.left_out(context.scan, items, scoped, earlier, context.as_at, context.user),
        {"every": every},
        lambda frames: f"{report.headline(frames['every'])}\nnew: {then.words}",
        {"new": then.words},
    )


REPORT = Report(
    key="my-day",
    parameters=(TEAM, WORKER, CLIENT, MARKS),
    views=(
        Listing(
            key="chase",
            title="To chase",
            build=_rows,
            columns=COLUMNS,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            group_by="group_shown",
            empty="Nothing to chase here.",
            hidden=(*HIDDEN, "group_shown"),
            marks=True,
        ),
    ),
    switch="none",
    beside=("work-changes", "chasing"),
    since_last_visit=True,
    explains=("marks", "timescales"),
    keys=(
        "table.open",
        "my_day.next",
        "report.team",
        "report.worker",
        "marks.mark",
        "report.why",
        "report.switch",
    ),
)
