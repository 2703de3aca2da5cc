"""Connecting to a database by URL, read-only, and saying in a sentence why that did not work."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from data.errors import DataError
from data.signals import asked

DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mssql": "mssql+mssqlpython",
}
"""The drivers the application brings or offers, for URLs that name only the kind of database."""

_EXTRAS = {"mssql": "SQL Server needs the extra mssql: pip install 'fcl-tui[mssql]'"}
_SQLITE_MAGIC = b"SQLite format 3\x00"
LONGEST = 131_072
"""Bytes that a value may have, as in a text file."""
_LONGEST_ROW = 4 * 1024 * 1024
"""Bytes of a row, and of anything a view makes on its way, in SQLite."""
_OFTEN = 10_000
"""Steps of SQLite's own machine between two looks whether the process is asked to stop."""
_WAIT = 15
"""Seconds to wait for a server to answer."""


class Database:
    """A database by URL. Nothing is opened before `connect`."""

    def __init__(self, text: str) -> None:
        try:
            url = sa.make_url(text)
        except (sa.exc.ArgumentError, ValueError):
            raise DataError(
                "The database URL cannot be understood. It looks like postgresql://user@host/database or "
                "sqlite:///folder/file.db; write special characters in a password as %40 and the like."
            ) from None
        if "@" in (url.host or ""):  # the rest of a password would be taken for the host, and shown
            raise DataError("The database URL has more than one @. Write an @ in a password as %40.")
        self.url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))

    @property
    def kind(self) -> str:
        """sqlite, postgresql, mssql …"""
        return self.url.get_backend_name()

    @property
    def name(self) -> str:
        """Kind, host and database, never user or password."""
        if self.kind == "sqlite":
            return f"SQLite {Path(self.url.database or '').name}"
        return f"{self.kind} {self._host}/{self.url.database or ''}"

    @property
    def _host(self) -> str:
        return self.url.host or ("this computer" if self.kind == "postgresql" else "the server")

    def engine(self) -> sa.Engine:
        """A read-only engine. Raises DataError when the kind is unknown or its driver is not installed."""
        if self.kind == "sqlite":
            return self._sqlite()
        arguments = {"connect_timeout": _WAIT} if self.url.drivername == "postgresql+psycopg" else {}
        try:
            return sa.create_engine(self.url, poolclass=NullPool, connect_args=arguments)
        except sa.exc.NoSuchModuleError:
            raise DataError(
                f"Databases of the kind {self.url.drivername} are not known. Use sqlite, postgresql or mssql."
            ) from None
        except (ImportError, AttributeError) as error:  # a driver that is not there, or half there
            advice = _EXTRAS.get(self.kind, f"Install a driver for it beside fcl-tui ({_missing(error)}).")
            raise DataError(f"The driver for {self.url.drivername} is not installed. {advice}") from None
        except (sa.exc.SQLAlchemyError, TypeError, ValueError):
            raise DataError(
                f"The URL for {self.name} has parts its driver does not know. Check it."
            ) from None

    def _sqlite(self) -> sa.Engine:
        path = self.file()
        try:
            with path.open("rb") as file:
                magic = file.read(len(_SQLITE_MAGIC))
        except FileNotFoundError:
            raise DataError(
                f"There is no file {path}. Check the path; sqlite:///a/b.db starts from here."
            ) from None
        except IsADirectoryError:
            raise DataError(f"{path} is a folder. Give the SQLite file inside it.") from None
        except OSError as error:
            raise DataError(
                f"{path} cannot be read ({error.strerror}). Ask its owner for permission."
            ) from error
        if magic and magic != _SQLITE_MAGIC:
            raise DataError(f"{path} is not a SQLite database (or an encrypted one). Give the right file.")

        def connect() -> sqlite3.Connection:
            address = f"file:{quote(str(path.absolute()))}?mode=ro"
            connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_WAIT)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_ROW)
            connection.set_progress_handler(asked, _OFTEN)  # a view may never end
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            return connection

        return sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)

    def file(self) -> Path:
        """The SQLite file."""
        database = self.url.database
        if not database or database == ":memory:":
            raise DataError(
                "A SQLite URL names a file: sqlite:///folder/file.db, or sqlite:////from/the/root.db"
            )
        return Path(database.removeprefix("file:").partition("?")[0]).expanduser()

    def explain(self, error: Exception, doing: str = "") -> DataError:
        """Say in a sentence what went wrong, without user, password or anything from the data."""
        origin = getattr(error, "orig", None) or error
        if isinstance(origin, UnicodeError):  # its text holds what could not be read
            return DataError(_REASONS[0][1].format(name=self.name, doing=doing))
        text = f"{getattr(origin, 'sqlstate', '') or ''} {origin}".lower()
        for signs, sentence in _REASONS:
            if any(sign in text for sign in signs):
                place = {
                    "name": self.name,
                    "host": self._host,
                    "database": self.url.database or "",
                    "doing": doing,
                }
                return DataError(sentence.format(**place))
        state = getattr(origin, "sqlstate", None)
        detail = type(origin).__name__ + (f", SQLSTATE {state}" if state else "")
        return DataError(
            f"{self.name} could not be read{doing} ({detail}). Try again, or ask its administrator."
        )


def _missing(error: Exception) -> str:
    return getattr(error, "name", None) or type(error).__name__


_REASONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("file is not a database", "malformed", "file is encrypted"),
        "{name} is damaged or not a SQLite database{doing}. Give the right file, or a fresh copy.",
    ),
    (
        ("string or blob too big",),
        "{name} has a value{doing} of more than 4 MB, which no field of the standard holds. Take it out, or "
        "export the tables as CSV and load that.",
    ),
    (("database is locked",), "{name} is in use by another program{doing}. Close that, or load a copy."),
    (
        ("unable to open database file", "readonly database"),
        "{name} cannot be opened. Check that you may read the file and its folder.",
    ),
    (
        ("28p01", "28000", "password authentication failed", 'role "', "login failed", "18456",
         "no password supplied"),
        "{host} refused the user name or password. Check both; write @ in a password as %40.",
    ),
    (
        ("pg_hba.conf",),
        "{host} does not let this computer or user connect to {database}. Ask its administrator.",
    ),
    (
        ("translate host name", "resolve host", "name or service not known", "nodename nor", "getaddrinfo",
         "name resolution", "no address associated"),
        "There is no computer called {host} on this network. Check the name and the connection (VPN).",
    ),
    (
        ("connection refused", "no such file or directory", "is the server running"),
        "No database server answers on {host}. Check the host and port, and that it is running.",
    ),
    (
        ("timeout", "timed out"),
        "{host} did not answer in time{doing}. Check the connection (VPN) and try again.",
    ),
    (
        ("3d000", 'database "', "cannot open database", "unknown database"),
        "There is no database called {database} on {host}, or you may not open it. Check its name.",
    ),
    (
        ("42501", "permission denied", "permission was denied", "not authorized"),
        "You have no permission to read{doing} in {name}. Ask its administrator for read access.",
    ),
    (
        ("ssl", "tls", "certificate"),
        "{host} and this computer could not agree on encryption. Ask for the URL's ssl options.",
    ),
    (
        ("server closed the connection", "connection is lost", "connection reset", "terminating connection",
         "broken pipe", "connection is closed"),
        "The connection to {host} was lost{doing}. Try again.",
    ),
)  # fmt: skip
