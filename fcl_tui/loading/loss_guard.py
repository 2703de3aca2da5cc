"""Whether a load would lose children: a truncated extract looks like any other, only smaller.

Four things are held against the last snapshot that came from the same kinds of source; a demo is never
one. A load stops when any falls by more than `max_loss` percent:

- children in the table person;
- children with an open case on the day of the data (open as every report means it);
- children who had an open case then and are not there at all any more: one whose case was closed still is;
- rows of any table, if next to nothing of it is left. A table that falls by more than that, and not to
  next to nothing, is said beside the account of the load.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from data.dataclass import dataclass
from data.errors import DataError
from data.snapshots.place import FOLDER
from data.snapshots.reader import Snapshot, open_snapshot

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan

Accept: TypeAlias = Callable[[str], bool]
"""Told what would be lost; says whether that is right."""

MAX_LOSS = 10.0
"""Percent that may go from one load to the next."""

FEW = 20
"""Of fewer children or rows than this a share says nothing."""

NEXT_TO_NOTHING = 0.1
"""Share of a table's rows."""


def refused(_sentence: str) -> bool:
    """Nobody to ask."""
    return False


@dataclass(frozen=True)
class Guard:
    """What a load is held against."""

    last: Snapshot | None
    """None: there is nothing to compare with"""
    max_loss: float
    accept: Accept

    def passed(self, scan: Scan, rows: Mapping[str, int], day: date) -> list[str]:
        """What the person loading should know of what shrank. Raises DataError when too much would go."""
        if self.last is None:
            return []
        found = losses(self.last, scan, rows, day, self.max_loss)
        if found.sentence and not self.accept(found.sentence):
            raise DataError(
                f"{found.sentence} Check the extract. The last data loaded is still in use; if this is "
                "right, load again with --accept."
            )
        return found.notes


@dataclass(frozen=True)
class Losses:
    """What would go."""

    facts: list[str] = field(default_factory=list)
    """why the load is stopped; empty when it is not"""
    notes: list[str] = field(default_factory=list)
    """what else shrank"""
    sentence: str = ""


def last_alike(home: Path, kinds: Collection[str]) -> Snapshot | None:
    """The snapshot in use, else the newest, that came from the same kinds of source and is no demo."""
    from data.snapshots.place import current_id, snapshot_ids

    folder = home / FOLDER
    current = current_id(folder)
    names = sorted(snapshot_ids(folder), key=lambda name: (name == current, name), reverse=True)
    for name in names:
        try:
            snapshot = open_snapshot(folder / name)
        except DataError:
            continue
        manifest = snapshot.manifest
        if not manifest.demo and {source.kind for source in manifest.sources} == set(kinds):
            return snapshot
    return None


def losses(
    last: Snapshot, scan: Scan, rows: Mapping[str, int], day: date, max_loss: float = MAX_LOSS
) -> Losses:
    """Hold a load against the last snapshot.

    Args:
        last: the snapshot to compare with.
        scan: gives the tables and, if it was made, the frame `statuses` of the new data.
        rows: rows of each table of the new data.
        day: the date of the new data.
        max_loss: percent that may go.
    """
    import polars as pl

    then = {table: info.rows_out for table, info in last.manifest.tables.items()}
    fallen = {
        table: (count, rows.get(table, 0))
        for table, count in then.items()
        if _lost(count, rows.get(table, 0), max_loss)
    }
    emptied = {table for table, (old, new) in fallen.items() if new < old * NEXT_TO_NOTHING}
    try:
        facts = _children(last, scan, rows, day, max_loss)
    except (DataError, OSError, pl.exceptions.PolarsError):  # a load is how one gets rid of it
        facts, unread = [], [f"The snapshot {last.id} cannot be read, so only its counts were compared."]
        if "person" in fallen:
            old, new = fallen["person"]
            facts = [f"{old - new:,} of {old:,} children would go"]
    else:
        unread = []
    facts += [_fell(table, *fallen[table]) for table in then if table in emptied and table != "person"]
    notes = [f"{_fell(table, *counts)} since the snapshot {last.id}." for table, counts in fallen.items()]
    return Losses(facts, unread + notes, _sentence(last.id, facts, fallen, max_loss))


def _lost(old: int, new: int, max_loss: float) -> bool:
    return old >= FEW and (old - new) * 100 > old * max_loss


def _fell(table: str, old: int, new: int) -> str:
    return f"{table} fell from {old:,} rows to {new:,}"


def _children(last: Snapshot, scan: Scan, rows: Mapping[str, int], day: date, max_loss: float) -> list[str]:
    from fcl_tui.records.day.snapshot_changes import children_changed, open_children

    facts = []
    gone = children_changed(last.scan, scan).filter(change="out").select("person_id")
    old, new = last.manifest.tables["person"].rows_out, rows["person"]
    if _lost(old, new, max_loss):
        facts.append(f"{_count(gone):,} of {old:,} children would go")
    open_then = open_children(last.scan, last.manifest.data_date)
    were, are = _count(open_then), _count(open_children(scan, day))
    if _lost(were, are, max_loss):
        facts.append(f"children with an open case would fall from {were:,} to {are:,}")
    missing = _count(open_then.join(gone, on="person_id", how="semi"))
    if _lost(were, were - missing, max_loss):
        facts.append(f"{missing:,} of {were:,} children with an open case would not be there at all")
    return facts


def _count(frame: pl.LazyFrame) -> int:
    import polars as pl

    from data.frames import collect

    return int(collect(frame.select(pl.len())).item())


def _sentence(snapshot: str, facts: list[str], fallen: Mapping[str, tuple[int, int]], max_loss: float) -> str:
    if not facts:
        return ""
    most = max(fallen, key=lambda table: 1 - fallen[table][1] / fallen[table][0], default=None)
    table = f". Largest fall: {_fell(most, *fallen[most])}" if most else ""
    return (
        f"Compared with snapshot {snapshot}, this load would lose more than {max_loss:g}%: "
        f"{'; '.join(facts)}{table}."
    )
