"""The targets of the Performance Board for the measures that it is worked out of: one place for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.definitions.board import indicators, periods

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.context import Context


def board_targets(context: Context, month: date) -> dict[str, tuple[int, float, float | None, str]]:
    """By measure, the Board's target for a month: its number there, green, amber, and which way is good.

    Of the month's own milestone, else the one of its quarter, else of the year; a measure without a target
    at the Board is not there.
    """
    import polars as pl

    from data.frames import collect
    from fcl_tui.records.board.lines import with_targets
    from fcl_tui.reports.strategic.board.kept import rows_of

    own = dict(context.settings.get("board_polarity") or {})
    told = indicators.frame(month, own).filter((pl.col("measure") != "") & ~pl.col("retired"))
    spans = [(periods.month_of(month), 0), (periods.quarter_of(month), 1)]
    asked = pl.concat(_of_period(told, one.name, month, order) for one, order in spans)
    rows = collect(
        with_targets(asked, rows_of(context).targets)
        .filter(pl.col("green").is_not_null())
        .sort("no", ~pl.col("milestone"), "order")
        .unique("no", keep="first", maintain_order=True)
        .select("measure", "no", "green", "amber", "polarity")
    )
    return {key: (no, green, amber, polarity) for key, no, green, amber, polarity in rows.iter_rows()}


def _of_period(told: pl.DataFrame, period: str, last: date, order: int) -> pl.LazyFrame:
    import polars as pl

    return told.lazy().select(
        "no",
        "measure",
        "calendar",
        "polarity",
        period=pl.lit(period),
        period_end=pl.lit(last),
        order=pl.lit(order),
    )
