"""Columns as a frame needs them: those without any value left out, text as wide as its longest value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

ROWS = 20_000
"""Rows whose values are measured"""


def measured(columns: Sequence[Column], frame: pl.DataFrame) -> tuple[Column, ...]:
    """The columns that the frame has; `if_any` and `natural` of `Column` say what is done to them."""
    present = [column for column in columns if column.key in frame.columns]
    return tuple(
        replace(column, natural=_longest(column, frame)) for column in present if stands(column, frame)
    )


def stands(column: Column, frame: pl.DataFrame) -> bool:
    """Whether the column is shown: not one that is so only `if_any`, where no row has a value."""
    return not (column.if_any and frame[column.key].null_count() == frame.height)


def _longest(column: Column, frame: pl.DataFrame) -> int:
    import polars as pl

    values = frame[column.key].head(ROWS)
    if values.dtype != pl.String or column.kind != "text":
        return 0
    longest = values.str.len_chars().max()
    return max(longest, column.width) if isinstance(longest, int) else column.width
