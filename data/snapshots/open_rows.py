"""Rows still open on the data date, kept in small files of their own (a few per cent of the frame).

What is open on that day or any later one is among them, so a question about those days reads no more.
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
    """True if the row has no end date on or before `day`. Never null."""
    import polars as pl

    return pl.all_horizontal((pl.col(end).is_null() | (pl.col(end) > pl.lit(day))) for end in ENDS[name])
