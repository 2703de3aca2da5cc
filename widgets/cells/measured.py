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
USUAL = 0.97
"""Of the values so many are usual: one name of forty letters keeps no worker off the screen"""


def measured(columns: Sequence[Column], frame: pl.DataFrame) -> tuple[Column, ...]:
    """The columns that the frame has; `if_any`, `natural`, `usual` of `Column` say what is done to them."""
    present = [column for column in columns if column.key in frame.columns]
    return tuple(_wide(column, frame) for column in present if stands(column, frame))


def stands(column: Column, frame: pl.DataFrame) -> bool:
    """Whether the column is shown: not one that is so only `if_any`, where no row has a value."""
    return not (column.if_any and frame[column.key].null_count() == frame.height)


def _wide(column: Column, frame: pl.DataFrame) -> Column:
    import polars as pl

    values = frame[column.key].head(ROWS)
    if values.dtype != pl.String or column.kind != "text":
        return replace(column, natural=0, usual=0)
    lengths = values.str.len_chars()
    longest, usual = lengths.max(), lengths.quantile(USUAL, "higher")
    wide = [
        max(int(one), column.width) if isinstance(one, int | float) else column.width
        for one in (longest, usual)
    ]
    return replace(column, natural=wide[0], usual=wide[1])
