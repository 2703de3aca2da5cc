"""The snapshot before this one, to say what has changed since."""

from __future__ import annotations

from data.errors import DataError
from data.snapshot import ID, Snapshot, open_snapshot


def snapshot_before(snapshot: Snapshot) -> Snapshot | None:
    """The last snapshot before this one that can be read and was made of the same kinds of source.

    What other kinds of source say is no change, so those are passed over. None: there is none like it.
    """
    try:
        names = sorted(path.name for path in snapshot.path.parent.iterdir() if ID.fullmatch(path.name))
    except OSError:
        return None
    for name in reversed([name for name in names if name < snapshot.id]):
        try:
            earlier = open_snapshot(snapshot.path.parent / name)
        except DataError:
            continue  # damaged, or made by another version: nothing can be compared with it
        if _kinds(earlier) == _kinds(snapshot):
            return snapshot.alike(earlier)
    return None


def _kinds(snapshot: Snapshot) -> tuple[bool, list[str]]:
    return snapshot.manifest.demo, sorted(source.kind for source in snapshot.manifest.sources)
