"""Official figures on several days at once, as the strategic reports show them: now, a year ago, by month.

There a figure of a period is that of the twelve months to the day: one family can make a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.days import frame
from fcl_tui.definitions.measure import Measure
from fcl_tui.definitions.window import Window, month_ends, months_to, window_of
from fcl_tui.reports.official import kept, registry, trend

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.spec import Dimension

SCHEMA = {
    "key": pl.String, "day": pl.Date, "first": pl.Date, "last": pl.Date, "numerator": pl.Float64,
    "denominator": pl.Int64, "value": pl.Float64,
}  # fmt: skip


def year_before(day: date) -> date:
    """The same day a year earlier; the last of February for the 29th, and for the last of February."""
    after = day + timedelta(days=1)
    if after.day == 1:  # the end of a month is held against the end of a month
        return after.replace(year=after.year - 1) - timedelta(days=1)
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def trend_days(as_at: date, months: int) -> list[date]:
    """The ends of so many months, the last of them the as-at day."""
    return month_ends(*months_to(as_at, months))


def by_family(keys: Iterable[str]) -> list[tuple[Family, Window, list[Measure]]]:
    """The measures of these keys, those together that are counted of the same rows."""
    alike: dict[tuple[str, Window], tuple[Family, Window, list[Measure]]] = {}
    for key in keys:
        family = registry.family_of(key)
        measure = family.measure(key)
        window = window_of(measure)
        alike.setdefault((family.key, window), (family, window, []))[2].append(measure)
    return list(alike.values())


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
    for family, window, measures in by_family(keys):
        spans = [(day, *window.on(day)) for day in sorted(set(days))]
        if prepared is not None:
            sums = kept.found(prepared, query, family, measures, spans, dimension)
            if sums is not None:
                told_by = () if dimension is None else (dimension,)
                parts.append(collect(trend.finished(family, measures, context, spans, sums.lazy(), told_by)))
                continue
        rows = collect(_needed(family, family.records(context, frame(spans)), measures, dimension)).lazy()
        parts.append(collect(trend.over(family, measures, context, spans, query, dimension, rows)))
    columns = () if dimension is None else dimension.by
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(parts, how="diagonal_relaxed").select(
        *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()), *columns
    )


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
