"""The application in a real pseudo-terminal: what a person sees, and every byte that is written."""

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
import pytest

from data import tables
from data.issues import frame
from data.sources.base import Batch, PlaceCount

AS_AT = date(2026, 11, 23)
PATIENCE = 60.0  # seconds until a fact that never comes about is a failure

OURS = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=$ ]*[@-~]|[78=>cM]|\([AB0]"
    rb"|\]2;[^\x1b\x07]*(?:\x1b\\|\x07)|\]22;[a-z-]*\x07|P[^\x1b]*\x1b\\|_[^\x1b]*\x1b\\)"
)
"""What Textual itself writes: movement and colours, save and restore, modes."""


class Terminal:
    """A program on a pseudo-terminal, its screen, and all it wrote."""

    def __init__(self, *words: str, home, columns: int = 80, lines: int = 24, **environment: str) -> None:
        self.screen = pyte.Screen(columns, lines)
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
            os.execve(sys.executable, [sys.executable, "-m", "fcl_tui.cli", *words], variables)
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


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    from fcl_tui.load import load

    home = tmp_path_factory.mktemp("terminal")
    load([Awkward()], home, data_date=AS_AT)
    return home


@pytest.fixture
def open_terminal(home):
    opened: list[Terminal] = []

    def start(*words: str, **more) -> Terminal:
        terminal = Terminal(*words, **({"home": home} | more))
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.close()


def only_ours(raw: bytes) -> list[bytes]:
    """The escape and control bytes that are left when what Textual writes is taken away."""
    rest = OURS.sub(b"", raw)
    return re.findall(rb"[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1b-\x1f\x7f].{0,20}", rest)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_four_screens_with_names_that_would_act(open_terminal, columns, lines):
    terminal = open_terminal("--as-at", "2026-11-23", columns=columns, lines=lines)
    terminal.see("Families, Children & Learning")
    terminal.press(b"2")
    terminal.see("type to narrow")
    terminal.press(b"\r")
    terminal.see("[red]O'Brien[")
    terminal.see("as at 23/11/2026")
    terminal.press(b"/")
    terminal.press(b"obrien\r")
    terminal.see('"obrien"' if columns > 100 else "obrien")
    terminal.press(b"\r")
    terminal.see("Child protection plan")
    terminal.see("Chronology")
    terminal.press(b"\t\t\t")
    terminal.see("[What is due")
    terminal.press(b"w")
    terminal.see("Why this date")
    terminal.press(b"\x1b")
    terminal.wait(lambda: "Why this date" not in terminal.text, "the window closes")
    terminal.press(b"1")
    terminal.see("type to narrow")
    terminal.press(b"\x1b")
    terminal.wait(lambda: "type to narrow" not in terminal.text, "the menu closes")
    terminal.press(b"f")
    terminal.see("Find a client")
    terminal.press(b"zoe")
    terminal.see("1 found")
    terminal.press(b"\r")
    terminal.see("Zo\u00eb")
    terminal.press(b"2")
    terminal.see("type to narrow")
    terminal.press(b"leaving\r")
    terminal.see("Pat Adviser")
    terminal.press(b"3")
    terminal.see("3 Management")
    terminal.press(b"\r")
    terminal.see("Pod [b]Two")
    terminal.press(b"q")
    terminal.wait(terminal.gone, "leaving")
    assert terminal.status == 0
    assert only_ours(terminal.raw) == []
    assert b"\x1b]52" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
    assert (
        terminal.raw.rstrip().endswith(b"l") or b"\x1b[?1049l" in terminal.raw
    )  # the shell's screen is back


def test_a_byte_that_is_not_utf8_does_not_end_it(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    terminal.press(b"\xa3")
    terminal.press(b"f")
    terminal.see("Find a client")


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_dropped_line_ends_it_and_restores_the_terminal(open_terminal, name):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    os.kill(terminal.pid, getattr(signal, name))
    terminal.wait(terminal.gone, "the end")
    assert terminal.status == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_paste_is_text_and_not_keys(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    terminal.press(b"\x1b[200~qqq\n2\n\x1b[201~")
    terminal.press(b"f")
    terminal.see("Find a client")


def test_a_terminal_that_cannot_place_text_is_told_of_the_reports(open_terminal):
    terminal = open_terminal(TERM="dumb")
    terminal.wait(terminal.gone, "the end")
    while terminal.read(0.1) and b"report" not in terminal.raw:
        pass
    assert terminal.status == 2
    assert b"fcl-tui report" in terminal.raw


def test_plain_characters_where_the_locale_has_no_others(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23", LANG="C", LC_ALL="C")
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
    terminal.see("!! Overdue")
    shown = "".join(c for c in terminal.text if ord(c) > 127)
    assert not set(shown) & set("▸│─▲▼…·█")
