"""`fcl-tui session`: what the SSH server starts for one person, in place of a shell."""

import ipaddress
import os
from pathlib import Path

from fcl_tui.config import identity
from fcl_tui.config.identity import user_name
from fcl_tui.ssh import environment
from fcl_tui.ssh.original import words


def begin(user: str) -> list[str]:
    """Shut the doors and say who reads; the result is what was asked for, empty for the screens.

    Raises:
        DataError: the name is none, or something was asked for that a session does not give.
    """
    original = environment.shut()
    identity.declare(identity.Identity(user_name(user), origin=_origin(), forced=True))
    return words(original) if original.strip() else []


def place_of(home: str | Path | None) -> Path:
    """The home of the session.

    Raises:
        DataError: another account could read or change something in it.
    """
    from fcl_tui.config.permissions import refuse_unless_private
    from fcl_tui.config.settings import home_directory

    place = home_directory(None if home is None else Path(home))
    refuse_unless_private(place)
    return place


def screens(home: str | Path | None) -> int:
    """Open the screens; the result is the exit code."""
    from fcl_tui.terminal.launch import open_application

    return open_application(place_of(home), None)


def open_screens(user: str, home: str | Path | None) -> int:
    """A session in this process; the result is the exit code."""
    begin(user)
    return screens(home)


def _origin() -> str:
    """The address of the client, as the SSH server saw it."""
    first = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
    try:
        return str(ipaddress.ip_address(first.partition("%")[0]))
    except ValueError:
        return "unknown"
