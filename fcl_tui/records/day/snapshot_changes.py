"""What changed from one snapshot to another: children, rows of tables, problems in the data."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.spells import open_on


def children_changed(before: Scan, after: Scan) -> pl.LazyFrame:
    """Children of the table person that only one of two snapshots holds.

    Returns:
        one row per child: person_id, change ("in": only after, "out": only before); out first, by number.
    """
    old, new = (_children(scan) for scan in (before, after))
    return pl.concat(
        [
            old.join(new, on="person_id", how="anti").with_columns(change=pl.lit("out")),
            new.join(old, on="person_id", how="anti").with_columns(change=pl.lit("in")),
        ]
    ).sort(pl.col("change") == "in", "person_id")


def _children(scan: Scan) -> pl.LazyFrame:
    return scan("person").select(person_id="pers_person_id").drop_nulls().unique()


def open_children(scan: Scan, day: date) -> pl.LazyFrame:
    """Children with an open spell of any status on the day: person_id, one row per child."""
    return scan("statuses").filter(open_on(day)).select("person_id").unique()


def rows_by_table(before: Scan, after: Scan, tables: Iterable[str]) -> pl.LazyFrame:
    """Rows of each table in two snapshots.

    Returns:
        one row per table, in the order given: table, before, after, change (Int64; after less before).
    """
    counts = [
        pl.concat(
            [scan(table).select(pl.len().cast(pl.Int64).alias(name)) for name, scan in _named(before, after)],
            how="horizontal",
        ).select(pl.lit(table).alias("table"), "before", "after")
        for table in tables
    ]
    return pl.concat(counts).with_columns(change=pl.col("after") - pl.col("before"))


def issues_by_rule(before: Scan, after: Scan) -> pl.LazyFrame:
    """Problems in the data of two snapshots.

    Returns:
        one row per rule and severity in either: rule, severity, before, after, change (Int64), by rule.
    """
    old, new = (
        scan("issues").group_by("rule", "severity").agg(pl.len().cast(pl.Int64).alias(name))
        for name, scan in _named(before, after)
    )
    return (
        old.join(new, on=["rule", "severity"], how="full", coalesce=True)
        .with_columns(pl.col("before", "after").fill_null(0))
        .select("rule", "severity", "before", "after", change=pl.col("after") - pl.col("before"))
        .sort("rule", "severity")
    )


def _named(before: Scan, after: Scan) -> tuple[tuple[str, Scan], tuple[str, Scan]]:
    return ("before", before), ("after", after)
