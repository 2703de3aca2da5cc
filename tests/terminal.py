"""The application on a real pseudo-terminal, for the tests: its screen, and every byte that is written."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from datetime import date

import pyte
from wcwidth import wcwidth

from data.issues.model import frame
from data.schema import tables
from data.sources.base import Batch, PlaceCount

AS_AT = date(2026, 11, 23)
PATIENCE = 60.0  # seconds until a fact that never comes about is a failure

OURS = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=$ ]*[@-~]|[78=>cM]|\([AB0]"
    rb"|\]2;[^\x1b\x07]*(?:\x1b\\|\x07)|\]22;[a-z-]*\x07|P[^\x1b]*\x1b\\|_[^\x1b]*\x1b\\)"
)
"""What Textual itself writes: movement and colours, save and restore, modes."""


class Screen(pyte.Screen):
    """A screen that reads again only the lines that were drawn on since it was last looked at."""

    def __init__(self, columns: int, lines: int) -> None:
        self._read: dict[int, str] = {}
        super().__init__(columns, lines)

    @property
    def display(self) -> list[str]:
        # an accent that comes first in a line joins the last letter of the line before
        drawn = {number for line in self.dirty for number in (line - 1, line)}
        self.dirty.clear()
        self._read |= {number: self._line(number) for number in drawn if 0 <= number < self.lines}
        return [self._read[number] for number in range(self.lines)]

    def _line(self, number: int) -> str:
        line, letters, column = self.buffer[number], [], 0
        while column < self.columns:
            letters.append(line[column].data)
            column += 2 if wcwidth(letters[-1][0]) == 2 else 1
        return "".join(letters)


class Terminal:
    """A program on a pseudo-terminal, its screen, and all it wrote."""

    def __init__(
        self,
        *words: str,
        home,
        columns: int = 80,
        lines: int = 24,
        under: tuple[str, ...] = (),
        **environment: str,
    ) -> None:
        """Args:
        under: a program, with its words, that starts ours.
        """
        self.screen = Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "FCL_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        } | environment
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            started = [*under, sys.executable, "-m", "fcl_tui.cli.main", *words]
            os.execve(started[0], started, variables)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, seconds: float) -> bool:
        """Take what was written; False when the program has gone."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    def wait(self, fact, what: str = "") -> None:
        """Read until the fact holds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if fact():
                return
            if not self.read(0.1):
                time.sleep(0.01)  # the program has let go of the terminal, and is about to end
        raise AssertionError(f"never came: {what}\n{self.text}")

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def see(self, words: str) -> None:
        self.wait(lambda: words in self.text, words)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def gone(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                while select.select([self.master], [], [], 0.05)[0] and self.read(0):
                    pass  # what it wrote last
        return self.status is not None

    def close(self) -> None:
        if not self.gone():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)


def last_words(master: int) -> str:
    """All that was written to a terminal whose other end is closed; a single read may give only a part."""
    shown = b""
    with os.fdopen(master, "rb", buffering=0) as terminal, contextlib.suppress(OSError):  # at its end
        while data := terminal.read(65536):
            shown += data
    return shown.decode()


class Awkward:
    """A source of the small authority's tables, names full of markup and escape sequences."""

    kind = "demo"
    name = "awkward"

    def batches(self, progress):
        from tests.screens.small_authority import SmallSnapshot

        snapshot = SmallSnapshot()
        for table in tables.names():
            rows = snapshot.scan(table).collect()
            if rows.height:
                yield Batch(table, rows, frame())

    def places(self):
        return [PlaceCount("all", 0, 0, 0)]

    def coverage(self):
        from tests.screens.small_authority import SmallSnapshot

        return SmallSnapshot().scan("coverage").collect()

    def checksum(self):
        return "awkward"

    def data_date(self):
        return AS_AT


def only_ours(raw: bytes) -> list[bytes]:
    """The escape and control bytes that are left when what Textual writes is taken away."""
    rest = OURS.sub(b"", raw)
    return re.findall(rb"[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1b-\x1f\x7f].{0,20}", rest)
