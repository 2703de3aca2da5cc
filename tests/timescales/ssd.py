"""A tiny authority: SSD tables made of the few rows a test names, all others empty."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import polars as pl

from data.schema import tables

COVERAGE = {
    "table": pl.String,
    "coverage": pl.String,
    "latest_only": pl.Boolean,
    "missing_columns": pl.String,
    "note": pl.String,
}


class Authority:
    """Rows are added one by one; `scan` gives the frames as a snapshot would."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.none: set[str] = set()
        self.latest_only: set[str] = set()
        self.partial: set[str] = set()
        self.missing_columns: dict[str, str] = {}

    def add(self, table: str, **values: Any) -> str:
        """Add a row; its key is made up when not given. Returns the key."""
        key = tables.key_of(table)
        values.setdefault(key, f"{table[:4]}{len(self.rows[table]) + 1}")
        unknown = set(values) - set(tables.polars_schema(table))
        assert not unknown, unknown
        for name, kind in tables.polars_schema(table).items():
            if isinstance(kind, pl.Datetime) and type(values.get(name)) is date:
                values[name] = datetime.combine(values[name], time())
        self.rows[table].append(values)
        return str(values[key])

    def coverage(self) -> pl.DataFrame:
        return pl.DataFrame(
            [
                (
                    name,
                    "none" if name in self.none else "partial" if name in self.partial else "full",
                    name in self.latest_only,
                    self.missing_columns.get(name, ""),
                    "",
                )
                for name in tables.names()
            ],
            schema=COVERAGE,
            orient="row",
        )

    def frames(self) -> Mapping[str, pl.LazyFrame]:
        made = {
            name: pl.DataFrame(self.rows.get(name, []), schema=tables.polars_schema(name)).lazy()
            for name in tables.names()
        }
        return made | {"coverage": self.coverage().lazy()}

    def scan(self, name: str) -> pl.LazyFrame:
        if name == "coverage":
            return self.coverage().lazy()
        return pl.DataFrame(self.rows.get(name, []), schema=tables.polars_schema(name)).lazy()
