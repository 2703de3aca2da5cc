"""What the source at hand cannot tell: nothing known is not the same as nothing."""

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.definitions.wording.labels import NOT_HERE


@dataclass(frozen=True)
class Coverage:
    """Which tables and fields the sources behind a snapshot can carry."""

    tables: dict[str, str]
    """table: full, partial or none"""
    missing: frozenset[str]
    """fields the source lacks"""
    latest_only: frozenset[str]
    """tables of which the source holds only a child's latest row"""

    @classmethod
    def read(cls, scan: Scan) -> "Coverage":
        """Read the snapshot's `coverage` frame (a row a table, so small enough to collect at once)."""
        frame = collect(scan("coverage").select("table", "coverage", "latest_only", "missing_columns"))
        names, told, latest, lacking = (column.to_list() for column in frame.get_columns())
        missing = ",".join(words for words in lacking if words).split(",")
        return cls(
            tables=dict(zip(names, told, strict=True)),
            missing=frozenset(name.strip() for name in missing if name.strip()),
            latest_only=frozenset(name for name, only in zip(names, latest, strict=True) if only),
        )

    def has(self, table: str, field: str | None = None) -> bool:
        """Whether the source can carry the table, or one field of it. An unlisted table counts as carried."""
        if self.tables.get(table) == "none":
            return False
        return field is None or (field not in self.missing and f"{table}.{field}" not in self.missing)

    def said(self, value: pl.Expr, table: str, field: str | None = None) -> pl.Expr:
        """The text, or "not in this source" for every row when the source cannot carry it."""
        return value if self.has(table, field) else pl.lit(NOT_HERE)

    def columns_not_here(self, columns: dict[str, tuple[str, str | None]]) -> list[str]:
        """Of a report's columns (name: table and field behind it) those that this source cannot fill.

        Dates and numbers cannot hold words, so a report lists such columns for the reader to be told.
        """
        return [name for name, (table, field) in columns.items() if not self.has(table, field)]
