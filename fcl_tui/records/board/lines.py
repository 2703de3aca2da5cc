"""The lines of the Performance Board: value, target, colour, direction and signal of each indicator."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any

import polars as pl

from data.dataclass import dataclass
from fcl_tui.definitions.board.control_charts import RUN, assurance, charted, in_words
from fcl_tui.definitions.board.rag import FEWEST, SAME_POINTS, SAME_SHARE, direction, rag
from fcl_tui.records.board.series import chart_points, held, latest, quarterly

TARGETS: dict[str, Any] = {
    "no": pl.Int64,
    "year": pl.String,
    "period": pl.String,
    "green": pl.Float64,
    "amber": pl.Float64,
    "rationale": pl.String,
    "benchmark_used": pl.String,
    "approved_by": pl.String,
    "seq": pl.Int64,
}
BENCHMARKS: dict[str, Any] = {
    "no": pl.Int64,
    "period": pl.String,
    "geography": pl.String,
    "value": pl.Float64,
    "source": pl.String,
    "seq": pl.Int64,
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What an authority may set of how the Board judges."""

    fewest: int = FEWEST
    points: float = SAME_POINTS
    share: float = SAME_SHARE
    run: int = RUN
    screen: bool = True


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the Board is made of, lazily."""

    definitions: pl.LazyFrame
    """`indicators.frame` of the last day of the quarter"""
    entered: pl.LazyFrame
    """values as `data.office.board.read` gives them"""
    computed: pl.LazyFrame
    """`board_series.HELD`, of the snapshot"""
    targets: pl.LazyFrame
    benchmarks: pl.LazyFrame
    wanted: pl.LazyFrame
    """no, due_period (String), due_end (Date): the newest period of each whose value is due"""
    open_exceptions: pl.LazyFrame
    """no, exception (String: how its open exception stands), one row per indicator that has one"""
    rebases: pl.LazyFrame
    """no, from (Date): a control chart begins anew on that day"""
    rules: Rules = field(default_factory=Rules)


def year_of_target() -> pl.Expr:
    """The year whose target applies to a period, by its last day: 2026-27FY, or 2025/26AY."""
    year, month = pl.col("period_end").dt.year(), pl.col("period_end").dt.month()
    academic = pl.col("calendar") == "academic"
    begun = year - (month < pl.when(academic).then(9).otherwise(4)).cast(pl.Int32)
    after = ((begun + 1) % 100).cast(pl.String).str.zfill(2)
    return (
        pl.when(academic)
        .then(pl.format("{}/{}AY", begun, after))
        .otherwise(pl.format("{}-{}FY", begun, after))
    )


def with_targets(rows: pl.LazyFrame, targets: pl.LazyFrame) -> pl.LazyFrame:
    """Add green, amber, rationale and milestone (Boolean): of the period itself, else of its year.

    Args:
        rows: no, period, period_end, calendar. targets: TARGETS; the last of each year and period counts.
    """
    kept = targets.sort("seq").unique(["no", "year", "period"], keep="last", maintain_order=True)
    told = ("green", "amber", "rationale", "benchmark_used", "approved_by")
    years = kept.filter(pl.col("period").is_null()).select("no", "year", *told)
    stones = kept.filter(pl.col("period").is_not_null()).select(
        "no", "period", *(pl.col(name).alias(f"_{name}") for name in told), milestone=pl.lit(value=True)
    )
    joined = (
        rows.with_columns(year=year_of_target())
        .join(years, on=["no", "year"], how="left")
        .join(stones, on=["no", "period"], how="left")
        .with_columns(pl.col("milestone").fill_null(value=False))
    )
    own = {name: pl.when("milestone").then(f"_{name}").otherwise(name) for name in told}
    return joined.with_columns(**own).drop(f"_{name}" for name in told)


def series(kept: Kept) -> pl.LazyFrame:
    """Every step of every indicator with its target, colour and direction.

    Returns:
        the columns of `quarterly`, with name, group, unit, decimals, polarity and the other columns of the
        definition that the Board shows, green, amber, rationale, milestone, rag (as
        `definitions.board.rag.rag`), before, year_before, mean_of_four (Float64, null over a missing period
        or another version), direction, direction_year, direction_mean.
    """
    known = held(latest(kept.entered), kept.computed, kept.definitions)
    steps = quarterly(known, kept.definitions).join(kept.definitions, on="no", how="inner")
    rows = with_targets(steps, kept.targets)
    rows = _beside(rows)
    rules = kept.rules
    return rows.with_columns(
        rag=rag(rules.fewest),
        direction=direction("before", rules.points, rules.share),
        direction_year=direction("year_before", rules.points, rules.share),
        direction_mean=direction("mean_of_four", rules.points, rules.share),
    ).sort("no", "period_end", "period")


def _beside(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add the value of the period before, of the year before, and the mean of the last four."""
    same = ["no", "definition_version", "step"]
    own = rows.select(*same, "value")
    yearly = pl.when(pl.col("frequency") == "annual").then(1).when(pl.col("frequency") == "termly").then(3)
    told = rows.with_columns(_year=pl.col("step") - yearly.otherwise(4))
    for back in range(1, 5):
        before = own.with_columns(step=pl.col("step") + back).rename({"value": f"_{back}"})
        told = told.join(before, on=same, how="left")
    before = own.rename({"step": "_year", "value": "year_before"})
    told = told.join(before, on=["no", "definition_version", "_year"], how="left")
    four = [pl.col(f"_{back}") for back in range(1, 5)]
    mean = pl.sum_horizontal(four, ignore_nulls=False) / 4
    return told.with_columns(before=pl.col("_1"), mean_of_four=mean).drop("_year", "_1", "_2", "_3", "_4")


