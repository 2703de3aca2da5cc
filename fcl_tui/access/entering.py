"""Coming in: the door of this process's reader, or why there is none for them."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui import identity
from fcl_tui.access import roster as rosters
from fcl_tui.access.door import Door
from fcl_tui.access.reader import HOST, reader_of

if TYPE_CHECKING:
    from fcl_tui.settings import Settings


def at_the_door(home: Path, settings: Settings | None = None) -> Door:
    """The door of this process's reader.

    Raises:
        DataError: the reader is not on the list, or the list is not in order.
    """
    from fcl_tui.settings import read

    settings = settings or read(home)
    user = identity.current().user
    try:
        roster = rosters.read(home)
    except rosters.RosterError as error:
        if _administers(home, user):
            raise
        raise DataError(
            "Access is not set up right, so nothing is shown. Tell whoever administers fcl-tui here."
        ) from error
    if roster is None:
        return Door(home, settings, logs=settings.access_log)
    return _entered(home, settings, roster, user)


def _entered(home: Path, settings: Settings, roster: rosters.Roster, user: str) -> Door:
    person, today = roster.person(user), date.today()
    if person is None and owns_host(home):
        return Door(home, settings, reader_of(roster, rosters.Person(user, HOST), today), logs=True)
    if person is None or (person.until is not None and person.until < today):
        door = Door(home, settings, logs=True)
        known = "is no longer on the list" if person is not None else "is not on the list"
        door.refuse(f"{user} {known} of people who may use fcl-tui here. Ask its administrator.")
        raise AssertionError
    return Door(home, settings, reader_of(roster, person, today), logs=True)


def administering(home: Path) -> Door:
    """The door, for those who may change access: an administrator, or the account that owns the home.

    Raises:
        DataError: it is somebody else; the refusal is written down.
    """
    door = at_the_door(home)
    allowed = owns_home(home) if door.reader is None else door.may_administer
    if not allowed:
        door.refuse("Who may come in, and the access log, are for administrators only.")
    return door


def owns_host(home: Path) -> bool:
    """Whether this is the account the list belongs to, on the host itself: it can edit the file anyway."""
    return _is_mine(home / rosters.FILE, missing=False)


def owns_home(home: Path) -> bool:
    """Whether this is the account that the home belongs to, on the host itself; whoever makes it owns it."""
    return _is_mine(home, missing=True)


def _is_mine(path: Path, *, missing: bool) -> bool:
    if identity.current().forced:
        return False
    try:
        return os.name == "nt" or path.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return missing
    except OSError:
        return False


def _administers(home: Path, user: str) -> bool:
    """Whether a file that is not in order still says that this reader administers it."""
    if owns_host(home):
        return True
    try:
        told = tomllib.loads((home / rosters.FILE).read_text(encoding="utf-8"))
        rows = told.get("person", [])
        return any(
            row.get("user") == user and row.get("role") == rosters.ADMINISTRATOR and "until" not in row
            for row in rows
        )
    except (OSError, ValueError, AttributeError, TypeError):
        return False
