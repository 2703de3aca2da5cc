"""The page a session began with, kept for the next one: shown before anything heavy is imported.

It stands there only while nothing is another: program, day, window, terminal, and every file of the home (the
snapshot in use, settings, lists, marks, views). Where somebody is listed, or looks are written down, there is
none: a page must not be seen before its line is in the log, and that takes longer than the page would save.
Standard library alone.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

FILE = "first-page"
_OWN = (FILE, "day-counts.json")
_LISTED = ("access.toml", "audit-head.json", "office_url")
"""Files of a home whose readers may be several: its first page is nobody's alone"""
_TERMINAL = (
    "TERM",
    "COLORTERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "NO_COLOR",
    "FCL_ASCII",
    "SSH_CONNECTION",
    "USER",
)
_ROOMS = ("", "demo-office", "snapshots")


def key_of(home: Path, as_at: date, first: str, size: tuple[int, int]) -> str | None:
    """What a page must have been kept under to be shown now; None where none may be.

    Args:
        first: the title of what is opened.
        size: columns and lines of the window.
    """
    from fcl_tui import __version__

    if "FCL_OFFICE" in os.environ or any(os.path.lexists(home / name) for name in _LISTED):
        return None
    told = (__version__, date.today(), as_at, first, size, [os.environ.get(name) for name in _TERMINAL])
    try:
        files = [(room, sorted(_files(home / room))) for room in _ROOMS]
    except OSError:
        return None
    return hashlib.sha256(repr((told, files)).encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, ...]]:
    """Name, inode, size and time of each file; of a folder the name alone."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield (entry.name,)
            elif not entry.name.endswith(_OWN):
                info = entry.stat()
                yield (entry.name, *map(str, (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)))


def page(home: Path, key: str) -> str | None:
    """The characters that draw the page kept under this key, if one is."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        kept, _, drawing = (home / FILE).read_bytes().decode().partition("\n")
        if kept == key and drawing:
            return drawing
    return None


def keep(home: Path, key: str, drawing: str) -> None:
    """Keep a page in place of the last; where the home cannot be written there is none."""
    beside = home / f".{FILE}"
    with contextlib.suppress(OSError):
        forget(home)
        handle = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(f"{key}\n{drawing}")
        beside.replace(home / FILE)


def forget(home: Path) -> None:
    """Take the page away."""
    with contextlib.suppress(OSError):
        (home / FILE).unlink(missing_ok=True)
