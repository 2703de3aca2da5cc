"""Numbers for rows that have none: made of child and date, the same at every load and in any order."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from data.schema.tables import polars_schema

OF_FILE = ("_nr", "_up", "_row", "source", "source_row")
"""Columns that say where a row stands, not what it says."""


def keyed(
    frame: pl.DataFrame,
    prefix: str,
    person: str,
    date: str | None,
    field: str,
    *,
    beside: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Number the rows in `field`: several of one child and day are told apart by "-2", "-3".

    Which is which is decided by what the rows say, never by where they stand; rows that say the same get
    the same number, so that all but one are held as repeated. Only the rows of one Child element are told
    apart: what a second element of the same child repeats gets the numbers of the first.

    Args:
        frame: the table's columns and `OF_FILE`.
        prefix: of the number.
        person: the field with the child's number.
        date: the field with the day the number is made of; None: the child alone.
        field: the field to fill.
        beside: _row and said (String): what stands inside a row, where the row itself does not tell.
    """
    made = key(prefix, person, date)
    frame = frame.with_columns(made.alias(field))
    same = frame.select(pl.struct("_nr", field).is_duplicated())["_nr"]
    if not same.any():
        return frame
    several = frame.filter(same)
    several = (
        several.join(beside, on="_row", how="left", maintain_order="left")
        if beside is not None
        else several.with_columns(said=pl.lit(None, pl.String))
    )
    said = [name for name in several.columns if name not in (*OF_FILE, field)]
    numbered = (
        several.select("_nr", field, *said)
        .unique()
        .sort("_nr", field, *said, nulls_last=True)
        .with_columns(_count=pl.int_range(1, pl.len() + 1).over("_nr", field))
    )
    several = several.join(numbered, on=["_nr", field, *said], how="left", nulls_equal=True)
    several = several.with_columns(
        pl.when(pl.col("_count") == 1).then(field).otherwise(pl.format("{}-{}", field, "_count")).alias(field)
    )
    return pl.concat([frame.filter(~same), several.select(frame.columns)])


def key(prefix: str, person: str, date: str | None) -> pl.Expr:
    """The number of a row that is the child's only one that day."""
    if date is None:
        return pl.format("{}-{}", pl.lit(prefix), person)
    day = pl.col(date).dt.to_string("%Y-%m-%d").fill_null("undated")
    return pl.format("{}-{}-{}", pl.lit(prefix), person, day)


def inside(parts: Sequence[tuple[str, pl.DataFrame]], around: str = "_up") -> pl.DataFrame:
    """What stands inside rows, as `keyed` wants it: _row (of the row around) and said, in no order.

    Args:
        parts: a name for the kind, and rows with `OF_FILE` and the table's columns.
        around: the column that names the row around.
    """
    told = [
        frame.select(
            pl.col(around).alias("_row"),
            said=pl.concat_str(
                pl.lit(kind),
                *(
                    pl.col(name).cast(pl.String).fill_null("")
                    for name in frame.columns
                    if name not in (*OF_FILE, around)
                ),
                separator="\t",
            ),
        )
        for kind, frame in parts
    ]
    return pl.concat(told).group_by("_row").agg(pl.col("said").sort().str.join("\n"))


def plain(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in the table's own columns."""
    return frame.select(*polars_schema(table))
