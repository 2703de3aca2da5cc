"""What a terminal may do to a session and did not break it: stop and go on, odd names, sizes and bytes."""

import contextlib
import fcntl
import os
import random
import select
import signal
import struct
import termios
import unicodedata
from pathlib import Path

import pytest

from fcl_tui.ssh.environment import kept
from tests.terminal import Terminal, only_ours

AS_AT = "2026-11-23"
KEYS = b"\t\n\r\x03\x11\x1a\x1c"
"""Keys that lead somewhere or, as ctrl+c, ctrl+q, ctrl+z and ctrl+\\, end it"""


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    return ready.awkward(tmp_path_factory.mktemp("terminal"))


@pytest.fixture
def open_terminal(home):
    opened: list[Terminal] = []

    def start(**more) -> Terminal:
        terminal = Terminal("--as-at", AS_AT, home=home, **more)
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.close()


def leaves(terminal):
    terminal.press(b"q")
    terminal.wait(terminal.gone, "leaving")
    assert terminal.status == 0
    assert only_ours(terminal.raw) == []
    assert terminal.raw.rindex(b"\x1b[?1049h") < terminal.raw.rindex(b"\x1b[?1049l")


def sized(terminal, columns, lines):
    fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    terminal.screen.resize(lines, columns)


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="whether a process stands still is read there"
)
def test_a_session_that_is_stopped_goes_on_and_leaves_the_terminal_as_it_was(open_terminal):
    """Two threads read the keys after it, and the shell was left without echo."""
    terminal = open_terminal()
    before = termios.tcgetattr(terminal.master)
    terminal.see("? Help")
    for columns, lines, by_shell in ((120, 40, True), (80, 24, False)):
        os.kill(terminal.pid, signal.SIGSTOP)
        state = Path(f"/proc/{terminal.pid}/stat")
        terminal.wait(lambda: state.read_text().rpartition(")")[2].split()[0] == "T", "it stands still")
        while terminal.read(0) and select.select([terminal.master], [], [], 0)[0]:
            pass
        if by_shell:  # which takes its terminal back
            termios.tcsetattr(terminal.master, termios.TCSANOW, before)
        sized(terminal, columns, lines)
        terminal.stream.feed(b"\x1b[9;3HWALL")
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait(lambda: "WALL" not in terminal.text and "? Help" in terminal.text, "all is drawn again")
    terminal.press(b"f")
    terminal.see("Find a client")
    terminal.press(b"zoe")
    terminal.see("1 found")
    terminal.press(b"\x1b")
    terminal.wait(lambda: "1 found" not in terminal.text, "the window closes")
    leaves(terminal)
    after = termios.tcgetattr(terminal.master)
    assert (after[0], after[3]) == (before[0], before[3])


@pytest.mark.parametrize(
    "term",
    [
        {"TERM": "../../x"},
        {"TERM": "vt52"},
        {"TERM": "no-such-terminal"},
        {"TERM": "xterm\x1b[2J"},
        {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "POSIX", "LANG": "POSIX"},
        {"LC_ALL": "../../x"},
    ],
    ids=lambda term: ascii(next(iter(term.values()))),
)
def test_a_terminal_or_locale_of_an_odd_name_opens_and_leaves(open_terminal, term):
    terminal = open_terminal(**term)
    terminal.see("Families, Children & Learning")
    terminal.press(b"2\r")
    terminal.see("[red]O'Brien[")
    leaves(terminal)


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_terminal_of_no_name_is_told_of_the_reports(open_terminal, term):
    terminal = open_terminal(TERM=term)
    terminal.wait(terminal.gone, "the end")
    assert terminal.status == 2
    assert b"cannot place text" in terminal.raw


