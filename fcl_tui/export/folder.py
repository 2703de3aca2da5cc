"""The folder a reader's files go to, and the way they leave the host from it."""

import os
import shutil
import stat
import sys
from pathlib import Path

from data.errors import DataError
from fcl_tui.config import identity


def export_folder(home: Path) -> Path:
    """Where this reader's files go: on the host itself one folder, in a session each person's own."""
    reader = identity.current()
    return home / "exports" / reader.user if reader.forced else home / "exports"


def told_where(path: Path) -> str:
    """Where a file is, in words that help this reader: in a session the way to fetch it."""
    if identity.current().forced:
        return f": fetch {path.name}"
    return f": {path.name} in {path.parent}"  # the name first: lines are narrow


def fetch(home: Path, name: str) -> None:
    """Write one file of the reader's own export folder to standard output, as it is.

    Raises:
        DataError: there is no such file, or it would go to a terminal.
    """
    if sys.stdout.isatty():
        raise DataError("A file cannot be shown here. On your own computer: ssh HOST fetch NAME > NAME")
    with os.fdopen(_opened(export_folder(home), name), "rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.flush()


def _opened(folder: Path, name: str) -> int:
    """A descriptor of a plain file in the folder; no link is followed and no other folder reached."""
    none = f"There is no file of yours with that name. {_listed(folder)}"
    if not name or name.startswith(".") or "/" in name or not name.isprintable():
        raise DataError(none)
    try:
        above = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        raise DataError(none) from None
    try:
        # not waiting: a pipe of that name would hold the session for ever
        found = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=above)
    except OSError:
        raise DataError(none) from None
    finally:
        os.close(above)
    if not stat.S_ISREG(os.fstat(found).st_mode):
        os.close(found)
        raise DataError(none)
    return found


def _listed(folder: Path) -> str:
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name[0] != ".")
    except OSError:
        names = []
    return f"There are: {', '.join(names[-12:])}" if names else "There are none yet: x on a report makes one"
