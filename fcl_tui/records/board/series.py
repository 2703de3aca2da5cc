"""The series of values behind the Board: entered or computed, then quarter by quarter."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fcl_tui.definitions.board.rag import exact

HELD: dict[str, Any] = {
    "no": pl.Int64,
    "period": pl.String,
    "period_end": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "status": pl.String,
    "origin": pl.String,
    "source": pl.String,
    "note": pl.String,
    "definition_version": pl.Int64,
    "made_by": pl.String,
    "made_at": pl.Datetime("us"),
    "snapshot_id": pl.String,
}
"""One value of an indicator for a period. origin: computed, stand-in, typed, imported; made_by and made_at:
who entered it and when (UTC), null where it is computed; snapshot_id: the data it is computed from."""
MONTH, QUARTER, ROLLING = r"^\d{4}-\d\d$", r"^\d{4}-\d\dQ[1-4]$", r"^R12@"


def latest(values: pl.LazyFrame) -> pl.LazyFrame:
    """Of the values entered (`data.office.board`), the last of each indicator and period.

    Returns:
        HELD, with value_id.
    """
    kept = values.sort("seq").unique(["no", "period"], keep="last", maintain_order=True)
    return kept.with_columns(snapshot_id=pl.lit(None, pl.String)).select(*HELD, "value_id")


def held(entered: pl.LazyFrame, computed: pl.LazyFrame, definitions: pl.LazyFrame) -> pl.LazyFrame:
    """What is known of each indicator and period: what was entered, else what the data gives.

    Args:
        entered: as `latest`. computed: HELD. definitions: `indicators.frame`.

    Returns:
        HELD, with value_id (null where it is computed) and replaces (Float64: what the data gives where an
        entered value is in its place). A percentage of known parts is divided anew, unrounded.
    """
    other = computed.select("no", "period", replaces="value")
    typed = entered.join(other, on=["no", "period"], how="left")
    ours = computed.join(entered, on=["no", "period"], how="anti")
    both = pl.concat([typed, ours], how="diagonal_relaxed")
    units = definitions.select("no", "unit")
    told = both.join(units, on="no", how="inner").with_columns(value=exact()).drop("unit")
    return told.sort("no", "period_end", "period")


def quarterly(held: pl.LazyFrame, definitions: pl.LazyFrame) -> pl.LazyFrame:
    """One value per indicator and step of the Board: quarters; terms and years as they are.

    A quarter of a monthly indicator is what was entered for it, else follows from its months: the last of
    them, or all three added up, numerators and denominators apart. A quarter that lacks a month is not there.
    Rolling years are those that end with a quarter.

    Returns:
        the columns of `held` with step (Int64, one more for each period that follows).
    """
    rows = held.join(
        definitions.select("no", "frequency", "calendar", "aggregation"), on="no", how="inner"
    ).with_columns(_quarter_end=_quarter_end())
    monthly = pl.col("frequency") == "monthly"
    month = pl.col("period").str.contains(MONTH)
    entered = rows.filter(~(monthly & month))
    entered = entered.filter(
        ~pl.col("period").str.contains(ROLLING) | (pl.col("period_end") == pl.col("_quarter_end"))
    )
    months = rows.filter(monthly & month)
    last = months.filter((pl.col("aggregation") == "last") & (pl.col("period_end") == pl.col("_quarter_end")))
    summed = _summed(months.filter(pl.col("aggregation") == "ratio"))
    made = pl.concat([last, summed], how="diagonal_relaxed").join(
        entered.filter(pl.col("period").str.contains(QUARTER)).select("no", "period_end"),
        on=["no", "period_end"],
        how="anti",
    )
    steps = pl.concat([entered, made], how="diagonal_relaxed").with_columns(step=_step())
    return steps.drop("frequency", "calendar", "aggregation", "_quarter_end").sort("no", "period_end")


def _quarter_end() -> pl.Expr:
    """The last day of the quarter that a period ends in; financial and calendar quarters are the same."""
    return pl.col("period_end").dt.truncate("1q").dt.offset_by("3mo").dt.offset_by("-1d")


def _summed(months: pl.LazyFrame) -> pl.LazyFrame:
    """Quarters of which all three months have a numerator and a denominator, added up."""
    known = months.filter(pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null())
    others = ("status", "origin", "source", "note", "made_by", "made_at", "snapshot_id", "definition_version")
    added = (
        known.sort("period_end")
        .group_by("no", "_quarter_end")
        .agg(
            pl.col("numerator", "denominator").sum(),
            pl.col(*others, "frequency", "calendar", "aggregation").last(),
            _months=pl.len(),
        )
    )
    named = added.filter(pl.col("_months") == 3).with_columns(
        period_end=pl.col("_quarter_end"),
        period=_quarter_name(),
        value=pl.when(pl.col("denominator") > 0).then(pl.col("numerator") * 100 / pl.col("denominator")),
    )
    return named.drop("_months")


def _quarter_name() -> pl.Expr:
    month, year = pl.col("_quarter_end").dt.month(), pl.col("_quarter_end").dt.year()
    begun = year - (month < 4).cast(pl.Int32)
    number = (month.cast(pl.Int32) - 4) % 12 // 3 + 1
    return pl.format("{}-{}Q{}", begun, ((begun + 1) % 100).cast(pl.String).str.zfill(2), number)


def _step() -> pl.Expr:
    """Quarters, terms and years counted on, so that the period before is one less."""
    year, month = pl.col("period_end").dt.year().cast(pl.Int64), pl.col("period_end").dt.month()
    term = pl.when(month <= 4).then(0).when(month <= 8).then(1).otherwise(2)
    yearly = pl.col("frequency") == "annual"
    quarter = year * 4 + (month - 1) // 3
    return (
        pl.when(yearly)
        .then(year)
        .when(pl.col("frequency") == "termly")
        .then(year * 3 + term)
        .otherwise(quarter)
    ).cast(pl.Int64)


def chart_points(held: pl.LazyFrame, definitions: pl.LazyFrame, last: date) -> pl.LazyFrame:
    """The points of control charts: months of monthly indicators, quarters of quarterly, up to a day.

    Only of indicators that may have a chart, of their present definition, and where the mean is 5 or more or
    the unit is a percentage: chance does not move smaller counts so.

    Returns:
        no, period, period_end, value (never null), in the order of time within each indicator.
    """
    wanted = definitions.filter("chart").select("no", "version", "frequency", "unit")
    rows = held.join(wanted, on="no", how="inner").filter(
        pl.col("value").is_not_null()
        & (pl.col("definition_version") == pl.col("version"))
        & (pl.col("period_end") <= last)
        & pl.col("period").str.contains(
            pl.when(pl.col("frequency") == "monthly").then(pl.lit(MONTH)).otherwise(pl.lit(QUARTER))
        )
    )
    large = (pl.col("unit") == "percent") | (pl.col("value").mean().over("no") >= 5)
    return rows.filter(large).sort("no", "period_end").select("no", "period", "period_end", "value")
