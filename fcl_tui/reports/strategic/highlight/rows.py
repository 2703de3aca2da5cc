"""What stands behind a figure of the Monthly Highlights: how it is counted, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.window import Window, months_to
from fcl_tui.reports.measured.figures import behind
from fcl_tui.reports.measured.known import unknown
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.strategic.views.behind import parts
from fcl_tui.reports.strategic.views.headline import population_of
from fcl_tui.reports.strategic.views.published import beside
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Parts

MONTH, YEAR = "rows", "year"


def span(measure: Measure, month: date, view: str = MONTH) -> Days:
    """The days of a figure of the month, or of the twelve months to its end."""
    first, last = months_to(month, 1)
    window = Window.of(measure)
    if view == YEAR:
        return [(month, months_to(month, 12)[0], month)]
    return window.monthly(first, last)


def explained(
    rows: pl.LazyFrame, asked: Sequence[tuple[Family, Measure]], context: Context, month: date
) -> pl.LazyFrame:
    """The page with what `w` says of a figure: measure, behind, shown, day, first, last (Date),
    year_ago_shown, compared, population."""
    measures = [one for _, one in asked]
    spans = [(one.key, *span(one, month)[-1]) for one in measures]
    schema = {"key": pl.String, "day": pl.Date, "first": pl.Date, "last": pl.Date}
    days = pl.LazyFrame(spans, schema=schema, orient="row")
    compared = beside(context, measures, month).select(key="measure", compared="compared")
    return (
        rows.join(days, on="key", how="left", maintain_order="left")
        .join(compared.lazy(), on="key", how="left", maintain_order="left")
        .with_columns(
            measure="key",
            behind="key",
            shown="this_month_shown",
            year_ago_shown="last_year_shown",
            population=population_of(context, measures, "key"),
        )
    )


def rows(
    view: str, asked: Sequence[tuple[Family, Measure]], context: Context, query: Query, month: date
) -> Parts:
    """The rows behind the figure of an indicator, without one of the first.

    Raises:
        DataError: the page has no such indicator.
    """
    key = query.text("behind") or asked[0][1].key
    found = next(((family, one) for family, one in asked if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for _, one in asked)
        raise DataError(f"{plain(key)!r} is not on the page. There are: {known}.")
    family, measure = found
    rows = narrowed(family.records(context, frame(span(measure, month, view)[-1:])), query)
    rows = rows.filter(behind(measure))
    if unknown(context, family.as_records, [measure]):
        rows = rows.filter(pl.lit(value=False))
    return parts(family, measure, rows, context, {"month": f"{month:%B %Y}"})
