"""Whether the office database in a home's own file has anything to read, without all that opens any database.

SQLAlchemy takes longer to import than most answers take, and most often there is nothing to read.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUSY = 20.0
"""Seconds that a short look into the file in the home waits for a writer"""


def any_row(file: Path, *tables: str) -> bool:
    """Whether one of these tables has a row; True where that cannot be told: the reading itself says why."""
    import sqlite3

    if not file.exists():
        return False
    place = f"{file.absolute().as_uri()}?mode=rw"  # a reader alone would leave files beside it
    try:
        with contextlib.closing(sqlite3.connect(place, uri=True, timeout=BUSY)) as connection:
            found = [
                connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None
                for table in tables
                if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            ]
    except sqlite3.Error:
        return True
    return any(found)
