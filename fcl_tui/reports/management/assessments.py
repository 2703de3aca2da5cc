"""Assessments: teams and workers side by side, outcomes, months; from any figure to its assessments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.measures import assessments as measures
from fcl_tui.reports.management.assessment_columns import (
    DETAIL_COLUMNS,
    MONTH_COLUMNS,
    OUTCOME_COLUMNS,
    TEAM_COLUMNS,
    WORKER_COLUMNS,
)
from fcl_tui.reports.parameters.shared import CLIENT, FROM, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Chart, Dimension, Listing, Parts, Records, Report, Row

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Names

OUTCOME = (
    replace(measures.COMPLETED, key="count"),
    measures.IN_TIME,
    replace(measures.PERCENT_IN_TIME, key="actual"),
    measures.LATE,
    measures.MEDIAN_DAYS,
)
MONTHLY = tuple(measure for measure in measures.ALL if measure.window != "now")
HIDDEN = ("met", "month_name", "row_key", "late", "days", "month_shown", "met_shown", "open_bands", "trend")


def _records(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.assessments import records

    return records(
        context.scan_open,
        context.calendar,
        context.as_at,
        from_day=query.day("from"),
        to_day=query.day("to"),
        person_ids=query.person_ids(),
    )


RECORDS = Records(
    noun="assessment",
    plural="assessments",
    rows=_records,
    needs=("cin_assessments",),
    identified_by=("assessment_id", "state", "start_date", "authorised_date", "source_row"),
)


def _target(context: Context) -> float:
    return float(context.settings["assessment_target"])


def _fewest(context: Context) -> int:
    from fcl_tui.definitions.figures.against_target import FEWEST

    return int(context.settings.get("fewest_cases", FEWEST))


def _holders(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:
    from fcl_tui.records.assessment_trend import full_months, trend
    from fcl_tui.records.assessments import beside_all
    from fcl_tui.records.assessments import records as records_of

    workers = query.view == "worker"
    months = full_months(context.as_at)
    whole = records_of(
        context.scan_open,
        context.calendar,
        context.as_at,
        from_day=months[0],
        to_day=months[1],
        person_ids=query.person_ids(),
    )
    names = ("team", "worker", "worker_id") if workers else ("team",)
    return beside_all(
        groups,
        records,
        _target(context),
        workers=workers,
        fewest=_fewest(context),
        trends=trend(whole, names, months),
    )


def _outcomes(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    from fcl_tui.records.assessments import of_total

    return of_total(groups, _target(context))


def _months(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    from fcl_tui.records.assessments import every_month, period

    span = period(context.as_at, query.day("from"), query.day("to"))
    return every_month(groups, span, _target(context), _fewest(context))


def _beside(context: Context, query: Query) -> Parts:
    """The months for the chart, the line on top, and what no figure counts."""
    import polars as pl

    from fcl_tui.records.assessments import headline, left_out, period, whole_months
    from fcl_tui.reports.run import groups_of

    months = groups_of(MONTHS, context, query, RECORDS.rows(context, query))
    days = {"from_day": query.day("from"), "to_day": query.day("to")}
    return Parts(
        pl.LazyFrame(),
        left_out(context.scan_open, context.calendar, context.as_at, **days),
        {"months": months, "chart": whole_months(months, period(context.as_at, *days.values())[0])},
        lambda frames: headline(frames["months"], period(context.as_at, *days.values())[1]),
    )


def _behind(context: Context, query: Query) -> Parts:
    """The assessments behind a figure, or all of them."""
    from fcl_tui.records.assessments import listed
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(RECORDS.rows(context, query), query)
    beside = _beside(context, query)
    return replace(beside, rows=listed(rows, context.scan_open))


def _teams(context: Context, query: Query) -> pl.LazyFrame:
    """Teams that hold a client, and those that hold none any more but have assessments in the period."""
    return _named("team", TEAM.names, context, query)


def _workers(context: Context, query: Query) -> pl.LazyFrame:
    return _named("worker", WORKER.names, context, query)


def _named(column: str, names: Names | None, context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    assert names is not None
    records = _records(context, query)
    team = query.text("team")
    if column == "worker" and team is not None:
        records = records.filter(pl.col("team") == team)
    known = names(context, query)
    with_some = records.select(value=column).unique().drop_nulls()
    others = with_some.join(known, on="value", how="anti").with_columns(note=pl.lit("no clients now"))
    return pl.concat([known.select("value", "note"), others]).sort("value")


CHART = Chart(
    kind="months",
    frame="chart",
    label="month",
    value="percent_in_time",
    unit="percent",
    target="assessment_target",
    least=60.0,
    most=100.0,
)
COMPARED = ("completed", "percent_in_time")
EMPTY = "No assessments here."
MONTHS = Breakdown(
    key="month",
    title="Months",
    records=RECORDS,
    dimension=Dimension(key="month", title="Months", by=("month",), label=("month_name",), where="completed"),
    measures=MONTHLY,
    listing="detail",
    columns=MONTH_COLUMNS,
    row_key="month_name",
    finish=_months,
    parts=_beside,
    chart=CHART,
    empty=EMPTY,
    hidden=HIDDEN,
    compared=COMPARED,
)

REPORT = Report(
    key="assessments",
    parameters=(
        replace(TEAM, names=_teams),
        replace(WORKER, names=_workers),
        FROM,
        TO,
        CLIENT,
    ),
    views=(
        Breakdown(
            key="team",
            title="Teams side by side",
            records=RECORDS,
            dimension=Dimension(key="team", title="Teams side by side", by=("team",)),
            measures=measures.ALL,
            listing="detail",
            columns=TEAM_COLUMNS,
            row_key="team",
            finish=_holders,
            compared=COMPARED,
            parts=_beside,
            chart=CHART,
            empty=EMPTY,
            hidden=HIDDEN,
            into={"worker": "Workers of this team"},
        ),
        Breakdown(
            key="worker",
            title="Workers",
            records=RECORDS,
            dimension=Dimension(
                key="worker", title="Workers", by=("team", "worker", "worker_id"), label=("worker",)
            ),
            measures=measures.ALL,
            listing="detail",
            columns=WORKER_COLUMNS,
            row_key="row_key",
            finish=_holders,
            compared=COMPARED,
            parts=_beside,
            chart=CHART,
            empty=EMPTY,
            hidden=HIDDEN,
        ),
        Breakdown(
            key="outcome",
            title="Outcomes",
            records=RECORDS,
            dimension=Dimension(key="outcome", title="Outcomes", by=("type",), where="completed"),
            measures=OUTCOME,
            listing="detail",
            columns=OUTCOME_COLUMNS,
            row_key="type",
            finish=_outcomes,
            compared=("count", "actual"),
            parts=_beside,
            chart=CHART,
            empty=EMPTY,
            hidden=HIDDEN,
        ),
        MONTHS,
        Listing(
            key="detail",
            title="Assessments",
            build=_behind,
            columns=DETAIL_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            chart=CHART,
            empty=EMPTY,
            hidden=HIDDEN,
            behind=True,
        ),
    ),
    views_after={"team": ("worker", "team")},
    overdue_figure="open_over_45",
    overdue_label="Over 45",
    keys=("table.open", "report.team", "report.switch", "report.overdue"),
)
