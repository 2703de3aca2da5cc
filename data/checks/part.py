"""Some of the children with all that is recorded of them: as much as memory holds at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from data.issues.model import Severity
from data.issues.rows import issues_of
from data.merging.merge import Scan
from data.partition import between, bounds
from data.schema.tables import person_of

CHILDREN = 50_000
"""Children in a part."""

PROVENANCE = ("source", "source_row")


class Part:
    """Rows of some children, by table; `person_id` is the child in each."""

    def __init__(self, scan: Scan, limits: list[str], number: int) -> None:
        self._scan, self._limits, self._number = scan, limits, number
        self.people = self._within("person", "pers_person_id").select(
            pl.col("pers_person_id").alias("person_id"), born="pers_dob"
        ).collect()  # fmt: skip

    def rows(self, table: str, **columns: str | pl.Expr) -> pl.DataFrame:
        """Rows of children who are in `person`: person_id, source, source_row and these columns."""
        person = str(person_of(table))
        wanted = self._within(table, person).select(pl.col(person).alias("person_id"), *PROVENANCE, **columns)
        return wanted.join(self.people.lazy().select("person_id"), on="person_id", how="semi").collect()

    def _within(self, table: str, person: str) -> pl.LazyFrame:
        return self._scan(table).filter(between(person, self._limits)[self._number])


def parts(scan: Scan) -> Iterator[Part]:
    """All children, some at a time. Tables are sorted by child, so that a part reads its own rows only."""
    limits = bounds(scan("person").select("pers_person_id"), "pers_person_id", part=CHILDREN)
    for number in range(len(limits) + 1):
        yield Part(scan, limits, number)


class Carried:
    """Which sources fill a field at all: what a source never says is not missed in its rows."""

    def __init__(self, scan: Scan, filled: Mapping[str, str]) -> None:
        """Look once, over everything: table by field."""
        self._sources = {
            field: scan(table).filter(pl.col(field).is_not_null()).select(pl.col("source").unique()).collect()
            for field, table in filled.items()
        }

    def by(self, rows: pl.DataFrame, field: str) -> pl.DataFrame:
        """The rows whose source fills the field somewhere."""
        return rows.join(self._sources[field], on="source", how="semi")


def open_on(day: date) -> pl.Expr:
    """Whether what has `start` and `end` is open on the day: begun on or before it, and not ended by it."""
    begun = (pl.col("start") <= day).fill_null(value=True)
    return begun & (pl.col("end").is_null() | (pl.col("end") > day))


def told(
    rows: pl.DataFrame,
    table: str,
    rule: str,
    severity: Severity,
    reason: str | pl.Expr,
    *,
    column: str | None = None,
    value: pl.Expr | None = None,
) -> pl.DataFrame:
    """Issues of a part's rows; the rows stay in the tables."""
    named = rows.rename({"person_id": str(person_of(table))})
    return issues_of(named, table, rule, severity, effect="kept", reason=reason, column=column, value=value)
