"""Snapshots in an object store: written once by the host that loads, read by many that do not.

The layout is that of a home's folder `snapshots`. Files are put there first, the manifest after them and the
pointer `current` last, so a reader never finds half a snapshot. Polars reads of each file only the row groups
that a question needs. Keys and endpoint come from the environment (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …),
as for any other program that uses the store; none are kept or told here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from data.errors import DataError
from data.snapshots.manifest import FileInfo, Manifest
from data.snapshots.place import CURRENT, ID, MANIFEST
from data.snapshots.reader import Snapshot, refuse_other_versions

PATIENCE = timedelta(seconds=5)
"""How long a store has to answer; the library's own answer to a dead one would take minutes."""

PART = 8 * 1024 * 1024
"""Bytes of a file that are in memory while its checksum is taken."""


def is_store(place: str) -> bool:
    """Whether a place is the URL of an object store, and not a folder."""
    return "://" in place


class StoredSnapshot(Snapshot):
    """A snapshot in an object store."""

    def __init__(self, place: Store, manifest: Manifest) -> None:
        self._place = place
        self.path, self.manifest = Path(place.url) / manifest.id, manifest
        self._files = {PurePosixPath(name).stem: name for name in manifest.files}

    def earlier(self) -> list[str]:
        """The ids of the snapshots before this one, oldest first."""
        return [name for name in self._place.ids() if name < self.id]

    def sibling(self, name: str) -> Snapshot:
        """Another snapshot of the same place."""
        return self._place.snapshot(name)

    def _sound(self, file: str) -> str:
        """Where a file lies. Not compared, which would fetch all of it: a store checks what it keeps."""
        return f"{self._place.url}/{self.id}/{file}"

    def fault(self) -> None:
        """As for `scan`, nothing is fetched to compare it."""

    def _wrong(self, name: str, info: FileInfo) -> str | None:
        found = hashlib.sha256()
        try:
            for part in self._place.parts(f"{self.id}/{name}"):
                found.update(part)
        except DataError as error:
            return f"{name} cannot be read ({error})"
        return None if found.hexdigest() == info.sha256 else f"{name} is not as it was written."


class Store:
    """One place in an object store, such as `s3://bucket/fcl`.

    Raises DataError when the package for it is missing, or the URL is none.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        try:
            from obstore.store import from_url
        except ImportError:
            raise DataError(
                "Snapshots in an object store need one more package: pip install 'fcl-tui[store]'"
            ) from None
        try:
            self._store = from_url(
                self.url,
                retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
            )
        except Exception as error:
            raise DataError(
                f"{self.url} is not a valid object-store address ({type(error).__name__}). "
                "Fix snapshots in settings.toml; it looks like s3://bucket/folder."
            ) from None

    def open_current(self) -> Snapshot:
        """The snapshot in use there. Raises DataError when there is none, or it cannot be reached."""
        name = self.text(CURRENT, f"There is no snapshot in {self.url} yet").strip()
        if not ID.fullmatch(name):
            raise DataError(f"{self.url}/{CURRENT} names no snapshot. {self._again()}")
        return self.snapshot(name)

    def snapshot(self, name: str) -> Snapshot:
        """One snapshot by its id. Raises DataError as `open_current`."""
        text = self.text(f"{name}/{MANIFEST}", f"The snapshot {name} is not complete in {self.url}")
        try:
            version = json.loads(text)["schema_version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise DataError(f"The manifest of the snapshot {name} cannot be read. {self._again()}") from None
        refuse_other_versions(name, version)
        try:
            return StoredSnapshot(self, Manifest.from_json(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DataError(f"The manifest of the snapshot {name} cannot be read. {self._again()}") from None

    def ids(self) -> list[str]:
        """The snapshots there, oldest first."""
        return sorted(
            PurePosixPath(prefix).name
            for prefix in self._asked(lambda: self._store.list_with_delimiter()["common_prefixes"], "")
            if ID.fullmatch(PurePosixPath(prefix).name)
        )

    def text(self, key: str, missing: str) -> str:
        """A small object as text."""
        return str(self._asked(lambda: bytes(self._store.get(key).bytes()).decode(), missing))

    def parts(self, key: str) -> Iterator[bytes]:
        """An object, a part at a time."""
        stream = self._asked(lambda: self._store.get(key).stream(min_chunk_size=PART), f"{key} is missing")
        for part in stream:
            yield bytes(part)

    def put(self, key: str, body: Path | bytes) -> None:
        """Put one object there; it is there whole or not at all."""
        self._asked(lambda: self._store.put(key, body), "")

    def _asked(self, question: Any, missing: str) -> Any:
        try:
            return question()
        except FileNotFoundError:
            raise DataError(f"{missing or f'Nothing is at {self.url}'}. {self._again()}") from None
        except Exception as error:  # each store has its own, and their words can hold keys
            raise DataError(
                f"{self.url} cannot be reached or refuses ({type(error).__name__}). "
                "Look at the address, the network and the keys in the environment."
            ) from None

    def _again(self) -> str:
        return f"Put one there with: fcl-tui snapshots publish {self.url}"


def publish(snapshot: Snapshot, url: str) -> str:
    """Copy a snapshot into an object store and put it in use there; the result says what was done.

    Raises:
        DataError: it is damaged, or the store cannot be reached; what is in use there stays in use.
    """
    place = Store(url)
    faults = snapshot.verify()
    if faults:
        raise DataError(f"The snapshot {snapshot.id} is damaged: {faults[0]} Nothing was copied.")
    for name in snapshot.manifest.files:
        place.put(f"{snapshot.id}/{name}", snapshot.path / name)
    place.put(f"{snapshot.id}/{MANIFEST}", snapshot.path / MANIFEST)
    place.put(CURRENT, f"{snapshot.id}\n".encode())
    total = sum(info.bytes for info in snapshot.manifest.files.values())
    return (
        f"Snapshot {snapshot.id} is in use in {place.url}: {len(snapshot.manifest.files)} files, "
        f"{total / 1e6:,.1f} MB."
    )