def charts(kept: Kept, last: date) -> pl.LazyFrame:
    """The control charts up to a day: `control_charts.charted`, with no, period, period_end and signal_words.

    A chart begins anew at each of `rebases`; what was before keeps the limits it had.
    """
    known = held(latest(kept.entered), kept.computed, kept.definitions)
    points = chart_points(known, kept.definitions, last)
    begun = kept.rebases.select("no", _from="from")
    parts = (
        points.join(begun, on="no", how="left")
        .with_columns(_after=(pl.col("period_end") >= pl.col("_from")).fill_null(value=False))
        .group_by("no", "period", "period_end", "value", maintain_order=True)
        .agg(part=pl.col("_after").sum().cast(pl.Int64))
        .sort("no", "period_end")
    )
    drawn = charted(parts, ("no", "part"), run=kept.rules.run, screen=kept.rules.screen)
    drawn = drawn.join(kept.definitions.select("no", "polarity"), on="no", how="left")
    return drawn.with_columns(signal_words=in_words()).drop("polarity").sort("no", "period_end")


def lines(kept: Kept, last: date) -> pl.LazyFrame:
    """The Board as at the end of a quarter: one row per indicator, 1 to 51.

    Returns:
        no, name, group, period, period_end, value, numerator, denominator, status, green, amber, rag,
        direction (and the two others), signal, assurance, benchmark_england, benchmark_neighbours,
        exception, suggested (why one might be asked for; null: no reason), praise (why a note of thanks might
        be written), and the
        rest of the definition. An indicator without any value has no period; its status says why: retired,
        not_due (nothing was due yet), not_collected. One whose newest value is older than what is due keeps
        that value, with the status not_collected.
    """
    steps = series(kept).filter(pl.col("period_end") <= last)
    newest = steps.sort("period_end").unique("no", keep="last", maintain_order=True)
    defined = set(kept.definitions.collect_schema().names()) - {"no"}
    told = [name for name in steps.collect_schema().names() if name not in defined]
    rows = kept.definitions.join(newest.select(told), on="no", how="left").join(
        kept.wanted, on="no", how="left"
    )
    late = pl.col("due_end").is_not_null() & (
        pl.col("period_end").is_null() | (pl.col("period_end") < pl.min_horizontal("due_end", pl.lit(last)))
    )
    status = (
        pl.when("retired")
        .then(pl.coalesce("status", pl.lit("not_published")))
        .when(late)
        .then(pl.lit("not_collected"))
        .otherwise(pl.coalesce("status", pl.lit("not_due")))
    )
    rows = rows.with_columns(status=status, late=late & ~pl.col("retired"))
    rows = rows.with_columns(
        rag=pl.when("retired")
        .then(pl.lit("retired"))
        .when(pl.col("late") | pl.col("rag").is_null())
        .then(pl.col("status"))
        .otherwise("rag")
    )
    drawn = charts(kept, last).unique("no", keep="last", maintain_order=True)
    rows = rows.join(
        drawn.select("no", "limits", "mean", "lower", "upper", signal="signal_words"), on="no", how="left"
    ).with_columns(assurance=assurance())
    rows = rows.join(_benchmarks(kept.benchmarks), on="no", how="left")
    rows = rows.join(kept.open_exceptions, on="no", how="left")
    rows = rows.join(_runs(steps), on="no", how="left")
    return rows.with_columns(suggested=_suggested(), praise=_praise()).sort("no")


