"""What the stock is made up of beside a year ago, and the months that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.days.window import trend_days, year_before
from fcl_tui.definitions.wording.bands import AGE_BANDS, NOT_RECORDED
from fcl_tui.definitions.wording.labels import without_code
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.series import series
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.building import AGES, IN_WORDS, TREND
from fcl_tui.reports.strategic.views.headline import NO_PAST, left_out, line_left

MOST, REST = 8, "All others"
"""Parts that one bar can tell apart, and what the smaller ones are together beyond those"""

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension
    from fcl_tui.reports.strategic.declared import Strategic


def drawn(figure: str, by: str, context: Context, query: Query) -> Parts:
    """What a figure is made of as a picture, and the figure in one line on top.

    Returns:
        beside the rows the frame parts: of ages and sexes item, male, female (Int64), those of neither sex
        left out; of anything else when (a year ago, then now), part, value: the largest, and the rest as one.
    """
    family = registry.family_of(figure)
    dimension, measure = family.dimension(by), family.measure(figure)
    days = [context.as_at] if dimension.as_loaded else [year_before(context.as_at), context.as_at]
    figures = series(context, query, [figure], days, dimension).with_columns(
        pl.col(name).cast(pl.String).fill_null(NOT_RECORDED) for name in dimension.by
    )
    whole = series(context, query, [figure], [context.as_at])
    frame = _ages(figures, context) if by == AGES else _shares(figures, dimension, days)
    when = "on" if measure.window == "now" else "in the 12 months to"

    def line(frames: Mapping[str, pl.DataFrame]) -> str:
        value = frames["whole"]["value"][0]
        told = "not known" if value is None else f"{value:,.0f} {when} {context.as_at:%d/%m/%Y}"
        return f"{measure.label}: {told}"

    parts = {"parts": frame.lazy(), "whole": whole.lazy()}
    left = left_out(context, [measure])
    value = whole["value"].sum()
    rest = int(value) - sum(frame.select("male", "female").sum().row(0)) if by == AGES and value else 0
    if dimension.as_loaded:
        what = dimension.title.lower()
        left = pl.concat([line_left(f"{NO_PAST}: {what}", 1, "breakdown"), left])
    if rest > 0:
        left = pl.concat([line_left("not drawn: unborn, or no sex recorded", rest, measure.unit), left])
    return Parts(pl.LazyFrame(), left, parts, line)


def _ages(figures: pl.DataFrame, context: Context) -> pl.DataFrame:
    now = figures.filter((pl.col("day") == context.as_at) & (pl.col("age_band") != "Not born"))
    sides = [
        pl.col("numerator").filter(pl.col("sex") == words).sum().cast(pl.Int64).alias(name)
        for name, words in (("male", "Male"), ("female", "Female"))
    ]
    ranks = {name: number for number, name in enumerate(AGE_BANDS)}
    rank = pl.col("item").replace_strict(ranks, default=-1, return_dtype=pl.Int32)
    return now.group_by(item="age_band").agg(sides).sort(rank, descending=True)


def _shares(figures: pl.DataFrame, dimension: Dimension, days: Sequence[date]) -> pl.DataFrame:
    part = _said(pl.concat_str(dimension.by, separator=", "), dimension)
    told = figures.select("day", part=part, value=pl.col("numerator").fill_null(0))
    ranks = {name: number for number, name in enumerate(dimension.order)}
    rank = pl.col("part").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
    sizes = told.group_by("part").agg(size=pl.col("value").filter(pl.col("day") == days[-1]).sum())
    sizes = sizes.sort("size", "part", descending=[True, False]).with_row_index("_place")
    most = MOST if sizes.height <= MOST else MOST - 1
    words = dict(zip(reversed(days), ("Now", "A year ago"), strict=False))
    return (
        told.join(sizes, on="part")
        .with_columns(part=pl.when(pl.col("_place") < most).then("part").otherwise(pl.lit(REST)))
        .group_by("day", "part")
        .agg(pl.col("value").sum(), pl.col("_place").min())
        .sort("day", rank, "_place")
        .select(pl.col("day").replace_strict(words, return_dtype=pl.String).alias("when"), "part", "value")
    )


def _said(name: pl.Expr, dimension: Dimension) -> pl.Expr:
    """What a group is called to people: without the code that files and scripts have."""
    return without_code(name, dimension.codes) if dimension.codes else name


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
        row_key where the group has several columns; IN_WORDS (String) where values begin with codes. A group
        that there was a year ago alone is in it with 0.
    """
    stock, told_by = declared.made_up(query.view if query.drill is None else query.drill.view)
    dimension = registry.family_of(stock).dimension(told_by)
    by = list(dimension.by)
    before = series(context, query, [stock], [year_before(context.as_at)], dimension)
    then = before.lazy().select(*by, year_ago=pl.col("numerator").cast(pl.Int64))
    not_known = pl.lit(None, pl.Int64)
    told = (
        groups.join(then, on=by, how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col(stock, "year_ago").fill_null(0))
        .filter((pl.col(stock) > 0) | (pl.col("year_ago") > 0))
        .with_columns(
            share=pl.col(stock) / pl.col(stock).sum() * 100,
            more=not_known if dimension.as_loaded else pl.col(stock) - pl.col("year_ago"),
            row_key=pl.concat_str(
                [pl.col(name).cast(pl.String) for name in by], separator="|", ignore_nulls=True
            ),
        )
    )
    if dimension.as_loaded:
        told = told.filter(pl.col(stock) > 0).with_columns(year_ago=not_known)
    if dimension.codes:
        told = told.with_columns(_said(pl.col(by[0]), dimension).alias(IN_WORDS.format(by[0])))
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
