"""What is on its way into the office database: appended and synced before a mark is saved, settled after.

So a mark survives a killed process and a database that cannot be reached; it is saved on the next occasion.
Saving twice is harmless, since each mark has a number of its own.
"""

import contextlib
import errno
import json
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from data.errors import DataError
from data.office.marks import Mark

WAITS = 20.0
"""Seconds a session waits for others that write to it, one of which may have been stopped"""


class Journal:
    """One file in the home; several sessions may write to it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, marks: Iterable[Mark]) -> None:
        """Keep marks. OSError when the disk will not have them, or another process does not let go of it."""
        with self._held() as file:
            self._add(file, [mark.told() for mark in marks])

    def settle(self, marks: Iterable[Mark]) -> None:
        """These are in the database. When nothing is left over, the file is emptied."""
        with self._held() as file:
            saved = {mark.mark_id for mark in marks}
            left, unreadable = self._parsed(file)
            if unreadable == 0 and all(mark.mark_id in saved for mark in left):
                os.ftruncate(file, 0)
                os.fsync(file)
            else:
                self._add(file, [{"saved": sorted(saved)}])

    def pending(self) -> tuple[list[Mark], int]:
        """What is not saved yet, in order, and how many lines cannot be read (they stay in the file)."""
        if not self.path.exists():
            return [], 0
        with self._held() as file:
            return self._parsed(file)

    def _parsed(self, file: int) -> tuple[list[Mark], int]:
        kept: dict[str, Mark] = {}
        unreadable = 0
        os.lseek(file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(file), "rb") as lines:
            for line in lines:
                if not line.strip():
                    continue
                try:
                    told = json.loads(line)
                    if "saved" in told:
                        for mark_id in told["saved"]:
                            kept.pop(mark_id, None)
                    else:
                        mark = Mark.heard(told)
                        kept[mark.mark_id] = mark
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError, DataError):
                    unreadable += 1
        return list(kept.values()), unreadable

    def _add(self, file: int, lines: list[dict[str, object]]) -> None:
        size = os.lseek(file, 0, os.SEEK_END)
        text = b"".join(json.dumps(line).encode("ascii") + b"\n" for line in lines)
        if size:
            os.lseek(file, size - 1, os.SEEK_SET)
            if os.read(file, 1) != b"\n":  # torn by a kill: what follows must not hang on to it
                text = b"\n" + text
        os.lseek(file, size, os.SEEK_SET)
        try:
            while text:
                text = text[os.write(file, text) :]
            os.fsync(file)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file, size)  # all of them or none
            raise

    @contextlib.contextmanager
    def _held(self) -> Iterator[int]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            lock_within(file, WAITS)
            yield file
        finally:
            os.close(file)


def lock_within(file: int, seconds: float) -> None:
    """As `lock`, for so long. TimeoutError when another process, perhaps a stopped one, keeps it.

    OSError when the file system gives no locks.
    It waits in a queue, in a thread: who only tries again and again can be passed by others without end.
    """
    if os.name == "nt":
        lock(file)  # which itself gives up after ten seconds
        return
    import fcntl

    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    same = os.dup(file)  # the lock is of both; it ends with the last of them
    turn = threading.Event()
    failed: list[OSError] = []

    def wait() -> None:
        try:
            fcntl.flock(same, fcntl.LOCK_EX)
        except OSError as error:
            failed.append(error)
        finally:
            os.close(same)
            turn.set()

    threading.Thread(target=wait, daemon=True).start()
    if not turn.wait(seconds):
        raise TimeoutError(errno.ETIMEDOUT, "kept by another process")
    if failed:
        raise failed[0]


def lock(file: int) -> None:
    """Wait for an exclusive lock; the system releases it with the descriptor."""
    if os.name == "nt":
        import msvcrt

        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
