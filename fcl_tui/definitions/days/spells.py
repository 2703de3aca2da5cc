"""What every report means by "open on a day"."""

from datetime import date

import polars as pl


def open_on(day: pl.Expr | date, start: str = "start", end: str = "end") -> pl.Expr:
    """Started on or before the day, and not ended or ended after it.

    A spell that ended on the day is not open; one that started on it is. A blank start counts as
    open from ever (sources that give only the present worker hold no date); never null.
    """
    on = pl.lit(day) if isinstance(day, date) else day
    started = pl.col(start).is_null() | (pl.col(start) <= on)
    return started.fill_null(value=False) & (pl.col(end).is_null() | (pl.col(end) > on)).fill_null(
        value=False
    )


def within(column: str, from_day: date, to_day: date) -> pl.Expr:
    """Dated in the period, both days in it."""
    return pl.col(column).is_between(pl.lit(from_day), pl.lit(to_day), closed="both")
