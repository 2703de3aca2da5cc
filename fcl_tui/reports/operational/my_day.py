"""My day: what to chase this morning, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.marking import HIDDEN, ITEM, MARK, MARK_LETTER, STANDING, every_item
from fcl_tui.reports.parameters.shared import CLIENT, MARKS, TEAM, WORKER
from fcl_tui.reports.spec import Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    STANDING,
    Column("name", "Name", 16, frozen=True, stretch=True),
    ITEM,
    Column("why_shown", "Why", 12, in_files=(Column("why", "Why", 30),)),
    Column("worker", "Worker", 14, stretch=True),
    MARK_LETTER,
    MARK,
    Column("team", "Team", 18, priority=3, stretch=True),
    Column("due_date", "Due", 10, kind="date", priority=4),
    Column("person_id", "Id", 8, priority=8),
)
FIRST_LOOK = "first look here: what is new is shown from the next day on"


def _rows(context: Context, query: Query) -> Parts:
    import polars as pl

    from data.errors import DataError
    from data.frames import collect
    from fcl_tui.definitions.caseload import in_scope
    from fcl_tui.definitions.marks import only
    from fcl_tui.definitions.wording.omissions import said
    from fcl_tui.records.day import my_day as report
    from fcl_tui.records.due.items import BENCHMARK
    from fcl_tui.reports.management.audit_todo import line_for_my_day

    then = context.last_visit()
    every_one = every_item(context)
    items = every_one.filter(pl.col("kind") != BENCHMARK)
    if then.first:  # everything would be new
        earlier = items.select("item_id", was="state")
    else:
        earlier = report.stood(then.scan, context.calendar, then.day) if then.stood is None else then.stood
    scoped = in_scope(items, query.text("team"), query.text("worker"), query.person_ids())
    every = collect(report.my_day(scoped, earlier, then.day, context.as_at, context.user)).lazy()
    first = ("group", "why")
    names = every.collect_schema().names()
    rows = every.select(*first, *(name for name in names if name not in first))
    since = FIRST_LOOK if then.first else then.words
    measured = in_scope(
        every_one.filter(pl.col("kind") == BENCHMARK, pl.col("state") == "overdue"),
        query.text("team"),
        query.text("worker"),
        query.person_ids(),
    )
    left_out = [
        report.left_out(context.scan, items, scoped, earlier, context.as_at, context.user),
        said(measured, "past a benchmark for adoption, which no one can chase: see the child", "items"),
    ]
    try:
        waits, unread = line_for_my_day(context), ""
    except DataError:  # the office database cannot be read: the list of due work does not wait for it
        waits, unread = None, "   audits of practice cannot be read now"
    beside = {"every": every} | ({"audits": waits} if waits is not None else {})
    return Parts(
        only(rows, query.text("marks"), context.user),
        pl.concat(left_out).filter(pl.col("count") > 0),
        beside,
        lambda frames: f"{report.headline(frames['every'])}\n{_second_line(since, frames)}{unread}",
        {"new": since},
    )


def _second_line(since: str, frames: Mapping[str, pl.DataFrame]) -> str:
    """What "new" means here, and what waits in audits of practice."""
    from fcl_tui.reports.management.audit_todo import in_my_day

    audits = in_my_day(frames["audits"]) if "audits" in frames else ""
    return f"{audits}   new: {since}" if audits else f"new: {since}"


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
            hidden=(*HIDDEN, "group_shown", "why_shown"),
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
        "marks.mark",
        "report.why",
        "marks.select",
        "report.export",
        "report.worker",
        "report.switch",
    ),
)
