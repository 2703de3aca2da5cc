"""What My day compares with: the data as the reader last looked at it, or the nearest to that there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.snapshots import history as before

if TYPE_CHECKING:
    import polars as pl

    from data.office.looks import Look
    from data.snapshots.reader import Snapshot

FIRST = timedelta(days=7)
"""How far back a first look goes when there is no earlier snapshot."""


@dataclass(frozen=True)
class Since:
    """A snapshot, the day it is read as at, and what that is in words."""

    snapshot: Snapshot
    day: date
    words: str

    def scan(self, name: str) -> pl.LazyFrame:
        """A frame for what was open on that day."""
        return self.snapshot.scan_open(name, self.day)


def since(snapshot: Snapshot, look: Look | None, as_at: date) -> Since:
    """Say what to compare with.

    Args:
        look: the reader's last look on an earlier day; None when there was none, or nobody knows.

    Returns:
        the snapshot of that look as at its day; where it is not kept any more, this snapshot as at that day.
        Without a look the snapshot before as at its data date, else this one as at seven days ago.
    """
    if look is not None:
        day = look.here.date()
        then = before.snapshot_named(look.snapshot_id, snapshot)
        words = f"since you looked on {look.here:%d/%m/%Y at %H:%M}"
        if then is None:
            return Since(snapshot, day, f"{words} (that day's data is gone: worked out from today's)")
        return Since(then, day, words)
    earlier = before.snapshot_before(snapshot)
    if earlier is not None and earlier.manifest.data_date <= as_at:
        day = earlier.manifest.data_date
        return Since(earlier, day, f"first look here: compared with the data of {day:%d/%m/%Y}")
    day = as_at - FIRST
    return Since(snapshot, day, f"first look here: compared with seven days ago, {day:%d/%m/%Y}")
