"""The URL of the office database, which may hold a password: from a file that nobody else can read."""

import os
import stat
from pathlib import Path

from data.errors import DataError

FILE = "office_url"


def office_url_in(home: Path) -> str | None:
    """The URL in the home's file `office_url`, or None when there is no such file.

    Raises:
        DataError: others can read the file, or it cannot be read. What is in it is never repeated.
    """
    path = home / FILE
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from None
    with os.fdopen(descriptor, "rb") as file:
        info = os.fstat(file.fileno())
        if os.name != "nt" and (stat.S_IMODE(info.st_mode) & 0o077 or info.st_uid != os.geteuid()):
            raise DataError(
                f"{path} holds the address of the office database, and other accounts can read it. "
                f"Run: chmod 600 {path}. If another person may have read it, change the password."
            )
        try:
            url = file.read(4_096).decode("utf-8").strip()
        except UnicodeDecodeError:
            raise DataError(f"{path} is not text: it has to hold the URL of the office database.") from None
    return url or None
