"""How figures read, and what has become of them: better, worse, up, down, same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.figures.measure import PERCENT
from fcl_tui.definitions.wording.printed import printed
from fcl_tui.definitions.wording.thousands import thousands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fcl_tui.definitions.figures.measure import Measure

SAME_POINTS, SAME_SHARE = 0.5, 0.01
"""About the same: within half a point of a percentage, or one hundredth of another figure"""
OVER = {"now": "the day", "period": "12 months", "rolling": "12 months"}
FINE = ("contacts per child", "ratio")
"""Units whose figures lie about 1: with one decimal most of what changes is not seen"""


def figure(value: str) -> pl.Expr:
    """A figure as text (String), by the column unit: 94.4%, 2,178, 266.4; null stays null."""
    amount, unit = pl.col(value), pl.col("unit")
    precision = pl.when(unit.is_in(["children", "young people", "placements"])).then(0).otherwise(1)
    told = printed(amount, precision, unit.is_in(PERCENT))
    return pl.when(unit.is_in(FINE)).then(amount.round(2).cast(pl.String)).otherwise(told)


def out_of() -> pl.Expr:
    """Numerator and denominator (String): 67/71; null where there is nothing it is out of."""
    upper = pl.col("numerator").round(0).cast(pl.Int64)
    divided = pl.col("denominator").is_not_null() & pl.col("unit").is_in(
        [*PERCENT, "children", "young people", "assessments", "plans", "ratio"]
    )
    return pl.when(divided).then(pl.format("{}/{}", upper, pl.col("denominator")))


def change() -> pl.Expr:
    """What changed since a year ago (String, signed); null where either is not known."""
    by = pl.col("value") - pl.col("year_ago")
    by = pl.when(pl.col("unit").is_in(FINE)).then(by.round(2)).otherwise(by.round(1))
    sign = pl.when(by > 0).then(pl.lit("+")).otherwise(pl.lit(""))
    whole = by == by.round(0)
    number = pl.when(whole).then(thousands(by)).otherwise(by.cast(pl.String))
    return pl.when(by.is_not_null()).then(pl.concat_str(sign, number))


def direction(measures: Iterable[Measure], fewest: int) -> pl.Expr:
    """better, worse or same, by what is better; up or down where neither is (String).

    Null where either figure is not known, or is out of fewer than `fewest`: one child moves it too far.
    """
    better = {one.key: one.higher_is_better for one in measures}
    high = pl.col("measure").is_in([key for key, higher in better.items() if higher is True])
    low = pl.col("measure").is_in([key for key, higher in better.items() if higher is False])
    by = pl.col("value") - pl.col("year_ago")
    allowed = (
        pl.when(pl.col("unit").is_in(PERCENT))
        .then(SAME_POINTS)
        .otherwise((pl.col("year_ago") * SAME_SHARE).abs())
    )
    return (
        pl.when(by.is_null() | (pl.col("denominator") < fewest).fill_null(value=False))
        .then(pl.lit(None, pl.String))
        .when(by.abs() <= allowed)
        .then(pl.lit("same"))
        .when((high & (by > 0)) | (low & (by < 0)))
        .then(pl.lit("better"))
        .when(high | low)
        .then(pl.lit("worse"))
        .when(by > 0)
        .then(pl.lit("up"))
        .otherwise(pl.lit("down"))
    )


def window(measure: Measure) -> str:
    """Over what it is counted, in words."""
    if measure.window == "rolling" and measure.months != 12:
        return f"{measure.months} months"
    return OVER[measure.window]
