"""Coming in: the door of this process's reader, or why there is none for them."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office.access_log import AccessLog
from fcl_tui.access.gate import Door
from fcl_tui.access.readers.renewal import NoEntryError, stamp
from fcl_tui.access.readers.roles import ADMINISTRATOR, FILE, HOST
from fcl_tui.config import identity

if TYPE_CHECKING:
    from fcl_tui.access.readers.reader import Reader
    from fcl_tui.config.settings import Settings


def at_the_door(home: Path, settings: Settings | None = None) -> Door:
    """The door of this process's reader.

    Raises:
        DataError: the reader is not on the list, or the list is not in order.
    """
    from fcl_tui.config.settings import read

    settings = settings or read(home)
    seen = stamp(home)
    reader = _reader(home, settings)
    door = Door(home, settings, reader, logs=reader is not None or settings.access_log)
    door.renewal.begin(lambda: _reader(home, settings), seen)
    return door


def _reader(home: Path, settings: Settings) -> Reader | None:
    """Who reads, by the list as it is now; None where nobody is listed and nobody need be.

    Raises:
        NoEntryError: the reader may not come in.
        DataError: the list is not in order.
    """
    user = identity.current().user
    if not _listed(home):
        _refuse_without_list(home, settings)
        return None
    from fcl_tui.access.readers import access_list as rosters
    from fcl_tui.access.readers.reader import reader_of

    try:
        roster = rosters.read(home)
    except rosters.RosterError as error:
        if _administers(home, user):
            raise
        raise DataError(
            "Access is not set up correctly, so nothing is shown. Tell your fcl-tui administrator."
        ) from error
    if roster is None:
        _refuse_without_list(home, settings)
        return None
    person, today = roster.person(user), date.today()
    if person is None and owns_host(home):
        return reader_of(roster, rosters.Person(user, HOST), today)
    if person is None or (person.until is not None and person.until < today):
        known = "is no longer on the list" if person is not None else "is not on the list"
        _refuse(home, settings, f"{user} {known} of people who may use fcl-tui here. Ask its administrator.")
    assert person is not None
    return reader_of(roster, person, today)


def _listed(home: Path) -> bool:
    """Whether there is a list, as far as can be seen: what cannot be looked at is there, and is not read."""
    try:
        (home / FILE).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def _refuse_without_list(home: Path, settings: Settings) -> None:
    """A list that is gone opens nothing; one that never was keeps those out who come with a key."""
    forced = identity.current().forced
    if AccessLog(home, settings.office_url).memory().listed:
        how = (
            "Tell your fcl-tui administrator."
            if forced
            else f"Put {home / FILE} back from a copy, or make it again: fcl-tui access add USER "
            f"--role {ADMINISTRATOR}"
        )
        _refuse(home, settings, f"The access list is missing, so access is refused. {how}")
    if forced and not settings.open_without_list:
        raise NoEntryError(
            "There is no access list here yet, so SSH access is refused. Ask the administrator of fcl-tui "
            f"here to begin the list: fcl-tui access add USER --role {ADMINISTRATOR}"
        )


def _refuse(home: Path, settings: Settings, sentence: str) -> None:
    """Write the refusal down and raise it."""
    try:
        Door(home, settings, logs=True).refuse(sentence)
    except DataError as error:
        raise NoEntryError(str(error)) from error


def administering(home: Path) -> Door:
    """The door, for those who may change access: an administrator, or the account that owns the home.

    Raises:
        DataError: it is somebody else; the refusal is written down.
    """
    from fcl_tui.config.settings import read

    if owns_home(home) and not os.path.lexists(home / FILE):  # to begin the list, or make it again
        settings = read(home)
        logs = settings.access_log or AccessLog(home, settings.office_url).memory().listed
        return Door(home, settings, logs=logs)
    door = at_the_door(home)
    if not door.may_administer:
        door.refuse("Who may come in, and the access log, are for administrators only.")
    return door


def owns_host(home: Path) -> bool:
    """Whether this is the account the list belongs to, on the host itself: it can edit the file anyway."""
    return _is_mine(home / FILE, missing=False)


def owns_home(home: Path) -> bool:
    """Whether this is the account that the home belongs to, on the host; its maker owns it."""
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
        told = tomllib.loads((home / FILE).read_text(encoding="utf-8"))
        rows = told.get("person", [])
        return any(
            row.get("user") == user and row.get("role") == ADMINISTRATOR and "until" not in row
            for row in rows
        )
    except (OSError, ValueError, AttributeError, TypeError):
        return False
