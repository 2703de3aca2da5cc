"""The snapshot before this one, to say what has changed since."""

from __future__ import annotations

from data.errors import DataError
from data.snapshot import Snapshot


def snapshot_before(snapshot: Snapshot) -> Snapshot | None:
    """The last snapshot before this one that can be read and was made of the same kinds of source.

    What other kinds of source say is no change, so those are passed over. None: there is none like it.
    """
    for name in reversed(snapshot.earlier()):
        try:
            earlier = snapshot.sibling(name)
        except DataError:
            continue  # damaged, or made by another version: nothing can be compared with it
        if _kinds(earlier) == _kinds(snapshot):
            return earlier
    return None


def _kinds(snapshot: Snapshot) -> tuple[bool, list[str]]:
    return snapshot.manifest.demo, sorted(source.kind for source in snapshot.manifest.sources)
