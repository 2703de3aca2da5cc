"""An SSD database as a source: SQLite, PostgreSQL, SQL Server, or whatever SQLAlchemy can reach."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from data import issues
from data.convert import as_text, typed
from data.sources.base import Batch, PlaceCount, Progress
from data.sources.ssd_connection import Database
from data.sources.ssd_layout import Found, Layout, coverage_of, find, layout_issues
from data.sources.ssd_rows import columns_of, in_fields, one_plan, plan_columns
from data.tables import key_of, polars_schema

BATCH = 20_000
"""Rows read at a time: a few tens of megabytes."""


class SsdDatabase:
    """Reads the standard's tables from a database, a batch at a time, inside one transaction."""

    kind = "ssd_database"

    def __init__(self, url: str, schema: str | None = None, *, batch: int = BATCH) -> None:
        self._database, self._schema, self._batch = Database(url), schema, batch
        self._layout = Layout(None, {})
        self._counts: dict[str, int] = {}
        self._held: dict[str, int] = {}
        self._digests: dict[str, int] = {}

    @property
    def name(self) -> str:
        """Kind, host and database, never user or password."""
        return self._database.name

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Every table of the standard that is there, in its order. Raises DataError."""
        self._counts, self._held, self._digests = {}, {}, {}
        progress(f"Connecting to {self.name}", 0, None)
        with self._connection() as connection:
            with self._explained(" (its list of tables)"):
                self._layout = find(sa.inspect(connection), self._schema, self.name)
            told = issues.frame(layout_issues(self._layout, self.name))
            yield Batch("person", pl.DataFrame(schema=polars_schema("person")), told)
            for place in self._layout.shapeless.values():
                self._held[place] = self._count(connection, place)
            plans = self._plans(connection)
            for found in self._layout.tables.values():
                yield from self._table(connection, found, plans, progress)

    def places(self) -> list[PlaceCount]:
        """Rows by table; the tables that have no column of the standard are held whole."""
        used = [PlaceCount(place, count, count, 0) for place, count in self._counts.items()]
        return used + [PlaceCount(place, count, 0, count) for place, count in self._held.items()]

    def coverage(self) -> pl.DataFrame:
        """full where the table is there with every column; partial where some are missing or it is empty."""
        rows = {table: self._counts.get(found.place, 0) for table, found in self._layout.tables.items()}
        return coverage_of(self._layout, rows)

    def checksum(self) -> str:
        """A digest of the rows of every table, whatever order they came in."""
        text = "\n".join(
            f"{place} {self._counts[place]} {digest:016x}" for place, digest in sorted(self._digests.items())
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def data_date(self) -> date | None:
        """The day a SQLite file was last written; None for a server, which is live."""
        if self._database.kind != "sqlite":
            return None
        try:
            return datetime.fromtimestamp(self._database.file().stat().st_mtime, tz=UTC).astimezone().date()
        except OSError:
            return None

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sa.Connection]:
        engine = self._database.engine()
        options: dict[str, Any] = {"stream_results": True}
        if engine.dialect.name == "postgresql":  # every table as it was at the same moment
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            with self._explained(""):
                connection = engine.connect().execution_options(**options)
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                with contextlib.suppress(sa.exc.SQLAlchemyError):
                    connection.close()
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (ImportError, sa.exc.SQLAlchemyError, OSError) as error:
            raise self._database.explain(error, doing) from None  # a driver's text may hold the user's name

    def _count(self, connection: sa.Connection, place: str) -> int:
        with self._explained(f" {place}"):
            return int(connection.scalar(sa.select(sa.func.count()).select_from(self._named(place))) or 0)

    def _named(self, place: str) -> sa.TableClause:
        return sa.table(place, schema=self._layout.schema)

    def _plans(self, connection: sa.Connection) -> pl.DataFrame | None:
        """Plan and child, where visits name only the plan."""
        plans, wanted = self._layout.tables.get("cin_plans"), plan_columns(self._layout.tables)
        if plans is None or wanted is None:
            return None
        query = select(plans.place, self._layout.schema, list(wanted.values()))
        with self._explained(f" {plans.place}"):
            frames = [
                frame_of(list(wanted), rows) for rows in connection.execute(query).partitions(self._batch)
            ]
        return one_plan(frames)

    def _table(
        self, connection: sa.Connection, found: Found, plans: pl.DataFrame | None, progress: Progress
    ) -> Iterator[Batch]:
        total = self._count(connection, found.place)
        columns = columns_of(found)
        query = select(found.place, self._layout.schema, columns)
        self._counts[found.place], self._digests[found.place] = 0, 0
        progress(f"Reading {found.place}", 0, total)
        with self._explained(f" {found.place}"):
            partitions = connection.execute(query).partitions(self._batch)
        while True:
            with self._explained(f" {found.place}"):
                rows = next(partitions, None)
            if rows is None:
                break
            yield self._batch_of(found, columns, plans, rows)
            progress(f"Reading {found.place}", self._counts[found.place], total)

    def _batch_of(
        self, found: Found, columns: list[str], plans: pl.DataFrame | None, rows: Sequence[sa.Row[Any]]
    ) -> Batch:
        before = self._counts[found.place]
        raw = in_fields(found, frame_of(columns, rows), plans)
        key = key_of(found.table)
        number = pl.int_range(before + 1, before + 1 + pl.len()).cast(pl.String)
        keys = (
            as_text(raw[key])
            if key in raw.columns
            else pl.repeat(None, len(raw), dtype=pl.String, eager=True)
        )
        row = pl.concat_str(pl.lit(f"{found.place}/"), pl.coalesce(keys, pl.lit("row ") + number))
        raw = raw.with_columns(row.alias("source_row"))
        frame, told = typed(found.table, raw, source=self.name, place=found.place)
        self._counts[found.place] = before + len(frame)
        digest = self._digests[found.place] + int(frame.hash_rows(seed=1).cast(pl.UInt64).sum() or 0)
        self._digests[found.place] = digest % 2**64
        return Batch(found.table, frame, told)


def select(place: str, schema: str | None, columns: Sequence[str]) -> sa.Select[*tuple[Any, ...]]:
    """The query for some columns of a table as the database stores them, without conversion."""
    return sa.select(*(sa.column(name) for name in columns)).select_from(sa.table(place, schema=schema))


def frame_of(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Rows as a frame, each column in its own type; a column of mixed types becomes text."""
    by_column = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pl.DataFrame([_series(name, values) for name, values in zip(columns, by_column, strict=True)])


def _series(name: str, values: Sequence[Any]) -> pl.Series:
    first = next((value for value in values if value is not None), None)
    if isinstance(first, dict | list):  # a json column, which the driver has taken apart
        return _texts(name, values, lambda value: json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(first, bytes | memoryview):  # text in a database without an encoding
        return _texts(name, values, lambda value: bytes(value).decode("utf-8", "replace"))
    try:
        series = pl.Series(name, values)
    except (TypeError, OverflowError, pl.exceptions.PolarsError):
        return _texts(name, values, str)
    return _texts(name, values, str) if series.dtype == pl.Object else series


def _texts(name: str, values: Sequence[Any], text: Callable[[Any], str]) -> pl.Series:
    """A column of values that no frame holds as they are, one by one."""
    return pl.Series(name, [None if value is None else text(value) for value in values], dtype=pl.String)
