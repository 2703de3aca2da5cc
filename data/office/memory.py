"""What the access log says was once in force: a list of people, and restricted records.

Kept in `audit-head.json`, so that it is read in a moment and outlives the files it is about.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    import sqlalchemy as sa

CHANGED = "changed access"
_SEALED = re.compile(r"restricted: owner (\S+), open to ", re.DOTALL)
_OPENED = "no longer restricted"


@dataclass
class Memory:
    """What was in force, and was not taken back by a command."""

    listed: bool = False
    """Somebody was on a list of who may come in"""
    restricted: dict[str, str] = field(default_factory=dict)
    """The owner of each restricted record, by the child's number"""

    def heed(self, row: dict[str, Any]) -> None:
        """Take in a row of the log (role, action, person_id, detail); rows come in their order."""
        detail = row["detail"] or ""
        changed = row["action"] == CHANGED
        self.listed |= bool(row["role"]) or (changed and detail.startswith("added "))
        person = row["person_id"]
        if not changed or person is None:
            return
        if sealed := _SEALED.match(detail):
            self.restricted[person] = sealed[1]
        elif detail == _OPENED:
            self.restricted.pop(person, None)

    def told(self) -> dict[str, Any]:
        """As it is kept in a file."""
        return {"listed": self.listed, "restricted": self.restricted}

    @classmethod
    def heard(cls, told: Any) -> Memory:
        """From a file. ValueError, KeyError or TypeError when it is not such."""
        if not isinstance(told["restricted"], dict) or not isinstance(told["listed"], bool):
            raise TypeError("no memory")
        return cls(told["listed"], {str(one): str(owner) for one, owner in told["restricted"].items()})


def from_rows(connection: sa.Connection) -> Memory:
    """What the rows of a log say was in force; asked once, where no file keeps it yet."""
    import sqlalchemy as sa

    from data.office.models import AccessRow as Row

    with_role = sa.select(Row.seq).where(Row.role != "").limit(1)
    memory = Memory(listed=connection.execute(with_role).first() is not None)
    columns = (Row.role, Row.action, Row.person_id, Row.detail)
    changes = sa.select(*columns).where(Row.action == CHANGED).order_by(Row.seq)
    for row in connection.execute(changes).mappings():
        memory.heed(dict(row))
    return memory
