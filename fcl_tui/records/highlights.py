"""The page of the Monthly Highlights: one row per indicator, from its figures by month."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fcl_tui.definitions.board.rag import direction, rag
from fcl_tui.definitions.figures.comparators import when
from fcl_tui.definitions.wording.printed import printed, with_year

DECLARED: dict[str, Any] = {
    "key": pl.String,
    "place": pl.Int64,
    "indicator": pl.String,
    "unit_words": pl.String,
    "unit": pl.String,
    "window": pl.String,
    "polarity": pl.String,
    "green": pl.Float64,
    "amber": pl.Float64,
    "judged": pl.String,
    "target_of": pl.String,
}
"""An indicator: place is its order on the page; unit is percent or number; polarity high, low or none; judged
the same for its target, which the Board may see otherwise; target_of whose target it is"""
COMMENTS = {"key": pl.String, "comment": pl.String, "made_by": pl.String}
FROZEN: dict[str, Any] = {"key": pl.String, "value": pl.Float64, "frozen_at": pl.Datetime("us")}
PARTS = ("when", "label", "precision")
WHO = ("neighbours", "region", "england")
STATES = {"green": "on_target", "amber": "near_target", "red": "below_target", "too_few": "too_few"}
"""The states of the screen for colours; what has none is said in its own word"""


def page(
    declared: pl.LazyFrame,
    figures: tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame],
    beside: pl.LazyFrame,
    comments: pl.LazyFrame,
    frozen: pl.LazyFrame,
    month: date,
    fewest: int,
) -> pl.LazyFrame:
    """Put the page together.

    Args:
        declared: DECLARED.
        figures: by month, of twelve months, of the year to date: key, day, value, numerator, denominator. By
            month the day is each of thirteen month ends, `month` the last; of an indicator that counts a day
            the other two have none.
        beside: key, who (of WHO), label, year, value, precision: published figures.
        comments, frozen: of this month, as the office keeps them.
        fewest: the least denominator whose percentage has a colour.

    Returns:
        one row per indicator in the order of the page: key, indicator, unit_words, trend (thirteen figures
        as text), this_month, numerator, denominator, rolling_12, rolling_numerator, rolling_denominator,
        year_to_date, last_month, last_year, direction (better, worse, same, up, down), target, amber, rag
        (state), neighbours, region, england (Float64) each with _when (the year, or the
        month of a region's own figure), _label and _precision, month (Date),
        comment, commented_by, reported (the value frozen, where it is now another), frozen_at, and each
        figure again as text (this_month_shown, counts ...).
    """
    monthly, rolling, year = figures
    history = (
        monthly.sort("key", "day")
        .group_by("key", maintain_order=True)
        .agg(
            trend=pl.col("value").round(1).cast(pl.String).fill_null("-").str.join(" "),
            this_month=_at("value", month),
            numerator=_at("numerator", month),
            denominator=_at("denominator", month),
            last_month=pl.col("value").slice(-2, 1).first(),
            last_year=pl.col("value").first(),
        )
    )
    reported = frozen.select("key", "frozen_at", _frozen="value", _was=pl.lit(value=True))
    told = (
        declared.join(history, on="key", how="left")
        .join(_figure(rolling, "rolling_12", "rolling_"), on="key", how="left")
        .join(_figure(year, "year_to_date", "year_"), on="key", how="left")
        .join(_published(beside), on="key", how="left")
        .join(comments.select("key", "comment", commented_by="made_by"), on="key", how="left")
        .join(reported, on="key", how="left")
    )
    few = ((pl.col("unit") == "percent") & (pl.col("denominator") < fewest)).fill_null(value=False)
    judged = told.with_columns(
        value=pl.col("this_month"), status=pl.lit(None, pl.String), retired=pl.lit(value=False)
    )
    judged = judged.with_columns(direction=pl.when(~few).then(direction("last_month")), polarity="judged")
    judged = judged.with_columns(colour=rag(fewest))
    differs = pl.col("_was").is_not_null() & ~pl.col("_frozen").eq_missing(pl.col("this_month"))
    return (
        judged.with_columns(
            rag=pl.col("colour").replace_strict(STATES, default=pl.col("colour").str.replace_all("_", " ")),
            target=pl.col("green"),
            month=pl.lit(month),
            reported=pl.when(differs).then("_frozen"),
        )
        .with_columns(_texts())
        .sort("place")
        .drop("value", "status", "retired", "_frozen", "_was", "colour", "green", "judged")
    )


def _at(column: str, month: date) -> pl.Expr:
    return pl.col(column).filter(pl.col("day") == month).first()


def _figure(frame: pl.LazyFrame, name: str, before: str) -> pl.LazyFrame:
    parts = {f"{before}{part}": part for part in ("numerator", "denominator")}
    return frame.select(
        "key", pl.col("value").alias(name), **{new: pl.col(old) for new, old in parts.items()}
    )


def _published(beside: pl.LazyFrame) -> pl.LazyFrame:
    """key, and for each of WHO its value, year and label."""
    each = [
        pl.col(column).filter(pl.col("who") == who).first().alias(name)
        for who in WHO
        for column, name in (("value", who), *((part, f"{who}_{part}") for part in PARTS))
    ]
    return beside.with_columns(when=when()).group_by("key").agg(each)


def _texts() -> list[pl.Expr]:
    """Figures as they are read: with a sign for per cent, and a published one with its year."""
    ours = ("this_month", "rolling_12", "year_to_date", "last_year", "target", "reported")
    percent = pl.col("unit") == "percent"
    shown = [printed(pl.col(name), pl.lit(1), percent).alias(f"{name}_shown") for name in ours]
    others = [
        with_year(pl.col(who), pl.col(f"{who}_precision"), percent, pl.col(f"{who}_when")).alias(
            f"{who}_shown"
        )
        for who in WHO
    ]
    counts = pl.format("{}/{}", pl.col("numerator").cast(pl.Int64), pl.col("denominator").cast(pl.Int64))
    rolled = pl.format(
        "{}/{}", pl.col("rolling_numerator").cast(pl.Int64), pl.col("rolling_denominator").cast(pl.Int64)
    )
    return [
        *shown,
        *others,
        pl.when(percent).then(counts).alias("counts"),
        pl.when(percent).then(rolled).alias("rolling_counts"),
    ]
