"""Splitting a large frame by the values of a column, so that memory holds one part of it at a time."""

from __future__ import annotations

import itertools

import polars as pl

PART = 150_000
"""Rows in a part: a few tens of megabytes."""


def ranges(frame: pl.LazyFrame, column: str, part: int = PART) -> list[pl.Expr]:
    """Conditions that split a frame, in the order of the column, into parts of about as many rows.

    Together they hold for every row, and for each row one of them does; nulls are in the last.
    """
    return between(column, bounds(frame, column, part))


def bounds(frame: pl.LazyFrame, column: str, part: int = PART) -> list[str]:
    """The values at which parts of about as many rows begin, but for the first; none: it is one part."""
    values = frame.select(column).collect()[column]
    parts = -(-len(values) // part)
    ordered = values.drop_nulls().sort() if parts > 1 else values.clear()
    if ordered.is_empty():
        return []
    first = ordered.gather([len(ordered) * number // parts for number in range(1, parts)]).unique().sort()
    return list(first.to_list())


def between(column: str, bounds: list[str]) -> list[pl.Expr]:
    """The conditions for the stretches before, between and from the last of some bounds."""
    value = pl.col(column)
    if not bounds:
        return [pl.lit(True)]
    inner = [(value >= low) & (value < high) for low, high in itertools.pairwise(bounds)]
    return [value < bounds[0], *inner, (value >= bounds[-1]) | value.is_null()]
