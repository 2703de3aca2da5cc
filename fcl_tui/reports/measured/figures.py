"""Measures as expressions: a group's figures, and the records behind each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.spec import Breakdown, Dimension

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Drill

EVERYTHING = "true"
SHARED = {"share", "count"}
"""Statistics that say a number beside, which theirs is out of"""
COUNTED = {"rate", "distribution", "steps"}
"""Statistics whose value needs more than a group's records: here they are what they count"""
EXACT = 6
"""Decimals kept of a sum of fractions: the order in which they are added changes from run to run"""
SPREAD = {"median", "p25", "p75", "p90", "largest"}
"""Statistics that divide nothing: their denominator says of how many values"""


def condition(sql: str) -> pl.Expr:
    """A definition's condition as an expression that is never null."""
    if sql == EVERYTHING:
        return pl.lit(value=True)
    return pl.sql_expr(sql).fill_null(value=False)


def _count(sql: str) -> pl.Expr:
    counted = pl.len() if sql == EVERYTHING else condition(sql).sum()
    return counted.cast(pl.Int64)


def _values(measure: Measure, column: str) -> pl.Expr:
    values = pl.col(column)
    return values if measure.where == EVERYTHING else values.filter(condition(measure.where))


def _sum(values: pl.Expr) -> pl.Expr:
    return values.sum().round(EXACT)


def numerator(measure: Measure) -> pl.Expr:
    """How many records the figure counts (Int64): of a share its upper part, of a median its values."""
    shared = measure.statistic in SHARED
    return _count(_both(measure.where, measure.out_of) if shared else measure.where)


def denominator(measure: Measure) -> pl.Expr | None:
    """How many records a share, or a count that says so, is out of (Int64); None for other figures."""
    if measure.statistic == "share":
        return _count(measure.out_of or EVERYTHING)
    return None if measure.out_of is None else _count(measure.out_of)


def told(measure: Measure) -> dict[str, pl.Expr]:
    """value, numerator and denominator of a group's records; of a rate, a distribution and steps the count
    alone."""
    nothing = pl.lit(None, pl.Int64)
    if measure.statistic in COUNTED:
        return {"value": pl.lit(None, pl.Float64), "numerator": _count(measure.where), "denominator": nothing}
    figure = value(measure)
    below = denominator(measure)
    if below is not None:
        upper: pl.Expr = numerator(measure)
    elif measure.statistic == "sum_for_each":
        upper, below = _sum(_values(measure, _of(measure))), _sum(_values(measure, measure.over))
    elif measure.statistic == "mean":
        values = pl.col(measure.of or "").filter(behind(measure))
        upper, below = _sum(values), values.len().cast(pl.Int64)
    elif measure.statistic in SPREAD:
        upper, below = nothing, pl.col(measure.of or "").filter(behind(measure)).len().cast(pl.Int64)
    else:
        upper, below = figure, nothing
    return {"value": figure, "numerator": upper, "denominator": below}


def spread_of(statistic: str, values: pl.Expr) -> pl.Expr:
    """A statistic of SPREAD of values; null where there is none."""
    match statistic:
        case "median":
            return values.median()
        case "p25":
            return values.quantile(0.25, "linear")
        case "p75":
            return values.quantile(0.75, "linear")
        case "p90":
            return values.quantile(0.9, "equiprobable")
        case "largest":
            return values.max()
    raise LookupError(statistic)


def value(measure: Measure) -> pl.Expr:
    """The figure of a group, named by the measure's key; of a rate and a distribution what they count.

    Counts are Int64; a share is Float64, 0 to 100, unrounded, and null where there is nothing to count;
    median, quartiles, p90 (nine in ten took no longer), mean, ratio and largest are null where there is no
    value.
    """
    match measure.statistic:
        case "count" | "rate" | "distribution" | "steps":
            figure = numerator(measure)
        case "children":
            figure = _values(measure, measure.of or "person_id").drop_nulls().n_unique().cast(pl.Int64)
        case "families":
            families = _values(measure, measure.of or "family_id")
            alone = families.is_null().sum()  # in no family group: a family each
            figure = (families.drop_nulls().n_unique() + alone).cast(pl.Int64)
        case "share":
            below = _count(measure.out_of or EVERYTHING)
            figure = pl.when(below > 0).then(
                numerator(measure) * 100 / below
            )  # 57 of 100 is 57, not a hair less
        case "ratio":
            below = _count(measure.out_of or EVERYTHING)
            figure = pl.when(below > 0).then(numerator(measure) / below)
        case "median" | "p25" | "p75" | "p90" | "largest":
            figure = spread_of(measure.statistic, _values(measure, _of(measure)))
        case "mean":
            values = _values(measure, _of(measure)).drop_nulls()
            figure = pl.when(values.len() > 0).then(_sum(values) / values.len())
        case "sum":
            figure = _sum(_values(measure, _of(measure)))
        case "sum_for_each":
            over = _sum(_values(measure, measure.over))
            figure = pl.when(over > 0).then(_sum(_values(measure, _of(measure))) / over)
    return figure.alias(measure.key)


def _of(measure: Measure) -> str:
    if measure.of is None:
        raise LookupError(f"{measure.key}: a {measure.statistic} is of a column")
    return measure.of


def _both(where: str, out_of: str | None) -> str:
    if out_of is None or out_of == EVERYTHING:
        return where
    return out_of if where == EVERYTHING else f"({where}) AND ({out_of})"


def behind(measure: Measure) -> pl.Expr:
    """Which records stand behind the figure: of a share those it is out of."""
    if measure.statistic == "share" or (measure.out_of is not None and measure.statistic == "count"):
        return condition(measure.out_of or EVERYTHING)
    if measure.statistic == "ratio":
        return condition(measure.where) | condition(measure.out_of or EVERYTHING)
    if measure.of is not None and measure.statistic in {*SPREAD, "mean"}:
        return condition(measure.where) & pl.col(measure.of).is_not_null()
    return condition(measure.where)


def in_numerator(measure: Measure) -> pl.Expr:
    """Boolean, for the records behind a figure: whether each is counted in its upper part."""
    return condition(measure.where).alias("in_numerator")


def of_group(dimension: Dimension, group: Mapping[str, Any]) -> pl.Expr:
    """The records of one group; of every group together when none is named."""
    kept = condition(dimension.where)
    for column, name in group.items():
        kept = kept & pl.col(column).eq_missing(pl.lit(name))
    return kept


def grouped(records: pl.LazyFrame, dimension: Dimension, measures: tuple[Measure, ...]) -> pl.LazyFrame:
    """One row per group: the dimension's columns, then a column per measure. In no order."""
    kept = records if dimension.where == EVERYTHING else records.filter(condition(dimension.where))
    return kept.group_by(dimension.by).agg(value(measure) for measure in measures)


def drilled(records: pl.LazyFrame, breakdown: Breakdown, drill: Drill) -> pl.LazyFrame:
    """The records behind a figure of a breakdown: its group's, that the measure counts.

    Raises:
        LookupError: the breakdown has no such measure.
    """
    measure = measure_of(breakdown, drill.measure)
    return records.filter(of_group(breakdown.dimension, drill.group) & behind(measure))


def measure_of(breakdown: Breakdown, key: str) -> Measure:
    """The measure of this key. LookupError: the breakdown has none."""
    for measure in breakdown.measures:
        if measure.key == key:
            return measure
    raise LookupError(key)
