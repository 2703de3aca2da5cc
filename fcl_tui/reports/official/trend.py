"""The figures of a family for a frame of days: now, by month, for two years, all in one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions import days as days_of
from fcl_tui.reports.figures import condition, told
from fcl_tui.reports.known import AS_LOADED, unknown
from fcl_tui.reports.population import PER, people, yearly
from fcl_tui.reports.run import narrowed

if TYPE_CHECKING:
    from fcl_tui.definitions.measure import Measure
    from fcl_tui.definitions.window import Days
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.query import Query

NONE_IS_ZERO = {"count", "children", "families", "share", "rate", "sum"}
"""Statistics whose numerator is 0 where there is no record at all"""
PARTS = {"numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}


def over(
    family: Family,
    measures: Sequence[Measure],
    context: Context,
    days: Days,
    query: Query,
    by: tuple[str, ...] = (),
    where: str = "true",
) -> pl.LazyFrame:
    """The figures of measures of one window for every day.

    Args:
        days: as `definitions.window` gives them, of the window that the measures share.
        query: its team and worker narrow the records.
        by: columns of the records to tell the figures by; a distribution is told by its own beside them.
        where: records that do not meet it are in no group.

    Returns:
        key, day, first, last, the columns of `by`, numerator, denominator, value (Float64);
        sorted by key in the order asked, day and group. Without `by` a row for every day, with a null value
        where it is not known; with it a row for each group that has records.
    """
    asked = days_of.frame(days)
    records = narrowed(family.records(context, asked), query).filter(condition(where))
    plain = [one for one in measures if one.statistic != "distribution"]
    parts = [_plain(plain, records, asked, by)] if plain else []
    spread = (one for one in measures if one.statistic == "distribution")
    parts += [_distribution(one, records, by or (one.spread,)) for one in spread]
    every = pl.concat(parts, how="diagonal").join(asked, on="day", how="left")
    every = _rates(measures, every, context, days)
    gone = unknown(context, family.as_records, measures)
    dated = [one.key for one in measures if AS_LOADED not in one.needs]
    known = ~pl.col("key").is_in(list(gone)) & (
        pl.col("key").is_in(dated) | (pl.col("day") >= pl.lit(context.data_date))
    )
    order = {one.key: number for number, one in enumerate(measures)}
    return (
        every.with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in PARTS)
        .sort(pl.col("key").replace_strict(order, return_dtype=pl.Int32), "day", *by, nulls_last=True)
        .select("key", "day", "first", "last", *_columns(measures, by), *PARTS)
    )


def _columns(measures: Sequence[Measure], by: tuple[str, ...]) -> tuple[str, ...]:
    spreads = [one.spread for one in measures if one.spread and not by]
    return tuple(dict.fromkeys((*by, *spreads)))


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
    shares = [one.key for one in measures if one.out_of is not None]
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
    return [one.key for one in measures if one.statistic == "share"]


def _distribution(measure: Measure, records: pl.LazyFrame, by: tuple[str, ...]) -> pl.LazyFrame:
    """key, day, by, PARTS: each group's share of all groups of the day."""
    upper = told(measure)["numerator"].cast(pl.Float64)
    groups = records.group_by("day", *by).agg(numerator=upper)
    below = pl.col("numerator").sum().over("day")
    return groups.filter(pl.col("numerator") > 0).with_columns(
        key=pl.lit(measure.key), denominator=below.cast(pl.Float64), value=pl.col("numerator") / below * 100
    )


def _rates(measures: Sequence[Measure], figures: pl.LazyFrame, context: Context, days: Days) -> pl.LazyFrame:
    """The rates with their population and value, a year and 10,000 children."""
    rates = [one.key for one in measures if one.statistic == "rate"]
    if not rates:
        return figures
    told_of = [(day, people(context, day), yearly(first, last)) for day, first, last in days]
    schema = {"day": pl.Date, "_people": pl.Int64, "_yearly": pl.Float64}
    out_of = pl.LazyFrame(told_of, schema=schema, orient="row")
    rate = pl.col("key").is_in(rates)
    value = pl.col("numerator") * pl.col("_yearly") * PER / pl.col("_people")
    return (
        figures.join(out_of, on="day", how="left")
        .with_columns(
            denominator=pl.when(rate).then("_people").otherwise("denominator"),
            value=pl.when(rate).then(value).otherwise("value"),
        )
        .drop("_people", "_yearly")
    )
