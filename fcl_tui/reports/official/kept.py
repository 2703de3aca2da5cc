"""The prepared figures: made of the records at a load, added up again when a report asks (`kept_figures`).

Percentages are never added: the frame holds what is divided, and each figure is worked out from the sums of
the teams asked for. So it is the same number as from the rows, which a test holds it to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data.schema.fields import schema_of
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.window import (
    Window,
    begin_of,
    month_over,
    months_to,
    trend_days,
    window_of,
    year_before,
)
from fcl_tui.prepared.figures import FIELDS
from fcl_tui.reports.measured.figures import SPREAD, condition, told
from fcl_tui.reports.official import registry

if TYPE_CHECKING:
    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.spec import Dimension

SUMMED = {"count", "share", "rate", "ratio", "sum", "mean", "distribution"}
"""Statistics that follow from sums; a median does not"""
EACH_ONCE = "children"
"""The statistic of a child counted once in all teams together: of one team it does not follow"""
VALUES = "value"
"""In place of a dimension: how many records have each value, of which medians and quartiles are worked out"""
MONTHS, AFTER = 36, 7
"""Month ends before the data, and days from it on, on which reports open until the next load"""
OF_PAGE, YEAR = 13, 12
"""Months of the Monthly Highlight, and of its rolling year"""


def days_kept(data_date: date) -> list[date]:
    """The days that the frame holds: month ends, the days from the data on, and those a year before them."""
    late = [data_date + timedelta(days=step) for step in range(AFTER + 1)]
    ends = {day for one in (late[0], late[-1]) for day in trend_days(one, MONTHS)}
    return sorted({*ends, *late, *map(year_before, late)})


def page_spans(window: Window, data_date: date) -> Days:
    """What the Monthly Highlight counts of a figure in the months reported until the next load: each month
    alone, and of the last the year and the year to date. A day may be in it several times."""
    told = []
    for month in sorted({month_over(data_date), month_over(data_date + timedelta(days=AFTER))}):
        told += window.monthly(*months_to(month, OF_PAGE))
        if window.kind == "period":
            told += [(month, months_to(month, YEAR)[0], month), (month, begin_of(month, YEAR), month)]
    return list(dict.fromkeys(told))


def made(
    context: Context,
    keys: Sequence[str],
    dimensions: Sequence[tuple[str, str]],
    mine: pl.Expr,
    page: Sequence[str] = (),
) -> Iterator[pl.LazyFrame]:
    """The rows of the frame, family by family, in its columns.

    Args:
        context: of the load, on the day of the data.
        keys: the figures kept, each with the window a strategic report shows it with.
        dimensions: measure and dimension: those told by groups too.
        mine: the children of this part.
        page: the figures kept as the Monthly Highlight counts them.
    """
    days = days_kept(context.data_date)
    for family, window, measures in registry.by_family(keys):
        spans = [(day, *window.on(day)) for day in days]
        asked = [(one, family.dimension(by)) for key, by in dimensions for one in measures if one.key == key]
        plain = [one for one in measures if _summed(family, one)]
        if family.prepared and (plain or asked):
            yield _sums(family, context, spans, plain, asked, mine)
    passes: dict[tuple[str, tuple[tuple[date, date, date], ...]], tuple[Family, list[Measure]]] = {}
    for key in page:
        family = registry.family_of(key)
        measure = family.measure(key)
        if not _summed(family, measure):
            continue
        window = window_of(measure)
        there = {(day, *window.on(day)) for day in days} if key in keys else set()
        wanted = [span for span in page_spans(Window.of(measure), context.data_date) if span not in there]
        for spans in _each_day_once(wanted):
            passes.setdefault((family.rows, tuple(spans)), (family, []))[1].append(measure)
    for (_, those), (family, measures) in passes.items():
        yield _sums(family, context, list(those), measures, (), mine)


def _summed(family: Family, measure: Measure) -> bool:
    """Whether a figure follows from sums that are made of the data alone."""
    return family.prepared and measure.statistic in {*SUMMED, *SPREAD, EACH_ONCE} and not measure.spread


def _each_day_once(spans: Days) -> Iterator[Days]:
    """The spans in as few parts as have no day twice: rows over time are told apart by their day."""
    by_day: dict[date, Days] = {}
    for span in spans:
        by_day.setdefault(span[0], []).append(span)
    for number in range(max(map(len, by_day.values()), default=0)):
        yield [those[number] for those in by_day.values() if number < len(those)]


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
    told_by: dict[Dimension | None, list[Measure]] = {}
    for measure, dimension in [*((one, None) for one in measures if one.statistic in SUMMED), *dimensions]:
        told_by.setdefault(dimension, []).append(measure)
    parts = [_of(rows, together, by) for by, together in told_by.items()]
    parts += [_marks(spans, one, by) for by, together in told_by.items() for one in together]
    of_all = rows.with_columns(team=pl.lit(None, pl.String))
    once = [one for one in measures if one.statistic == EACH_ONCE]
    parts += [_of(of_all, once, None)] if once else []
    for one in measures:
        if one.statistic in SPREAD:
            parts.append(_values(of_all, one))
        if one.statistic not in SUMMED:
            parts.append(_marks(spans, one, None))
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


def _values(rows: pl.LazyFrame, measure: Measure) -> pl.LazyFrame:
    """How many records have each value that a median or a quartile is of, as a group each."""
    value = pl.col(measure.of or "")
    return (
        rows.filter(condition(measure.where) & value.is_not_null())
        .group_by("day", "team", _value=value.cast(pl.Float64))
        .agg(numerator=pl.len().cast(pl.Float64))
        .select(
            pl.lit(measure.key).alias("key"),
            "day",
            "team",
            pl.lit(VALUES).alias("by"),
            pl.col("_value").cast(pl.String).alias("group"),
            "numerator",
            pl.lit(None, pl.Int64).alias("denominator"),
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
