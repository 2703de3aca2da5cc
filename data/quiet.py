"""Readers written in Rust print on stderr where they gave up, before Python hears of it: held back here."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO

PANIC = "PanicException"
"""How a library written in Rust gives up, as Python sees it: neither an Exception nor importable."""


class _Stderr:
    """The process's own stderr beside the descriptor that the libraries print on, made once and kept."""

    stream: TextIO | None = None


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """While a reader works on a stranger's file, what it prints on stderr by itself goes nowhere.

    Held back are lines of the Rust libraries, with places in their code and sometimes a value. What Python
    writes on stderr meanwhile (a progress bar) is shown. Not for a process with a screen on its terminal:
    Textual draws through that descriptor.
    """
    try:
        stream = _Stderr.stream = _Stderr.stream or os.fdopen(os.dup(2), "w", errors="backslashreplace")
        os.dup2(2, stream.fileno())
    except OSError:  # there is no stderr
        yield
        return
    nowhere, ours = os.open(os.devnull, os.O_WRONLY), sys.stderr
    if ours is sys.__stderr__ and ours is not None:
        ours.flush()
        sys.stderr = stream
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        stream.flush()
        os.dup2(stream.fileno(), 2)
        sys.stderr = ours


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust gave up."""
    return type(error).__name__ == PANIC
