"""Reading a small file of the home that decides who sees what: a plain file, or nothing."""

import os
import stat
from pathlib import Path

MOST = 32 * 1024 * 1024
"""Bytes such a file has at most; more is no list made by people."""


class NotAPlainFileError(OSError):
    """A pipe, a device, a socket or a folder stands where a file has to be."""


def read_plain(path: Path) -> bytes:
    """The bytes of a plain file, links followed; a pipe in its place is not waited for.

    Raises:
        FileNotFoundError: it is not there.
        NotAPlainFileError: it is not a plain file, or too large.
        OSError: it cannot be read.
    """
    # not waiting: opening a pipe waits for somebody who writes to it
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "rb") as opened:
        info = os.fstat(file)
        if not stat.S_ISREG(info.st_mode):
            raise NotAPlainFileError(0, "it is not a plain file", str(path))
        if info.st_size > MOST:
            raise NotAPlainFileError(0, f"it has more than {MOST // 1024 // 1024} MB", str(path))
        return opened.read()
