"""A figure against its target."""

import polars as pl

TOLERANCE = 5.0
"""Percentage points below the target that are still near it (a convention, not a national rule)."""


def against_target(value: str, target: str = "target") -> pl.Expr:
    """on_target, near_target or below_target, on unrounded values; no_figure without a value.

    High is good: at or above the target is on_target, up to TOLERANCE below it near_target.
    """
    figure, aim = pl.col(value), pl.col(target)
    return (
        pl.when(figure.is_null() | aim.is_null())
        .then(pl.lit("no_figure"))
        .when(figure >= aim)
        .then(pl.lit("on_target"))
        .when(figure >= aim - TOLERANCE)
        .then(pl.lit("near_target"))
        .otherwise(pl.lit("below_target"))
    )
