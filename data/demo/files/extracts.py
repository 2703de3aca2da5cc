"""The demo authority as SSD extracts: one CSV or Parquet file a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import polars as pl

from data.demo.files.writing import demo_folder, whole
from data.schema.tables import PREFIX, names, polars_schema


def write_extracts(
    tables: Mapping[str, pl.DataFrame], folder: Path, kind: Literal["csv", "parquet"] = "csv"
) -> list[Path]:
    """Write all 47 tables as "ssd_person.csv" and so on in a folder, made if need be.

    CSV is UTF-8 with dates as 2026-03-31 and datetimes as 2026-03-31 22:15:00. An earlier demo there is
    replaced, of either kind.

    Raises:
        DataError: the folder cannot be written to, or holds extracts that are not the demo's.
    """
    paths = [folder / f"{PREFIX}{table}.{kind}" for table in names()]
    with demo_folder(folder, lambda path: path.name.lower().startswith(PREFIX)):
        for path in [folder / f"{PREFIX}{table}.{old}" for table in names() for old in ("csv", "parquet")]:
            path.unlink(missing_ok=True)
        for table, path in zip(names(), paths, strict=True):
            _write(tables[table].select(*polars_schema(table, provenance=False)), path)
    return paths


def _write(frame: pl.DataFrame, path: Path) -> None:
    with whole(path) as beside:
        if path.suffix == ".csv":
            frame.write_csv(beside, datetime_format="%Y-%m-%d %H:%M:%S")
        else:
            frame.write_parquet(beside)
