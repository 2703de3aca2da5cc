"""The shelf of snapshots: which are there, which one is in use, and which have to go."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from data.errors import DataError
from data.signals import held_back
from data.snapshots.lock import locked
from data.snapshots.place import CURRENT, FOLDER, MANIFEST, current_id, named_by, snapshot_ids
from data.snapshots.reader import Snapshot, open_snapshot

STAGING = ".staging-"
NEW = f"{CURRENT}.new"
"""Names the snapshot that is being put in use, from before it has its place until it is the current one."""


def find(home: Path, text: str) -> str:
    """The id that begins with a text. Raises DataError when none or several do."""
    ids = snapshot_ids(home / FOLDER)
    fits = [name for name in ids if name.startswith(text.strip().upper())]
    if text.strip() and len(fits) == 1:
        return fits[0]
    if not ids:
        raise DataError(f"There is no snapshot in {home}. Load some data with: fcl-tui load SOURCE")
    several = f"{len(fits)} snapshots begin with {text!r}" if fits and text.strip() else ""
    raise DataError(f"{several or f'There is no snapshot {text!r}'}. There are: {', '.join(ids)}.")


def switch(folder: Path, staged: Path, name: str) -> None:
    """Give a finished staging directory its name and put it in use: both or, as far as can be, neither.

    Whatever stops this in between, a `kill -9` too, leaves the pointer on the last snapshot and the name
    in `current.new`, by which the next load finds and removes what was never in use.
    """
    with held_back():
        write_text(folder / NEW, name + "\n")
        try:
            staged.rename(folder / name)
            sync(folder)
            (folder / NEW).replace(folder / CURRENT)
        except BaseException:
            if current_id(folder) != name:
                shutil.rmtree(folder / name, ignore_errors=True)
            raise
        sync(folder)


def restore(home: Path, name: str) -> Snapshot:
    """Put an older snapshot in use, once every one of its files has been found whole.

    Raises:
        DataError: it is not there or not intact, or a load is running; the one in use stays in use.
    """
    folder = home / FOLDER
    with locked(folder):
        clear_leftovers(folder)
        snapshot = open_snapshot(folder / name)
        faults = snapshot.verify()
        if faults:
            raise DataError(f"The snapshot {name} is damaged: {faults[0]} Nothing was changed.")
        beside = folder / f"{CURRENT}.restored"  # not NEW: what that names may be removed
        with held_back():
            try:
                write_text(beside, name + "\n")
                beside.replace(folder / CURRENT)
            except OSError as error:
                with contextlib.suppress(OSError):
                    beside.unlink(missing_ok=True)
                raise DataError(
                    f"{folder / CURRENT} cannot be written ({error.strerror}). Nothing was changed."
                ) from error
            sync(folder)
    return snapshot


def clear_leftovers(folder: Path) -> None:
    """Remove what loads that were killed left behind. Needs the lock."""
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    current, never_used = current_id(folder), named_by(folder / NEW)
    for name in snapshot_ids(folder):
        half = not (folder / name / MANIFEST).exists()  # its removal was begun
        if name != current and (half or name == never_used):
            _remove(folder / name)
    for left in (folder / NEW, folder / f"{CURRENT}.restored"):
        left.unlink(missing_ok=True)


def prune(folder: Path, keep: int, before: str | None) -> None:
    """Remove all but the snapshot in use, the one before it and the newest, `keep` together."""
    discard(folder, surplus(folder, keep, before))


def surplus(folder: Path, keep: int, before: str | None = None) -> list[str]:
    """All but the snapshot in use, the one before it and the newest, `keep` together; newest first."""
    newest = sorted(snapshot_ids(folder), reverse=True)
    wanted = [name for name in (current_id(folder), before) if name in newest]
    kept = list(dict.fromkeys([*wanted, *newest]))[: max(keep, 1)]
    return [name for name in newest if name not in kept]


def discard(folder: Path, names: list[str]) -> list[str]:
    """Remove snapshots, and say which. Those a running application has open are left for another time."""
    free = [name for name in names if not _open_elsewhere(folder / name / MANIFEST)]
    for name in free:
        _remove(folder / name)
    return free


def _remove(path: Path) -> None:
    (path / MANIFEST).unlink(missing_ok=True)  # half removed, it is none
    shutil.rmtree(path, ignore_errors=True)


def _open_elsewhere(manifest: Path) -> bool:
    """Whether a process reads the snapshot: each holds a shared lock on the manifest."""
    if os.name == "nt":
        return False  # files that are open cannot be removed there
    import fcntl

    try:
        descriptor = os.open(manifest, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # no locks here: then nobody could hold one
    finally:
        os.close(descriptor)
    return False


def write_text(path: Path, text: str) -> None:
    """Write a small file for its owner alone, and see it onto the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, for its mode
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """See a file or directory onto the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to sync a directory
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
