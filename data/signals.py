"""Stopping on ctrl+c, SIGTERM and SIGHUP: as an exception, so that what was begun is cleared away.

A stretch that must be done whole (putting a snapshot in use, clearing up) holds the signals back; they
are acted upon at its end.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""By name: not every system has all of them."""


class Stopped(KeyboardInterrupt):
    """The process was asked to stop."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.number = number

    @property
    def signal_name(self) -> str:
        """SIGTERM and the like; ctrl+c by the name people know."""
        return "ctrl+c" if self.number == signal.SIGINT else signal.Signals(self.number).name

    @property
    def exit_code(self) -> int:
        """As shells have it: 130 for ctrl+c, 143 for SIGTERM, 129 for SIGHUP."""
        return 128 + self.number


class _Signals:
    """What came while it was held back."""

    depth = 0
    waiting: int | None = None

    def came(self, number: int, _frame: FrameType | None) -> None:
        if self.depth:
            self.waiting = number
            return
        raise Stopped(number)


_SIGNALS = _Signals()


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals that ask a process to stop into `Stopped`, in the main thread.

    A signal that is ignored stays so: a load under nohup outlives its terminal.
    """
    before = {}
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, _SIGNALS.came)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def asked() -> bool:
    """Whether a signal that is held back waits for the end of what is done whole."""
    return _SIGNALS.waiting is not None


@contextmanager
def held_back() -> Iterator[None]:
    """Do something whole: a signal that comes meanwhile is acted upon at the end."""
    _SIGNALS.depth += 1
    try:
        yield
    finally:
        _SIGNALS.depth -= 1
        if not _SIGNALS.depth and _SIGNALS.waiting is not None:
            number, _SIGNALS.waiting = _SIGNALS.waiting, None
            raise Stopped(number)
