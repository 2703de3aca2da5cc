"""Whole numbers of a frame as text."""

import polars as pl


def thousands(number: pl.Expr) -> pl.Expr:
    """A whole number as text (String) with commas: 2,178, -1,012,345; null stays null."""
    size = number.round(0).cast(pl.Int64, strict=False).abs()
    last, middle, first = size % 1000, size // 1000 % 1000, size // 1_000_000
    text = (
        pl.when(first > 0)
        .then(pl.format("{},{},{}", first, _padded(middle), _padded(last)))
        .when(middle > 0)
        .then(pl.format("{},{}", middle, _padded(last)))
        .otherwise(last.cast(pl.String))
    )
    return pl.when(number.round(0) < 0).then(pl.format("-{}", text)).otherwise(text)


def _padded(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(3)
