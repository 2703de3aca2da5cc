"""Figures of the prepared sums; those of many questions together, since each pass costs the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.reports.measured.figures import EXACT, SPREAD
from fcl_tui.reports.official.family import TEAMS
from fcl_tui.reports.official.kept import EACH_ONCE, SUMMED, VALUES

if TYPE_CHECKING:
    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Asked, Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension

ON = ("key", "day", "first")
QUANTILES, NINE_TENTHS = {"p25": 0.25, "median": 0.5, "p75": 0.75}, 0.9


def read(context: Context, keys: Sequence[str]) -> pl.DataFrame | None:
    """The rows of these measures, read once for all of them; None where there is no frame for this reader."""
    rows = context.month_figures()
    return None if rows is None else collect(rows.filter(pl.col("key").is_in(list(keys))))


def found(
    rows: pl.DataFrame, query: Query, asked: Sequence[Asked], dimension: Dimension | None = None
) -> tuple[list[Asked], pl.LazyFrame]:
    """The questions of which the frame holds all, and their figures.

    Args:
        rows: as `read` gives them.
        query: its team narrows them; a worker or a child is not in the frame.

    Returns:
        key, day, first, the dimension's columns, numerator, denominator, value; as `trend.finished` takes
        them.
    """
    by = None if dimension is None or dimension == TEAMS else dimension
    wanted = _wanted(asked)
    there = collect(rows.lazy().join(wanted.lazy(), on=ON, how="semi")).lazy()
    mine = there.filter(pl.col("by").is_null() if by is None else pl.col("by") == by.key)
    marked = set(collect(mine.filter(pl.col("team").is_null()).select(ON).unique()).iter_rows())
    team = query.text("team")
    if team is not None:
        mine = mine.filter((pl.col("team") == team) | pl.col("team").is_null())
    columns = () if dimension is None else dimension.by
    if by is not None:
        parts = pl.col("group").str.split("|")
        mine = mine.filter(pl.col("group").is_not_null()).with_columns(
            pl.when(parts.list.get(number) != "").then(parts.list.get(number)).alias(name)
            for number, name in enumerate(by.by)
        )
    elif dimension is not None:
        mine = mine.filter(pl.col("team").is_not_null())
    sums = mine.group_by(*ON, *columns).agg(
        pl.col("numerator").sum().round(EXACT), pl.col("denominator").sum()
    )
    every = {one.key: one for _, measures, _ in asked for one in measures}
    told = _divided(sums, list(every.values()))
    spread = [one for one in every.values() if one.statistic in SPREAD and dimension is None]
    figures = _with_values(told, there, spread) if spread else told
    by_team = dimension is not None
    held = [
        (family, measures, days)
        for family, measures, days in asked
        if _can_be(query, family, measures, by_team=by_team) and marked.issuperset(_each(measures, days))
    ]
    return held, figures.join(_wanted(held).lazy(), on=ON, how="semi")


def _each(measures: Sequence[Measure], days: Days) -> list[tuple[str, date, date]]:
    return [(one.key, day, first) for one in measures for day, first, _ in days]


def _wanted(asked: Sequence[Asked]) -> pl.DataFrame:
    every = {one for _, measures, days in asked for one in _each(measures, days)}
    schema = {"key": pl.String, "day": pl.Date, "first": pl.Date}
    return pl.DataFrame(list(every), schema=schema, orient="row")


def _divided(sums: pl.LazyFrame, measures: Sequence[Measure]) -> pl.LazyFrame:
    """Add value; the denominator of what divides nothing is null."""
    share = [one.key for one in measures if one.statistic == "share"]
    mean = [one.key for one in measures if one.statistic in ("mean", "ratio")]
    counted = [one.key for one in measures if one.out_of is not None]
    key, upper, below = pl.col("key"), pl.col("numerator"), pl.col("denominator")
    times = pl.when(key.is_in(share)).then(100.0).otherwise(1.0)
    return sums.with_columns(
        denominator=pl.when(key.is_in([*share, *mean, *counted])).then(below),
        value=pl.when(~key.is_in([*share, *mean])).then(upper).when(below > 0).then(upper * times / below),
    )


def _with_values(figures: pl.LazyFrame, rows: pl.LazyFrame, measures: Sequence[Measure]) -> pl.LazyFrame:
    """Put in the medians and quartiles, of the values that the frame counts; out of how many they are."""
    values = (
        rows.filter(pl.col("by") == VALUES)
        .select(*ON, value=pl.col("group").cast(pl.Float64), many=pl.col("numerator").cast(pl.Int64))
        .sort(*ON, "value")
        .with_columns(till=pl.col("many").cum_sum().over(ON))
    )
    parts = [
        values.filter(pl.col("key") == one.key)
        .group_by(*ON)
        .agg(value=_spread(one.statistic), denominator=pl.col("many").sum())
        for one in measures
    ]
    mine = pl.col("key").is_in([one.key for one in measures])
    marks = figures.filter(mine).select(*ON, numerator=pl.lit(None, pl.Float64))
    told = marks.join(pl.concat(parts), on=ON, how="left").with_columns(pl.col("denominator").fill_null(0))
    shape = ("key", "day", "first", "numerator", "denominator", "value")
    return pl.concat([figures.filter(~mine).select(shape), told.select(shape)])


def _spread(statistic: str) -> pl.Expr:
    """A median, a quartile or another statistic of SPREAD of counted values in order (value, many, till).

    As `figures.value` has it of the values themselves, without writing each of them down again.
    """
    value, many = pl.col("value"), pl.col("many").sum()
    if statistic == "largest":
        return value.max()
    if statistic == "p90":  # the first value that nine in ten do not exceed
        return value.filter(pl.col("till") >= (many * NINE_TENTHS).ceil()).first()
    place = (many - 1) * QUANTILES[statistic]
    lower = value.filter(pl.col("till") > place.floor()).first()
    upper = value.filter(pl.col("till") > place.ceil()).first()
    return lower + (upper - lower) * (place - place.floor())


def _can_be(query: Query, family: Family, measures: Sequence[Measure], *, by_team: bool) -> bool:
    narrowed = any(query.text(name) is not None for name in ("worker", "client"))
    team = query.text("team") is not None
    statistics = SUMMED if team or by_team else {*SUMMED, *SPREAD, EACH_ONCE}
    plain = all(one.statistic in statistics and not one.spread for one in measures)
    return plain and not narrowed and (family.held or not team)
