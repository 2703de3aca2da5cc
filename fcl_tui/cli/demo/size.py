"""What making a demo authority takes, told before it is begun; see tests/benchmarks/README.md."""

import shutil
from pathlib import Path
from typing import NamedTuple

from data.errors import DataError

CHILDREN, ROWS = 6.0, 159
"""Children with a history, and rows of all tables, for each open child."""

SECONDS, BYTES, BYTES_MEANWHILE = 0.003, 6_000, 12_500
"""For each open child, on two cores: how long it takes, the snapshot's size, and the disk used on the way."""

LONG = 60.0
"""Seconds from which it is told how long it takes."""

GB = 1_000_000_000


class Size(NamedTuple):
    """What an authority takes."""

    children: int
    """open ones"""
    seconds: float
    disk: int
    """bytes of the snapshot"""
    disk_meanwhile: int
    """bytes while it is made"""

    @property
    def is_long(self) -> bool:
        return self.seconds > LONG

    def words(self) -> str:
        """How much and how long, to come after a name; nothing when it is soon done."""
        if not self.is_long:
            return ""
        return (
            f": {self.children:,} open children, {_about(self.children * CHILDREN)} children with a history, "
            f"{_about(self.children * ROWS)} rows. On two cores this takes about {_time(self.seconds)}; the "
            f"snapshot is about {_gb(self.disk)}, and needs {_gb(self.disk_meanwhile)} while it is made"
        )

    def check_room(self, home: Path) -> None:
        """Raise DataError when the disk cannot hold it."""
        there = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
        free = shutil.disk_usage(there).free
        if free < self.disk_meanwhile:
            raise DataError(
                f"{self.children:,} open children need about {_gb(self.disk_meanwhile)} while they are made, "
                f"and the disk that holds {home} has {_gb(free)} free. Choose another folder with --home, or "
                "ask for fewer children."
            )


def expected(children: int) -> Size:
    """What an authority of so many open children takes."""
    return Size(children, children * SECONDS, children * BYTES, children * BYTES_MEANWHILE)


def _about(count: float) -> str:
    return f"{count / 1e6:,.1f} million" if count >= 1e6 else f"{round(count, -3):,.0f}"


def _time(seconds: float) -> str:
    minutes = max(round(seconds / 60), 1)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _gb(size: int) -> str:
    return f"{size / GB:,.1f} GB"
