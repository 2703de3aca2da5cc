"""What the stock is made up of beside a year ago, and the months that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.reports.official import registry
from fcl_tui.reports.official.series import series, trend_days, year_before
from fcl_tui.reports.strategic.building import TREND

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.strategic.declared import Strategic


def beside_last_year(
    declared: Strategic,
    context: Context,
    query: Query,
    groups: pl.LazyFrame,
    records: pl.LazyFrame,  # noqa: ARG001  the face of a finish
) -> pl.LazyFrame:
    """The groups of the stock, or of another figure, in the order of their dimension.

    Returns:
        the dimension's columns, the figure's count, share (Float64: of all), year_ago (Int64), more (Int64);
        row_key where the group has several columns. A group that there was a year ago alone is in it with 0.
    """
    stock, told_by = declared.made_up(query.view if query.drill is None else query.drill.view)
    dimension = registry.family_of(stock).dimension(told_by)
    by = list(dimension.by)
    before = series(context, query, [stock], [year_before(context.as_at)], dimension)
    then = before.lazy().select(*by, year_ago=pl.col("numerator").cast(pl.Int64))
    told = (
        groups.join(then, on=by, how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col(stock, "year_ago").fill_null(0))
        .filter((pl.col(stock) > 0) | (pl.col("year_ago") > 0))
        .with_columns(
            share=pl.col(stock) / pl.col(stock).sum() * 100,
            more=pl.col(stock) - pl.col("year_ago"),
            row_key=pl.concat_str(
                [pl.col(name).cast(pl.String) for name in by], separator="|", ignore_nulls=True
            ),
        )
    )
    ranks = {name: number for number, name in enumerate(dimension.order)}
    rank = pl.col(by[0]).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
    order = [rank, *by] if ranks else [-pl.col(stock), *by]
    return told.sort(order, nulls_last=True)


def opening_and_closing(
    declared: Strategic,
    context: Context,
    query: Query,
    groups: pl.LazyFrame,
    records: pl.LazyFrame,  # noqa: ARG001  the face of a finish
) -> pl.LazyFrame:
    """The months, the latest first, with what the stock was before and after each.

    Returns:
        day, first, last (Date), the counts of the flow, opening, closing (Int64), other (Int64: what lies
        between them and is no flow: a child of 18, a correction, one who came or went twice in the month).
    """
    days = trend_days(context.as_at, TREND + 1)
    stock = series(context, query, [declared.stock], days).sort("day")
    held = stock.select(
        "day", closing=pl.col("value").cast(pl.Int64), opening=pl.col("value").shift(1).cast(pl.Int64)
    ).tail(TREND)
    net = declared.flow[-1]
    return (
        held.lazy()
        .with_columns(first=pl.col("day").dt.month_start(), last="day")
        .join(groups.drop("first", "last"), on="day", how="left")
        .with_columns(pl.col(declared.flow).fill_null(0))
        .with_columns(other=pl.col("closing") - pl.col("opening") - pl.col(net))
        .sort("day", descending=True)
    )
