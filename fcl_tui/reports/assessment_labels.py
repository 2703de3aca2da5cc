"""What the Assessments screen and files need beside the figures: against target, names, row keys."""

from datetime import date

import polars as pl

TOLERANCE = 5.0
"""Percentage points below the target that are still near it (a convention, not a national rule)."""


def against_target(value: str, target: str = "target") -> pl.Expr:
    """on_target, near_target or below_target, on unrounded values; no_figure without a value.

    High is good: at or above the target is on_target, up to TOLERANCE below it near_target.
    """
    figure, aim = pl.col(value), pl.col(target)
    return (
        pl.when(figure.is_null() | aim.is_null())
        .then(pl.lit("no_figure"))
        .when(figure >= aim)
        .then(pl.lit("on_target"))
        .when(figure >= aim - TOLERANCE)
        .then(pl.lit("near_target"))
        .otherwise(pl.lit("below_target"))
    )


def labelled(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add what a reader needs to rows of `assessments.comparison` or `assessments.detail`.

    Returns:
        the rows plus, where their columns allow: met (String, see `against_target`), month_name ("Mar 2026"),
        days (Int64, working days taken or so far), row_key (String, unique to a row).
    """
    columns = rows.collect_schema().names()
    added: dict[str, pl.Expr] = {}
    if "percent_in_time" in columns:
        added["met"] = against_target("percent_in_time")
    if "month" in columns:
        added["month_name"] = pl.col("month").dt.to_string("%b %Y")
    if "assessment_id" in columns:
        added["days"] = pl.coalesce("working_days", "open_days")
        added["row_key"] = pl.concat_str(
            "assessment_id", "person_id", "source_row", separator="|", ignore_nulls=True
        )
    elif "worker_id" in columns:
        added["row_key"] = pl.concat_str("team", "worker", "worker_id", separator="|", ignore_nulls=True)
    return rows.with_columns(**added)


def headline(months: pl.DataFrame, as_at: date) -> str:
    """One line over a comparison by month: the period, how many were completed, what share in time."""
    row = months.select(
        first=pl.col("month").min(),
        done=pl.col("completed").sum(),
        timed=pl.col("completed").sum() - pl.col("not_timed").sum(),
        in_time=pl.col("in_time").sum(),
        target=pl.col("target").first(),
    ).row(0, named=True)
    share = f"{100 * row['in_time'] / row['timed']:.1f}%" if row["timed"] else "no cases"
    return (
        f"{row['done']:,} completed {row['first']:%b %Y} to {as_at:%d/%m/%Y}"
        f"   {share} in 45 working days   target {row['target']:.0f}%"
    )
