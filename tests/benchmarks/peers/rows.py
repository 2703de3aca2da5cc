"""Rows for the peers to show: nine columns, no real person, the same every time."""

from pathlib import Path

import polars as pl


def frame(rows: int) -> pl.LazyFrame:
    """A made-up list of work: so many rows of COLUMNS of `apps.py`."""
    number = pl.int_range(rows, dtype=pl.Int64)

    def pick(prefix: str, of: int, step: int) -> pl.Expr:
        return pl.lit(prefix) + ((number * step) % of).cast(pl.String).str.zfill(3)

    def day(first: int, of: int, step: int) -> pl.Expr:
        return (pl.lit(first) + (number * step) % of).cast(pl.Int32).cast(pl.Date)

    return pl.select(
        person_id=pl.lit("P") + number.cast(pl.String).str.zfill(8),
        name=pick("Surname", 997, 31) + pick(", Forename", 499, 57),
        born=day(14_000, 6_570, 7_919),
        team=pick("Team ", 40, 7),
        worker=pick("Worker ", 400, 11),
        kind=pick("kind ", 10, 3),
        due=day(20_600, 300, 104_729),
        last=day(20_400, 200, 1_299_709),
        state=pick("state ", 3, 1),
    ).lazy()


def made(folder: Path, rows: int, ending: str = "parquet") -> Path:
    """The file of so many rows, written when it is not there yet."""
    path = folder / f"rows-{rows}.{ending}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if ending == "csv":
            frame(rows).sink_csv(path)
        else:
            frame(rows).sink_parquet(path, row_group_size=100_000)
    return path
