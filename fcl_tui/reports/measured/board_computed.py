"""The values of the Board that the data gives: each indicator's measure, for each of its periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.board import indicators, periods
from fcl_tui.definitions.days.window import Window
from fcl_tui.records.board.series import HELD
from fcl_tui.reports.measured.known import AS_LOADED
from fcl_tui.reports.official import registry, trend
from fcl_tui.reports.question.query import Query

if TYPE_CHECKING:
    from fcl_tui.definitions.board.indicators import Indicator
    from fcl_tui.definitions.board.periods import Period
    from fcl_tui.definitions.days.window import Days
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family

MONTHS, QUARTERS, YEARS = 27, 9, 3
"""How far back each kind of period is worked out: two years, and the quarter before them"""
STAND_IN = "stand-in"


def computed(context: Context, snapshot_id: str) -> list[pl.LazyFrame]:
    """Every value that the data gives, of the periods that have ended on the as-at day.

    Returns:
        a frame for each kind of record: collected one by one they cost half of what they cost together.
        board_series.HELD: origin computed or stand-in; status final five working days after the period,
        before that provisional; of a stand-in estimated; cannot_be_computed where the source does not have
        what it needs or there were no cases, with the reason in note.
    """
    parts = [pl.LazyFrame(schema=HELD)]
    for family, window, kind, those in _alike():
        ended = periods_of(kind, context.as_at)
        days = [(one.last, *_window(window, one)) for one in ended]
        found = trend.over(family, [measure for _, measure in those], context, days, Query("board", ""))
        names = pl.LazyFrame(
            {"day": [one.last for one in ended], "period": [one.name for one in ended]},
            schema={"day": pl.Date, "period": pl.String},
        )
        told = pl.LazyFrame(
            [
                (measure.key, one.no, one.version, AS_LOADED in measure.needs, _source(one))
                for one, measure in those
            ],
            schema={
                "key": pl.String,
                "no": pl.Int64,
                "definition_version": pl.Int64,
                "as_loaded": pl.Boolean,
                "source": pl.String,
            },
            orient="row",
        )
        joined = found.join(names, on="day", how="inner").join(told, on="key", how="inner")
        parts.append(_finished(joined, context, snapshot_id))
    return parts


def _finished(rows: pl.LazyFrame, context: Context, snapshot_id: str) -> pl.LazyFrame:
    settled = context.calendar.add_working_days(pl.col("day"), 5)
    blank = pl.col("value").is_null()
    none = pl.col("denominator") == 0
    status = (
        pl.when(blank)
        .then(pl.lit("cannot_be_computed"))
        .when(pl.col("source").str.starts_with("stand-in"))
        .then(pl.lit("estimated"))
        .when(settled <= context.as_at)
        .then(pl.lit("final"))
        .otherwise(pl.lit("provisional"))
    )
    dated = pl.col("as_loaded") & (pl.col("day") < context.data_date)
    why = (
        pl.when(dated)
        .then(pl.lit("the source says how it is on the day of the data alone"))
        .when(none)
        .then(pl.lit("no cases in the period"))
        .otherwise(pl.lit("not in this source"))
    )
    stand_in = pl.col("source").str.starts_with(STAND_IN)
    return rows.with_columns(
        period_end="day",
        denominator=pl.col("denominator").cast(pl.Float64),
        status=status,
        note=pl.when(blank).then(why),
        origin=pl.when(stand_in).then(pl.lit(STAND_IN)).otherwise(pl.lit("computed")),
        made_by=pl.lit(None),
        made_at=pl.lit(None),
        snapshot_id=pl.lit(snapshot_id),
    ).select(pl.col(name).cast(dtype) for name, dtype in HELD.items())


def _source(one: Indicator) -> str:
    """Where a computed value comes from; a stand-in says so first."""
    told = f"{one.measure}, from the case data"
    return f"{STAND_IN}: {told}" if one.usual_origin == STAND_IN else told


def known_measure(one: Indicator) -> tuple[Family, Measure] | None:
    """The family and measure that an indicator is computed by; None: this version has none."""
    if not one.measure:
        return None
    try:
        family = registry.family_of(one.measure)
    except LookupError:
        return None
    return family, family.measure(one.measure)


def _alike() -> list[tuple[Family, Window, str, list[tuple[Indicator, Measure]]]]:
    """The computed indicators by family, window and kind of period: each such group is one question."""
    alike: dict[tuple[str, Window, str], tuple[Family, Window, str, list[tuple[Indicator, Measure]]]] = {}
    for one in indicators.indicators():
        known = known_measure(one)
        if known is None or one.valid_to is not None:
            continue
        family, measure = known
        kind = periods.kinds_of(one.frequency, one.calendar)[0]
        window = Window.of(measure)
        key = (f"{family.report}.{family.key}", window, kind)
        alike.setdefault(key, (family, window, kind, []))[3].append((one, measure))
    return list(alike.values())


def periods_of(kind: str, as_at: date) -> list[Period]:
    """The periods of a kind that have ended on a day, oldest first, as far back as values are worked out."""
    if kind == "month":
        return periods.months_to(as_at, MONTHS)
    if kind == "quarter":
        return periods.quarters_to(as_at, QUARTERS)
    if kind == "rolling":
        names = (f"R12@{one.last:%Y-%m}" for one in periods.quarters_to(as_at, QUARTERS))
        return [one for one in map(periods.period, names) if one is not None]
    ended = periods.newest_due("annual", "financial", 0, as_at)
    found = [ended]
    while len(found) < YEARS:
        year = periods.period(periods.financial_year(found[-1].first - timedelta(days=1)))
        assert year is not None
        found.append(year)
    return found[::-1]


def _window(window: Window, period: Period) -> tuple[date, date]:
    """What of the data a period's value counts: the day, its own days, or so many months up to its end."""
    return window.on(period.last, period.first, period.last)


def days_of(measure: Measure, name: str) -> Days:
    """The day and window of one period, for the records behind a value."""
    period = periods.period(name)
    if period is None:
        return []
    return [(period.last, *_window(Window.of(measure), period))]
