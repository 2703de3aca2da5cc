"""Readers written in Rust print on stderr where they gave up, before Python hears of it: held back here."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

PANIC = "PanicException"
"""How a library written in Rust gives up, as Python sees it: neither an Exception nor importable."""


class _Stderr:
    """The process's own stderr, set beside the descriptor that the libraries print on."""

    lock = threading.Lock()
    depth = 0
    stream: TextIO | None = None
    ours: TextIO | None = None
    screens = False

    def hold(self) -> None:
        with self.lock:
            self.depth += 1
            if self.depth > 1:
                return
            self.stream = self.stream or os.fdopen(os.dup(2), "w", errors="backslashreplace")
            os.dup2(2, self.stream.fileno())
            self.ours = sys.stderr
            if self.ours is sys.__stderr__ and self.ours is not None:
                self.ours.flush()
                sys.stderr = self.stream
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)

    def let_go(self) -> None:
        with self.lock:
            self.depth -= 1
            if self.depth or self.stream is None:
                return
            with contextlib.suppress(OSError, ValueError):  # the terminal may be gone
                self.stream.flush()
            os.dup2(self.stream.fileno(), 2)
            if sys.stderr is self.stream and self.ours is not None:
                sys.stderr = self.ours


_STDERR = _Stderr()


def screens_are_open() -> None:
    """Hold nothing back from now on: the screens are drawn through stderr's descriptor."""
    _STDERR.screens = True


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """While a reader works on a file, what it prints on stderr by itself goes nowhere.

    Held back are lines of the Rust libraries, with places in their code and sometimes a value. What Python
    writes on stderr meanwhile (a progress bar) is shown.
    """
    if _STDERR.screens or sys.__stderr__ is None:
        yield
        return
    _STDERR.hold()
    try:
        yield
    finally:
        _STDERR.let_go()


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust gave up."""
    return type(error).__name__ == PANIC
