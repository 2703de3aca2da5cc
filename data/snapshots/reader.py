"""Reading a snapshot: one load of an authority's data, whole, immutable and checksummed.

A snapshot is a directory `<home>/snapshots/<id>` of Parquet files and `manifest.json`; the small text
file `<home>/snapshots/current` names the one in use. Opening reads the manifest and nothing else; each
file is compared with its checksum there before anything is read of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import weakref
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from data.errors import DataError
from data.snapshots import open_rows as still_open
from data.snapshots.manifest import SCHEMA_VERSION, FileInfo, Manifest
from data.snapshots.place import CURRENT, FOLDER, ID, MANIFEST, current_id, snapshot_ids
from data.snapshots.sound import Soundness

if TYPE_CHECKING:
    import polars as pl

_SOUNDNESS = Soundness()

_AGAIN = "Load the data again with: fcl-tui load SOURCE"


class Frames(Protocol):
    """What answers a question."""

    def scan(self, name: str) -> pl.LazyFrame:
        """A frame by name."""

    def scan_open(self, name: str, as_at: date) -> pl.LazyFrame:
        """A frame for what is open on the day."""


class Snapshot:
    """An open snapshot. It stays readable while newer ones are loaded."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest
        hold(self, path / MANIFEST)
        self._files: dict[str, str] = {Path(name).stem: name for name in manifest.files}

    @property
    def id(self) -> str:
        """When it was loaded, as a name that sorts by time."""
        return self.manifest.id

    def scan(self, name: str) -> pl.LazyFrame:
        """An SSD table or prepared frame by name, such as `cp_plans` or `due_items`; `issues`, `coverage`.

        Raises DataError when the snapshot is older than the frame, or the file is not as it was written.
        """
        import polars as pl

        from data.frames import suit  # as Polars: not before a frame is asked for

        suit(sum(info.bytes for info in self.manifest.files.values()))
        try:
            file = self._files[name]
        except KeyError:
            raise DataError(
                f"The snapshot {self.id} holds no {name}: it is older than this program. {_AGAIN}"
            ) from None
        return pl.scan_parquet(self._sound(file), glob=False)

    def _sound(self, file: str) -> Path | str:
        """Where a file lies that was found to be as it was written."""
        path = self.path / file
        fault = _SOUNDNESS.fault(path, self.manifest.files[file].sha256)
        if fault is not None:
            raise DataError(
                f"The snapshot {self.id} is damaged: {file} {fault}. {advice(self.path.parent, self.id)}"
            )
        return path

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Each frame by name with the bytes of its file."""
        return ((Path(name).stem, info.bytes) for name, info in self.manifest.files.items())

    def holds(self, name: str) -> bool:
        """Whether it has this frame: one made by an earlier version may not."""
        return name in self._files

    def scan_open(self, name: str, as_at: date) -> pl.LazyFrame:
        """As `scan`; of a frame in `data.snapshots.open_rows.ENDS` the rows over by then may be missing."""
        return self.scan(self.file_open(name, as_at))

    def file_open(self, name: str, as_at: date) -> str:
        """The smallest file of the frame that has every row not over on the day."""
        small = still_open.file_of(name)
        kept = name in still_open.ENDS and small in self._files  # an older snapshot has none
        return small if kept and as_at >= self.manifest.data_date else name

    def alike(self, other: Snapshot) -> Snapshot:
        """Another snapshot as this one is read; here, as it is."""
        return other

    def for_answer(self) -> Frames:
        """The same for one question; what is worked out for a frame may be kept until it is answered."""
        return self

    def fault(self) -> str | None:
        """The first file that is missing or not as it was written, in a sentence; None: there is none.

        As for `scan`, a file that this process found whole a while ago is not read again.
        """
        for name, info in self.manifest.files.items():
            fault = _SOUNDNESS.fault(self.path / name, info.sha256)
            if fault is not None:
                return f"{name} {fault}."
        return None

    def verify(self) -> list[str]:
        """Read every file and say, one sentence each, which are missing or not as they were written."""
        return [problem for name, info in self.manifest.files.items() if (problem := self._wrong(name, info))]

    def earlier(self) -> list[str]:
        """The ids of the snapshots beside this one that were made before it, oldest first."""
        try:
            names = sorted(path.name for path in self.path.parent.iterdir())
        except OSError:
            return []
        return [name for name in names if ID.fullmatch(name) and name < self.id]

    def sibling(self, name: str) -> Snapshot:
        """Another snapshot of the same place. Raises DataError when it cannot be used."""
        return open_snapshot(self.path.parent / name)

    def _wrong(self, name: str, info: FileInfo) -> str | None:
        fault = Soundness().fault(
            self.path / name, info.sha256
        )  # one that has found nothing yet: all is read
        return None if fault is None else f"{name} {fault}."


def hold(reader: object, manifest: Path) -> None:
    """Keep a shared lock on a manifest for as long as the reader lives, so that no load removes it."""
    if os.name == "nt":
        return  # files that are open cannot be removed there
    import fcntl

    with contextlib.suppress(OSError):  # a file system without locks, or the snapshot is going this moment
        descriptor = os.open(manifest, os.O_RDONLY)
        weakref.finalize(reader, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)


def open_current(home: Path) -> Snapshot:
    """Open the snapshot in use.

    Raises DataError when there is none or it cannot be used; it names an older one that can be, if there is.
    """
    try:
        return _open_current(home)
    except DataError as error:
        folder = home / FOLDER
        if not (folder / CURRENT).exists():
            raise
        raise DataError(str(error).replace(_AGAIN, advice(folder, current_id(folder)))) from error


def _open_current(home: Path) -> Snapshot:
    pointer = home / FOLDER / CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise DataError(
            f"There is no data yet in {home}. Load some with: fcl-tui load SOURCE, or try: fcl-tui demo"
        ) from None
    except NotADirectoryError:
        raise DataError(f"{home} is not a folder. Choose another with --home.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{pointer} cannot be read ({_why(error)}). {_AGAIN}") from error
    if not ID.fullmatch(name):
        raise DataError(f"{pointer} names no snapshot. {_AGAIN}")
    return open_snapshot(home / FOLDER / name)


def open_snapshot(path: Path) -> Snapshot:
    """Open one snapshot by its directory. Raises DataError when it is missing, half or too new."""
    if not path.is_dir():
        raise DataError(f"The snapshot {path.name} is gone. {_AGAIN}")
    try:
        text = (path / MANIFEST).read_text(encoding="utf-8")
        version = json.loads(text)["schema_version"]
    except FileNotFoundError:
        raise DataError(f"The snapshot {path.name} is not complete: it has no manifest. {_AGAIN}") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError(
            f"The manifest of the snapshot {path.name} cannot be read ({_why(error)}). {_AGAIN}"
        ) from error
    refuse_other_versions(path.name, version)
    try:
        manifest = Manifest.from_json(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"The manifest of the snapshot {path.name} cannot be read ({_why(error)}). {_AGAIN}"
        ) from error
    for name, info in manifest.files.items():
        try:
            whole = (path / name).stat().st_size == info.bytes
        except OSError:
            whole = False
        if not whole:
            raise DataError(f"The snapshot {path.name} is damaged: {name} is missing or cut short. {_AGAIN}")
    return Snapshot(path, manifest)


def advice(folder: Path, damaged: str | None) -> str:
    """What to do about a snapshot that cannot be used."""
    for name in reversed(snapshot_ids(folder)):
        if name != damaged:
            with contextlib.suppress(DataError):
                open_snapshot(folder / name)
                return f"{_AGAIN}, or go back to an older one: fcl-tui snapshots restore {name}"
    return _AGAIN


def refuse_other_versions(name: str, version: object) -> None:
    """Raise DataError when a snapshot was made by an older or a newer program."""
    if version != SCHEMA_VERSION:
        older = isinstance(version, int) and version < SCHEMA_VERSION
        advice = _AGAIN if older else "Upgrade fcl-tui on this computer, or load the data again here."
        raise DataError(
            f"The snapshot {name} was made by {'an older' if older else 'a newer'} fcl-tui. {advice}"
        )


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
