"""Figures as they are printed: to one digit after the point, with the sign of a percentage and the year."""

import polars as pl

from fcl_tui.definitions.wording.thousands import thousands


def printed(value: pl.Expr, precision: pl.Expr, percent: pl.Expr) -> pl.Expr:
    """A figure as text (String): 55, 55.3%, 55.0%; a whole number that is no percentage has no digit.

    Args:
        precision: digits after the point that it was published with; with 0 it has none.
        percent: Boolean; whether it is a percentage. Null stays null.
    """
    whole = (precision == 0) | (~percent & (value.round(1) == value.round(0)))
    number = pl.when(whole).then(thousands(value)).otherwise(value.round(1).cast(pl.String))
    return pl.when(percent).then(pl.format("{}%", number)).otherwise(number)


def with_year(value: pl.Expr, precision: pl.Expr, percent: pl.Expr, year: pl.Expr) -> pl.Expr:
    """A published figure and its year or month (String): 67% (2025), 67% (Oct 2026); null if a symbol."""
    return pl.format("{} ({})", printed(value, precision, percent), year)
