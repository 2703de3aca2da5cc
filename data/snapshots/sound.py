"""Whether a snapshot's file still is what was written: asked before anything is read of it.

Parquet as Polars writes it has no checksums of its own: of bits turned over on a disk or in a copy, one in
seven gives a wrong value without a word. So the whole file is read and its checksum compared when a process
first reads of it, whenever it was written to since, and again when that was an hour ago: a bit that turns
changes neither size nor time of the file. What turns within the hour of an open session is seen after it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

HOLDS = 3600.0
"""Seconds after which a file that was found whole is read again."""


class Soundness:
    """What this process has found whole. Threads may ask at once: two may read the same file, no more."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._found: dict[Path, tuple[str, int, int, int, float]] = {}

    def fault(self, path: Path, sha256: str) -> str | None:
        """What is wrong with a file, as the end of a sentence that begins with its name; None: nothing."""
        try:
            seen = path.stat()
            now = self._clock()
            known = self._found.get(path)
            same = (sha256, seen.st_ino, seen.st_size, seen.st_mtime_ns)
            if known is not None and known[:4] == same and now - known[4] < HOLDS:
                return None
            if checksum(path) != sha256:
                return "is not as it was written (checksum differs)"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        self._found[path] = (*same, now)
        return None


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; a part of it is in memory at a time. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
