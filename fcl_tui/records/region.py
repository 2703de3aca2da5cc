"""Figures of several authorities: what may leave each of them, put together, totalled and ranked.

Only aggregates are here: no row of a child comes near. What an authority gives is held back as for
publication before it leaves: 1 to 5, and what would tell them by subtraction.
"""

from collections.abc import Sequence

import polars as pl

from fcl_tui.definitions.figures.measure import PERCENT

FEWEST = 6
"""Smaller numbers than this, other than none, never leave an authority (as for publication: 1 to 5)"""
TOTAL = "All together"
FIGURES = {
    "key": pl.String,
    "group": pl.String,
    "period": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Int64,
    "value": pl.Float64,
    "unit": pl.String,
    "higher_is_better": pl.Boolean,
}
"""What an authority is asked for: the figures of `fcl-tui measure`, and which way is better"""
LEAVES = {**FIGURES, "held_back": pl.Boolean}
UNITED = {
    "key": pl.String,
    "authority": pl.String,
    "group": pl.String,
    "period": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Int64,
    "value": pl.Float64,
    "unit": pl.String,
    "rank": pl.Int64,
    "ranked": pl.Int64,
    "authorities": pl.Int64,
    "held_back": pl.Boolean,
}


def small(column: pl.Expr) -> pl.Expr:
    """Whether a number is 1 to 5, or a part of one."""
    return ((column > 0) & (column < FEWEST)).fill_null(value=False)


def leaving(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures of one authority as they may leave it.

    A number of 1 to 5 is held back, with the value it makes; so is a share, or a number out of another, of
    which all but 1 to 5 are in the upper part, and a median or mean of 1 to 5 values. Where one group of a
    key is held back the next smallest is too, so that the whole of the key does not tell it.

    Args:
        figures: in FIGURES.

    Returns:
        LEAVES: held back are numerator, denominator and value together.
    """
    upper, below = pl.col("numerator"), pl.col("denominator").cast(pl.Float64)
    of_it = (pl.col("unit").is_in(PERCENT) | (pl.col("value") == upper)) & small(below - upper)
    first = figures.select(pl.col(name).cast(kind) for name, kind in FIGURES.items()).with_columns(
        held_back=small(upper) | small(below) | of_it.fill_null(value=False)
    )
    one = ["key", "period"]
    alone = (pl.col("held_back").sum().over(one) == 1) & (pl.len().over(one) > 1)
    size = pl.when(pl.col("held_back") | (upper == 0)).then(None).otherwise(upper)
    next_one = (size.rank("ordinal").over(one) == 1).fill_null(value=False)
    held = first.with_columns(held_back=pl.col("held_back") | (alone & next_one))
    parts = ("numerator", "denominator", "value")
    return held.with_columns(
        pl.when(pl.col("held_back")).then(None).otherwise(pl.col(name)).alias(name) for name in parts
    ).select(*LEAVES)


def united(given: Sequence[tuple[str, pl.DataFrame]]) -> pl.DataFrame:
    """The figures of authorities side by side, and all together.

    Numerators and denominators are summed, values never averaged; a median has no total. What an authority
    held back is in no total: `authorities` says of how many the total is.

    Args:
        given: the name of an authority and its figures, in LEAVES, in any order.

    Returns:
        UNITED, by key as first given, group, total first and then authorities by name. rank is 1 for the best
        value (the highest, where neither way is better); equal values share a rank, and ranked says of how
        many.
    """
    if not given:
        return pl.DataFrame(schema=UNITED)
    each = pl.concat([frame.select(pl.lit(name).alias("authority"), *LEAVES) for name, frame in given])
    order = each.select("key").unique(maintain_order=True).with_row_index("_key")
    one = ["key", "group"]
    descending = pl.col("higher_is_better").fill_null(value=True)
    better = pl.when(descending).then(-pl.col("value")).otherwise("value")
    each = each.with_columns(
        rank=better.rank("min").over(one).cast(pl.Int64),
        ranked=pl.col("value").count().over(one).cast(pl.Int64),
        authorities=pl.lit(1, pl.Int64),
    )
    return (
        pl.concat([_totals(each), each.select(*UNITED)])
        .join(order, on="key", how="left")
        .sort("_key", "group", pl.col("authority") != TOTAL, "authority", nulls_last=[False] * 4)
        .select(*UNITED)
    )


def _totals(each: pl.DataFrame) -> pl.DataFrame:
    """A line for each key and group: of per cent, rate and mean the same arithmetic on the sums."""
    upper, below, value = pl.col("numerator"), pl.col("denominator").cast(pl.Float64), pl.col("value")
    # what a value is of its parts: 100 for per cent, 10,000 for a rate, 1 for a mean; the same everywhere
    scale = pl.when(upper > 0).then(value * below / upper)
    counted = value.is_not_null() & upper.is_not_null()
    sums = each.group_by("key", "group", maintain_order=True).agg(
        period=pl.when(pl.col("period").n_unique() == 1).then(pl.col("period").first()),
        numerator=upper.filter(counted).sum(),
        denominator=pl.when(below.is_not_null().any()).then(below.filter(counted).sum()).cast(pl.Int64),
        unit=pl.col("unit").first(),
        authorities=counted.sum().cast(pl.Int64),
        held_back=pl.col("held_back").any(),
        _plain=(value == upper).filter(counted).all(),
        _low=scale.min(),
        _high=scale.max(),
    )
    alike = ((pl.col("_high") - pl.col("_low")) <= 1e-9 * pl.col("_high")).fill_null(value=True)
    whole = pl.col("denominator").cast(pl.Float64)
    divided = pl.when(whole > 0).then(pl.col("numerator") * pl.col("_high").fill_null(0) / whole)
    figure = pl.when(pl.col("_plain")).then(pl.col("numerator")).when(alike).then(divided)
    some = pl.col("authorities") > 0
    return sums.with_columns(
        pl.when(some).then("numerator").alias("numerator"),
        pl.when(some).then("denominator").alias("denominator"),
        authority=pl.lit(TOTAL),
        value=pl.when(some).then(figure),
        rank=pl.lit(None, pl.Int64),
        ranked=pl.lit(None, pl.Int64),
    ).select(pl.col(name).cast(kind) for name, kind in UNITED.items())
