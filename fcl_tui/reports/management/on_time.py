"""What Visits and Reviews share: the period, groups beside all of them, the rows behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.reports.management.whose import SHOWN, with_whose
from fcl_tui.reports.spec import Chart, Dimension, Parts, Records
from widgets.cells.column import Column

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

TEAM = Dimension(key="team", title="Teams", by=("team",))
MONTH = Dimension(key="month", title="Months", by=("month",), label=("month_name",))
HIDDEN = ("row_key", "month_name", SHOWN)
LATE = Column(
    "days_late",
    "Late",
    4,
    kind="number",
    priority=1,
    in_files=(Column("days_late", "Days late", 9, kind="number"),),
)


def chart(target: str) -> Chart:
    """The share in time by month, beside every view of a period."""
    return Chart(
        kind="months",
        frame="months",
        label="month",
        value="percent_in_time",
        unit="percent",
        target=target,
        most=100.0,
    )


def span_of(context: Context, query: Query) -> tuple[date, date]:
    """The period asked for, both days in it; default the twelve months to the as-at day."""
    from fcl_tui.definitions.days.periods import twelve_months

    return twelve_months(context.as_at, query.day("from"), query.day("to"))


def target_of(context: Context, setting: str) -> float:
    """The per cent aimed at."""
    return float(context.settings.get(setting, 90.0))


def beside_all(
    context: Context,
    query: Query,
    groups: pl.LazyFrame,
    records: pl.LazyFrame,
    *,
    share: str,
    out_of: str,
    target: str,
    order: tuple[str, ...],
) -> pl.LazyFrame:
    """Groups beside all of them and the target; months all there, the lowest percentage of others first.

    Args:
        share, out_of: the keys of the percentage to compare and of the count it is out of.
        target: the setting that holds the target.
        order: the kinds, in the order to show them in.
    """
    from fcl_tui.records.on_time import compared, every_month, in_order
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.measured.figures import condition, value

    view = load(query.report).breakdown(query.view)
    within = records.filter(condition(view.dimension.where))
    everyone = within.select(value(one) for one in view.measures if one.key == share)
    if view.dimension.key == "month":
        groups = every_month(groups, span_of(context, query), view.measures)
    told = compared(groups, everyone, share, out_of, target_of(context, target), view.dimension.by)
    told = with_whose(told) if view.dimension.key == "worker" else told
    return in_order(told, view.dimension.by, share, order)


def rows_behind(
    context: Context,
    query: Query,
    *,
    records: Records,
    beside: Callable[[Context, Query], Parts],
    by: str = "days_late",
) -> Parts:
    """The rows behind a figure, or all of them: the latest first, or those of the newest day."""
    from fcl_tui.records.on_time import listed, newest_first
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.run import behind_drill, narrowed

    report = load(query.report)
    rows = behind_drill(report, context, query)
    if rows is None:
        rows = narrowed(records.rows(context, query), query)
    key = report.view(query.view).row_key
    ordered = listed(rows, key) if by == "days_late" else newest_first(rows, by)
    return replace(beside(context, query), rows=ordered)
