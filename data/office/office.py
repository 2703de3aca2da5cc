"""Save and read marks; queue them locally while the office database is unreachable."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError
from data.office import FILE, JOURNAL
from data.office.journal import Journal
from data.office.marks import UNDONE, Mark
from data.office.peek import any_row

if TYPE_CHECKING:
    import polars as pl
    import sqlalchemy as sa


@dataclass(frozen=True)
class Seen:
    """All marks as this session knows them.

    marks: seq (Int64, null while unsaved), mark_id, batch, item_id, person_id, kind, day (Date), whom, note,
    made_by, made_at (Datetime, UTC), undoes, saved (Boolean), in the order they count.
    """

    marks: pl.DataFrame
    unsaved: int
    trouble: str = ""
    """Why the database could not be read or written, in a sentence; empty when all is well"""


def schema() -> dict[str, Any]:
    """The columns of `Seen.marks`."""
    import polars as pl

    texts = ("mark_id", "batch", "item_id", "person_id", "kind")
    return {
        "seq": pl.Int64,
        **dict.fromkeys(texts, pl.String),
        "day": pl.Date,
        "whom": pl.String,
        "note": pl.String,
        "made_by": pl.String,
        "made_at": pl.Datetime("us"),
        "undoes": pl.String,
        "saved": pl.Boolean,
    }


class Office:
    """The office database of a home, or the one a setting names. Every method may be called in a thread."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.home, self.url = home, url
        self._journal = Journal(home / JOURNAL)
        self._turn = threading.RLock()
        self._engine: sa.Engine | None = None
        self._known: pl.DataFrame | None = None
        self._held: dict[str, Mark] = {}  # what not even the journal would take

    def in_use(self, *tables: str) -> bool:
        """Whether there is anything to read; asked before anything heavy is imported.

        Args:
            tables: whether there is a row in one of these; none: whether there is an office at all.
        """
        if self.url is not None or (self.home / JOURNAL).exists():
            return True
        return (self.home / FILE).exists() and (not tables or any_row(self.home / FILE, *tables))

    def save(self, marks: Sequence[Mark]) -> Seen:
        """Save marks, all or none; what cannot be saved now is kept and shown as unsaved."""
        lost = ""
        try:
            self._journal.append(marks)  # first, and without waiting for a database that answers nobody
        except OSError as error:
            with self._turn:
                self._held |= {mark.mark_id: mark for mark in marks}
            lost = f"{self.home} cannot be written ({error.strerror}): stay until these are saved."
        seen = self.read()
        return replace(seen, trouble=f"{seen.trouble} {lost}") if lost and self._held else seen

    def undo(self, marks: Sequence[Mark], made_by: str) -> Seen:
        """Take marks back; both the mark and that it was taken back stay in the history."""
        taken = [Mark(one.item_id, UNDONE, made_by, undoes=one.mark_id) for one in marks]
        batch = taken[0].batch if taken else ""
        return self.save([replace(one, batch=batch) for one in taken])

    def read(self) -> Seen:
        """Save what is waiting, then read what is new since the last time."""
        import polars as pl

        with self._turn:
            pending, unreadable, trouble = self._pending()
            try:
                if self._engine is None:
                    from data.office.database import connect

                    self._engine = connect(self.home, self.url)
                if pending:
                    self._write(pending)
                    pending = self._settled(pending)
                self._catch_up()
            except DataError as error:
                trouble = str(error)
            except Exception as error:
                trouble = _explained(error)
            known = self._known if self._known is not None else pl.DataFrame(schema=schema())
            there = set(known["mark_id"].to_list()) if pending else set()
            waiting = [mark for mark in pending if mark.mark_id not in there]
            rows = [mark.row() | {"seq": None, "saved": False} for mark in waiting]
            marks = pl.concat([known, pl.DataFrame(rows, schema=schema())]) if rows else known
            if unreadable:
                trouble = f"{trouble} {self._journal.path}: {unreadable} lines cannot be read.".strip()
            return Seen(marks, len(waiting), trouble)

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.dispose()

    def _pending(self) -> tuple[list[Mark], int, str]:
        try:
            kept, unreadable = self._journal.pending()
        except OSError as error:
            return list(self._held.values()), 0, f"The journal of marks cannot be read: {error.strerror}."
        return [*kept, *self._held.values()], unreadable, ""

    def _write(self, marks: Sequence[Mark]) -> None:
        """Add the marks that are not there yet, in one transaction."""
        import importlib

        from data.office.database import writing
        from data.office.models import MarkRow

        engine = self._engine
        assert engine is not None
        dialect = importlib.import_module(f"sqlalchemy.dialects.{engine.dialect.name}")
        statement = dialect.insert(MarkRow.__table__).on_conflict_do_nothing(index_elements=["mark_id"])
        with writing(engine) as connection:
            connection.execute(statement, [mark.row() for mark in marks])

    def _settled(self, marks: list[Mark]) -> list[Mark]:
        self._held.clear()
        try:
            self._journal.settle(marks)
        except OSError:
            return []  # they are saved; settled another time, since saving twice is harmless
        return []

    def _catch_up(self) -> None:
        """Marks are only ever added, in the order of seq: what is known need not be read again."""
        import polars as pl
        import sqlalchemy as sa

        from data.office.models import MarkRow

        last = 0 if self._known is None or self._known.is_empty() else int(self._known["seq"][-1])
        columns = [name for name in schema() if name != "saved"]
        wanted = sa.select(*(getattr(MarkRow, name) for name in columns))
        assert self._engine is not None
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.where(MarkRow.seq > last).order_by(MarkRow.seq)).all()
        new = pl.DataFrame([(*row, True) for row in rows], schema=schema(), orient="row")
        self._known = new if self._known is None else pl.concat([self._known, new])


def _explained(error: Exception) -> str:
    """Why, in one sentence: never the driver's own words, which can hold the values of a row."""
    text = str(getattr(error, "orig", error)).lower()
    reasons = {
        "locked": "is busy",
        "readonly": "cannot be written",
        "full": "has no room left on its disk",
        "statement timeout": "is busy",
        "malformed": "is damaged",
        "not a database": "is damaged",
    }
    reason = next((said for word, said in reasons.items() if word in text), "cannot be reached")
    return f"The office database {reason}: marks are kept in this home and saved when it answers again."