def test_every_size_from_one_cell_on_is_drawn_and_a_start_in_one_cell_too(open_terminal):
    under = ("/bin/sh", "-c", 'stty rows 1 cols 1; exec "$@"', "sh")
    terminal = open_terminal(columns=1, lines=1, under=under)
    terminal.wait(lambda: b"\x1b[?1049h" in terminal.raw, "it has started")
    dice = random.Random(1)
    for _ in range(200):
        sized(terminal, dice.randint(1, 500), dice.randint(1, 200))
        terminal.read(0)
    sized(terminal, 80, 24)
    terminal.see("? Help")
    leaves(terminal)


def test_bytes_that_are_no_keys_do_nothing(open_terminal):
    terminal = open_terminal()
    terminal.see("? Help")
    dice = random.Random(1)
    noise = bytes(one for one in dice.randbytes(2_000) if one not in KEYS and (one < 32 or one > 126))
    for at in range(0, len(noise), 100):
        terminal.press(noise[at : at + 100])
        terminal.read(0.01)
    terminal.stream.feed(b"\x1b[9;3HWALL")
    terminal.press(b"\x1b[201~\x1b\\\x07\r\x0c")  # whatever was begun is ended; ctrl+l
    terminal.wait(lambda: "WALL" not in terminal.text, "all is drawn again")
    assert not terminal.gone()


def test_a_size_in_the_environment_reaches_no_session():
    assert kept({"COLUMNS": "99999999", "LINES": "99999999", "TERM": "xterm"}).keys() == {"TERM", "PATH"}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_in_the_middle_of_a_flood_of_keys_ends_it_in_order(open_terminal, name):
    """Keys that are read and not acted on yet are let go: it waited for each, and had to be killed."""
    terminal = open_terminal()
    before = termios.tcgetattr(terminal.master)
    terminal.see("? Help")
    spare = os.dup(terminal.master)  # the settings can be read for as long as this end is open
    os.set_blocking(terminal.master, False)
    with contextlib.suppress(BlockingIOError):  # the terminal holds as many as it can, and it reads as fast
        while True:
            terminal.press(b"jk" * 2048)
    os.kill(terminal.pid, getattr(signal, name))
    terminal.wait(terminal.gone, "the end")
    assert terminal.status == 0, "by itself"
    assert terminal.raw.rindex(b"\x1b[?1049h") < terminal.raw.rindex(b"\x1b[?1049l")
    after = termios.tcgetattr(spare)
    os.close(spare)
    assert (after[0], after[3]) == (before[0], before[3])


@pytest.mark.parametrize(
    "wanted", [{"FCL_ASCII": "1"}, {"LC_ALL": "C"}], ids=lambda wanted: next(iter(wanted))
)
def test_in_plain_ascii_no_sign_of_our_own_is_beyond_it(open_terminal, wanted):
    """Textual draws three signs by itself; letters of names stay where the locale knows UTF-8."""
    terminal = open_terminal(**wanted)
    terminal.see("? Help")
    for keys, words in ((b"2\r", "[red]O'Brien["), (b"f", "Find a client")):
        terminal.press(keys)
        terminal.see(words)
    terminal.press(b"\x1b")
    terminal.wait(lambda: "Find a client" not in terminal.text, "the window closes")
    beyond = {sign for sign in terminal.raw.decode("utf-8", "replace") if not sign.isascii()}
    assert {sign for sign in beyond if unicodedata.category(sign)[0] not in "LM"} == set()
    assert not beyond or "LC_ALL" not in wanted
    leaves(terminal)


SLOW_WINDOW = """
import time
import data.office.views as office
kept = office.views
def late(*asked):
    time.sleep(3)
    return kept(*asked)
office.views = late
"""


def test_a_letter_for_a_window_that_is_late_reaches_the_window(open_terminal, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(SLOW_WINDOW)
    terminal = open_terminal(PYTHONPATH=str(tmp_path))
    terminal.see("? Help")
    terminal.press(b"2\r")
    terminal.see("[red]O'Brien[")
    terminal.press(b"vs")
    terminal.see("Save this view as")
    terminal.press(b"\x1b")
    terminal.wait(lambda: "Save this view as" not in terminal.text, "the window closes")
    leaves(terminal)
