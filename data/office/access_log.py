"""Who opened, searched, exported or broke glass: a log to which rows are only added, each bound to the last.

Every row holds the SHA-256 of itself together with the hash of the row before, so a row that was changed,
removed or moved is found. A chain alone cannot tell that its newest rows are gone; that is what
`audit-head.json` in the home is for, which keeps the number and hash of the newest row that this home wrote
(homes that share a database keep one each, from the row on that they found when they joined). What this
cannot find: somebody who may write both the database and the home, cuts off the newest rows and rewrites that
file (copy the file to another host, and compare), and the newest row alone, when the process died between the
two writes. The database refuses UPDATE and DELETE by triggers, which its owner can drop.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError
from data.office import FILE
from data.office.access_log_head import head_alone, head_of
from data.office.memory import Memory, from_rows
from data.office.peek import any_row

if TYPE_CHECKING:
    import polars as pl
    import sqlalchemy as sa

NOTHING = "0" * 64
"""What the first row holds as the hash before it"""
STARTED, ENDED, OPENED, REPORT, SEARCHED, EXPORTED, COPIED, PRINTED, GLASS, REFUSED, CHANGED = (
    "session started",
    "session ended",
    "opened",
    "report",
    "searched",
    "exported",
    "copied",
    "printed",
    "broke glass",
    "refused",
    "changed access",
)
ENTERED = "entered"
"""Supervisions of staff; steps of an audit of practice"""
AUDITED = "audit"
"""A record opened because of an audit of practice, by somebody who does not see it otherwise"""
COLUMNS = ("seq", "at", "who", "role", "origin", "action", "report", "person_id", "detail")


@dataclass(frozen=True)
class Look:
    """One thing somebody did. `at` is UTC, without a zone."""

    who: str
    role: str
    origin: str
    action: str
    report: str | None = None
    person_id: str | None = None
    detail: str | None = None
    at: datetime | None = None

    def row(self) -> dict[str, Any]:
        """As a row of `access_log`, without seq and the hashes; text as any database holds it."""

        def held(text: str | None, most: int) -> str | None:
            return None if text is None else text.replace("\0", "").encode("utf-8", "replace").decode()[:most]

        return {
            "at": self.at or datetime.now(UTC).replace(tzinfo=None),
            "who": held(self.who, 400),
            "role": held(self.role, 40),
            "origin": held(self.origin, 100),
            "action": held(self.action, 20),
            "report": held(self.report, 60),
            "person_id": held(self.person_id, 400),
            "detail": held(self.detail, 2000),
        }


def chained(previous: str, row: dict[str, Any]) -> str:
    """The hash of a row that follows the one with the hash `previous`."""
    told = {name: row[name] for name in COLUMNS if name != "seq"}
    told["at"] = row["at"].isoformat(timespec="microseconds")
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode("ascii")).hexdigest()


class AccessLog:
    """The log in the office database of a home, or in the one a setting names. Safe in any thread."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.home, self.url = home, url
        self._engine: sa.Engine | None = None
        self._turn = threading.Lock()

    def append(self, look: Look) -> None:
        """Write one row, and only then return.

        Raises:
            DataError: it cannot be written, so what was asked for must not happen.
        """
        import sqlalchemy as sa

        try:
            with self._turn:
                self._append(look)
        except DataError:
            raise
        except (OSError, sa.exc.SQLAlchemyError) as error:
            raise DataError(
                "The access log cannot be written now, so nothing is shown. Try again; if this continues, "
                "tell your fcl-tui administrator."
            ) from error

    def _append(self, look: Look) -> None:
        import sqlalchemy as sa

        from data.office.database import writing
        from data.office.models import AccessRow

        table = AccessRow.__table__
        alone = head_alone(self.home, shared=self.url is not None)
        with alone as head, writing(self._connected()) as connection:
            newest = connection.execute(
                sa.select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)
            ).first()
            head.hold_against(None if newest is None else (newest.seq, newest.hash), self._has(connection))
            previous = newest.hash if newest is not None else NOTHING
            row = look.row()
            row |= {"previous": previous, "hash": chained(previous, row)}
            saved = connection.execute(sa.insert(AccessRow).values(row).returning(AccessRow.seq)).scalar_one()
            head.next = (saved, row["hash"])
            if head.memory is None:
                head.memory = from_rows(connection)  # the new one too
            else:
                head.memory.heed(row)

    @staticmethod
    def _has(connection: sa.Connection) -> Any:
        import sqlalchemy as sa

        from data.office.models import AccessRow

        def there(seq: int, hash_: str) -> bool:
            wanted = sa.select(AccessRow.seq).where(AccessRow.seq == seq, AccessRow.hash == hash_)
            return connection.execute(wanted).first() is not None

        return there

    def memory(self) -> Memory:
        """What was once in force in this home, and no command has taken back.

        Raises:
            DataError: this home has kept a log, and what it holds cannot be read.
        """
        head = head_of(self.home, shared=self.url is not None)
        if head.memory is not None:
            return head.memory
        if self.url is None and not any_row(self.home / FILE, "access_log"):
            return Memory()
        try:
            with self._reading() as connection:
                return from_rows(connection)
        except DataError:
            if head.missing:  # it never kept one, as far as anybody can tell without the database
                return Memory()
            raise

    def joined_at(self) -> int:
        """The newest row that was there when this home first wrote; 0 where it began the log."""
        return head_of(self.home, shared=self.url is not None).since

    def _connected(self) -> sa.Engine:
        from data.office.database import connect

        if self._engine is None:
            self._engine = connect(self.home, self.url)
        return self._engine

    def rows(
        self,
        *,
        who: str | None = None,
        client: str | None = None,
        actions: list[str] | None = None,
        first: date | None = None,
        last: date | None = None,
        newest: int | None = None,
    ) -> pl.DataFrame:
        """The log, newest first.

        Args:
            who, client, actions: keep these.
            first, last: days (UTC), both included.
            newest: at most so many.

        Returns:
            COLUMNS: seq (Int64), at (Datetime, UTC), the others String.

        Raises:
            DataError: it cannot be read.
        """
        import polars as pl
        import sqlalchemy as sa

        from data.office.models import AccessRow as Row

        schema: dict[str, Any] = dict.fromkeys(COLUMNS, pl.String)
        schema |= {"seq": pl.Int64, "at": pl.Datetime("us")}
        if not self.in_use():
            return pl.DataFrame(schema=schema)
        wanted = sa.select(*(getattr(Row, name) for name in COLUMNS)).order_by(Row.seq.desc())
        for column, value in ((Row.who, who), (Row.person_id, client)):
            if value is not None:
                wanted = wanted.where(column == value)
        if actions is not None:
            wanted = wanted.where(Row.action.in_(actions))
        if first is not None:
            wanted = wanted.where(Row.at >= datetime.combine(first, datetime.min.time()))
        if last is not None:
            wanted = wanted.where(Row.at < datetime.combine(last + timedelta(days=1), datetime.min.time()))
        with self._reading() as connection:
            found = connection.execute(wanted.limit(newest)).all()
        return pl.DataFrame([tuple(row) for row in found], schema=schema, orient="row")

    def count(self) -> int:
        """How many rows there are. DataError when it cannot be read."""
        import sqlalchemy as sa

        from data.office.models import AccessRow

        if not self.in_use():
            return 0
        with self._reading() as connection:
            return int(connection.execute(sa.select(sa.func.count(AccessRow.seq))).scalar_one())

    def in_use(self) -> bool:
        """Whether there is a database to read."""
        return self.url is not None or (self.home / FILE).exists()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        import sqlalchemy as sa

        try:
            with self._connected().connect() as connection:
                yield connection
        except (OSError, sa.exc.SQLAlchemyError) as error:
            raise DataError("The access log cannot be read now. Try again later.") from error

    def verify(self) -> tuple[int, list[str]]:
        """Follow the chain from its first row.

        Returns:
            how many rows there are, and one sentence for each fault, the first bad row first.
        """
        import sqlalchemy as sa

        from data.office.models import AccessRow

        table = AccessRow.__table__
        head = head_of(self.home, shared=self.url is not None)
        if not self.in_use():
            return 0, head.faults({}, 0)
        count, previous, before, kept = 0, NOTHING, 0, ""
        fault: list[str] = []
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=1000).execute(
                sa.select(table).order_by(table.c.seq)
            )
            for row in rows.mappings():
                count += 1
                if not fault and row["previous"] != previous:
                    fault.append(
                        f"Row {row['seq']} does not follow row {before or 'none'}: rows are missing or moved."
                    )
                if not fault and chained(row["previous"], dict(row)) != row["hash"]:
                    fault.append(f"Row {row['seq']} was changed after it was written.")
                previous, before = row["hash"], row["seq"]
                if head.newest is not None and row["seq"] == head.newest[0]:
                    kept = row["hash"]
        return count, fault + head.faults({head.newest[0]: kept} if head.newest and kept else {}, count)
