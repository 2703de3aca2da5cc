"""Breaking glass: a reason that can be read, and the owner of the record who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.office import access_log as log
from fcl_tui.access.seen.memory import owned_by
from fcl_tui.access.seen.restricted_records import alike

if TYPE_CHECKING:
    from fcl_tui.access.gate import Door

SHORTEST, DIFFERENT = 10, 4
"""Letters that a reason has at least, and how many of them are different ones"""
SAY_WHY = f"Say why in words, at least {SHORTEST} letters; the owner reads it."


def says_why(reason: str) -> bool:
    """Whether a reason, cleaned, can be read: letters of any script, several different ones."""
    letters = [letter for letter in reason.casefold() if letter.isalpha()]
    return len(letters) >= SHORTEST and len(set(letters)) >= DIFFERENT


def notices(door: Door) -> list[str]:
    """What the reader must hear at the start: who broke glass on their records since they were here."""
    if door.log is None or door.reader is None:
        return []
    user = door.reader.user
    mine = owned_by(door.home, user, door.log.memory())
    if not mine:
        return []
    from fcl_tui.definitions.marks import clock

    before = door.log.rows(who=user, actions=[log.STARTED], newest=1)
    seen = int(before["seq"][0]) if before.height else 0
    return [
        f"Your restricted record {row['person_id']} was opened by {row['who']} ({row['role']}) on "
        f"{clock(row['at']):%d/%m/%Y at %H:%M}, because: {row['detail']}"
        for row in door.log.rows(actions=[log.GLASS]).iter_rows(named=True)
        if row["seq"] > seen and alike(row["person_id"]) in mine
    ]
