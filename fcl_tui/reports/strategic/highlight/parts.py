"""The parts of the Monthly Highlight under their official keys: trend rows, gaps, ranks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.definitions.days.window import month_over
from fcl_tui.definitions.figures.comparators import ranked, when
from fcl_tui.reports.strategic.highlight.report import asked_of, figures_of
from fcl_tui.reports.strategic.views.published import WHO, newest

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

PARTS = ("numerator", "denominator", "value")


def trend(context: Context, query: Query) -> pl.LazyFrame:
    """group: indicator / month end, indicator / 12 months, indicator / year to date; in the page's order."""
    asked, _ = asked_of(context.settings)
    month = month_over(context.as_at)
    frames = figures_of(asked, replace(context, as_at=month), query, month)
    named = (pl.col("day").cast(pl.String), pl.lit("12 months"), pl.lit("year to date"))
    units = {one.key: one.unit for _, one in asked}
    places = {key: place for place, key in enumerate(units)}
    told = [
        frame.select("key", "day", *PARTS, _part=pl.lit(part), _name=name)
        for part, (frame, name) in enumerate(zip(frames, named, strict=True))
    ]
    key = pl.col("key")
    return (
        pl.concat(told)
        .sort(key.replace_strict(places, return_dtype=pl.Int64), "_part", "day")
        .select(
            *PARTS,
            group=pl.format("{} / {}", "key", "_name"),
            unit=key.replace_strict(units, return_dtype=pl.String),
            period=pl.col("day").cast(pl.String),
        )
    )


def gap(context: Context, query: Query) -> pl.LazyFrame:
    """group: indicator / who (year); value: ours less theirs."""
    asked, _ = asked_of(context.settings)
    month = month_over(context.as_at)
    monthly, rolling, _ = figures_of(asked, replace(context, as_at=month), query, month)
    ours = pl.concat([monthly.filter(pl.col("day") == month), rolling]).select("key", ours="value")
    latest = collect(ours).unique("key", keep="last", maintain_order=True)
    measures = [one for _, one in asked]
    theirs = newest(context, measures, month).filter(pl.col("who").is_in(WHO))
    joined = theirs.join(latest, on="key", how="inner", maintain_order="left")
    percent = [one.key for one in measures if one.is_percent]
    unit = pl.when(pl.col("key").is_in(percent)).then(pl.lit("points")).otherwise(pl.lit("difference"))
    places = {one.key: place for place, one in enumerate(measures)}
    order = pl.col("key").replace_strict(places, return_dtype=pl.Int64)
    return (
        joined.lazy()
        .sort(order, maintain_order=True)
        .select(
            group=pl.format("{} / {} ({})", "key", "who", when()),
            numerator=pl.lit(None, pl.Float64),
            denominator=pl.lit(None, pl.Float64),
            value=pl.col("ours") - pl.col("value"),
            unit=unit,
            period=pl.lit(month.isoformat()),
        )
    )


def rank(context: Context, query: Query) -> pl.LazyFrame:  # noqa: ARG001  the same face
    """group: indicator / quartile (year); value: the rank; denominator: how many authorities have a figure.

    Raises:
        DataError: no figures of other authorities are loaded.
    """
    asked, _ = asked_of(context.settings)
    month: date = month_over(context.as_at)
    known = context.comparators()
    better = {one.key: one.higher_is_better for _, one in asked if one.higher_is_better is not None}
    if known is None:
        raise DataError("No authority is set whose rank there could be: authority in settings.toml.")
    rows = ranked(known.of_authorities(list(better)), better, known.authority, month)
    if rows.is_empty():
        raise DataError(
            "hl_rank needs published figures of other authorities. fcl-tui benchmarks load reads them."
        )
    return rows.lazy().select(
        group=pl.format("{} / quartile {} ({})", "key", "quartile", "year"),
        numerator=pl.lit(None, pl.Float64),
        denominator=pl.col("many").cast(pl.Float64),
        value=pl.col("rank").cast(pl.Float64),
        unit=pl.lit("rank"),
        period=pl.col("year").cast(pl.String),
    )
