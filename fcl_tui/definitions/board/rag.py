"""Green, amber, red or grey of an indicator, and whether it is better than before."""

from __future__ import annotations

import polars as pl

FEWEST = 10
"""A percentage of fewer than this has no colour"""
NO_VALUE = ("not_due", "not_published", "not_collected", "suppressed", "cannot_be_computed")
"""Statuses of a value that is none"""
SAME_POINTS, SAME_SHARE = 0.5, 0.01
"""Within so many points of a percentage, or so much of any other value, it is the same"""
DUST = 1e-9
"""What binary fractions add to a difference: 70.5 - 70.0 is 0.5"""


def exact(value: str = "value", numerator: str = "numerator", denominator: str = "denominator") -> pl.Expr:
    """A percentage divided once, so that 57 of 100 is 57 and not a hair less; other values as they are."""
    upper, lower = pl.col(numerator), pl.col(denominator)
    known = (pl.col("unit") == "percent") & upper.is_not_null() & (lower > 0)
    return pl.when(known).then(upper * 100 / lower).otherwise(pl.col(value))


def rag(fewest: int = FEWEST) -> pl.Expr:
    """The colour of each row, from unrounded values; a value on a boundary has the better colour.

    Of the columns value, denominator (Float64 or null), unit, status, polarity (high, low, target, none),
    green and amber. high: green from green up, amber from amber up, else red; low is its mirror. target:
    green on the target, amber within the distance of amber from it, else red. Without an amber value what
    is not green is red.

    Returns:
        green, amber, red; or why there is no colour: retired, no_value, not_due, not_published,
        not_collected, suppressed, cannot_be_computed, trend (no direction is good), no_target, too_few.
    """
    value, green, amber = pl.col("value"), pl.col("green"), pl.col("amber").fill_null(pl.col("green"))
    off = (value - green).abs()
    reached = {"high": value >= green, "low": value <= green, "target": off <= DUST}
    near = {"high": value >= amber, "low": value <= amber, "target": off <= (amber - green).abs() + DUST}

    def by_polarity(rules: dict[str, pl.Expr]) -> pl.Expr:
        polarity = pl.col("polarity")
        return (
            pl.when(polarity == "high")
            .then(rules["high"])
            .when(polarity == "low")
            .then(rules["low"])
            .otherwise(rules["target"])
        )

    few = (pl.col("unit") == "percent") & (pl.col("denominator") < fewest)
    return (
        pl.when(pl.col("retired"))
        .then(pl.lit("retired"))
        .when(pl.col("status").is_in(NO_VALUE))
        .then(pl.col("status"))
        .when(value.is_null())
        .then(pl.lit("no_value"))
        .when(pl.col("polarity") == "none")
        .then(pl.lit("trend"))
        .when(green.is_null())
        .then(pl.lit("no_target"))
        .when(few)
        .then(pl.lit("too_few"))
        .when(by_polarity(reached))
        .then(pl.lit("green"))
        .when(by_polarity(near))
        .then(pl.lit("amber"))
        .otherwise(pl.lit("red"))
    )


def direction(before: str, points: float = SAME_POINTS, share: float = SAME_SHARE) -> pl.Expr:
    """How the value compares with that of the column `before`: better, worse, same.

    up, down and same where no direction is good or no polarity applies; null where either is not known.
    """
    change = pl.col("value") - pl.col(before)
    band = pl.when(pl.col("unit") == "percent").then(points).otherwise(pl.col(before).abs() * share)
    good = pl.col("polarity")
    return (
        pl.when(change.is_null())
        .then(None)
        .when(change.abs() <= band + DUST)
        .then(pl.lit("same"))
        .when(~good.is_in(["high", "low"]))
        .then(pl.when(change > 0).then(pl.lit("up")).otherwise(pl.lit("down")))
        .when((change > 0) == (good == "high"))
        .then(pl.lit("better"))
        .otherwise(pl.lit("worse"))
    )
