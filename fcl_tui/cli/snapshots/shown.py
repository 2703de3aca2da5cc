"""`fcl-tui snapshots`: which there are, what changed between two, whether they are whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.snapshots import directory as shelf
from data.snapshots.place import FOLDER, current_id, snapshot_ids
from data.snapshots.reader import Snapshot, open_current, open_snapshot
from fcl_tui.records.day import snapshot_changes as changes
from fcl_tui.reports.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTED: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "in_use": pl.String,
    "loaded": pl.Date,
    "at": pl.String,
    "data_date": pl.Date,
    "sources": pl.String,
    "children": pl.Int64,
    "rows": pl.Int64,
    "issues": pl.Int64,
    "megabytes": pl.Float64,
    "fault": pl.String,
}
"""The columns of the list. in_use is * for the one in use; loaded and at are local time; fault says why a
snapshot cannot be opened."""

COMPARED = ("table", "child", "rule")


class Shelf(Answer):
    """An answer about snapshots themselves, not out of one."""

    @property
    def headline(self) -> str:
        """The line over it."""
        return " · ".join([self.title, *self.parameters.values()])


def _answer(title: str, rows: pl.DataFrame, parts: Mapping[str, Any] | None = None, **told: str) -> Answer:
    today = date.today()
    return Shelf("snapshots", title, today, "", today, rows, parameters=told, parts=dict(parts or {}))


def listed(home: Path) -> Answer:
    """Every snapshot of this home, newest first, one row each, those that cannot be opened too."""
    folder = home / FOLDER
    current = current_id(folder)
    rows = [_row(folder / name, current) for name in reversed(snapshot_ids(folder))]
    if not rows:
        raise DataError(f"There is no snapshot in {home}. Load some data with: fcl-tui load SOURCE")
    return _answer("Snapshots", pl.DataFrame(rows, schema=LISTED), home=str(home))


def _row(path: Path, current: str | None) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(LISTED) | {"id": path.name}
    row["in_use"] = "*" if path.name == current else ""
    try:
        manifest = open_snapshot(path).manifest
    except DataError as error:
        return row | {"fault": str(error)}
    made = manifest.created.astimezone()
    problems = manifest.files.get("issues.parquet")
    return row | {
        "loaded": made.date(),
        "at": f"{made:%H:%M}",
        "data_date": manifest.data_date,
        "sources": ", ".join(source.name for source in manifest.sources),
        "children": manifest.tables["person"].rows_out if "person" in manifest.tables else None,
        "rows": sum(info.rows_out for info in manifest.tables.values()),
        "issues": problems.rows if problems else None,
        "megabytes": sum(info.bytes for info in manifest.files.values()) / 1e6,
    }


def compared(home: Path, first: str | None, second: str | None, by: str | None) -> Answer:
    """What changed from one snapshot to another; without names the last two, with one from it to the newest.

    Args:
        by: what the rows are: table (rows of each), child (who came and went) or rule (problems by rule);
            the other two stand beside them.
    """
    by = by or "table"
    if by not in COMPARED:
        raise DataError(f"--by takes one of {', '.join(COMPARED)} here, not {by!r}.")
    before, after = _pair(home, first, second)
    tables = [name for name in after.manifest.tables if name in before.manifest.tables]
    frames = {
        "table": collect(changes.rows_by_table(before.scan, after.scan, sorted(tables))),
        "child": collect(changes.children_changed(before.scan, after.scan)),
        "rule": collect(changes.issues_by_rule(before.scan, after.scan)),
    }
    names = {"table": "tables", "child": "children", "rule": "issues"}
    parts = {names[other]: frame for other, frame in frames.items() if other != by}
    return _answer("Snapshots compared", frames[by], parts, before=before.id, after=after.id)


def _pair(home: Path, first: str | None, second: str | None) -> tuple[Snapshot, Snapshot]:
    folder = home / FOLDER
    if first is not None and second is not None:
        wanted = [shelf.find(home, first), shelf.find(home, second)]
    else:
        ids = snapshot_ids(folder)
        wanted = ids[-2:] if first is None else [shelf.find(home, first), *ids[-1:]]
        if len(set(wanted)) < 2:
            raise DataError(f"There is nothing to compare with: {home} holds {len(ids)} snapshot(s).")
    before, after = (open_snapshot(folder / name) for name in wanted)
    return before, after


def verified(home: Path, text: str | None) -> tuple[list[str], bool]:
    """Read every file of one snapshot or of all; what there is to say, and whether all are whole."""
    folder = home / FOLDER
    names = [shelf.find(home, text)] if text else snapshot_ids(folder)
    if not names:
        raise DataError(f"There is no snapshot in {home}. Load some data with: fcl-tui load SOURCE")
    told: list[str] = []
    whole = True
    for name in names:
        faults = _faults(folder / name)
        whole &= not faults
        told += [f"{name}: {fault}" for fault in faults] or [f"{name}: every file is as it was written."]
    return told, whole


def _faults(path: Path) -> list[str]:
    try:
        return open_snapshot(path).verify()
    except DataError as error:
        return [str(error)]


def restored(home: Path, text: str) -> Iterable[str]:
    """Put an older snapshot in use, and say so."""
    snapshot = shelf.restore(home, shelf.find(home, text))
    yield f"Snapshot {snapshot.id} is in use (data of {snapshot.manifest.data_date:%d/%m/%Y})."
    yield "An application that is open keeps the one it opened; the next load makes its own the one in use."


def published(home: Path, place: str) -> str:
    """Copy the snapshot in use to where other hosts read it, and say so."""
    from data.snapshots.object_store import is_store, publish

    if not is_store(place):
        raise DataError(
            f"{place!r} is not an object store, which looks like s3://bucket/folder. A folder that several "
            "hosts share needs no copy: name this home as snapshots in settings.toml on the hosts that read."
        )
    return publish(open_current(home), place)
