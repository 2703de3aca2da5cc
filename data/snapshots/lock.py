"""One load at a time: a lock that the system releases with the process, so none is ever left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from data.errors import DataError

LOCK = "load.lock"
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_CANNOT = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What file systems answer that know no locks, or whose lock service does not run."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock on changing a folder of snapshots.

    Raises DataError when another process holds it (which, and since when), or the folder cannot be locked.
    """
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(descriptor)
        except OSError as error:
            if error.errno in _TAKEN:
                raise DataError(
                    f"Another load into this folder is running{_holder(descriptor)}. "
                    "Wait for it to end, then try again."
                ) from error
            if error.errno in _CANNOT:
                raise DataError(
                    f"{folder} is on a file system that cannot lock files ({error.strerror}), so two loads "
                    "could not be kept apart. Choose a folder on a local disk with --home."
                ) from error
            raise
        os.ftruncate(descriptor, 0)
        # The first byte is the one that Windows locks; the rest can be read meanwhile.
        os.write(descriptor, f" {os.getpid()} {datetime.now(UTC):%Y%m%dT%H%M%S} {_host()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _host() -> str:
    return socket.gethostname().encode("ascii", "replace").decode().replace(" ", "-")


def _holder(descriptor: int) -> str:
    """Who holds the lock, as far as it has said so by now."""
    if not hasattr(os, "pread"):
        return ""
    match os.pread(descriptor, 200, 1).decode("ascii", "replace").split():
        case [pid, since, host] if pid.isdigit():
            pass
        case _:
            return ""
    try:
        begun = datetime.strptime(since, "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return f" (process {pid})"
    where = "" if host == _host() else f" on {host}"
    return f" (process {pid}{where}, since {begun:%d/%m/%Y %H:%M})"
