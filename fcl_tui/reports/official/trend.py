"""The figures of a family for a frame of days: now, by month, for two years, all in one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.days import asked as days_of
from fcl_tui.reports.measured.figures import condition, told
from fcl_tui.reports.measured.known import AS_LOADED, is_there, unknown
from fcl_tui.reports.measured.population import PER, people, yearly
from fcl_tui.reports.run import narrowed

if TYPE_CHECKING:
    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Asked, Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension

NONE_IS_ZERO = {"count", "children", "families", "share", "ratio", "rate", "sum", "sum_for_each"}
"""Statistics whose numerator is 0 where there is no record at all"""
WHOLE = {"share", "sum_for_each"}
"""Statistics that always say what they are out of, 0 where there is no record"""
COUNTED_APART = {"count", "distribution", "steps"}
"""Statistics of which a group is held against the others"""
PARTS = {"numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}


def over(
    family: Family,
    measures: Sequence[Measure],
    context: Context,
    days: Days,
    query: Query,
    dimension: Dimension | None = None,
    records: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """The figures of measures of one window for every day.

    Args:
        days: as `definitions.days.window` gives them, of the window that the measures share.
        query: its team and worker narrow the records.
        dimension: what to tell them by; records that it leaves out are in no group. Without one a measure
            with a spread is told by that.
        records: the family's rows of these days, where they are at hand.

    Returns:
        key, day, first, last, the columns of the dimension, numerator, denominator, value (Float64); by key
        in the order asked, day and group. Without a dimension a row for every day, with a null value where it
        is not known; with one a row for each group that has records.
    """
    asked = days_of.frame(days)
    rows = family.records(context, asked) if records is None else records
    rows = narrowed(rows, query)
    if dimension is not None:
        rows = rows.filter(condition(dimension.where))
    by = () if dimension is None else dimension.by
    plain = [one for one in measures if not one.spread]
    parts = [_plain(plain, rows, asked, by)] if plain else []
    spreads = {one.key: dimension or family.dimension(one.spread) for one in measures if one.spread}
    for one in measures:
        if one.spread:
            groups = spreads[one.key]
            if one.statistic == "steps" and groups.key == one.spread:
                parts.append(_steps(one, rows, asked, groups))
            elif one.statistic in COUNTED_APART:
                parts.append(_spread(one, rows, groups.by))
            else:
                parts.append(_plain([one], rows, asked, groups.by))
    told_by = list(dict.fromkeys([dimension, *spreads.values()] if dimension else spreads.values()))
    figures = pl.concat(parts, how="diagonal").join(asked.select("day", "first"), on="day", how="left")
    return finished([(family, measures, days)], context, figures, told_by)


def finished(
    asked: Sequence[Asked], context: Context, figures: pl.LazyFrame, told_by: Sequence[Dimension] = ()
) -> pl.LazyFrame:
    """Figures with their windows, rates by the population, blank where not known, in order.

    Args:
        asked: the questions that the figures answer, in the order in which they are given.
        figures: key, day, first, the columns of `told_by`, PARTS.
    """
    measures = [one for _, those, _ in asked for one in those]
    spans = list(dict.fromkeys(span for _, _, days in asked for span in days))
    every = figures.join(days_of.frame(spans), on=["day", "first"], how="left")
    every = _rates(measures, every, context, spans)
    mean = pl.col("key").is_in([one.key for one in measures if one.statistic == "mean"])
    values = pl.col("denominator").fill_null(0)
    every = every.with_columns(
        numerator=pl.when(~mean | (values > 0)).then("numerator"),
        denominator=pl.when(mean).then(values).otherwise("denominator"),
    )
    gone: list[str] = []
    dated: list[str] = []
    for family, those, _ in asked:
        gone += unknown(context, family.as_records, those)
        if is_there(context, family.past) and not any(one.as_loaded for one in told_by):
            dated += [one.key for one in those if AS_LOADED not in one.needs]
    known = ~pl.col("key").is_in(gone) & (
        pl.col("key").is_in(dated) | (pl.col("day") >= pl.lit(context.data_date))
    )
    return (
        every.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in PARTS)
        .sort(_rank("key", [one.key for one in measures]), "day", *_orders(told_by), nulls_last=True)
        .select(
            "key", "day", "first", "last", *dict.fromkeys(name for one in told_by for name in one.by), *PARTS
        )
    )


def _rank(column: str, order: Sequence[str]) -> pl.Expr:
    ranks = {name: number for number, name in enumerate(order)}
    return pl.col(column).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)


def _orders(dimensions: Sequence[Dimension]) -> list[pl.Expr]:
    """How the groups follow each other: in the order a dimension declares, then by name."""
    ranked = [_rank(one.by[0], one.order) for one in dimensions if one.order]
    return [*ranked, *(pl.col(name) for one in dimensions for name in one.by)]


def _plain(
    measures: Sequence[Measure], records: pl.LazyFrame, asked: pl.LazyFrame, by: tuple[str, ...]
) -> pl.LazyFrame:
    """key, day, by, PARTS: one pass over the records for all of the measures."""
    figures = [
        pl.struct(
            pl.lit(one.key).alias("key"),
            *(expression.cast(PARTS[name]).alias(name) for name, expression in told(one).items()),
        ).alias(one.key)
        for one in measures
    ]
    keys = [one.key for one in measures]
    groups = records.group_by("day", *by).agg(figures)
    long = groups.select("day", *by, _figure=pl.concat_list(keys)).explode("_figure").unnest("_figure")
    if by:
        return long
    every = asked.select("day").join(pl.LazyFrame({"key": keys}), how="cross")
    zero = [one.key for one in measures if one.statistic in NONE_IS_ZERO]
    shares = [one.key for one in measures if one.out_of is not None or one.statistic in WHOLE]
    key = pl.col("key")
    return every.join(long, on=["day", "key"], how="left").with_columns(
        numerator=pl.when(key.is_in(zero)).then(pl.col("numerator").fill_null(0)).otherwise("numerator"),
        denominator=pl.when(key.is_in(shares))
        .then(pl.col("denominator").fill_null(0))
        .otherwise("denominator"),
        value=pl.when(key.is_in([one for one in zero if one not in _shares(measures)]))
        .then(pl.col("value").fill_null(0))
        .otherwise("value"),
    )


def _shares(measures: Sequence[Measure]) -> list[str]:
    return [one.key for one in measures if one.statistic in {*WHOLE, "ratio"}]


def _spread(measure: Measure, records: pl.LazyFrame, by: tuple[str, ...]) -> pl.LazyFrame:
    """key, day, by, PARTS: each group out of all groups of the day, as a share or as the number it is."""
    groups = records.group_by("day", *by).agg(numerator=told(measure)["numerator"].cast(pl.Float64))
    upper, below = pl.col("numerator"), pl.col("numerator").sum().over("day")
    share = measure.statistic == "distribution"
    return groups.filter(upper > 0).with_columns(
        key=pl.lit(measure.key),
        denominator=below.cast(pl.Float64) if share or measure.out_of else pl.lit(None, pl.Float64),
        value=upper * 100 / below if share else upper,
    )


def _steps(
    measure: Measure, records: pl.LazyFrame, asked: pl.LazyFrame, dimension: Dimension
) -> pl.LazyFrame:
    """key, day, by, PARTS: the count of each group in order, beside that of the one before."""
    by, order = dimension.by[0], dimension.order
    every = asked.select("day").join(pl.LazyFrame({by: order}), how="cross")
    counted = records.group_by("day", by).agg(numerator=told(measure)["numerator"].cast(pl.Float64))
    groups = every.join(counted, on=["day", by], how="left").sort("day", _rank(by, order))
    upper = pl.col("numerator").fill_null(0)
    return groups.with_columns(
        key=pl.lit(measure.key),
        numerator=upper,
        denominator=upper.shift(1).over("day"),
        value=upper,
    )


def _rates(measures: Sequence[Measure], figures: pl.LazyFrame, context: Context, days: Days) -> pl.LazyFrame:
    """The rates with their population and value, a year and 10,000 children."""
    rates = [one.key for one in measures if one.statistic == "rate"]
    if not rates:
        return figures
    told_of = [(day, first, people(context, day), yearly(first, last)) for day, first, last in days]
    schema = {"day": pl.Date, "first": pl.Date, "_people": pl.Int64, "_yearly": pl.Float64}
    out_of = pl.LazyFrame(told_of, schema=schema, orient="row")
    rate = pl.col("key").is_in(rates)
    value = pl.col("numerator") * pl.col("_yearly") * PER / pl.col("_people")
    return (
        figures.join(out_of, on=["day", "first"], how="left")
        .with_columns(
            denominator=pl.when(rate).then("_people").otherwise("denominator"),
            value=pl.when(rate).then(value).otherwise("value"),
        )
        .drop("_people", "_yearly")
    )
