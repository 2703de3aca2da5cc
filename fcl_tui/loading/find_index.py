"""Writing where names are looked for, a part of the people at a time."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.sources.base import Progress

if TYPE_CHECKING:
    from data.frames import Scan
    from data.snapshots.writer import Staging

LEAST = 50_000
"""People from whom on an index is written: fewer are looked through as soon without one"""
BLOCKS = 64
"""Blocks in a row group of the text, which is read from end to end and lies there as it is: taking it apart
would cost five times what looking through it does"""
FEW_BLOCKS = 8
"""Blocks in a row group of what is told, of which a reader wants one here and one there"""


def write_find_index(place: Staging, scan: Scan, day: date, progress: Progress) -> dict[str, Path]:
    """Write `prepared.find_index.TEXT`, `TOLD` and `WORDS`.

    Args:
        scan: gives the prepared frames.
        day: the date of the data.

    Returns:
        where each was written, nothing where there are few people. The same people give the same bytes.
    """
    if place.rows("prepared/people") < LEAST:
        return {}
    import polars as pl

    from data.partition import bounds, split
    from data.schema.fields import schema_of
    from fcl_tui.prepared.find_index import BY, FIELDS, TEXT, TOLD, WORDS, blocks, lines, words

    progress("Putting names in order", 0, None)
    frame = lines(scan("people"), scan("statuses"), day)
    folder = place.spool(TEXT)
    limits = bounds(frame, BY[0])
    parts = split(frame, BY[0], limits, folder)
    files: list[Path] = []
    spoken: list[pl.DataFrame] = []
    for part in (part for part in parts if part):
        ordered = pl.read_parquet(part, glob=False).sort(BY, nulls_last=True)
        spoken.append(words(ordered))
        files.append(folder / f"blocks-{len(files):06d}.parquet")
        blocks(ordered).write_parquet(files[-1], compression="lz4", statistics=False)
    told = schema_of(FIELDS[WORDS])
    written = {
        WORDS: place.write(
            f"prepared/{WORDS}", pl.concat([pl.DataFrame(schema=told), *spoken]).unique().sort("word")
        )
    }
    for name in (TEXT, TOLD):
        fields = FIELDS[name]
        columns = [field.name for field in fields]
        if files:
            every = pl.scan_parquet(files, glob=False).with_row_index("block")
            every = every.select(pl.col("block").cast(pl.Int64), *columns[1:])
        else:
            every = pl.LazyFrame(schema=schema_of(fields))
        written[name] = (
            place.sink(f"prepared/{name}", every, row_group=BLOCKS, compression="uncompressed")
            if name == TEXT
            else place.sink(f"prepared/{name}", every, row_group=FEW_BLOCKS)
        )
    shutil.rmtree(folder)
    return written
