"""Behind a slow line: nothing is drawn twice, and a held key goes on no longer than a screen."""

import tempfile
from datetime import date
from pathlib import Path

import pytest

from fcl_tui.terminal.held_keys import HELD, ROWS, HeldKeys
from tests.benchmarks import programs
from tests.benchmarks.programs import Home
from tests.benchmarks.slow_line import EACH_WAY, OVER_SSH, Listed
from tests.terminal import Terminal

DOWN, PAGE = "\x1b[B", "\x1b[6~"


@pytest.mark.parametrize(
    ("waiting", "read"),
    [
        (DOWN * (HELD - 1), DOWN * (HELD - 1)),
        (DOWN * 400, DOWN * ROWS),
        ("\x1bOB" * 400, "\x1bOB" * ROWS),
        (PAGE * 3, PAGE * 3),
        (PAGE * 40, PAGE),
        ("j" * 400, "j" * 400),
        (DOWN * 3 + "m", DOWN * 3 + "m"),
        (DOWN * 100 + "m" + DOWN * 2, DOWN * ROWS + "m" + DOWN * 2),
        (DOWN * 20 + "\x1b[A" * 2, DOWN * ROWS + "\x1b[A" * 2),
        ("\x1b", "\x1b"),
        ("\x1b\x1b[B", "\x1b\x1b[B"),
        ("\x1b[200~" + "anna " * 9 + "\x1b[201~", "\x1b[200~" + "anna " * 9 + "\x1b[201~"),
        ("", ""),
    ],
)
def test_of_a_held_key_only_so_many_presses_wait(waiting, read):
    assert HeldKeys().thinned(waiting) == read


def test_a_key_held_over_several_readings_is_held():
    typed = HeldKeys()
    assert [typed.thinned(PAGE * 3) for _ in range(4)] == [PAGE * 3, PAGE * 3, PAGE, PAGE]
    assert typed.thinned("x" + PAGE * 3) == "x" + PAGE * 3


def rest(terminal):
    """Until nothing more is drawn."""
    before = -1
    while before != len(terminal.raw):
        before = len(terminal.raw)
        terminal.read(0.7)


def test_a_late_answer_about_the_size_draws_nothing_again(ready, tmp_path):
    terminal = Terminal("--as-at", "2026-11-23", home=ready.awkward(tmp_path))
    try:
        terminal.see("? Help")
        terminal.press(b"\x1b[?2048;2$y")  # as a terminal answers that tells its size among the keys
        terminal.wait(lambda: b"\x1b[?2048h" in terminal.raw, "it is asked to")
        rest(terminal)
        told, begun = b"\x1b[48;24;80;480;800t", len(terminal.raw)
        terminal.press(told + b"\x1b[B")
        terminal.wait(lambda: len(terminal.raw) > begun, "the key is answered")
        rest(terminal)
        assert b"Front Door" not in terminal.raw[begun:]
        terminal.press(told)
        terminal.wait(lambda: b"Front Door" in terminal.raw[begun:], "the window was another meanwhile")
    finally:
        terminal.close()


def test_a_held_key_behind_a_slow_line(ready, tmp_path):
    home = Home.at(ready.loaded(60, 3, date.today(), tmp_path, demo=True))
    with tempfile.TemporaryDirectory() as scratch:
        program = Listed(home, programs.ours(home, Path(scratch), short=True).words, EACH_WAY, OVER_SSH)
        try:
            assert program.late == 0
            page, held = program.page, program.held("down", 60)
        finally:
            program.close()
    assert page > 20
    assert held.rows > page
    assert held.on <= page
    assert held.again == 0
