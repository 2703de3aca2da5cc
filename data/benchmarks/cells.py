"""A cell of an open data file: a number as it is printed, or a symbol; never a symbol as zero."""

import polars as pl

SYMBOLS = {
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
    "k": "rounds to 0",
    "low": "rounds to 0",
    "u": "low reliability",
    ":": "not available",
    "~": "rounds to 0",
    "..": "not available",
    ".": "not available",
    "-": "no figure",
    "*": "suppressed",
    "": "blank",
}
"""The Department's symbols, those of its older files too, and what each means."""

NUMBER = r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$"


def text(column: str) -> pl.Expr:
    """The cell without blanks around it; a missing one is blank."""
    return pl.col(column).fill_null("").str.strip_chars()


def is_number(column: str) -> pl.Expr:
    """Whether the cell is a number."""
    return text(column).str.contains(NUMBER)


def is_symbol(column: str) -> pl.Expr:
    """Whether the cell is one of the symbols, or blank."""
    return text(column).str.to_lowercase().is_in(list(SYMBOLS))


def number(column: str) -> pl.Expr:
    """The number (Float64); null where the cell has a symbol."""
    plain = text(column).str.replace_all(",", "", literal=True)
    return pl.when(is_number(column)).then(plain).cast(pl.Float64)


def symbol(column: str) -> pl.Expr:
    """The symbol in lower case, "" for a blank cell; null where the cell is a number."""
    return pl.when(~is_number(column)).then(text(column).str.to_lowercase())


def precision(column: str) -> pl.Expr:
    """Digits after the point, as printed (Int64); null where the cell is no number."""
    digits = text(column).str.extract(r"\.(\d+)$").str.len_chars().fill_null(0).cast(pl.Int64)
    return pl.when(is_number(column)).then(digits)
