"""The page of the session before: shown at once while nothing is another, and never where others may read."""

import time
from datetime import date

import pytest

from data.office.marks import Mark
from data.office.office import Office
from fcl_tui.config.settings import Settings
from fcl_tui.terminal import kept_page
from fcl_tui.terminal.first_page import FirstPage
from tests.console_script import run
from tests.terminal import Terminal

DAY = ("--as-at", "2026-11-23")
TAKEN_OVER = b"\x1b[?2004h"
"""The application, and not what is painted before it, asks for pastes in brackets"""
ROWS = b"to chase"


@pytest.fixture
def home(tmp_path, ready):
    return ready.awkward(tmp_path)


def opened(home, *words, keys: bytes = b"", see: str = "to chase", **environment) -> bytes:
    """Open, wait until the page is whole and kept, press keys, leave; what was written until it was whole."""
    terminal = Terminal(*words, *DAY, home=home, **environment)
    try:
        terminal.wait(lambda: TAKEN_OVER in terminal.raw, "the application")
        terminal.see(see)
        written = terminal.raw
        terminal.wait((home / kept_page.FILE).exists, "the page is kept")
        terminal.press(keys + b"q")
        terminal.wait(terminal.gone, "leaving")
        assert terminal.status == 0
        return written
    finally:
        terminal.close()


def before_the_application(written: bytes) -> bytes:
    return written.partition(TAKEN_OVER)[0]


def test_the_page_of_the_session_before_is_there_before_the_application(home):
    first = opened(home)
    assert ROWS not in before_the_application(first)
    assert b"Reading" in before_the_application(first)
    assert (home / kept_page.FILE).stat().st_mode & 0o777 == 0o600
    again = opened(home)
    assert ROWS in before_the_application(again)
    assert b"Reading" not in again
    drawn = again.partition(TAKEN_OVER)[2]
    assert drawn.count(b"Client Overview") <= 1, "drawn over once, when it is whole"


def test_a_mark_or_a_setting_made_meanwhile_takes_the_page_away(home):
    opened(home)
    Office(home / "demo-office").save([Mark("a|b|c", "note", "jo", note="x")])
    assert ROWS not in before_the_application(opened(home))
    (home / "settings.toml").write_text("chase_days = 4\n", encoding="utf-8")
    assert ROWS not in before_the_application(opened(home))


def test_keys_typed_while_the_page_stands_do_what_they_do(home):
    opened(home)
    terminal = Terminal(*DAY, home=home)
    try:
        terminal.wait(lambda: ROWS in terminal.raw, "the page")
        terminal.press(b"\x1b[B?")  # at once: they are meant for what is on the page
        terminal.see("type to filter")
        terminal.press(b"\x1b")
        terminal.wait(lambda: "type to filter" not in terminal.text, "the window closes")
        terminal.press(b"q")
        terminal.wait(terminal.gone, "leaving")
    finally:
        terminal.close()


def test_where_somebody_is_listed_no_page_is_kept(home):
    (home / "access.toml").write_text(
        f'[[person]]\nuser = "{Settings(home).who}"\nrole = "senior manager"\n'
        '[[person]]\nuser = "admin"\nrole = "administrator"\n',
        encoding="utf-8",
    )
    terminal = Terminal(*DAY, home=home)
    try:
        terminal.see("to chase")
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            terminal.read(0.05)
        assert not (home / kept_page.FILE).exists()
    finally:
        terminal.close()


@pytest.fixture
def small(tmp_path):
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots/current").write_text("A\n", encoding="utf-8")
    (tmp_path / "demo-office").mkdir()
    return tmp_path


def key(home, as_at=date(2026, 11, 23), first="Home", size=(80, 24)):
    return kept_page.key_of(home, as_at, first, size)


@pytest.mark.parametrize(
    "name",
    ["settings.toml", "restricted.csv", "leave.csv", "rules.toml", "office.db", "demo-office/office.db"],
)
def test_any_file_of_the_home_makes_it_another_page(small, name):
    before = key(small)
    assert before is not None
    assert key(small) == before
    (small / name).write_text("x", encoding="utf-8")
    with_it = key(small)
    assert with_it != before
    (small / name).write_text("xy", encoding="utf-8")
    assert key(small) not in (before, with_it)


def test_another_snapshot_day_window_or_terminal_makes_it_another_page(small, monkeypatch):
    seen = {key(small), key(small, date(2026, 11, 24)), key(small, first="Visits"), key(small, size=(81, 24))}
    monkeypatch.setenv("LANG", "C")
    seen.add(key(small))
    (small / "snapshots/current").write_text("B\n", encoding="utf-8")
    seen.add(key(small))
    assert len(seen) == 6
    assert None not in seen


@pytest.mark.parametrize("name", ["access.toml", "audit-head.json", "office_url"])
def test_where_others_may_read_there_is_none(small, name):
    (small / name).write_text("", encoding="utf-8")
    assert key(small) is None


def test_an_office_named_by_the_environment_has_none(small, monkeypatch):
    monkeypatch.setenv("FCL_OFFICE", "postgresql://x/y")
    assert key(small) is None


def test_only_the_page_of_this_key_is_shown_and_a_damaged_one_never(small):
    kept_page.keep(small, "k", "\x1b[1;1HO'Brien, Zoë")
    assert kept_page.page(small, "k") == "\x1b[1;1HO'Brien, Zoë"
    assert kept_page.page(small, "other") is None
    (small / kept_page.FILE).write_bytes(b"k\n\xff")
    assert kept_page.page(small, "k") is None
    kept_page.forget(small)
    assert not (small / kept_page.FILE).exists()


class Waiting:
    """An application that remembers its timers, and what it was asked to draw."""

    def __init__(self):
        self.timers, self.drawn = [], 0
        self.screen = self

    def set_timer(self, after, then):
        self.timers.append(then)

    def refresh(self, **_):
        self.drawn += 1


def page_of(app, home, monkeypatch, *, stands=True):
    page = FirstPage(app, lambda: "drawing")
    told = (lambda: "now", "now", stands)
    monkeypatch.setattr("fcl_tui.terminal.first_page.kept_page_of_session", lambda: told)
    page.take_over(home)
    page.begin()
    return page


def test_a_page_that_never_becomes_whole_gives_way_all_the_same(small, monkeypatch):
    app = Waiting()
    page = page_of(app, small, monkeypatch)
    assert page.stands
    (give_way,) = app.timers
    give_way()
    assert not page.stands
    assert app.drawn


def test_nothing_is_kept_after_a_key(small, monkeypatch):
    app = Waiting()
    page = page_of(app, small, monkeypatch, stands=False)
    page.whole()
    page.pressed()
    for then in app.timers:
        then()
    assert not (small / kept_page.FILE).exists()


def test_a_load_and_a_purge_take_the_page_away(tmp_path, ready, capfdbinary):
    home = ready.awkward(tmp_path / "home")
    run(
        capfdbinary,
        "demo",
        "--children",
        5,
        "--write",
        tmp_path / "out",
        "--no-open",
        "--home",
        tmp_path / "x",
    )
    for words in (("purge",), ("load", tmp_path / "out", "--accept")):
        kept_page.keep(home, "k", "page")
        assert run(capfdbinary, *words, "--home", home)[0] == 0
        assert not (home / kept_page.FILE).exists()
