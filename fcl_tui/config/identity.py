"""Who is at the keyboard. Said once, at the start of the process, and asked everywhere.

A session that came through SSH is told by the forced command; any other is the account of the system.
"""

import os
import re

from data.dataclass import dataclass
from data.errors import DataError


@dataclass(frozen=True)
class Identity:
    """The reader of this process."""

    user: str
    origin: str = "here"
    """The address the SSH server saw; "here" on the host itself"""
    forced: bool = False
    """True in `fcl-tui session`, which offers no way to the host"""


_known: list[Identity] = []


def declare(identity: Identity) -> None:
    """Say who reads, once a process; RuntimeError when somebody else was declared before."""
    if _known and _known[0] != identity:
        raise RuntimeError("The identity of a process does not change.")
    _known[:] = [identity]


def forget() -> None:
    """As if nobody had been declared; for tests, which play many readers in one process."""
    _known.clear()


def current() -> Identity:
    """Who reads. Undeclared: the account that owns the process, never what its environment claims."""
    return _known[0] if _known else Identity(account())


def account() -> str:
    """The account that owns this process."""
    if os.name == "nt":
        import getpass

        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's account without a name
        return str(os.getuid())


USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def user_name(text: str) -> str:
    """The name, if it is one.

    Raises:
        DataError: it has other characters than letters, digits, point, underline and hyphen.
    """
    if USER.fullmatch(text) is None:
        raise DataError(
            "A user's name has up to 60 letters, digits, points, underlines or hyphens, and begins with a "
            "letter or digit."
        )
    return text
