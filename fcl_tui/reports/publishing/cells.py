"""The counts that figures for publication tell, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from fcl_tui.definitions.figures.suppression import MARK
from fcl_tui.reports.official.registry import family_of

COUNTED = ("count", "children", "families")
Cells = dict[Any, int]
Relations = list[Mapping[Any, int]]


def put_down(
    place: tuple[Any, str],
    statistic: str,
    value: Any,
    upper: Any,
    below: Any,
    values: Cells,
    relations: Relations,
) -> list[Any]:
    """Put down the counts that a figure tells, with their sum; gives those whose hiding hides it."""
    if value is None:
        return []
    if statistic in COUNTED or statistic == "sum":
        values[place] = int(value)
        return [place]
    if below is None:
        return []
    over = (*place, "below")
    values[over] = int(below)
    if statistic != "share" or upper is None:
        return [over]
    counted, rest = (*place, "upper"), (*place, "rest")
    values[counted], values[rest] = int(upper), int(below) - int(upper)
    relations.append({over: 1, counted: -1, rest: -1})
    return [over, counted, rest]


def cells_of(
    place: tuple[Any, str], row: Mapping[str, Any], values: Cells, relations: Relations
) -> list[Any]:
    """Put down the counts that an official figure tells; gives those whose hiding hides it.

    Args:
        row: key, numerator, denominator, value.
    """
    upper, below = row["numerator"], row["denominator"]
    statistic: str = family_of(row["key"]).measure(row["key"]).statistic
    if statistic == "rate":  # out of the population, which is no small number
        statistic, below = "count", None
    if statistic == "count" and below is not None:
        statistic = "share"
    amount = upper if statistic in (*COUNTED, "sum") else row["value"]
    return put_down(place, statistic, amount, upper, below, values, relations)


def with_totals(values: Cells, relations: Relations) -> set[Any]:
    """Add the total of every column of counts, which is known from elsewhere; gives those totals."""
    columns: dict[Any, list[Any]] = {}
    for cell in list(values):
        columns.setdefault(cell[1:], []).append(cell)
    totals: set[Any] = set()
    for column, cells in columns.items():
        total = ("all", *column)
        values[total] = sum(values[cell] for cell in cells)
        relations.append({total: -1} | dict.fromkeys(cells, 1))
        totals.add(total)
    return totals


def marked(rows: pl.DataFrame, blank: set[tuple[int, str]]) -> pl.DataFrame:
    """The rows with a mark in these places; a column that has one becomes text."""
    for column in {name for _, name in blank if name in rows.columns}:
        texts = [MARK if (at, column) in blank else _text(value) for at, value in enumerate(rows[column])]
        rows = rows.with_columns(pl.Series(column, texts, dtype=pl.String))
    return rows


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:.1f}" if isinstance(value, float) else str(value)
