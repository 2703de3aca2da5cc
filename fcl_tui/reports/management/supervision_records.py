"""What Staff Supervision lists and counts: workers, supervisions, children, and a worker's sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.measures import supervision as measures
from fcl_tui.reports.spec import Parts, Records

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def _span(context: Context, query: Query) -> tuple[date, date]:
    from fcl_tui.definitions.days.periods import twelve_months

    return twelve_months(context.as_at, query.day("from"), query.day("to"))


def _known(context: Context) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The cases held by the workers whose supervision the reader may see, and the supervisions."""
    import polars as pl

    from fcl_tui.records.supervising.workers import SHAPE, held_cases

    known = context.supervisions()
    cases = held_cases(context.scan_open, context.as_at)
    if known is None:
        return cases, pl.LazyFrame(schema=SHAPE)
    if not known.everyone:
        mine = pl.col("team").is_in(list(known.teams)) | pl.col("worker").is_in(list(known.workers))
        cases = cases.filter(mine)
    return cases, known.rows


def _newly(context: Context) -> pl.LazyFrame:
    from fcl_tui.records.supervising.workers import named_newly

    return named_newly(context.scan, context.settings.get("newly_qualified", ()))


def _workers(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.supervising.workers import workers

    cases, rows = _known(context)
    settings = context.settings
    return workers(
        cases,
        rows,
        context.as_at,
        _span(context, query),
        weeks=int(settings.get("supervision_weeks", 4)),
        weeks_newly_qualified=int(settings.get("supervision_weeks_newly_qualified", 2)),
        newly_qualified=_newly(context),
        leave=context.leave().lazy(),
    )


WORKERS = Records(noun="worker", plural="workers", rows=_workers, identified_by=("worker", "team"))


def beside(context: Context, query: Query) -> Parts:
    """The line on top: how many workers are in time, overdue, without any entered; the newly qualified."""
    import polars as pl

    from fcl_tui.records.supervising.workers import not_found
    from fcl_tui.reports.measured.figures import value
    from fcl_tui.reports.run import narrowed

    workers = narrowed(_workers(context, query), query)
    sums = workers.select(value(one) for one in measures.ALL)
    newly = workers.filter("newly_qualified").select(value(one) for one in measures.ALL)
    return Parts(
        pl.LazyFrame(),
        not_found(_newly(context)),
        {"sums": sums, "newly": newly},
        lambda frames: _headline(frames["sums"], frames["newly"]),
    )


def _headline(sums: pl.DataFrame, newly: pl.DataFrame) -> str:
    told = sums.row(0, named=True)
    late, never = told[measures.OVERDUE.key], told[measures.NEVER.key]
    line = (
        f"{told[measures.WORKERS.key]} workers: {told[measures.IN_TIME.key]} supervised in time, "
        f"{'!! ' if late else ''}{late} overdue, {'!! ' if never else ''}{never} with none entered"
    )
    of_them = newly.row(0, named=True) if newly.height else {measures.WORKERS.key: 0}
    count = of_them[measures.WORKERS.key]
    if not count:
        return line
    return f"{line}   newly qualified: {of_them[measures.IN_TIME.key]} of {count} in time"


def listed(context: Context, query: Query) -> Parts:
    """The workers behind a figure, or all of them; those without any and those overdue first."""
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(load(query.report), context, query)
    if rows is None:
        rows = narrowed(_workers(context, query), query)
    return replace(beside(context, query), rows=rows)


def newly_qualified(context: Context, query: Query) -> Parts:
    """The newly qualified workers, each against their own interval."""
    told = listed(context, query)
    return replace(
        told,
        rows=told.rows.filter("newly_qualified"),
        headline=lambda frames: f"newly qualified: {_headline(frames['newly'], frames['newly'].head(0))}",
    )


def sessions_of(context: Context, query: Query) -> Parts:
    from fcl_tui.records.supervising.workers import sessions
    from fcl_tui.reports.run import narrowed

    cases, rows = _known(context)
    return Parts(narrowed(sessions(rows, cases, _span(context, query), context.as_at), query))


def children_of(context: Context, query: Query) -> Parts:
    from fcl_tui.records.supervising.workers import children
    from fcl_tui.reports.run import narrowed

    cases, rows = _known(context)
    weeks = int(context.settings.get("discussed_weeks", 12))
    return Parts(narrowed(children(cases, rows, context.as_at, weeks), query))


def team_order(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    import polars as pl

    late = pl.col("supervision_overdue") + pl.col("supervision_never")
    return groups.sort(late, "team", descending=[True, False])


def sheets(context: Context, query: Query) -> Parts:
    """The children of each worker asked for, with what a supervision of that worker needs."""
    from fcl_tui.records.due.items import open_items
    from fcl_tui.records.gone_missing.episodes import known as episodes
    from fcl_tui.records.leaving_care import leaving_care
    from fcl_tui.records.supervising import sheet as of_worker
    from fcl_tui.records.supervising.workers import children
    from fcl_tui.records.workload.caseload import children_held
    from fcl_tui.reports.run import narrowed

    cases, rows = _known(context)
    settings, as_at = context.settings, context.as_at
    held = children_held(context.scan_open, context.calendar, as_at, ever=context.scan)
    gone = of_worker.often_gone(
        episodes(context.scan, as_at),
        as_at,
        int(settings.get("missing_often", 3)),
        int(settings.get("missing_often_days", 90)),
    )
    told = of_worker.sheet(
        children(cases, rows, as_at, int(settings.get("discussed_weeks", 12))),
        narrowed(_workers(context, query), query),
        of_worker.last_arranged(rows, as_at),
        of_worker.overdue_of(open_items(context.scan_open, context.calendar, as_at)),
        held,
        gone,
        leaving_care(context.scan_open, context.calendar, as_at, data_date=context.data_date),
    )
    return replace(beside(context, query), rows=told)
