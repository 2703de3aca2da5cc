"""What a mark is, before and after it is saved. The standard library alone: the screens may hold it."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.dataclass import dataclass
from data.errors import DataError

CHILD_NOTE = "child_note"
OF_CHILD = "|child"
"""How the item of a note on a child ends; those of due items end in a number."""
KINDS = ("chased", "booked", "done", "not_needed", "handed", "snoozed", "note", CHILD_NOTE)
UNDONE = "undone"
LONGEST = 400
"""Characters a note or a name may have."""
LONGEST_CHILD_NOTE = 200
"""Characters a note on a child may have: a hint for the next reader, not case recording."""
MOST_DAYS = 90
"""Days a note on a child is shown at most."""


def _new() -> str:
    return uuid.uuid4().hex


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Mark:
    """One thing said of one due item. Times are UTC, without a zone."""

    item_id: str
    kind: str
    made_by: str
    day: date | None = None
    whom: str | None = None
    note: str | None = None
    batch: str = field(default_factory=_new)
    """The same for all that one action marked"""
    undoes: str | None = None
    """The mark_id this takes back"""
    made_at: datetime = field(default_factory=_now)
    mark_id: str = field(default_factory=_new)

    def __post_init__(self) -> None:
        what, most = ("note on a child", LONGEST_CHILD_NOTE) if self.kind == CHILD_NOTE else ("mark", LONGEST)
        for text in (self.whom, self.note, self.made_by):
            if text is not None and len(text) > most:
                raise DataError(f"A {what} holds at most {most} characters of text; this has {len(text):,}.")
        if self.kind not in (*KINDS, UNDONE):
            raise DataError("There is no such kind of mark.")

    @property
    def person_id(self) -> str:
        """Whose item it is; of a note on a child all before its end, whatever the number is made of."""
        if self.item_id.endswith(OF_CHILD):
            return self.item_id.removesuffix(OF_CHILD)
        return self.item_id.split("|", 1)[0]

    def row(self) -> dict[str, Any]:
        """As a row of the table `marks`, without seq."""
        return asdict(self) | {"person_id": self.person_id}

    def told(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def heard(cls, told: dict[str, Any]) -> "Mark":
        """From what `told` gave; KeyError, TypeError or ValueError when it is something else."""
        values = {one.name: told[one.name] for one in fields(cls)}
        values["made_at"] = datetime.fromisoformat(values["made_at"])
        values["day"] = date.fromisoformat(values["day"]) if values["day"] else None
        return cls(**values)


def same(items: Iterable[str], kind: str, made_by: str, **said: Any) -> list[Mark]:
    """One mark for several items, made in one action."""
    batch, at = _new(), _now()
    return [Mark(item, kind, made_by, batch=batch, made_at=at, **said) for item in items]


def again(marks: Iterable[Mark]) -> list[Mark]:
    """The same marks, made now in one action."""
    batch, at = _new(), _now()
    return [replace(one, batch=batch, made_at=at, mark_id=_new(), undoes=None) for one in marks]


def note_on(person_id: str, note: str, made_by: str, *, today: date, days: int) -> Mark:
    """A note on a child, on one line, last shown `days` days from `today`.

    Raises:
        DataError: there is nothing in it, it is too long, or it would be shown too long or not at all.
    """
    said = " ".join(note.split())
    if not said:
        raise DataError("There is nothing in the note.")
    if not 1 <= days <= MOST_DAYS:
        raise DataError(f"A note on a child is shown for 1 to {MOST_DAYS} days, not {days}.")
    return Mark(f"{person_id}{OF_CHILD}", CHILD_NOTE, made_by, day=today + timedelta(days=days), note=said)
