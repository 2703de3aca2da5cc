"""The prepared figures: made of the records at a load, added up again when a report asks.

Percentages are never added: the frame holds what is divided, and each figure is worked out from the sums of
the teams asked for. So it is the same number as from the rows, which a test holds it to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from data.schema.fields import schema_of
from fcl_tui.definitions.days import frame
from fcl_tui.definitions.window import trend_days, year_before
from fcl_tui.prepared.figures import FIELDS
from fcl_tui.reports.figures import EXACT, told
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.family import TEAMS

if TYPE_CHECKING:
    from fcl_tui.definitions.measure import Measure
    from fcl_tui.definitions.window import Days
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.spec import Dimension

SUMMED = {"count", "share", "rate", "ratio", "sum", "mean", "distribution"}
"""Statistics that follow from sums; a median does not"""
MONTHS, AFTER = 36, 7
"""Month ends before the data, and days from it on, on which reports open until the next load"""


def days_kept(data_date: date) -> list[date]:
    """The days that the frame holds: month ends, the days from the data on, and those a year before them."""
    late = [data_date + timedelta(days=step) for step in range(AFTER + 1)]
    ends = {day for one in (late[0], late[-1]) for day in trend_days(one, MONTHS)}
    return sorted({*ends, *late, *map(year_before, late)})


def made(
    context: Context,
    keys: Sequence[str],
    dimensions: Sequence[tuple[str, str]],
    mine: pl.Expr,
) -> Iterator[pl.LazyFrame]:
    """The rows of the frame, family by family, in its columns.

    Args:
        context: of the load, on the day of the data.
        keys: the figures kept, each with the window a strategic report shows it with.
        dimensions: measure and dimension: those told by groups too.
        mine: the children of this part.
    """
    days = days_kept(context.data_date)
    for family, window, measures in registry.by_family(keys):
        if family.of_settings:
            continue  # the settings may be others when it is read
        spans = [(day, *window.on(day)) for day in days]
        asked = [(one, family.dimension(by)) for key, by in dimensions for one in measures if one.key == key]
        plain = [one for one in measures if one.statistic in SUMMED and not one.spread]
        if plain or asked:
            yield _sums(family, context, spans, plain, asked, mine)


def _sums(
    family: Family,
    context: Context,
    spans: Days,
    measures: Sequence[Measure],
    dimensions: Sequence[tuple[Measure, Dimension]],
    mine: pl.Expr,
) -> pl.LazyFrame:
    rows = family.records(context, frame(spans)).filter(mine)
    if not family.held:
        rows = rows.with_columns(team=pl.lit(None, pl.String))
    told_by: dict[Dimension | None, list[Measure]] = {None: list(measures)} if measures else {}
    for measure, dimension in dimensions:
        told_by.setdefault(dimension, []).append(measure)
    parts = [_of(rows, together, by) for by, together in told_by.items()]
    parts += [_marks(spans, one, by) for by, together in told_by.items() for one in together]
    return (
        pl.concat(parts)
        .join(frame(spans).select("day", "first"), on="day", how="left")
        .select(pl.col(name).cast(kind) for name, kind in schema_of(FIELDS).items())
    )


def _of(rows: pl.LazyFrame, measures: Sequence[Measure], dimension: Dimension | None) -> pl.LazyFrame:
    """The sums of all measures that are told by the same groups, in one pass over the rows."""
    by = () if dimension is None else dimension.by
    name = _group_of(by) if by else pl.lit(None, pl.String)
    sums = []
    for one in measures:
        figures = told(one)
        sums.append(
            pl.struct(
                pl.lit(one.key).alias("key"),
                figures["numerator"].cast(pl.Float64).alias("numerator"),
                figures["denominator"].cast(pl.Int64).alias("denominator"),
            ).alias(one.key)
        )
    return (
        rows.group_by("day", "team", *by)
        .agg(sums)
        .select("day", "team", *by, _sums=pl.concat_list([one.key for one in measures]))
        .explode("_sums")
        .unnest("_sums")
        .select(
            "key",
            "day",
            "team",
            pl.lit(None if dimension is None else dimension.key, pl.String).alias("by"),
            name.alias("group"),
            "numerator",
            "denominator",
        )
    )


def _marks(spans: Days, measure: Measure, dimension: Dimension | None) -> pl.LazyFrame:
    """A row of nothing for each day, in no team: that a figure is held there, even where it counts nobody."""
    return frame(spans).select(
        pl.lit(measure.key).alias("key"),
        "day",
        pl.lit(None, pl.String).alias("team"),
        pl.lit(None if dimension is None else dimension.key, pl.String).alias("by"),
        pl.lit(None, pl.String).alias("group"),
        pl.lit(0.0).alias("numerator"),
        pl.lit(None, pl.Int64).alias("denominator"),
    )


def _group_of(by: Sequence[str]) -> pl.Expr:
    return pl.concat_str([pl.col(one).cast(pl.String).fill_null("") for one in by], separator="|")


def read(context: Context, keys: Sequence[str]) -> pl.DataFrame | None:
    """The rows of these measures, read once for all of them; None where there is no frame for this reader."""
    rows = context.month_figures()
    return None if rows is None else collect(rows.filter(pl.col("key").is_in(list(keys))))


def found(
    rows: pl.DataFrame,
    query: Query,
    family: Family,
    measures: Sequence[Measure],
    days: Days,
    dimension: Dimension | None = None,
) -> pl.DataFrame | None:
    """The figures of measures of one family; None where the frame does not hold all of it.

    Args:
        rows: as `read` gives them.
        query: its team narrows them; a worker or a child is not in the frame.

    Returns:
        key, day, the dimension's columns, numerator, denominator, value; as `trend.over` has them.
    """
    team = query.text("team")
    by = None if dimension is None or dimension == TEAMS else dimension
    asked = frame(days).select("day", "first").collect()
    mine = rows.filter(pl.col("by").is_null() if by is None else pl.col("by") == by.key)
    mine = mine.join(asked, on=["day", "first"], how="semi").filter(
        pl.col("key").is_in([one.key for one in measures])
    )
    marked = mine.filter(pl.col("team").is_null()).select("key", "day").unique().height
    if not _can_be(query, family, measures) or marked < len(measures) * len(days):
        return None
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
    sums = mine.group_by("key", "day", *columns).agg(
        pl.col("numerator").sum().round(EXACT), pl.col("denominator").sum()
    )
    return _divided(sums, measures)


def _divided(sums: pl.DataFrame, measures: Sequence[Measure]) -> pl.DataFrame:
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


def _can_be(query: Query, family: Family, measures: Sequence[Measure]) -> bool:
    narrowed = any(query.text(name) is not None for name in ("worker", "client"))
    plain = all(one.statistic in SUMMED and not one.spread for one in measures)
    return plain and not narrowed and (family.held or query.text("team") is None)
