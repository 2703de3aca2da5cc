"""Saved views on the command line."""

import json
from datetime import date

import pytest

from data.office.office import Office
from data.office.views import SavedView, open_on, save
from tests.test_cli import run as command

WHO = 'name = "me"\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    home = ready.demonstrated(80, 7, date(2026, 11, 23), tmp_path_factory.mktemp("home"))
    (home / "settings.toml").write_text(WHO)
    office = Office(home / "demo-office")
    team = {"team": "Children in Care", "worker": None, "by": "item", "overdue_only": True}
    save(office, SavedView("Mine", "client-overview", "me", {"view": team, "as_at": "2026-11-20"}))
    save(office, SavedView("Filtered", "client-overview", "me", {"view": {}, "filter": "x", "which": "mine"}))
    save(office, SavedView("Theirs \x1b[31m", "leaving-care", "you", {"view": {}}, "Pod 1"))
    save(office, SavedView("Odd", "client-overview", "me", {"view": "team"}))
    save(office, SavedView("Broken", "client-overview", "me", {"view": {}, "as_at": "soon"}))
    open_on(office, "me", None)
    return home


def told(capfdbinary, home, *words):
    code, out, err = command(capfdbinary, "report", *words, "--home", home, "--format", "json")
    return code, json.loads(out) if code == 0 else None, err


def test_a_view_narrows_as_its_options_would(capfdbinary, home):
    code, by_view, _ = told(capfdbinary, home, "client-overview", "--view", "mine")
    assert code == 0
    options = ("--team", "Children in Care", "--overdue", "--as-at", "2026-11-20")
    _, by_options, _ = told(capfdbinary, home, "client-overview", *options)
    assert by_view["rows"] == by_options["rows"]
    assert by_view["as_at"] == "2026-11-20"


def test_a_view_of_another_shape_narrows_nothing(capfdbinary, home):
    code, odd, _ = told(capfdbinary, home, "client-overview", "--view", "Odd", "--as-at", "2026-11-23")
    assert code == 0
    assert odd["rows"] == told(capfdbinary, home, "client-overview", "--as-at", "2026-11-23")[1]["rows"]


def test_what_is_asked_for_wins(capfdbinary, home):
    _, answer, _ = told(capfdbinary, home, "client-overview", "--view", "Mine", "--as-at", "2026-11-23")
    assert answer["as_at"] == "2026-11-23"


def test_what_only_a_screen_has_is_said(capfdbinary, home):
    code, _, err = told(capfdbinary, home, "client-overview", "--view", "Filtered")
    assert code == 0
    assert "the view's filter." in err


def test_marks_of_a_view_saved_before_narrow_the_command_line_too(capfdbinary, home):
    _, answer, _ = told(capfdbinary, home, "client-overview", "--view", "Filtered", "--as-at", "2026-11-23")
    assert answer["parameters"]["marks"] == "mine"
    assert not answer["rows"], "nothing is marked here"


@pytest.mark.parametrize(
    ("report", "view", "said"),
    [
        ("client-overview", "none", "no saved view 'none'"),
        ("leaving-care", "Mine", "is of client-overview, not of leaving-care"),
        ("client-overview", "Broken", "cannot be read"),
    ],
)
def test_a_view_that_does_not_fit_is_refused(capfdbinary, home, report, view, said):
    code, _, err = told(capfdbinary, home, report, "--view", view)
    assert code == 1
    assert said in err


def test_the_list(capfdbinary, home):
    code, out, _ = command(capfdbinary, "views", "--home", home)
    assert code == 0
    assert "Mine; client-overview; saved by me" in out
    assert "shared with Pod 1" in out
    assert "\x1b" not in out
