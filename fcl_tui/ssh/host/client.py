"""A session through the host: the terminal is handed over, signals are passed on, the exit code comes back.

This process stays the one that the SSH server knows, and the terminal's own: the kernel tells it of a new
size of the window and of a line that was cut. The session reads and writes the terminal itself. Standard
library alone.
"""

import array
import contextlib
import json
import os
import signal
import socket
import stat
import struct
import sys
import termios
from typing import Any

from fcl_tui.config.session_host import SOCKET
from fcl_tui.ssh.host.line import CODE, GO, READY, fingerprint

PATIENCE = 1.0
"""Seconds after which a host that does not answer is none"""
PASSED_ON = (signal.SIGWINCH, signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
WIPED = b"\x1b[0m\x1b[H\x1b[2J"
RESTORED = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h"
CREDENTIALS = struct.Struct("3i")


def through_host(user: str, home: str) -> int | None:
    """The exit code of the session; None where no host answers, and nothing has been done.

    The environment is passed on as it is: `environment.shut` comes first.
    """
    path = os.path.join(home, SOCKET)
    if not _is_private(path) or not all(os.isatty(number) for number in (0, 1, 2)):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        try:
            session = _asked(line, path, user, home)
        except OSError:
            session = None
        return None if session is None else _accompany(line, session)


def _is_private(path: str) -> bool:
    """Whether there is a socket that only this account can have put there."""
    try:
        info = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISSOCK(info.st_mode) and info.st_uid == os.geteuid() and not info.st_mode & 0o077


def _asked(line: socket.socket, path: str, user: str, home: str) -> int | None:
    """A handle of the session's process, which waits for the word to begin; None when it was refused."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    line.settimeout(PATIENCE)
    line.connect(path)
    request = {
        "program": fingerprint(),
        "user": user,
        "home": home,
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "streams": [[stream.encoding, stream.errors] for stream in (sys.stdin, sys.stdout, sys.stderr)],
    }
    terminal = array.array("i", (0, 1, 2))
    line.sendmsg([json.dumps(request).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, terminal)])
    said, ancillary, _, _ = line.recvmsg(64, socket.CMSG_SPACE(CREDENTIALS.size))
    sender = [data for level, kind, data in ancillary if kind == socket.SCM_CREDENTIALS]
    if said != READY or not sender:
        return None
    process, account, _ = CREDENTIALS.unpack(sender[0])  # by the kernel, not by whoever sent it
    return os.pidfd_open(process) if account == os.geteuid() else None


def _accompany(line: socket.socket, session: int) -> int:
    """Let it begin, pass on what this process is told, and say how it ended."""
    before = termios.tcgetattr(0)

    def pass_on(number: int, _: Any) -> None:
        with contextlib.suppress(OSError):  # it has ended
            signal.pidfd_send_signal(session, number)

    for number in PASSED_ON:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, pass_on)
    line.settimeout(None)
    told = b""
    with contextlib.suppress(OSError):
        line.send(GO)
        while said := line.recv(64):
            told = said
    how, _, number_told = told.partition(b" ")
    with contextlib.suppress(termios.error):
        termios.tcsetattr(0, termios.TCSANOW, before)
    if how == CODE:
        return int(number_told)
    with contextlib.suppress(OSError):  # it could not clear up behind itself
        os.write(1, (WIPED if number_told else b"") + RESTORED)
    return 128 + int(number_told) if number_told else 1