def _benchmarks(benchmarks: pl.LazyFrame) -> pl.LazyFrame:
    """The newest published value of England and of the statistical neighbours, with their periods."""
    kept = benchmarks.drop_nulls("value").sort("period", "seq")
    kept = kept.unique(["no", "geography"], keep="last", maintain_order=True)

    def of(geography: str) -> pl.Expr:
        return pl.col("value").filter(pl.col("geography") == geography).last()

    return kept.group_by("no").agg(
        benchmark_england=of("england"),
        benchmark_neighbours=of("statistical_neighbours"),
        benchmark_top=of("top_quartile"),
        benchmark_period=pl.col("period").max(),
    )


def _runs(steps: pl.LazyFrame) -> pl.LazyFrame:
    """Whether the last two steps were worse, and whether the newest is the best of the last eight."""
    ordered = steps.sort("no", "period_end")
    good = pl.when(pl.col("polarity").first() == "low").then(-1).otherwise(1)
    recent = pl.col("value").tail(8) * good
    return ordered.group_by("no").agg(
        worse_twice=(pl.col("direction").tail(2) == "worse").sum() == 2,
        best_of_eight=(recent.count() == 8) & (recent.last() >= recent.max()),
    )


def _suggested() -> pl.Expr:
    """Why an exception report might be asked for; it never is by itself."""
    return (
        pl.when(pl.col("rag") == "red")
        .then(pl.lit("red"))
        .when((pl.col("rag") == "amber") & pl.col("worse_twice").fill_null(value=False))
        .then(pl.lit("amber and worse twice"))
        .when(pl.col("signal") == "concern")
        .then(pl.lit("a change that is no chance, for the worse"))
        .when(pl.col("assurance") == "will fail")
        .then(pl.lit("the target will not be met as things are"))
    )


def _praise() -> pl.Expr:
    """Why a note of thanks might be written: green, and more than that."""
    top, value = pl.col("benchmark_top"), pl.col("value")
    beyond = pl.when(pl.col("polarity") == "low").then(value < top).otherwise(value > top)
    why = (
        pl.when(pl.col("signal") == "improvement")
        .then(pl.lit("an improvement that is no chance"))
        .when(pl.col("best_of_eight").fill_null(value=False))
        .then(pl.lit("the best of the last eight"))
        .when(beyond.fill_null(value=False))
        .then(pl.lit("better than the top quarter of authorities"))
    )
    return pl.when(pl.col("rag") == "green").then(why)
