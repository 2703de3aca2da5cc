"""Splitting a large frame by the values of a column, so that memory holds one part of it at a time."""

from __future__ import annotations

import itertools
from pathlib import Path

import polars as pl

PART = 500_000
"""Rows in a part: a hundred megabytes or so."""

SAMPLE = 1_000_000
"""Values that are looked at to find where parts begin."""


def ranges(frame: pl.LazyFrame, column: str, part: int | None = None) -> list[pl.Expr]:
    """Conditions that split a frame, in the order of the column, into parts of about as many rows.

    Together they hold for every row, and for each row one of them does; nulls are in the last.
    """
    return between(column, bounds(frame, column, part))


def bounds(frame: pl.LazyFrame, column: str, part: int | None = None) -> list[str]:
    """Lower bounds of every part after the first; empty when the frame fits in one part of `part` rows.

    Large frames are sampled at even intervals; at most `SAMPLE` values are held in memory.
    """
    rows = frame.select(pl.len()).collect(engine="streaming").item()
    parts = -(-rows // (part or PART))
    if parts < 2:
        return []
    every = -(-rows // SAMPLE)
    values = frame.select(column).gather_every(every).collect(engine="streaming")[column]
    ordered = values.drop_nulls().sort()
    if ordered.is_empty():
        return []
    first = ordered.gather([len(ordered) * number // parts for number in range(1, parts)]).unique().sort()
    return list(first.to_list())


def split(frame: pl.LazyFrame, column: str, bounds: list[str], folder: Path) -> list[list[Path]]:
    """Put a frame's rows down in one pass, each part's in files of their own.

    Returns:
        for each of the parts that `between` gives the Parquet files with its rows, in their order.
    """
    files: list[list[Path]] = [[] for _ in range(len(bounds) + 1)]
    edges = pl.Series(bounds, dtype=pl.String)
    for count, batch in enumerate(frame.collect_batches(chunk_size=PART)):
        number = edges.search_sorted(batch[column], side="right")
        place = pl.when(pl.col(column).is_null()).then(len(bounds)).otherwise(number).alias("_part")
        whole = batch.with_columns(place.cast(pl.Int64))
        for (part,), rows in whole.partition_by("_part", include_key=False, as_dict=True).items():
            path = folder / f"{part:06d}-{count:06d}.parquet"
            rows.write_parquet(path, compression="lz4", statistics=False)
            files[int(part)].append(path)
    return files


def between(column: str, bounds: list[str]) -> list[pl.Expr]:
    """The conditions for the stretches before, between and from the last of some bounds."""
    value = pl.col(column)
    if not bounds:
        return [pl.lit(True)]
    inner = [(value >= low) & (value < high) for low, high in itertools.pairwise(bounds)]
    return [value < bounds[0], *inner, (value >= bounds[-1]) | value.is_null()]
