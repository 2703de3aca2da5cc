"""Recommendations of quality assurance, as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from fcl_tui.quality import current


def recommendations(registers: Mapping[str, pl.LazyFrame], as_at: date) -> pl.LazyFrame:
    """Every recommendation with state (open, done, verified, not_done) and overdue (Boolean)."""
    events = registers["recommendation_events"].sort("seq").group_by("recommendation_id", maintain_order=True)
    now = events.agg(last=pl.col("event").last(), new_due=pl.col("new_due").drop_nulls().last())
    state = pl.when(pl.col("last").is_in(list(current.DONE))).then("last").otherwise(pl.lit("open"))
    return (
        registers["recommendations"]
        .join(now, on="recommendation_id", how="left", maintain_order="left")
        .with_columns(state=state, due=pl.coalesce("new_due", "due"))
        .with_columns(overdue=((pl.col("state") == "open") & (pl.col("due") < as_at)).fill_null(value=False))
        .drop("last", "new_due")
    )
