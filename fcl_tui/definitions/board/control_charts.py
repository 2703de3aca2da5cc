"""Control charts of single values (XmR): the mean, the limits, and the points that are no chance.

Limits are the mean of the baseline and 2.66 mean moving ranges either side. Source: "Making Data Count" (NHS
England) and its reference implementation, which leaves ranges of 3.267 means and more out once.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

RANGES, SCREEN = 2.66, 3.267
LOCKED, FEWEST = 12, 5
"""Points that lock the baseline; fewer points than the second have no chart, those between trial limits"""
RUN = 7
"""Points in a row on one side of the mean (a shift), or each further than the last (a trend)"""
SIGNALS = ("point", "shift", "two_of_three", "trend")
"""In the order in which one is named first"""


def charted(
    points: pl.LazyFrame,
    by: Sequence[str] = ("no",),
    *,
    baseline: int | None = LOCKED,
    run: int = RUN,
    screen: bool = True,
) -> pl.LazyFrame:
    """Add limits and signals to series of points.

    Args:
        points: the columns `by`, then value (Float64, never null), in the order of time within each series.
        baseline: how many of the first points the limits are of; None: all. With fewer points: all there are.
        run: points that make a shift or a trend.
        screen: leave ranges out that are 3.267 times the mean range or more, once.

    Returns:
        points with mean, lower, upper (Float64), limits (locked, trial, none: fewer than 5 points); point,
        shift, trend, two_of_three (Int8: 1 upwards, -1 downwards, 0 none), and signal (the first of them in
        the order of SIGNALS that is not 0). A shift is signalled from the point that makes it long enough; a
        point on the mean ends a run. Without limits every signal is 0.
    """
    keys = list(by)
    place = pl.int_range(pl.len()).over(keys)
    count = pl.len().over(keys)
    first = pl.lit(value=True) if baseline is None else pl.col("_place") < baseline
    value = pl.col("value")
    rows = points.with_columns(_place=place, _count=count, _range=value.diff().abs().over(keys))
    rows = rows.with_columns(
        _mean=value.filter(first).mean().over(keys), _all=pl.col("_range").filter(first).mean().over(keys)
    )
    kept = first & (pl.col("_range") < SCREEN * pl.col("_all")) if screen else first
    rows = rows.with_columns(
        _ranges=pl.col("_range").filter(kept).mean().over(keys).fill_null(pl.col("_all"))
    )
    reach = RANGES * pl.col("_ranges")
    rows = rows.with_columns(mean="_mean", lower=pl.col("_mean") - reach, upper=pl.col("_mean") + reach)
    rows = _sides(rows, keys, reach)
    locked = pl.col("_count") >= (LOCKED if baseline is None else baseline)
    rows = rows.with_columns(
        limits=pl.when(pl.col("_count") < FEWEST)
        .then(pl.lit("none"))
        .when(locked)
        .then(pl.lit("locked"))
        .otherwise(pl.lit("trial"))
    )
    rows = rows.with_columns(**_signals(run))
    one = pl.coalesce(pl.when(pl.col(name) != 0).then(pl.col(name)) for name in SIGNALS).fill_null(0)
    return rows.with_columns(signal=one).drop("^_.*$")


def _sides(rows: pl.LazyFrame, keys: list[str], reach: pl.Expr) -> pl.LazyFrame:
    """On which side of the mean and which way from the last, and since how many points."""
    value, mean = pl.col("value"), pl.col("_mean")
    rows = rows.with_columns(
        _side=(value - mean).sign().cast(pl.Int8),
        _way=value.diff().over(keys).sign().fill_null(0).cast(pl.Int8),
        _outside=(value > pl.col("upper")) | (value < pl.col("lower")),
        _near=(value - mean).abs() > reach * 2 / 3,
    )
    rows = rows.with_columns(_outer=pl.col("_near") & ~pl.col("_outside"))
    rows = rows.with_columns(
        _run=pl.col("_side").rle_id().over(keys), _rise=pl.col("_way").rle_id().over(keys)
    )
    return rows.with_columns(
        _on_side=pl.int_range(1, pl.len() + 1).over([*keys, "_run"]),
        _rising=pl.int_range(1, pl.len() + 1).over([*keys, "_rise"]),
        _outer3=pl.col("_outer").cast(pl.Int8).rolling_sum(3, min_samples=3).over(keys),
        _side3=pl.col("_side").rolling_sum(3, min_samples=3).over(keys),
    )


def _signals(run: int) -> dict[str, pl.Expr]:
    known, side, none = pl.col("limits") != "none", pl.col("_side"), pl.lit(0, pl.Int8)

    def where(holds: pl.Expr, way: pl.Expr) -> pl.Expr:
        return pl.when(known & holds.fill_null(value=False)).then(way).otherwise(none)

    return {
        "point": where(pl.col("_outside"), side),
        "shift": where(pl.col("_on_side") >= run, side),
        "trend": where(pl.col("_rising") >= run - 1, pl.col("_way")),
        "two_of_three": where((pl.col("_outer3") >= 2) & (pl.col("_side3").abs() == 3), side),
    }


def in_words() -> pl.Expr:
    """What the signal of a point means: improvement, concern, or change where no direction is good.

    Of the columns limits, signal and polarity; null where there are no limits; "no change" without a signal.
    """
    way, good = pl.col("signal"), pl.col("polarity")
    better = ((way > 0) & (good == "high")) | ((way < 0) & (good == "low"))
    return (
        pl.when((pl.col("limits") == "none") | pl.col("limits").is_null())
        .then(None)
        .when(way == 0)
        .then(pl.lit("no change"))
        .when(~good.is_in(["high", "low"]))
        .then(pl.lit("change"))
        .when(better)
        .then(pl.lit("improvement"))
        .otherwise(pl.lit("concern"))
    )


def assurance() -> pl.Expr:
    """Whether the target is met whatever chance does: will pass, will fail, hit and miss; null: not known.

    Of the columns limits, lower, upper, green and polarity.
    """
    green, good = pl.col("green"), pl.col("polarity")
    passes = ((good == "high") & (green < pl.col("lower"))) | ((good == "low") & (green > pl.col("upper")))
    fails = ((good == "high") & (green > pl.col("upper"))) | ((good == "low") & (green < pl.col("lower")))
    unknown = (pl.col("limits") == "none") | pl.col("limits").is_null() | green.is_null()
    return (
        pl.when(unknown | ~good.is_in(["high", "low"]))
        .then(None)
        .when(passes)
        .then(pl.lit("will pass"))
        .when(fails)
        .then(pl.lit("will fail"))
        .otherwise(pl.lit("hit and miss"))
    )
