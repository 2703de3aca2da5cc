"""Counts one after the other, each beside the one before: the way through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.reports.official import registry
from fcl_tui.reports.official.series import series, trend_days, year_before
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.declared import TREND
from fcl_tui.reports.strategic.headline import left_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.strategic.declared import Strategic


def steps(declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per stage, in order, of the twelve months to the day. Stages are not linked child by child.

    Returns:
        stage (unique), count, year_ago, more (Int64), of_before, of_before_ago (Float64: per cent of the
        stage before, then and a year ago; null of the first and of nothing), of_first (Float64: per cent of
        the first stage), trend (String: the years to each of the last 24 month ends).
    """
    family = registry.family_of(declared.steps)
    measure = family.measure(declared.steps)
    dimension = family.dimension(measure.spread)
    days, before = trend_days(context.as_at, TREND), year_before(context.as_at)
    figures = series(context, query, [measure.key], [*days, before], dimension).rename(
        {dimension.by[0]: "stage"}
    )
    share = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator") * 100)
    count = pl.col("numerator").cast(pl.Int64)
    now = figures.filter(pl.col("day") == context.as_at).select("stage", count=count, of_before=share)
    then = figures.filter(pl.col("day") == before).select("stage", year_ago=count, of_before_ago=share)
    text = pl.col("value").round(0).cast(pl.Int64).cast(pl.String).fill_null("-")
    trends = (
        figures.filter(pl.col("day").is_in(days)).sort("day").group_by("stage").agg(trend=text.str.join(" "))
    )
    first = pl.col("count").first()
    rows = (
        pl.DataFrame({"stage": dimension.order})
        .join(now, on="stage", how="left", maintain_order="left")
        .join(then, on="stage", how="left", maintain_order="left")
        .join(trends, on="stage", how="left", maintain_order="left")
        .with_columns(
            more=pl.col("count") - pl.col("year_ago"),
            of_first=pl.when(first > 0).then(pl.col("count") / first * 100),
        )
    )

    def line(frames: Mapping[str, pl.DataFrame]) -> str:
        known = (row for row in frames["rows"].to_dicts() if row["count"] is not None)
        told = [f"{row['stage']} {row['count']:,}" for row in known]
        return " > ".join(told) if told else f"{measure.label}: not known"

    return Parts(rows.lazy(), left_out(context, [measure]), {}, line)
