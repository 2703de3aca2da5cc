"""`audit-head.json`: what tells that the newest rows of the access log are gone."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.dataclass import dataclass
from data.office.journal import lock_within
from data.office.memory import Memory

HEAD_FILE = "audit-head.json"
LOCK = "audit.lock"
HAD_ONE = b"joined\n"
"""In the lock's file, once this home has kept a head"""
PATIENCE = 20.0
"""Seconds a session waits for the others' turns to write"""


@dataclass
class Head:
    """Number and hash of the newest row, breaks noticed while rows were added, and where this home joined."""

    path: Path
    newest: tuple[int, str] | None
    breaks: list[str]
    missing: bool = False
    next: tuple[int, str] | None = None
    since: int = 0
    """The newest row that was there when this home first wrote into the log; 0: it began the log"""
    memory: Memory | None = None
    """None: not kept yet, by an older version"""
    joins: bool = False
    """Whether a missing file means that this home has never written into the log, which others share"""

    @classmethod
    def read(cls, path: Path) -> Head:
        """What the file says; a file that is not there or not understood is missing."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            newest = (int(told["seq"]), str(told["hash"])) if told["seq"] else None
            memory = Memory.heard(told["memory"]) if "memory" in told else None
            breaks = [str(one) for one in told["breaks"]]
            return cls(path, newest, breaks, since=int(told.get("since", 0)), memory=memory)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path, None, [], missing=True)

    def hold_against(self, newest: tuple[int, str] | None, has: Any) -> None:
        """Note a break before a new row would hide it."""
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        if self.missing and newest is not None and self.joins:
            self.since, self.newest = newest[0], newest
            self.write()  # before its first row: a death in between leaves a home that has joined
        elif self.missing and newest is not None:
            self.breaks.append(f"On {now} {HEAD_FILE} was missing though the log had {newest[0]} rows.")
        elif self.newest is not None and not has(*self.newest):
            self.breaks.append(
                f"On {now} row {self.newest[0]}, once the newest, was gone or changed: rows were removed."
            )
        if self.missing and newest is None:
            self.write()  # before the first row, so that a death in between is no missing file

    def write(self) -> None:
        """Keep it, all or nothing."""
        newest = self.next or self.newest
        told: dict[str, Any] = {
            "seq": newest[0] if newest else 0,
            "hash": newest[1] if newest else "",
            "breaks": self.breaks,
            "since": self.since,
        }
        if self.memory is not None:
            told["memory"] = self.memory.told()
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            json.dump(told, out)
        beside.replace(self.path)

    def faults(self, there: dict[int, str], count: int) -> list[str]:
        """What the file says against the rows that are there."""
        told = list(self.breaks)
        if self.missing and count and not self.joins:
            told.append(f"{self.path.name} is missing, so there is no check that the newest rows are there.")
        if self.newest is not None and there.get(self.newest[0]) != self.newest[1]:
            told.append(
                f"Row {self.newest[0]}, the newest once written, is gone or changed: rows were removed."
            )
        return told


def head_of(home: Path, *, shared: bool) -> Head:
    """The head of a home's log as it is now.

    Args:
        shared: the log is in a database that other homes write into too. Then a home without a head that has
            never had one is new, and no alarm.
    """
    head = Head.read(home / HEAD_FILE)
    head.joins = shared and not _had_one(home)
    return head


def _had_one(home: Path) -> bool:
    try:
        return (home / LOCK).stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def head_alone(home: Path, *, shared: bool) -> Iterator[Head]:
    """The head of a home's log, this process's alone until it is written again at the end."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock_within(held, PATIENCE)
        head = head_of(home, shared=shared)
        yield head
        head.write()
        if os.fstat(held).st_size == 0:
            os.pwrite(held, HAD_ONE, 0)  # from now on a head that is missing was taken away
    finally:
        os.close(held)
