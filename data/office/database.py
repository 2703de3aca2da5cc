"""Reaching the office database, and bringing its schema up to date."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa

from data.errors import DataError
from data.office import FILE, HEAD
from data.office.journal import lock

if TYPE_CHECKING:
    from data.office.office import Office

BUSY = 20.0
"""Seconds a session waits for another one's turn to write."""
REACH = 5
"""Seconds a session waits for PostgreSQL to take a connection."""
TURN = 0x66636C74
"""The number of the lock on PostgreSQL under which marks are saved: their order is that of their saving."""


def connect(home: Path, url: str | None) -> sa.Engine:
    """An engine on a database whose schema is up to date.

    Raises:
        DataError: the setting is no database URL, or the database is newer than this application.
        sa.exc.SQLAlchemyError, OSError: it cannot be reached or written now.
    """
    engine = _engine(home, url)
    with engine.connect() as connection:
        version = _version(connection)
    if version != HEAD:
        _migrate(home, engine)
    return engine


def _engine(home: Path, url: str | None) -> sa.Engine:
    if url is None:
        path = home / FILE
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        # mode=rw: a database that is gone is told, not made anew with nothing in it
        query = {"mode": "rw", "uri": "true"}
        made = sa.URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)
    else:
        try:
            made = sa.make_url(url)
        except (sa.exc.ArgumentError, ValueError):  # whose words can hold the password
            raise DataError(
                "The setting office is not a database URL. Fix it where it is set: FCL_OFFICE, the file "
                "office_url or settings.toml."
            ) from None
    if made.get_backend_name() == "sqlite":
        engine = sa.create_engine(made, connect_args={"timeout": BUSY}, poolclass=sa.NullPool)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_at_once)
        return engine
    if made.get_backend_name() != "postgresql":
        raise DataError("The office database can be SQLite or PostgreSQL. Fix office in settings.toml.")
    if made.drivername == "postgresql":
        made = made.set(drivername="postgresql+psycopg")
    patience = {
        "connect_timeout": REACH,
        "options": f"-c statement_timeout={int(BUSY * 1000)}",
        "tcp_user_timeout": int(BUSY * 1000),  # a server that is gone without a word
    }
    # what the URL says goes before what is usual
    args = {name: value for name, value in patience.items() if name not in made.query}
    engine = sa.create_engine(made, connect_args=args, pool_size=1)
    from data.office.patience import be_patient

    be_patient(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    connection.execute("PRAGMA synchronous=FULL")


def _begin_at_once(connection: sa.Connection) -> None:
    wanted = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if wanted else "BEGIN")


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes; one session at a time, so that `seq` is the order of saving."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TURN)))
        yield connection


@contextlib.contextmanager
def transaction(office: "Office", trouble: str, *, writes: bool = False) -> Iterator[sa.Connection]:
    """One transaction in the office database, on a connection of its own.

    Args:
        trouble: what to say where the database cannot be reached, read or written now; nothing of it is done.

    Raises:
        DataError: `trouble`, or as `connect`.
    """
    try:
        engine = connect(office.home, office.url)
        try:
            with writing(engine) if writes else engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DataError(trouble) from error


@contextlib.contextmanager
def forgetting(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that takes words away for good: none stays in a page that is free, or in the log."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(writes=True).connect() as connection:
        if sqlite:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")  # else the words stay in free pages
        yield connection
        connection.commit()
        if sqlite:  # and in the log that is written ahead
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found > HEAD:
        raise DataError(
            f"The office database was made by a newer fcl-tui (its version {found}, this one knows {HEAD}). "
            "Install the newer fcl-tui; until then marks are kept in this home and saved later."
        )
    return found


def _migrate(home: Path, engine: sa.Engine) -> None:
    """Run what is missing, in one transaction, one session at a time."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    held = os.open(home / "office.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(held)
        if engine.dialect.name == "sqlite":
            raw = engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()
        with writing(engine) as connection:
            if _version(connection) != HEAD:  # another session may have been first
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    finally:
        os.close(held)
