"""How far ahead a planner can be trusted: what follows the next visit or review is not in it."""

from datetime import date

import polars as pl

FOLLOWS = r"(?:later|second): \d+ (?:wd|w|d|m)"
"""Of a rule's intervals in words, those between one time and the next"""
WORKED, WEEK, MONTH = 5, 7, 28


def foreseen(items: pl.LazyFrame, rules: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """From which day on a calendar of these items can only grow.

    What is done on the as-at day, at the earliest, is due again after the interval of its rule. So every
    day before the shortest of these intervals is complete.

    Args:
        items: the rows of `planner.planned`.
        rules: rule, intervals (in words, as the snapshot keeps them: "first: 10 wd; later: 10 wd").

    Returns:
        one row: beyond (Date; null when nothing of these comes again). Working days count as seven for five,
        months as 28 days, so that no day is promised that is incomplete.
    """
    unit, size = (
        pl.col("each").str.extract(r" (wd|w|d|m)$"),
        pl.col("each").str.extract(r"(\d+)").cast(pl.Int64),
    )
    days = (
        pl.when(unit == "wd")
        .then(size // WORKED * WEEK + size % WORKED)
        .when(unit == "w")
        .then(size * WEEK)
        .when(unit == "m")
        .then(size * MONTH)
        .otherwise(size)
    )
    if "intervals" not in rules.collect_schema().names():  # a snapshot of a version that did not keep them
        return pl.LazyFrame({"beyond": [None]}, schema={"beyond": pl.Date})
    again = rules.select("rule", each=pl.col("intervals").str.extract_all(FOLLOWS)).explode("each")
    there = again.drop_nulls("each").join(items.select("rule").unique(), on="rule", how="semi")
    return there.select(beyond=pl.lit(as_at) + pl.duration(days=days.min()))
