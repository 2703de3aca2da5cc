"""What a mark is, before and after it is saved. The standard library alone: the screens may hold it."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from data.errors import DataError

KINDS = ("chased", "booked", "done", "not_needed", "handed", "snoozed", "note")
UNDONE = "undone"
LONGEST = 400
"""Characters a note or a name may have."""


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
        for text in (self.whom, self.note, self.made_by):
            if text is not None and len(text) > LONGEST:
                raise DataError(f"A mark holds at most {LONGEST} characters of text; this has {len(text):,}.")
        if self.kind not in (*KINDS, UNDONE):
            raise DataError("There is no such kind of mark.")

    @property
    def person_id(self) -> str:
        """Whose item it is."""
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
