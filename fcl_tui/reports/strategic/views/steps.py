"""Counts one after the other, each beside the one before: the way through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.days.window import trend_days, year_before
from fcl_tui.reports.official.series import series
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.building import TREND
from fcl_tui.reports.strategic.views.headline import compared, left_out, measures_of, trends

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.strategic.declared import Strategic


def steps(declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per step, in the order declared, of the twelve months to the day; not linked child by child.

    Returns:
        the columns of `headline.headline` that say how a figure stands, and of_before, of_first (Float64: per
        cent of the step before, of the first; null of the first and where there is nothing), before_ago
        (Float64: of the step before, a year ago).
    """
    days, before = trend_days(context.as_at, TREND), year_before(context.as_at)
    figures = series(context, query, declared.steps, [*days, before])
    now, then = (figures.filter(pl.col("day") == day) for day in (context.as_at, before))
    measures = measures_of(declared.steps)
    rows = (
        pl.DataFrame({"measure": declared.steps})
        .join(compared(context, now, then, measures), on="measure", how="left", maintain_order="left")
        .join(
            trends(figures.filter(pl.col("day").is_in(days))), on="measure", how="left", maintain_order="left"
        )
        .with_columns(
            of_before=_share("value", pl.col("value").shift(1)),
            of_first=_share("value", pl.col("value").first()),
            before_ago=_share("year_ago", pl.col("year_ago").shift(1)),
        )
    )

    known = rows.filter(pl.col("value").is_not_null()).select("label", "value")
    day = f"{context.as_at:%d/%m/%Y}"
    words = f"The 12 months to {day}, each step beside the one before; not linked child by child"
    return Parts(
        rows.lazy(),
        left_out(context, measures),
        {"steps": known.lazy(), "figures": figures.lazy()},
        lambda _: words,
    )


def _share(upper: str, below: pl.Expr) -> pl.Expr:
    return pl.when(below > 0).then(pl.col(upper) * 100 / below)
