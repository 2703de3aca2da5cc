"""Staff Supervision: whose is overdue, the longest gap, and which children were not lately discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.measures import supervision as measures
from fcl_tui.reports.beside import Extra
from fcl_tui.reports.parameters import FROM, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Parts, Records, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query

WORKER_COLUMNS = (
    Column("worker", "Worker", 20, frozen=True, stretch=True),
    Column("standing", "State", 11, kind="state", sort_by="due", in_files=(Column("state", "State", 9),)),
    Column("last_held", "Last held", 10, kind="date", priority=1),
    Column("days_since", "Days ago", 8, kind="number", priority=1),
    Column("due", "Due", 10, kind="date", priority=3),
    Column("next_booked", "Booked", 10, kind="date", priority=1),
    Column("longest_gap", "Longest gap", 11, kind="number", priority=3),
    Column("children", "Children", 8, kind="number", priority=4),
    Column("team", "Team", 18, priority=4),
)
TEAM_COLUMNS = (
    Column("team", "Team", 22, frozen=True, stretch=True),
    Column("supervised_workers", "Workers", 7, kind="number"),
    Column("supervision_in_time", "In time", 7, kind="number"),
    Column("supervision_in_time_pct", "In time %", 9, kind="percent", priority=1),
    Column("supervision_overdue", "Overdue", 7, kind="number"),
    Column("supervision_never", "None entered", 12, kind="number"),
    Column("supervision_longest_gap", "Longest gap", 11, kind="number", priority=2),
)
SESSION_COLUMNS = (
    Column("day", "Day", 10, kind="date", frozen=True),
    Column("worker", "Worker", 20, stretch=True),
    Column("kind", "Kind", 8, priority=1),
    Column("state", "State", 9, priority=1),
    Column("supervisor", "Supervisor", 18, priority=2),
    Column("children", "Children", 8, kind="number", priority=2),
    Column("team", "Team", 18, priority=4),
)
CHILD_COLUMNS = (
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("age", "Age", 3, kind="number", priority=4),
    Column("discussed", "Discussed", 15, priority=1),
    Column("last_discussed", "Last", 10, kind="date", priority=1),
    Column("days_since", "Days ago", 8, kind="number", priority=2),
    Column("worker", "Worker", 18, priority=1),
    Column("team", "Team", 18, priority=4),
    Column("person_id", "Id", 8, priority=6),
)


def _span(context: Context, query: Query) -> tuple[date, date]:
    from fcl_tui.definitions.periods import twelve_months

    return twelve_months(context.as_at, query.day("from"), query.day("to"))


def _known(context: Context) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The cases held by the workers whose supervision the reader may see, and the supervisions."""
    import polars as pl

    from fcl_tui.records.supervision import SHAPE, held_cases

    known = context.supervisions()
    cases = held_cases(context.scan_open, context.as_at)
    if known is None:
        return cases, pl.LazyFrame(schema=SHAPE)
    if not known.everyone:
        mine = pl.col("team").is_in(list(known.teams)) | pl.col("worker").is_in(list(known.workers))
        cases = cases.filter(mine)
    return cases, known.rows


def _workers(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.supervision import workers

    cases, rows = _known(context)
    settings = context.settings
    return workers(
        cases,
        rows,
        context.as_at,
        _span(context, query),
        weeks=int(settings.get("supervision_weeks", 4)),
        weeks_newly_qualified=int(settings.get("supervision_weeks_newly_qualified", 2)),
        newly_qualified=settings.get("newly_qualified", ()),
    )


WORKERS = Records(noun="worker", plural="workers", rows=_workers, identified_by=("worker", "team"))


def _beside(context: Context, query: Query) -> Parts:
    """The line on top: how many workers are in time, overdue, without any entered."""
    import polars as pl

    from fcl_tui.reports.figures import value
    from fcl_tui.reports.run import narrowed

    sums = narrowed(_workers(context, query), query).select(value(one) for one in measures.ALL)
    return Parts(pl.LazyFrame(), beside={"sums": sums}, headline=lambda frames: _headline(frames["sums"]))


def _headline(sums: pl.DataFrame) -> str:
    told = sums.row(0, named=True)
    count = told[measures.WORKERS.key]
    return (
        f"{count} workers: {told[measures.IN_TIME.key]} supervised in time, {told[measures.OVERDUE.key]} "
        f"overdue, {told[measures.NEVER.key]} with none entered"
    )


def _listed(context: Context, query: Query) -> Parts:
    """The workers behind a figure, or all of them; those without any and those overdue first."""
    from dataclasses import replace

    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(_workers(context, query), query)
    return replace(_beside(context, query), rows=rows)


def _sessions(context: Context, query: Query) -> Parts:
    from fcl_tui.records.supervision import sessions
    from fcl_tui.reports.run import narrowed

    cases, rows = _known(context)
    return Parts(narrowed(sessions(rows, cases, _span(context, query), context.as_at), query))


def _children(context: Context, query: Query) -> Parts:
    from fcl_tui.records.supervision import children
    from fcl_tui.reports.run import narrowed

    cases, rows = _known(context)
    weeks = int(context.settings.get("discussed_weeks", 12))
    return Parts(narrowed(children(cases, rows, context.as_at, weeks), query))


def _team_order(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    import polars as pl

    late = pl.col("supervision_overdue") + pl.col("supervision_never")
    return groups.sort(late, "team", descending=[True, False])


REPORT = Report(
    key="staff-supervision",
    parameters=(TEAM, WORKER, FROM, TO),
    views=(
        Listing(
            key="worker",
            title="Workers",
            build=_listed,
            columns=WORKER_COLUMNS,
            row=Row.RECORD,
            row_key="row_key",
            empty="No worker holds a case here.",
            hidden=("row_key", "person_id", "standing"),
            drills={"children": "Children of this worker", "session": "Supervisions of this worker"},
        ),
        Breakdown(
            key="team",
            title="Teams side by side",
            records=WORKERS,
            dimension=Dimension(key="team", title="Teams side by side", by=("team",)),
            measures=measures.ALL,
            listing="detail",
            columns=TEAM_COLUMNS,
            row_key="team",
            finish=_team_order,
            parts=_beside,
            empty="No worker holds a case here.",
            into={"worker": "Workers of this team"},
        ),
        Listing(
            key="session",
            title="Supervisions, held and booked",
            build=_sessions,
            columns=SESSION_COLUMNS,
            row=Row.RECORD,
            row_key="row_key",
            empty="No supervision was entered here. fcl-tui supervision add and import enter them.",
            hidden=("row_key",),
        ),
        Listing(
            key="children",
            title="Children, by when they were discussed",
            build=_children,
            columns=CHILD_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            empty="No child is held here.",
            hidden=("row_key",),
        ),
        Listing(
            key="detail",
            title="Workers behind a figure",
            build=_listed,
            columns=WORKER_COLUMNS,
            row=Row.RECORD,
            row_key="row_key",
            empty="No worker holds a case here.",
            hidden=("row_key", "person_id", "standing"),
            behind=True,
        ),
    ),
    overdue_figure="supervision_overdue",
    extras=(
        Extra(
            name="enter-supervision",
            key="S",
            id="supervision.enter",
            label="Enter",
            tooltip="Enter a supervision of this worker: kind, day, children discussed",
        ),
    ),
    keys=("table.open", "report.team", "report.switch", "supervision.enter", "report.overdue"),
)
