"""What the client and the host have in common: the socket, the words on it, and how old each is.

Standard library alone: the client is imported at the start of every session.
"""

import os
import sys

from fcl_tui import __version__

READY, NO, GO = b"ready", b"no", b"go"
CODE, SIGNAL = b"code", b"signal"
"""How a session ended, and a number after it"""
LARGEST = 65_536
"""Bytes of a request"""
PACKAGES = ("fcl_tui", "screens", "widgets", "data", "textual", "rich", "polars", "sqlalchemy")


def fingerprint() -> str:
    """The program as it stands on the disk: a host that imported another refuses.

    A file that was edited in place is not seen; each version has a folder of its own.
    """
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    beside = os.path.dirname(package)
    places = [os.path.realpath(sys.executable), *(os.path.join(beside, name) for name in PACKAGES)]
    told = [__version__, sys.version, package]
    for place in places:
        try:
            info = os.stat(place)
        except FileNotFoundError:  # installed elsewhere
            continue
        told.append(f"{place} {info.st_ino} {info.st_mtime_ns}")
    return "\n".join(told)
