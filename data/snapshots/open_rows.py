"""Rows that are not over on the day of the data, kept in files of their own: a few in a hundred.

What is open on that day or any later one is among them, so whoever asks that reads no more.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ENDS = {"due_items": ("done_date", "ended"), "statuses": ("end",), "allocations": ("end",)}
"""The prepared frames that have such a file, and the days on which a row of each is over."""


def file_of(name: str) -> str:
    """The name of the file beside the frame's own."""
    return f"{name}_open"


def not_over(name: str, day: date) -> pl.Expr:
    """Boolean, never null: no day in the row on which it is over, or only later ones."""
    import polars as pl

    return pl.all_horizontal((pl.col(end).is_null() | (pl.col(end) > pl.lit(day))) for end in ENDS[name])
