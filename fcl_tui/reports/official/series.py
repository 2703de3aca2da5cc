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
from fcl_tui.definitions.days import frame
from fcl_tui.definitions.measure import Measure
from fcl_tui.reports.official import kept, registry, trend

if TYPE_CHECKING:
    from fcl_tui.definitions.window import Days
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.query import Query
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
    parts: list[pl.DataFrame] = []
    prepared = kept.read(context, keys)
    for family, window, measures in registry.by_family(keys):
        spans = [(day, *window.on(day)) for day in sorted(set(days))]
        parts.append(of_family(context, query, family, measures, spans, prepared, dimension))
    columns = () if dimension is None else dimension.by
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(parts, how="diagonal_relaxed").select(
        *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()), *columns
    )


def of_family(
    context: Context,
    query: Query,
    family: Family,
    measures: Sequence[Measure],
    spans: Days,
    prepared: pl.DataFrame | None,
    dimension: Dimension | None = None,
) -> pl.DataFrame:
    """The figures of measures of one family and window: of the prepared sums where they hold them all.

    Args:
        prepared: as `kept.read` gives them; None: count the records.

    Returns:
        as `trend.over`.
    """
    if prepared is not None:
        sums = kept.found(prepared, query, family, measures, spans, dimension)
        if sums is not None:
            told_by = () if dimension is None else (dimension,)
            return collect(trend.finished(family, measures, context, spans, sums.lazy(), told_by))
    rows = collect(_needed(family, family.records(context, frame(spans)), measures, dimension)).lazy()
    return collect(trend.over(family, measures, context, spans, query, dimension, rows))


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
