"""Earlier snapshots beside this one, to say what has changed since."""

from __future__ import annotations

from data.errors import DataError
from data.snapshots.place import ID
from data.snapshots.reader import Snapshot


def snapshot_before(snapshot: Snapshot) -> Snapshot | None:
    """The last snapshot before this one that can be read and was made of the same kinds of source.

    What other kinds of source say is no change, so those are passed over. None: there is none like it.
    """
    for name in reversed(snapshot.earlier()):
        try:
            earlier = snapshot.sibling(name)
        except DataError:
            continue  # damaged, or made by another version: nothing can be compared with it
        if _kinds(earlier) == _kinds(snapshot) and earlier.fault() is None:
            return snapshot.alike(earlier)
    return None


def snapshot_named(name: str, beside: Snapshot) -> Snapshot | None:
    """The snapshot of this id, if it is still kept, can be read and was made of the same kinds of source."""
    if name == beside.id:
        return beside
    if not ID.fullmatch(name):
        return None
    try:
        named = beside.sibling(name)
    except DataError:
        return None
    return beside.alike(named) if _kinds(named) == _kinds(beside) and named.fault() is None else None


def _kinds(snapshot: Snapshot) -> tuple[bool, list[str]]:
    return snapshot.manifest.demo, sorted(source.kind for source in snapshot.manifest.sources)
