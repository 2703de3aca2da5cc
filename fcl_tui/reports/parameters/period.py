"""A period by its name: the days it means on the as-at day, and the figures of the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.definitions.days import periods

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Breakdown, Report

NOT_WHOLE = "incomplete"
"""How a reason begins that says a source does not reach back over the whole period"""


def spanned(query: Query, as_at: date) -> Query:
    """The question with the days that its period means on this day as `from` and `to`.

    A name that means nothing (in a view of another version) is taken away.
    """
    name = query.text("period")
    if name is None:
        return query
    days = periods.named(name, as_at)
    if days is None:
        return query.changed(period=None)
    return query.changed(**{"from": days[0], "to": days[1]})


def of_period(report: Report, query: Query) -> bool:
    """Whether what is shown follows a period at all: figures as at a day do not."""
    from fcl_tui.reports.spec import Breakdown

    view = report.view(query.view if query.drill is None else query.drill.view)
    if not isinstance(view, Breakdown):
        return True
    wanted = [one for one in view.measures if query.drill is None or one.key == query.drill.measure]
    return any(one.window == "period" for one in wanted)


def to_period(report: Report, query: Query) -> Query:
    """The question at the first view that follows a period, where its own does not."""
    from dataclasses import replace

    if of_period(report, query) or (query.text("period") is None and query.day("from") is None):
        return query
    views = (replace(query, view=view.key, drill=None) for view in report.switchable)
    return next((one for one in views if of_period(report, one)), query)


def checked(name: str, as_at: date) -> str:
    """A period's name as it was typed, if it is one on that day.

    Raises:
        DataError: it is none; the sentence names those there are.
    """
    folded = name.strip().casefold().replace(" ", "-").replace("/", "-")
    if periods.named(folded, as_at) is None:
        there = ", ".join(periods.offered(as_at))
        raise DataError(f"There is no period {name!r}. There are: {there}; or give --from and --to.")
    return folded


def question_before(view: Breakdown, query: Query, as_at: date) -> Query | None:
    """The same question of the period before, for a view that declares figures to compare; None: not asked.

    Only where a period was chosen: the days that a report opens on are compared with nothing.
    """
    from dataclasses import replace

    first, last = query.day("from"), query.day("to")
    if not view.compared or query.drill is not None or first is None or last is None:
        return None
    days = periods.before(first, min(last, as_at), query.text("period"))
    return replace(query, values={**query.values, "from": days[0], "to": days[1]})


def line_of_before(
    view: Breakdown, asked: Query, records: pl.LazyFrame, left_out: pl.LazyFrame | None
) -> str:
    """One line with the figures of the period before.

    Args:
        asked: the question of the period before.
        records, left_out: what is counted of it, and what is not, with reasons.
    """
    from data.frames import collect
    from fcl_tui.reports.measured.figures import condition, measure_of, value

    first, last = asked.day("from"), asked.day("to")
    assert first is not None
    assert last is not None
    said = f"Before, {periods.days_in_words(first, last)}: "
    short = _not_whole(left_out)
    if short:
        return f"{said}not compared, {short}"
    measures = [measure_of(view, key) for key in view.compared]
    row = collect(
        records.filter(condition(view.dimension.where)).select([value(one) for one in measures])
    ).row(0, named=True)
    return said + ", ".join(
        f"{_figure(row[one.key], share=one.statistic == 'share')} {one.label[0].lower()}{one.label[1:]}"
        for one in measures
    )


def _figure(value: float | None, *, share: bool) -> str:
    if value is None:
        return "no cases"
    return f"{value:.1f}%" if share else f"{value:,.0f}"


def _not_whole(left_out: pl.LazyFrame | None) -> str:
    """Why the source cannot speak of a period as a whole; empty when it can."""
    import polars as pl

    from data.frames import collect

    if left_out is None:
        return ""
    told = collect(left_out.filter(pl.col("reason").str.starts_with(NOT_WHOLE)))["reason"]
    return str(told[0]) if len(told) else ""
