"""What the home screen counted last, so that opening again need not count what has not changed.

One file in the home, replaced whole. It holds two numbers and a team's name, nothing of a child.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.office import FILE, JOURNAL
from data.stamps import stamp_of

if TYPE_CHECKING:
    from data.office.office import Office

KEPT = "day-counts.json"


@dataclass(frozen=True)
class DayCounts:
    """The counts in words, and the team they are of; None: all teams."""

    told: str
    team: str | None


def kept(office: Office, of: str) -> DayCounts | None:
    """The counts that were kept for this state of things; None where they were not."""
    try:
        found = json.loads((office.home / KEPT).read_text(encoding="utf-8"))
        if found.pop("of") == of and isinstance(found["told"], str):
            return DayCounts(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    return None


def keep(office: Office, of: str, counts: DayCounts) -> None:
    """Keep them; where the home cannot be written they are counted again the next time."""
    beside = office.home / f".{KEPT}.{os.getpid()}"
    with contextlib.suppress(OSError):
        office.home.mkdir(mode=0o700, exist_ok=True)  # the demo's own room is made by the first that writes
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"of": of, **asdict(counts)}, file)
        beside.replace(office.home / KEPT)


def as_it_stands(office: Office, *files: Path) -> tuple[object, ...]:
    """What is another once the office database of a home, or one of these files or folders, has changed."""
    watched = [office.home / name for name in (FILE, f"{FILE}-wal", JOURNAL)]
    return tuple(stamp_of(path) for path in (*watched, *files))
