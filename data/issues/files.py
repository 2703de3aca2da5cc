"""Issues spooled during a load: read back and sorted in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data import partition as ranges
from data.issues.model import COLUMNS

_GROUP = ("ssd_table", "place", "rule")
_ORDER = (*_GROUP, "row", "column", "value")


def told(files: list[Path]) -> pl.LazyFrame:
    """The issues of these files, in the order they were told."""
    if not files:
        return pl.LazyFrame(schema=dict.fromkeys(COLUMNS, pl.String()))
    return pl.scan_parquet(files, glob=False)


def in_order(issues: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """All issues by table, place, rule, row, column and value, nulls last, some tables or rules at a time.

    Memory holds about `ranges.PART` issues, or those of one rule in one place if they are more.
    """
    groups = (
        issues.group_by(_GROUP)
        .agg(_rows=pl.len())
        .collect(engine="streaming")
        .sort(_GROUP, nulls_last=True)
        .with_columns(_part=(pl.col("_rows").cum_sum() - pl.col("_rows")) // ranges.PART)
    )
    for part in groups["_part"].unique().sort() if len(groups) else [0]:
        mine = groups.filter(pl.col("_part") == part).lazy()
        theirs = issues.join(mine, on=_GROUP, how="semi", nulls_equal=True, maintain_order="left")
        yield theirs.collect().sort(_ORDER, nulls_last=True, maintain_order=True)
