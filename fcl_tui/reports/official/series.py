"""Official figures on several days at once, as the strategic reports show them: now, a year ago, by month.

There a figure of a period is that of the twelve months to the day: one family can make a month.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.days.asked import frame
from fcl_tui.reports.official import kept_figures, registry, trend

if TYPE_CHECKING:
    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Asked, Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension

SCHEMA = {
    "key": pl.String, "day": pl.Date, "first": pl.Date, "last": pl.Date, "numerator": pl.Float64,
    "denominator": pl.Int64, "value": pl.Float64,
}  # fmt: skip


def series(
    context: Context,
    query: Query,
    keys: Sequence[str],
    days: Sequence[date],
    dimension: Dimension | None = None,
) -> pl.DataFrame:
    """The figures of measures on days, collected family by family.

    Args:
        query: its team narrows them.
        dimension: tell them by it too; every family must have its columns.

    Returns:
        SCHEMA, with the columns of the dimension: a row per key and day, and group where one is asked for.
    """
    asked = []
    for family, window, measures in registry.by_family(keys):
        asked.append((family, measures, [(day, *window.on(day)) for day in sorted(set(days))]))
    columns = () if dimension is None else dimension.by
    if not asked:
        return pl.DataFrame(schema=SCHEMA)
    parts = of_families(context, query, asked, dimension)
    return pl.concat(parts, how="diagonal_relaxed").select(
        *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()), *columns
    )


def of_families(
    context: Context, query: Query, asked: Sequence[Asked], dimension: Dimension | None = None
) -> list[pl.DataFrame]:
    """The figures of questions, each key in one of them: those that the prepared sums hold, then the others.

    Returns:
        as `trend.over`: the prepared ones in one frame, and a frame for each question that is counted of the
        records.
    """
    keys = dict.fromkeys(one.key for _, measures, _ in asked for one in measures)
    prepared = kept_figures.read(context, list(keys))
    if prepared is None:
        return [_counted(context, query, *one, dimension) for one in asked]
    held, figures = kept_figures.found(prepared, query, asked, dimension)
    told_by = () if dimension is None else (dimension,)
    return [
        collect(trend.finished(held, context, figures, told_by)),
        *(_counted(context, query, *one, dimension) for one in asked if one not in held),
    ]


def _counted(
    context: Context,
    query: Query,
    family: Family,
    measures: Sequence[Measure],
    days: Days,
    dimension: Dimension | None,
) -> pl.DataFrame:
    """The figures of one question, of the records; each by itself: all in one would read each table often."""
    rows = collect(_needed(family, family.records(context, frame(days)), measures, dimension)).lazy()
    return collect(trend.over(family, measures, context, days, query, dimension, rows))


def _needed(
    family: Family, rows: pl.LazyFrame, measures: Sequence[Measure], dimension: Dimension | None
) -> pl.LazyFrame:
    """The columns that the measures, the groups and the narrowing name; the others are not worked out."""
    words = " ".join(f"{one.where} {one.out_of or ''} {one.of or ''}" for one in measures)
    dimensions = [family.dimension(one.spread) for one in measures if one.spread]
    dimensions += [] if dimension is None else [dimension]
    words += " ".join(f" {' '.join(one.by)} {one.where}" for one in dimensions)
    wanted = {*("day", "first", "last", "person_id", "team", "worker"), *re.findall(r"\w+", words)}
    return rows.select([name for name in rows.collect_schema().names() if name in wanted])
