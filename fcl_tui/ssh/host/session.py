"""One session, in the process that the host forked for it: the terminal of the client becomes its own.

From here on it is what the SSH server would have started: the same environment, checks, limits and log.
"""

import contextlib
import json
import locale
import os
import signal
import socket
import sys
import threading
import time
from array import array
from collections.abc import Callable
from typing import Any

from fcl_tui.ssh.environment import kept
from fcl_tui.ssh.host.line import GO, LARGEST, NO, READY

PATIENCE = 10.0
"""Seconds a client may take to say what it wants"""
OTHER_PROGRAM = 75
"""Exit code of a process that refused a client of another version"""

Run = Callable[[str, str], object]
"""Runs the session of a user on a home; an exit code, None for 0, or SystemExit"""


def begin(line: socket.socket, program: str, settle: Callable[[], None], run: Run) -> int:
    """The whole session; the result is its exit code.

    Args:
        line: the connection of the client.
        program: the fingerprint of what the host imported.
        settle: what was put off until there is a session.
    """
    line.settimeout(PATIENCE)
    request, terminal = _request(line)
    if request["program"] != program:
        line.send(NO)
        return OTHER_PROGRAM
    user, home = str(request["user"]), str(request["home"])
    line.send(READY)
    if line.recv(len(GO)) != GO:  # it has gone on without us: the terminal is another session's
        return 1
    line.settimeout(None)
    os.setsid()
    for number, file in enumerate(terminal):
        os.dup2(file, number)
        os.close(file)
    _as_started_by_the_server(request)
    settle()
    threading.Thread(target=_end_with, args=(line,), name="session-line", daemon=True).start()
    sys.argv = ["fcl-tui", "session", "--user", user, "--home", home]
    try:
        code = run(user, home)
    except SystemExit as end:
        code = end.code
    return code if isinstance(code, int) else int(code is not None)


def _request(line: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """What the client wants, and its terminal: input, output and error."""
    size = array("i").itemsize
    sent, ancillary, flags, _ = line.recvmsg(LARGEST, socket.CMSG_SPACE(3 * size))
    files = array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            files.frombytes(data[: len(data) - len(data) % size])
    request = json.loads(sent)
    whole = not flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC)
    if not whole or len(files) != 3 or not all(os.isatty(file) for file in files):
        raise ValueError
    return request, list(files)


def _as_started_by_the_server(request: dict[str, Any]) -> None:
    """Take back what imports have read of the host's environment, and what the interpreter began with."""
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(kept(request["environment"]))
    with contextlib.suppress(OSError):
        os.chdir(request["folder"])
    time.tzset()
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "")
    for file, name in enumerate(("stdin", "stdout", "stderr")):
        encoding, errors = request["streams"][file]
        way = "r" if name == "stdin" else "w"
        opened = os.fdopen(file, way, encoding=encoding, errors=errors, closefd=False)
        vars(sys)[name] = vars(sys)[f"__{name}__"] = opened
    from textual import _xterm_parser, constants

    from fcl_tui.terminal.launch import colour_system
    from widgets.cells.glyphs import use_ascii, wants_ascii

    use_ascii(wants_ascii(os.environ))
    vars(constants)["COLOR_SYSTEM"] = colour_system()
    vars(_xterm_parser)["IS_ITERM"] = os.environ.get("LC_TERMINAL", "") == "iTerm2"


def _end_with(line: socket.socket) -> None:
    """When the client is gone, its terminal is: leave as when the line is cut."""
    with contextlib.suppress(OSError):
        while line.recv(1):
            pass
    os.kill(os.getpid(), signal.SIGHUP)
