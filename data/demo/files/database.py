"""The demo authority as an SSD database: SQLite, PostgreSQL, or another that SQLAlchemy reaches."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import polars as pl
import sqlalchemy as sa

from data.demo.finish import CREATED_BY
from data.errors import DataError
from data.schema.tables import PREFIX, metadata, names
from data.sources.base import Progress
from data.sources.ssd.connection import Database

BATCH = 20_000
"""Rows sent at a time."""

_VERSIONS = PREFIX + "version_log"
_NOT_ALLOWED = ("42501", "permission denied", "readonly database", "permission was denied", "unable to open")


def write_database(tables: Mapping[str, pl.DataFrame], url: str, progress: Progress) -> None:
    """Write all 47 tables, with the deployed prefix and every date as datetime, in one transaction.

    An earlier demo in the same place is replaced.

    Raises:
        DataError: the target holds SSD tables with rows that are not a demo's, or cannot be written.
            It is then as it was before.
    """
    database = Database(url)
    engine = _sqlite(database) if database.kind == "sqlite" else database.engine()
    meta = metadata()
    try:
        with engine.begin() as connection:
            _refuse_real_data(connection, database.name)
            meta.drop_all(connection)
            meta.create_all(connection)
            for name in names():
                _write(connection, meta.tables[PREFIX + name], tables[name], progress)
    except (sa.exc.SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise _explained(database, error) from error
    finally:
        engine.dispose()


def _sqlite(database: Database) -> sa.Engine:
    """A SQLite file that may not be there yet; unlike the driver's default, creating tables can be undone."""
    path = database.file()
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise DataError(f"{path} cannot be written. Name a file in a folder that is there.")
    if path.exists():
        database.engine().dispose()  # says what is wrong with a file that is no SQLite database

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sa.event.listen(engine, "begin", begin)
    return engine


def _refuse_real_data(connection: sa.Connection, name: str) -> None:
    there = {table.lower() for table in sa.inspect(connection).get_table_names()}
    ours = {PREFIX + table for table in names()} & there
    if _VERSIONS in ours and _made_here(connection):
        return
    for table in sorted(ours):
        rows = connection.execute(sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)).first()
        if rows is not None:
            raise DataError(
                f"{name} already has rows in {table} that are not a demo's. "
                "Nothing was written; give an empty database or a new file."
            )


def _made_here(connection: sa.Connection) -> bool:
    by: sa.ColumnClause[str] = sa.column("created_by")
    try:
        with connection.begin_nested():
            query = sa.select(sa.literal(1)).select_from(sa.table(_VERSIONS, by)).where(by == CREATED_BY)
            return connection.execute(query.limit(1)).first() is not None
    except sa.exc.SQLAlchemyError:  # a version table of another shape
        return False


def _write(connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, progress: Progress) -> None:
    columns = [column.name for column in table.columns]
    dates = [name for name, dtype in frame.schema.items() if dtype.is_temporal()]
    rows = frame.select(columns).with_columns(pl.col(dates).cast(pl.Datetime("us")))
    progress(f"Writing {table.name}", 0, rows.height)
    for offset in range(0, rows.height, BATCH):
        part = rows.slice(offset, BATCH)
        if connection.dialect.name == "sqlite":
            _sqlite_rows(
                connection, table, part.with_columns(pl.col(dates).dt.strftime("%Y-%m-%d %H:%M:%S.000000"))
            )
        elif connection.dialect.driver == "psycopg":
            _copy(connection, table, part)
        else:
            connection.execute(table.insert(), part.to_dicts())
        progress(f"Writing {table.name}", min(offset + BATCH, rows.height), rows.height)


def _sqlite_rows(connection: sa.Connection, table: sa.Table, part: pl.DataFrame) -> None:
    """Rows with datetimes as SQLAlchemy keeps them in SQLite, without going through it row by row."""
    listed = ", ".join(f'"{name}"' for name in part.columns)
    marks = ", ".join("?" * part.width)
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', part.rows())


def _copy(connection: sa.Connection, table: sa.Table, part: pl.DataFrame) -> None:
    """PostgreSQL's own bulk format, as comma separated text made by Polars."""
    listed = ", ".join(f'"{name}"' for name in part.columns)
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN WITH (FORMAT csv)') as copy:
        copy.write(part.write_csv(include_header=False, datetime_format="%Y-%m-%d %H:%M:%S"))


def _explained(database: Database, error: Exception) -> DataError:
    text = str(getattr(error, "orig", None) or error).lower()
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    if any(sign in text or sign == state for sign in _NOT_ALLOWED):
        return DataError(
            f"You may not create tables in {database.name}. Ask its owner, or give another place."
        )
    if "disk is full" in text or "no space" in text or state == "53100":
        return DataError(f"There is no room left where {database.name} is. Free some space and try again.")
    return database.explain(error, " (writing the demo)")
