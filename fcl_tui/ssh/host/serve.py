"""The host itself: waits for clients, forks, and says how each session ended. It does nothing else."""

import contextlib
import gc
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from data.errors import DataError
from fcl_tui.config.permissions import refuse_unless_private
from fcl_tui.config.session_host import SOCKET
from fcl_tui.ssh.environment import kept
from fcl_tui.ssh.host import imports
from fcl_tui.ssh.host.line import CODE, SIGNAL, fingerprint
from fcl_tui.ssh.host.session import OTHER_PROGRAM, Run, begin
from fcl_tui.terminal.exit import leave_process

WAITING = 64
"""Clients that may wait to be let in"""
FIRST = 3
"""The first socket of a process that systemd started for one"""


def serve(home: Path, run: Run, ready: Callable[[], object] = lambda: None) -> None:
    """Let sessions in until told to end; those that are open then go on.

    Args:
        ready: called once clients are let in.

    Raises:
        DataError: the home is not private, another host runs, or sessions cannot be forked here.
    """
    refuse_unless_private(home)
    given = _given()
    program, place = fingerprint(), _place()
    clean = kept(os.environ)
    os.environ.clear()
    os.environ.update(clean)
    settle = imports.everything()
    gc.collect()
    gc.freeze()  # else the first collection of a session writes to every page it shares
    with _listening(home, given) as listener:
        ready()
        Host(listener, program, place, settle, run).wait()


class Host:
    """The sessions that are open, by process."""

    def __init__(
        self, listener: socket.socket, program: str, place: str, settle: Callable[[], None], run: Run
    ) -> None:
        self._listener, self._program, self._place = listener, program, place
        self._settle, self._run = settle, run
        self._sessions: dict[int, socket.socket] = {}
        self._ended = False

    def wait(self) -> None:
        """Until told to end, or until another version is installed."""
        reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._ended:
            asked = [self._listener.fileno(), reading]
            ready = select.select(asked, [], [])[0]
            if reading in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(reading, 4096)
                self._say_who_ended()
            if self._listener.fileno() in ready:
                self._let_in((reading, writing))

    def _end(self, *_: object) -> None:
        self._ended = True

    def _let_in(self, ours: tuple[int, int]) -> None:
        line, _ = self._listener.accept()
        if _account(line) != os.geteuid():
            line.close()
            return
        process = os.fork()
        if process:
            self._sessions[process] = line
            return
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for file in ours:
                os.close(file)
            for other in (self._listener, *self._sessions.values()):
                other.close()
            code = begin(line, self._program, self._settle, self._run)
        except BaseException:  # a client that says nothing sensible, or nothing: it opens its session itself
            code = 1
        finally:
            leave_process(code)

    def _say_who_ended(self) -> None:
        while self._sessions:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            code = os.waitstatus_to_exitcode(status)
            with self._sessions.pop(process) as line, contextlib.suppress(OSError):
                line.send(b"%s %d" % ((CODE, code) if code >= 0 else (SIGNAL, -code)), socket.MSG_DONTWAIT)
            if code == OTHER_PROGRAM and self._is_older():
                self._ended = True

    def _is_older(self) -> bool:
        """Whether another version has been installed since: the next client then starts another host."""
        return fingerprint() != self._program or _place() != self._place


def _place() -> str:
    """Where the program is that was started: after an upgrade its link leads elsewhere."""
    return str(Path(sys.argv[0]).resolve())


def _account(line: socket.socket) -> int:
    credentials = struct.Struct("3i")
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, credentials.size)
    return int(credentials.unpack(told)[1])


def _given() -> socket.socket | None:
    """The socket that systemd has opened for this process."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=FIRST)


@contextlib.contextmanager
def _listening(home: Path, given: socket.socket | None) -> Iterator[socket.socket]:
    path = home / SOCKET
    if given is not None:
        if given.type != socket.SOCK_SEQPACKET or given.getsockname() != str(path):
            raise DataError(f"The socket that systemd gives has to be ListenSequentialPacket={path}.")
        yield given
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as own:
        _bind(own, path)
        try:
            yield own
        finally:
            path.unlink(missing_ok=True)


def _bind(own: socket.socket, path: Path) -> None:
    """Open the socket, for this account alone; one that a host left behind is taken away."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
        if other.connect_ex(str(path)) == 0:
            raise DataError(f"Another session host runs for {path.parent}.")
    if path.is_socket():
        path.unlink()
    before = os.umask(0o177)
    try:
        own.bind(str(path))
    except OSError as error:
        raise DataError(f"{path} cannot be opened as a socket: {error}.") from None
    finally:
        os.umask(before)
    own.listen(WAITING)
