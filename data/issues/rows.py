"""Issues about rows of a table that is being put together or checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import polars as pl

from data.schema.tables import person_of

Hold: TypeAlias = Callable[[pl.DataFrame, str, str, "str | pl.Expr"], None]
"""Holds rows: their frame, and the rule, severity and reason of the issue."""


def issues_of(
    rows: pl.DataFrame,
    table: str,
    rule: str,
    severity: str,
    *,
    effect: str,
    reason: str | pl.Expr,
    column: str | None = None,
    value: pl.Expr | None = None,
) -> pl.DataFrame:
    """One issue for each of some rows of a table; `value` and `reason` may be told by the row's columns."""
    person = person_of(table)
    nothing = pl.lit(None, dtype=pl.String)
    return rows.select(
        source=pl.col("source"),
        place=pl.col("source_row").str.extract(r"^([^/]*)", 1),
        row=pl.col("source_row"),
        column=pl.lit(column, dtype=pl.String),
        value=nothing if value is None else value.cast(pl.String),
        rule=pl.lit(rule),
        severity=pl.lit(severity),
        effect=pl.lit(effect),
        reason=pl.lit(reason) if isinstance(reason, str) else reason,
        person_id=pl.col(person) if person else nothing,
        ssd_table=pl.lit(table),
    )
