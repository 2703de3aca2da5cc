"""Where snapshots are kept in a home, what they are called, and which one the pointer names."""

import re
from pathlib import Path

FOLDER = "snapshots"
CURRENT = "current"
MANIFEST = "manifest.json"
ID = re.compile(r"\d{8}T\d{12}Z")
"""When the load was finished, in UTC, to the microsecond: ids sort by time."""


def snapshot_ids(folder: Path) -> list[str]:
    """The snapshots of a folder, whole or not, oldest first."""
    try:
        return sorted(path.name for path in folder.iterdir() if ID.fullmatch(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def current_id(folder: Path) -> str | None:
    """The id in the pointer; None when there is none that can be read."""
    return named_by(folder / CURRENT)


def named_by(pointer: Path) -> str | None:
    """The id that a small file holds; None when it holds none, or cannot be read."""
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if ID.fullmatch(name) else None
