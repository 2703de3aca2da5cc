"""Published figures beside those of a strategic report: the newest of each, and by day for a chart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.figures.comparators import COMPARED, ended, when
from fcl_tui.definitions.wording.printed import with_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context

WHO = ("neighbours", "region", "england")
COUNTS = ("count", "children", "families", "sum")
"""Numbers of other areas mean little: rates, shares and averages are compared"""


def newest(context: Context, measures: Sequence[Measure], day: date) -> pl.DataFrame:
    """The newest published figures of these measures, of nothing that ends after the day: COMPARED."""
    known = context.comparators()
    keys = [one.key for one in measures if one.statistic not in COUNTS]
    return pl.DataFrame(schema=COMPARED) if known is None else known.newest(keys, day)


def beside(context: Context, measures: Sequence[Measure], day: date) -> pl.DataFrame:
    """The newest published figures of these measures, one row per measure that has any.

    Returns:
        measure, of WHO each the figure as printed with its year, compared: all with whose they are, as
        "Statistical neighbours (mean of 9) 62.2% (2025)". All String.
    """
    percent = pl.col("key").is_in([one.key for one in measures if one.is_percent])
    text = with_year(pl.col("value"), pl.col("precision"), percent, when())
    told = newest(context, measures, day).filter(pl.col("who").is_in(WHO)).with_columns(_shown=text)
    each = [pl.col("_shown").filter(pl.col("who") == who).first().alias(who) for who in WHO]
    named = pl.format("{} {}", "label", "_shown").drop_nulls().str.join(", ")
    each.append(named.alias("compared"))
    return told.group_by(measure="key").agg(each)


def over_time(context: Context, measure: Measure, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with WHO (Float64): on each day the figure of the last year to 31 March that had ended.

    Args:
        frame: with day (Date).
    """
    known = context.comparators()
    nothing = [pl.lit(None, pl.Float64).alias(who) for who in WHO]
    if known is None or measure.statistic in COUNTS:
        return frame.with_columns(nothing)
    rows = known.rows.filter(pl.col("key") == measure.key, pl.col("grouping") == "")
    by_year = rows.select("who", "value", _ended=ended()).sort("_ended")
    told = frame.sort("day")
    for who in WHO:
        one = by_year.filter(pl.col("who") == who).select("_ended", pl.col("value").alias(who))
        told = told.join_asof(one, left_on="day", right_on="_ended", strategy="backward").drop(
            "_ended", strict=False
        )
    return told
