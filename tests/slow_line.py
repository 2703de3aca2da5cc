"""A program behind a slow line: what it writes, and what is typed, arrives late and in its order.

`python tests/slow_line.py SECONDS PROGRAM WORD...` runs the program in a pseudo-terminal of its own, between
it and the terminal it was started in. Every byte is held for so long, both ways; how much may be under way is
not limited. The terminal at the end answers what Textual asks of one, late as everything: that it shows each
drawing at once, and its size, then and whenever it changes.
"""

import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time
import tty
from collections import deque

ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;2$y"}
TELL_SIZE = b"\x1b[?2048h"


class Way:
    """One way of the line: what is under way, and when each piece arrives."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._under_way: deque[tuple[float, bytes]] = deque()

    def send(self, data: bytes) -> None:
        self._under_way.append((time.monotonic() + self._delay, data))

    def wait(self) -> float | None:
        """Seconds until something arrives."""
        return max(0.0, self._under_way[0][0] - time.monotonic()) if self._under_way else None

    def arrived(self) -> bytes:
        now, came = time.monotonic(), []
        while self._under_way and self._under_way[0][0] <= now:
            came.append(self._under_way.popleft()[1])
        return b"".join(came)

    @property
    def empty(self) -> bool:
        return not self._under_way


def size_told(size: bytes) -> bytes:
    lines, columns = (int.from_bytes(size[at : at + 2], sys.byteorder) for at in (0, 2))
    return b"\x1b[48;%d;%d;%d;%dt" % (lines, columns, lines * 20, columns * 10)


def relay(delay: float, words: list[str]) -> int:
    """Run it to its end; the result is its exit code."""
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
    pid, inner = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(words[0], words)
    tty.setraw(0)
    out, back = Way(delay), Way(delay)
    tells_size, alive = False, True

    def resized(*_: object) -> None:
        now = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
        fcntl.ioctl(inner, termios.TIOCSWINSZ, now)  # as the client of SSH says it, beside the bytes
        if tells_size:
            back.send(size_told(now))

    signal.signal(signal.SIGWINCH, resized)
    while alive or not out.empty:
        waits = [wait for wait in (out.wait(), back.wait()) if wait is not None]
        listen = [0, inner] if alive else []
        ready = select.select(listen, [], [], min(waits, default=None))[0]
        if inner in ready:
            try:
                data = os.read(inner, 65536)
            except OSError:  # it has ended
                data = b""
            alive = bool(data)
            out.send(data)
        if 0 in ready:
            typed = os.read(0, 65536)
            if not typed:  # the terminal is gone
                os.kill(pid, signal.SIGHUP)
                break
            back.send(typed)
        if shown := out.arrived():
            os.write(1, shown)
            for question, answer in ANSWERS.items():
                if question in shown:
                    back.send(answer)
            if TELL_SIZE in shown:
                tells_size = True
                back.send(size_told(fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))))
        if (typed := back.arrived()) and alive:
            os.write(inner, typed)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(relay(float(sys.argv[1]), sys.argv[2:]))
