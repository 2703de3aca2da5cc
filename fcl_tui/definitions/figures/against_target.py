"""A figure against its target."""

import polars as pl

TOLERANCE = 5.0
"""Percentage points below the target that are still near it (a convention, not a national rule)."""
FEWEST = 10
"""A share of fewer cases is called neither good nor bad, unless the setting fewest_cases says else."""


def against_target(
    value: str, target: str = "target", *, cases: pl.Expr | None = None, fewest: int = FEWEST
) -> pl.Expr:
    """on_target, near_target or below_target, on unrounded values; no_figure without a value.

    High is good: at or above the target is on_target, up to TOLERANCE below it near_target.

    Args:
        cases: of how many it is a share; under `fewest` it is too_few: one case would change the colour.
    """
    figure, aim = pl.col(value), pl.col(target)
    few = pl.lit(value=False) if cases is None else cases < fewest
    return (
        pl.when(figure.is_null() | aim.is_null())
        .then(pl.lit("no_figure"))
        .when(few)
        .then(pl.lit("too_few"))
        .when(figure >= aim)
        .then(pl.lit("on_target"))
        .when(figure >= aim - TOLERANCE)
        .then(pl.lit("near_target"))
        .otherwise(pl.lit("below_target"))
    )
