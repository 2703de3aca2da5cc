"""The frames of a narrowed snapshot for one question, which reads the same ones many times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from data.frames import collect

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from data.snapshots.reader import Snapshot

SMALL = 2_000_000
"""Bytes of a file up to which its narrowed rows are held: some ten times as much in memory"""


class ReadOnce:
    """Holds each small frame once it is narrowed; larger ones are narrowed whenever they are read.

    What narrows a frame (whose rows these are, which are restricted) is a plan of its own, and a report of
    many figures has a frame in its plan hundreds of times.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """`snapshot` is narrowed, and stays as it is: who sees what may change between two questions."""
        self._snapshot = snapshot
        self._small = {name for name, size in snapshot.sizes() if size <= SMALL}
        self._held: dict[str, pl.LazyFrame] = {}

    def scan(self, name: str) -> pl.LazyFrame:
        """As `Snapshot.scan`."""
        return self._once(name, lambda: self._snapshot.scan(name))

    def scan_open(self, name: str, as_at: date) -> pl.LazyFrame:
        """As `Snapshot.scan_open`."""
        file = self._snapshot.file_open(name, as_at)
        return self._once(file, lambda: self._snapshot.scan_open(name, as_at))

    def _once(self, file: str, read: Callable[[], pl.LazyFrame]) -> pl.LazyFrame:
        if file not in self._held:
            frame = read()
            self._held[file] = collect(frame).lazy() if file in self._small else frame
        return self._held[file]
