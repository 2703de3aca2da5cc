"""The figures of each team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.reports.official import registry
from fcl_tui.reports.official.family import TEAMS
from fcl_tui.reports.official.series import series
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.views import shown
from fcl_tui.reports.strategic.views.columns import OUT_OF
from fcl_tui.reports.strategic.views.headline import left_out

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.strategic.declared import Strategic


def teams(declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per team that has records of any of the figures: team (unique), then a column per figure.

    A count that is known of any team is 0 of one without a record; a share has what it is out of beside it,
    in a column of its name and _of (String). Periods are the twelve months to the day; the team is the one
    that holds the case on the day, or held it on the day of the event.
    """
    figures = series(context, query, declared.teams, [context.as_at], TEAMS)
    rows = figures.select("team").unique().sort("team", nulls_last=True)
    for key in declared.teams:
        whole = registry.family_of(key).measure(key).statistic in ("count", "sum", "children")
        mine = figures.filter(pl.col("key") == key)
        told = [pl.col("value").cast(pl.Int64 if whole else pl.Float64).alias(key)]
        if not whole:
            told.append(shown.out_of().alias(OUT_OF.format(key)))
        rows = rows.join(
            mine.with_columns(unit=pl.lit("%")).select("team", *told),
            on="team",
            how="left",
            maintain_order="left",
            nulls_equal=True,
        )
        if whole and mine["value"].drop_nulls().len():
            rows = rows.with_columns(pl.col(key).fill_null(0))
    measures = [registry.family_of(key).measure(key) for key in declared.teams]
    return Parts(rows.lazy(), left_out(context, measures), {"by_team": figures.lazy()})
