"""Workers side by side: a name that stands in several rows, as Unallocated does, says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

SHOWN = "worker_shown"
WHO = Column(
    SHOWN,
    "Worker",
    20,
    frozen=True,
    stretch=True,
    sort_by="worker",
    in_files=(Column("worker", "Worker", 20),),
)
"""The team has a column of its own in files, and on a screen where there is room"""


def with_whose(groups: pl.LazyFrame) -> pl.LazyFrame:
    """Add what a worker is called to people: Grace Kim; Unallocated, Pod 7.

    Args:
        groups: one row per worker and team; worker, team (String).

    Returns:
        the rows with worker_shown (String): the worker; with the team where several rows have the name or
        nobody has the case.
    """
    import polars as pl

    from fcl_tui.definitions.caseload import UNALLOCATED

    several = pl.col("worker").is_duplicated() | (pl.col("worker") == UNALLOCATED)
    named = pl.concat_str("worker", "team", separator=", ", ignore_nulls=True)
    return groups.with_columns(pl.when(several).then(named).otherwise("worker").alias(SHOWN))
