"""Caseload: how many children each team and worker holds, of which kind, and how that moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.measures import caseload as measures
from fcl_tui.reports.management.whose import SHOWN, WHO, with_whose
from fcl_tui.reports.official.listing import official_view
from fcl_tui.reports.parameters.shared import CLIENT, FROM, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Chart, Dimension, Listing, Parts, Records, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

LOAD = Column("load", "Load", 13, kind="state", if_any=True)
STAFF = (
    Column("children", "Children", 8, kind="number", priority=1),
    Column("per_fte", "Per FTE", 7, kind="number", priority=1),
    Column("fte", "FTE", 5, kind="number", priority=3),
    Column("with_overdue", "Overdue", 7, kind="number", priority=2),
    Column("points", "Points", 7, kind="number", priority=2),
    Column("points_per_fte", "Pts/FTE", 7, kind="number", priority=2),
)
KINDS = (
    Column("looked_after", "LAC", 4, kind="number", priority=3),
    Column("child_protection", "CP", 4, kind="number", priority=3),
    Column("both", "Both", 4, kind="number", priority=5),
    Column("cin_plan", "CIN", 4, kind="number", priority=4),
    Column("in_need_no_plan", "No plan", 7, kind="number", priority=4),
    Column("care_leaver", "CL", 4, kind="number", priority=5),
    Column("short_break", "Short", 5, kind="number", priority=6),
)
TEAM_COLUMNS = (
    Column("team", "Team", 24, frozen=True, stretch=True),
    LOAD,
    *STAFF,
    Column("workers", "Workers", 7, kind="number", priority=2),
    Column("over_limit", "Over limit", 10, kind="number", priority=2, if_any=True),
    Column("unallocated", "No worker", 9, kind="number", priority=1),
    Column("families", "Families", 8, kind="number", priority=4),
    *KINDS,
    Column("three_workers", "3+ workers", 10, kind="number", priority=5),
    Column("cla_3plus_workers", "3+ %", 6, kind="percent", priority=6),
    Column("median_days", "Days held", 9, kind="number", priority=7),
)
WORKER_COLUMNS = (
    WHO,
    LOAD,
    *STAFF,
    *KINDS,
    Column("families", "Families", 8, kind="number", priority=5),
    Column("median_days", "Days held", 9, kind="number", priority=6),
    Column("longest_open", "Longest", 7, kind="number", priority=7),
    Column("team", "Team", 18, priority=4),
)
MOVEMENT_COLUMNS = (
    Column("team", "Team", 24, frozen=True, stretch=True),
    Column("opening", "At start", 8, kind="number"),
    Column("came_in", "In", 6, kind="number"),
    Column("went_out", "Out", 6, kind="number"),
    Column("closing", "At end", 8, kind="number"),
    Column("net", "Net", 6, kind="number", priority=2),
)
CHILD_COLUMNS = (
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("counts_as", "Counts as", 22, priority=2),
    Column("overdue", "Overdue", 7, kind="number", priority=1),
    Column("worker", "Worker", 18, priority=1),
    Column("since", "Since", 10, kind="date", priority=3),
    Column("team", "Team", 18, priority=4),
    Column("open_since", "Open since", 10, kind="date", priority=5),
    Column("workers", "Workers", 7, kind="number", priority=7),
    Column("year_workers", "In year", 7, kind="number", priority=5),
    Column("person_id", "Id", 8, priority=6),
)
SPELL_COLUMNS = (
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("team", "Team", 23, priority=1),
    Column("start", "From", 10, kind="date", priority=1),
    Column("end", "Until", 10, kind="date", priority=1),
    Column("worker", "Last worker", 18, priority=2),
    Column("person_id", "Id", 8, priority=3),
)
WEIGHTED = ("points", "points_per_fte")
HIDDEN = ("row_key", "load", "date_of_birth", SHOWN)
EMPTY = "No cases are held here."


def _limit(context: Context) -> float | None:
    limit = context.settings.get("caseload_limit")
    return None if limit is None else float(limit)


def _children(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.workload.caseload import children_held

    return children_held(
        context.scan_open,
        context.calendar,
        context.as_at,
        query.person_ids(),
        ever=context.scan,
        points=context.settings.get("caseload_points"),
    )


def _spells(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.definitions.days.periods import twelve_months
    from fcl_tui.records.workload.movement import spells_of_team

    span = twelve_months(context.as_at, query.day("from"), query.day("to"))
    rows = spells_of_team(context.scan, context.as_at, span)
    ids = query.person_ids()
    import polars as pl

    return rows if ids is None else rows.filter(pl.col("person_id").is_in(ids))


CHILDREN = Records(noun="child", plural="children", rows=_children, identified_by=("worker", "team"))
SPELLS = Records(
    noun="child held", plural="children held", rows=_spells, identified_by=("team", "start", "end")
)


def _staffed(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:
    from fcl_tui.records.workload.caseload import with_staff
    from fcl_tui.reports.run import narrowed

    by = ("team", "worker") if query.view == "worker" else ("team",)
    staffed = with_staff(groups, narrowed(records, query), by, _limit(context))
    staffed = with_whose(staffed) if query.view == "worker" else staffed
    return staffed if context.settings.get("caseload_points") else staffed.drop(WEIGHTED)


def _net(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    import polars as pl

    return groups.with_columns(net=pl.col("came_in") - pl.col("went_out"), row_key="team").sort("team")


def _beside(context: Context, query: Query) -> Parts:
    """The workers for the bars, the line on top, and what is left out."""
    from data.frames import collect
    from fcl_tui.records.workload.caseload import headline, left_out
    from fcl_tui.reports.run import groups_of, narrowed

    children = collect(_children(context, query)).lazy()
    workers = groups_of(WORKERS, context, replace(query, view="worker"), children)
    return Parts(
        workers,
        left_out(context.scan_open, narrowed(children, query)),
        {"workers": workers},
        lambda frames: headline(
            frames["workers"], _limit(context), context.settings.get("caseload_comparator")
        ),
    )


def _listed(context: Context, query: Query) -> Parts:
    """The children behind a figure, or all of them."""
    import polars as pl

    from fcl_tui.records.workload.caseload import MIX_NAMES
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(_children(context, query), query)
    named = pl.col("mix").replace_strict(MIX_NAMES, default=pl.col("mix"), return_dtype=pl.String)
    listed = rows.with_columns(counts_as=named).sort(
        "overdue", "name", "person_id", descending=[True, False, False], nulls_last=True
    )
    return replace(_beside(context, query), rows=listed)


def _moves(context: Context, query: Query) -> Parts:
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(_spells(context, query), query)
    listed = rows.sort("name", "person_id", "start", "end", "team", "worker", nulls_last=True)
    return replace(_beside(context, query), rows=listed)


CHART = Chart(
    kind="bars",
    frame="workers",
    label="worker",
    value="per_fte",
    state="load",
    target="caseload_limit",
    title="Cases per full-time worker",
)
WORKERS = Breakdown(
    key="worker",
    title="Workers side by side",
    records=CHILDREN,
    dimension=Dimension(key="worker", title="Workers side by side", by=("team", "worker"), label=(SHOWN,)),
    measures=measures.NOW,
    listing="detail",
    columns=WORKER_COLUMNS,
    row_key="row_key",
    finish=_staffed,
    parts=_beside,
    chart=CHART,
    empty=EMPTY,
    hidden=HIDDEN,
    optional=WEIGHTED,
)

REPORT = Report(
    key="caseload",
    parameters=(TEAM, WORKER, FROM, TO, CLIENT),
    views=(
        replace(
            WORKERS,
            key="team",
            title="Teams side by side",
            dimension=Dimension(key="team", title="Teams side by side", by=("team",)),
            columns=TEAM_COLUMNS,
            into={"worker": "Workers of this team"},
        ),
        WORKERS,
        Breakdown(
            key="movement",
            title="Movement in the period",
            records=SPELLS,
            dimension=Dimension(key="team", title="Movement in the period", by=("team",)),
            measures=measures.MOVEMENT,
            listing="moves",
            columns=MOVEMENT_COLUMNS,
            row_key="row_key",
            finish=_net,
            compared=("came_in", "went_out"),
            parts=_beside,
            empty="No cases were held in this period.",
            hidden=HIDDEN,
        ),
        official_view("caseload"),
        Listing(
            key="detail",
            title="Children",
            build=_listed,
            columns=CHILD_COLUMNS,
            row=Row.CHILD,
            row_key="person_id",
            opens="person_id",
            empty=EMPTY,
            hidden=("counts_as",),
            behind=True,
        ),
        Listing(
            key="moves",
            title="Children who were held, came or went",
            build=_moves,
            columns=SPELL_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            empty=EMPTY,
            hidden=("row_key",),
            behind=True,
        ),
    ),
    views_after={"team": ("worker", "team")},
    keys=("table.open", "report.team", "report.worker", "report.switch"),
)
