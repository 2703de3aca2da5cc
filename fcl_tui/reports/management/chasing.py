"""Chasing: how far overdue work has been followed up, by worker and team; the items behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.management.whose import SHOWN, WHO, with_whose
from fcl_tui.reports.marking import HIDDEN, ITEM, MARK, MARK_LETTER, STANDING, every_item
from fcl_tui.reports.parameters.shared import MARKS, TEAM, WORKER
from fcl_tui.reports.spec import Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

LATENESS = Column(
    "lateness",
    "Late by days",
    12,
    kind="bands",
    sort_by="oldest_untouched",
    in_files=(
        Column("late_to_7", "1 to 7 days late", 16, kind="number"),
        Column("late_8_14", "8 to 14 days late", 17, kind="number"),
        Column("late_15_28", "15 to 28 days late", 18, kind="number"),
        Column("late_over_28", "Over 28 days late", 17, kind="number"),
    ),
)
"""A bar of the overdue items in four shades, darker the later: to 7, 14, 28 calendar days, over 28"""
FIGURES = (
    Column("overdue", "Overdue", 7, kind="number", priority=1),
    LATENESS,
    Column("untouched", "Untouched", 9, kind="number", priority=1),
    Column("oldest_untouched", "Oldest, days", 12, kind="number", priority=1),
    Column("broken", "Not kept", 8, kind="number", priority=1),
    Column("unanswered", "No answer", 9, kind="number", priority=1),
    Column("chased", "Chased", 6, kind="number", priority=2),
    Column("booked", "Booked", 6, kind="number", priority=2),
    Column("done", "Said done", 9, kind="number", priority=3),
    Column("handed", "Handed", 6, kind="number", priority=4),
    Column("back", "Snooze over", 11, kind="number", priority=4),
    Column("snoozed", "Snoozed", 7, kind="number", priority=4),
    Column("not_needed", "Not needed", 10, kind="number", priority=5),
    Column("owed", "Owed", 6, kind="number", priority=6),
    Column("clients", "Clients", 7, kind="number", priority=6),
)
WORKER_COLUMNS = (
    WHO,
    *FIGURES,
    Column("team", "Team", 18, priority=2, stretch=True),
)
TEAM_COLUMNS = (Column("team", "Team", 18, frozen=True, stretch=True), *FIGURES)
ITEM_COLUMNS = (
    STANDING,
    Column("name", "Name", 16, frozen=True, stretch=True),
    ITEM,
    Column("due_date", "Due", 10, kind="date"),
    Column("worker", "Worker", 14, stretch=True),
    MARK_LETTER,
    MARK,
    Column("mark_by", "By", 12, priority=3),
    Column("mark_note", "Note", 20, priority=4, if_any=True),
    Column("person_id", "Id", 8, priority=6),
)


def _counts(context: Context, query: Query) -> Parts:
    import polars as pl

    from fcl_tui.definitions.caseload import clients_at
    from fcl_tui.records.client_overview import left_out
    from fcl_tui.records.day import chasing as report

    scan, calendar, as_at = context.scan_open, context.calendar, context.as_at
    team, worker = query.text("team"), query.text("worker")
    by: report.By = "team" if query.view == "team" else "worker"
    items, clients = every_item(context), clients_at(scan, as_at)
    if worker is not None:
        items, clients = (frame.filter(pl.col("worker") == worker) for frame in (items, clients))
    rows = report.chasing(items, clients, as_at, by=by, team=team)
    rows = with_whose(rows) if by == "worker" else rows
    return Parts(
        rows,
        left_out(scan, calendar, as_at, team=team, worker=worker),
        headline=lambda frames: report.totals_line(frames["rows"]),
    )


def _items(context: Context, query: Query) -> Parts:
    """Exactly the items that a worker's or a team's figures count; each heading is one of the figures."""
    from data.frames import collect
    from fcl_tui.definitions.marks import only
    from fcl_tui.records.client_overview import left_out
    from fcl_tui.records.day import chasing as report

    of = {name: value for name in ("team", "worker") if (value := query.text(name)) is not None}
    rows = collect(report.items_behind(every_item(context), context.as_at, **of)).lazy()
    return Parts(
        only(rows, query.text("marks"), context.user),
        left_out(
            context.scan_open,
            context.calendar,
            context.as_at,
            team=query.text("team"),
            worker=query.text("worker"),
        ),
        {"every": rows},
        lambda frames: report.standing_line(frames["every"]),
    )


EMPTY = "No clients are held here."
INTO = {"detail": "Overdue items"}

REPORT = Report(
    key="chasing",
    parameters=(TEAM, WORKER, MARKS),
    views=(
        Listing(
            key="worker",
            title="Workers side by side",
            build=_counts,
            columns=WORKER_COLUMNS,
            row=Row.GROUP,
            row_key="row_key",
            empty=EMPTY,
            hidden=("row_key", "lateness", SHOWN),
            drills=INTO,
        ),
        Listing(
            key="team",
            title="Teams side by side",
            build=_counts,
            columns=TEAM_COLUMNS,
            row=Row.GROUP,
            row_key="row_key",
            empty=EMPTY,
            hidden=("row_key", "lateness", SHOWN),
            drills=INTO,
        ),
        Listing(
            key="detail",
            title="Overdue items",
            build=_items,
            columns=ITEM_COLUMNS,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            group_by="stand_shown",
            empty="Nothing is overdue here.",
            hidden=(*HIDDEN, "stand_shown"),
            behind=True,
            marks=True,
        ),
    ),
    switch_label="By team",
    explains=("marks",),
    keys=("table.open", "report.team", "report.switch", "marks.mark", "report.why", "report.export"),
)
