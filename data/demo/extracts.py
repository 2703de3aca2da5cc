"""The demo authority as SSD extracts: one CSV or Parquet file a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import polars as pl

from data.errors import DataError
from data.tables import PREFIX, names, polars_schema

MARK = "Made-up data.md"
"""Beside the files; a folder that has files of these names and not this one is somebody's own."""


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
    mark = folder / MARK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [path for path in folder.iterdir() if path.name.lower().startswith(PREFIX)]
        if there and not mark.exists():
            raise DataError(
                f"{folder} holds {there[0].name} already, which is not the demo authority's. Give another "
                "folder, or move it."
            )
        mark.write_text("These files are made up. Writing the demo again replaces them.\n", encoding="utf-8")
        for path in [folder / f"{PREFIX}{table}.{old}" for table in names() for old in ("csv", "parquet")]:
            path.unlink(missing_ok=True)
        for table, path in zip(names(), paths, strict=True):
            _write(tables[table].select(*polars_schema(table, provenance=False)), path)
    except OSError as error:
        raise DataError(f"{folder} could not be written ({error.strerror}). Give another folder.") from error
    return paths


def _write(frame: pl.DataFrame, path: Path) -> None:
    beside = path.with_suffix(".part")
    try:
        if path.suffix == ".csv":
            frame.write_csv(beside, datetime_format="%Y-%m-%d %H:%M:%S")
        else:
            frame.write_parquet(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
