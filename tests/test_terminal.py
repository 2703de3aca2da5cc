"""The application in a real pseudo-terminal: what a person sees, and every byte that is written."""

import contextlib
import fcntl
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal, only_ours


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    return ready.awkward(tmp_path_factory.mktemp("terminal"))


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


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_four_screens_with_names_that_would_act(open_terminal, columns, lines):
    terminal = open_terminal("--as-at", "2026-11-23", columns=columns, lines=lines)
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
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


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM", "SIGQUIT"])
def test_a_dropped_line_ends_it_and_restores_the_terminal(open_terminal, name):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    os.kill(terminal.pid, getattr(signal, name))
    terminal.wait(terminal.gone, "the end")
    assert terminal.status == 0
    assert b"\x1b[?1049l" in terminal.raw


def test_a_terminal_that_is_gone_ends_it_although_nobody_says_so(open_terminal):
    """As `make demo` does when its window is closed: make is told, waits, and passes nothing on."""
    waits = ("/bin/sh", "-c", 'trap : HUP; "$@"; exit 7', "sh")
    terminal = open_terminal("--as-at", "2026-11-23", under=waits)
    terminal.see("Families, Children & Learning")
    terminal.see("? Help")
    os.close(terminal.master)
    terminal.master = os.open(os.devnull, os.O_RDWR)
    try:
        terminal.wait(terminal.gone, "the end")
        assert terminal.status == 7, "the one that waited for it goes on"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(terminal.pid, signal.SIGKILL)  # a session of its own


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_window_that_is_closed_by_force_ends_it_under_make(open_terminal, tmp_path):
    """Make waits for the application, and does not pass the hang-up on."""
    rules = tmp_path / "Makefile"
    rules.write_text("demo:\n\t@$(PROGRAM)\n")
    run = f'cd "{tmp_path}" && PYTHONPATH="{Path.cwd()}" exec make --no-print-directory demo PROGRAM="$*"'
    terminal = open_terminal("--as-at", "2026-11-23", under=("/bin/sh", "-c", run, "sh"))
    terminal.see("Families, Children & Learning")
    terminal.see("? Help")
    group = programs_of(terminal.pid)
    assert len(group) >= 2, "make, and the application it waits for"
    os.close(terminal.master)
    terminal.master = os.open(os.devnull, os.O_RDWR)
    try:
        terminal.wait(lambda: terminal.gone() and not programs_of(terminal.pid), "the end of all of them")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(terminal.pid, signal.SIGKILL)  # a session of its own


def programs_of(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,sess=,stat="], capture_output=True, text=True, check=True)
    rows = [line.split() for line in told.stdout.splitlines()]
    return [int(pid) for pid, belongs, state in rows if belongs == str(session) and state[0] != "Z"]


def test_a_window_beyond_all_measure_costs_no_more_than_a_large_one(open_terminal):
    """Any SSH client may claim one; a gigabyte and a core were spent on it."""
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("? Help")
    before = used(terminal.pid)
    for lines, columns in ((1, 65_535), (65_535, 65_535), (65_535, 1)):
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        end = time.monotonic() + 2
        while time.monotonic() < end:
            terminal.read(0.05)
    terminal.press(b"\x1b[48;65000;65000;0;0t")  # a terminal may tell its size among the keys
    end = time.monotonic() + 2
    while time.monotonic() < end:
        terminal.read(0.05)
    assert used(terminal.pid) < before + 300
    fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    terminal.press(b"q")
    terminal.wait(terminal.gone, "leaving")
    assert terminal.status == 0


def used(pid: int) -> float:
    """Megabytes of memory that a process has."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(told.stdout) / 1024


def test_a_paste_is_text_and_not_keys(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    terminal.press(b"\x1b[200~qqq\n2\n\x1b[201~")
    terminal.press(b"f")
    terminal.see("Find a client")


@pytest.mark.parametrize("window", [False, True], ids=["list", "window"])
def test_what_another_program_wrote_over_the_screen_goes_with_ctrl_l(open_terminal, window):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
    terminal.see("[red]O'Brien[")
    terminal.see("? Help")
    if window:
        terminal.press(b"?")
        terminal.see("Keys on this screen")
        terminal.see(" Help: Client Overview")
    lines = (1, 9, 23)

    while select.select([terminal.master], [], [], 0.5)[0] and terminal.read(0):
        pass  # the last words of the application, which may come in the middle of a sequence
    for line in lines:
        terminal.stream.feed(f"\x1b[{line};3HWALL".encode())
    assert terminal.text.count("WALL") == len(lines)
    terminal.press(b"\x0c")
    terminal.wait(lambda: "WALL" not in terminal.text, "the whole screen is drawn again")


def test_keys_that_come_together_act_one_after_the_other(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23")
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
    terminal.see("[red]O'Brien[")
    terminal.press(b"\x1b[Bm")
    terminal.see("Press a letter")
    terminal.see(" Mark Featherstonehaugh-")  # the second row, not the first
    terminal.press(b"\x1b")
    terminal.wait(lambda: "Chased" not in terminal.text, "the window closes")
    terminal.press(b"/obrx\x7fien\rmcschool\r")  # one letter too many, taken back
    terminal.see("1 item marked")
    terminal.wait(
        lambda: any(re.search(r"O'Brien.* c\b", line) for line in terminal.text.splitlines()),
        "it is the child that the filter left",
    )
    terminal.press(b"tnowhere")  # a window that is on its way has the letters
    terminal.see("Which team?")
    terminal.see("nowhere")


def test_a_terminal_that_cannot_place_text_is_told_of_the_reports(open_terminal):
    terminal = open_terminal(TERM="dumb")
    terminal.wait(terminal.gone, "the end")
    assert terminal.status == 2
    assert b"fcl-tui report" in terminal.raw


def test_plain_characters_where_the_locale_has_no_others(open_terminal):
    terminal = open_terminal("--as-at", "2026-11-23", LANG="C", LC_ALL="C")
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
    terminal.see("!! 8 overdue")
    terminal.press(b"\r")
    terminal.see("[Chronology")
    terminal.press(b"?")
    terminal.see("Keys on this screen")
    terminal.press(b"\x1b")
    terminal.wait(lambda: "Keys on this screen" not in terminal.text, "the help closes")
    terminal.press(b"f")
    terminal.see("Find a client")
    assert terminal.raw.isascii()
