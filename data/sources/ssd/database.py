"""An SSD database as a source: SQLite, PostgreSQL, SQL Server, or whatever SQLAlchemy can reach."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import sqlalchemy as sa

from data.errors import DataError
from data.issues import model as issues
from data.schema.convert import as_text, typed
from data.schema.tables import key_of, polars_schema
from data.signals import held_back
from data.sources.base import Batch, PlaceCount, Progress
from data.sources.ssd.connection import LONGEST, Database
from data.sources.ssd.layout import Found, Layout, coverage_of, find, layout_issues
from data.sources.ssd.rows import columns_of, in_fields, one_plan, plan_columns

BATCH = 20_000
"""Rows read at a time: a few tens of megabytes."""
_EXACT = 2.0**53
"""Up to here a Float64 holds every whole number."""
AT_A_TIME = 256 * 1024 * 1024
"""Bytes of the rows read at a time, were each as long as the longest."""


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
        # SQLite works on without Python, and says only that it was interrupted: see `Database.engine`
        whole = held_back() if self._database.kind == "sqlite" else contextlib.nullcontext()
        try:
            with whole:
                yield
        except (ImportError, sa.exc.SQLAlchemyError, OSError, UnicodeError) as error:
            raise self._database.explain(error, doing) from None  # a driver's text may hold the user's name

    def _count(self, connection: sa.Connection, place: str) -> int:
        with self._explained(f" {place}"):
            return int(connection.scalar(sa.select(sa.func.count()).select_from(self._named(place))) or 0)

    def _size(self, connection: sa.Connection, place: str, columns: Sequence[str]) -> tuple[int, int]:
        """How many rows there are, and how many are read at a time. Raises DataError.

        SQLite keeps values of any length in any column: it is asked for the longest before any is read.
        """
        if self._database.kind != "sqlite":
            return self._count(connection, place), self._batch
        longest = [
            sa.func.max(sa.func.length(sa.cast(sa.column(name), sa.LargeBinary))).label(f"longest_{at}")
            for at, name in enumerate(columns)
        ]
        with self._explained(f" {place}"):
            row = connection.execute(
                sa.select(sa.func.count(), *longest).select_from(self._named(place))
            ).one()
        total, lengths = int(row[0]), [int(length or 0) for length in row[1:]]
        for name, length in zip(columns, lengths, strict=True):
            if length > LONGEST:
                raise DataError(
                    f"{place} in {self.name}: the column {name} holds a value of {length:,} bytes; a "
                    f"field may have {LONGEST:,}. Shorten it in the source and load again."
                )
        return total, max(1, min(self._batch, AT_A_TIME // max(sum(lengths), 1)))

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
        columns = columns_of(found)
        total, size = self._size(connection, found.place, columns)
        query = select(found.place, self._layout.schema, columns)
        self._counts[found.place], self._digests[found.place] = 0, 0
        progress(f"Reading {found.place}", 0, total)
        with self._explained(f" {found.place}"):
            partitions = connection.execute(query).partitions(size)
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
    if not isinstance(first, dict | list | bytes | memoryview):
        with contextlib.suppress(TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
            series = pl.Series(name, values)
            if series.dtype not in (pl.Object, pl.Binary) and not _rounded(series):
                return series
    return pl.Series(name, list(map(_text, values)), dtype=pl.String)


def _rounded(series: pl.Series) -> bool:
    """Whether whole numbers among fractions may have lost their last digits, so that two become one."""
    if not series.dtype.is_float():
        return False
    finite = series.filter(series.is_finite())
    return bool(len(finite)) and bool((finite.abs() > _EXACT).any())


def _text(value: Any) -> str | None:
    """A value of a column that no frame holds as it is; SQLite may have another type in every row."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict | list):  # of a json column, which the driver has taken apart
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes | memoryview):  # text in a database without an encoding
        return bytes(value).decode("utf-8", "replace")
    return str(value)
