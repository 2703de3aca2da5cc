"""What the tests themselves rest on: homes made once, and the screen of a terminal."""

import random
from pathlib import Path

import pyte
import pytest

from tests.long import LIST, WHOLE
from tests.ready import Ready
from tests.terminal import Screen

PARTS = (
    "Zoe\u0301", "\u0301", "\u5c71\u7530", "x" * 30, "\r", "\n", "\r\n", "\b", "\t", "\x1bM", "\x1bD",
    "\x1b[2J", "\x1b[K", "\x1b[1K", "\x1b[J", "\x1b[1J", "\x1b[H", "\x1b[3;9H", "\x1b[12;1H", "\x1b[L",
    "\x1b[2M", "\x1b[3@", "\x1b[2P", "\x1b[4X", "\x1b[2;6r", "\x1b[r", "\x1b[?7l", "\x1b[?7h", "\x1b[?3h",
    "\x1b[?3l", "\x1b#8", "\x1bc", "\x1b7", "\x1b8",
)  # fmt: skip
"""Letters, some wide, some joining the one before, and all that moves, erases or pushes them."""


def as_pyte_reads(screen):
    """What pyte shows, or that it cannot: half a wide letter is left when the other half is overwritten."""
    try:
        return pyte.Screen.display.fget(screen)
    except IndexError:
        return None


@pytest.mark.parametrize("seed", range(20))
def test_a_screen_read_line_by_line_is_as_pyte_reads_it(seed):
    dice = random.Random(seed)
    screen, looks = Screen(20, 8), 0
    stream = pyte.Stream(screen)
    for _ in range(300):
        stream.feed(dice.choice(PARTS))
        if dice.random() < 0.05:
            screen.resize(dice.randint(2, 12), dice.randint(5, 40))
        wanted = as_pyte_reads(screen)
        if wanted is None:
            stream.feed("\x1b[2J")
        elif dice.random() < 0.5:
            looks += 1
            assert screen.display == wanted
    assert looks > 50


def test_a_home_is_made_once_and_each_copy_is_its_own(tmp_path):
    made = []

    def make(home):
        made.append(home)
        (home / "snapshots").mkdir(mode=0o700)
        (home / "snapshots" / "current").write_text("1")
        (home / "snapshots" / "current").chmod(0o600)

    one, other = Ready(tmp_path / "ready"), Ready(tmp_path / "ready")  # as two workers have them
    first = one.copy("a", make, tmp_path / "first")
    (first / "snapshots" / "current").write_text("2")
    second = other.copy("a", make, tmp_path / "second")
    assert len(made) == 1
    assert (second / "snapshots" / "current").read_text() == "1"
    assert (second / "snapshots" / "current").stat().st_mode & 0o777 == 0o600
    assert second.stat().st_mode & 0o777 == 0o700


def test_two_workers_that_make_a_home_at_once_both_have_it(tmp_path):
    one, other = Ready(tmp_path / "ready"), Ready(tmp_path / "ready")

    def make(name, then=None):
        def really(home):
            if then is not None:
                then()
            (home / "by").write_text(name)

        return really

    meanwhile = make("one", lambda: other.copy("a", make("other"), tmp_path / "second"))
    first = one.copy("a", meanwhile, tmp_path / "first")
    assert (first / "by").read_text() == (tmp_path / "second" / "by").read_text() == "other"
    assert [path.name for path in (tmp_path / "ready").iterdir()] == ["a"]


def test_a_home_that_could_not_be_made_is_made_again(tmp_path):
    def fail(home):
        (home / "half").touch()
        raise OSError("full")

    ready = Ready(tmp_path / "ready")
    with pytest.raises(OSError, match="full"):
        ready.copy("a", fail, tmp_path / "first")
    whole = ready.copy("a", lambda home: (home / "whole").touch(), tmp_path / "first")
    assert [path.name for path in whole.iterdir()] == ["whole"]


def test_the_list_of_long_tests_names_none_that_is_gone():
    """One that was called otherwise since would be in the quick part with all of its cases."""
    root, texts = Path(__file__).parents[1], {}
    for name in LIST.read_text(encoding="utf-8").split():
        file, _, function = name.partition("::")
        text = texts.setdefault(file, (root / file).read_text(encoding="utf-8"))
        assert f"def {function.rpartition('::')[2]}(" in text, name
    assert all((root / file).is_file() for file in WHOLE)
