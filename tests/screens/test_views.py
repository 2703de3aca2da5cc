"""Saved views on the screen: kept, shown again, opened on, a colleague's, and those that do not fit."""

import sqlite3
from datetime import date

import pytest

from data.office import FILE
from data.office.office import Office
from data.office.views import SavedView, save, views
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.planner.screen import PlannerScreen
from tests.screens.conftest import WHOLE, narrowed, settled, shows, text_of, until
from tests.screens.small_authority import AS_AT


def opened(home, first="client-overview", *, as_at=AS_AT, who="me", **more):
    app = FclApp(WHOLE, Settings(home, name=who), as_at=as_at, first=first)
    for name, value in more.items():
        setattr(app.session, name, value)
    return app


def view(name="Mine", report="client-overview", owner="me", shared_with=None, **state):
    return SavedView(name, report, owner, {"view": {}} | state, shared_with)


async def menu(pilot, key=None):
    await pilot.press("v")
    await until(pilot, lambda: "Saved views" in text_of(pilot.app))
    if key is not None:
        await pilot.press(key)


def top(app):
    return "\n".join(text_of(app).splitlines()[:3])


async def shown(pilot, name):
    def there():
        screen = pilot.app.screen
        views = getattr(screen, "views", None)
        view = views.shown if views is not None else None
        return view is not None and view.name == name and screen.settled and views.finished

    await until(pilot, there)


async def test_kept_with_its_filter_and_opened_on_next_time(tmp_path):
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("slash", *"visit", "enter")
        app.screen.table.sort("name")
        state = app.screen.views.get_state()
        await menu(pilot, "s")
        await until(pilot, lambda: "Save this view" in text_of(app))
        await pilot.press(*"my view", "enter")
        await until(pilot, lambda: "Saved as my view" in text_of(app))
    ((kept,), chosen) = views(Office(tmp_path), "me")
    assert (kept.name, kept.state, chosen) == ("my view", state, None)
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await menu(pilot, "o")
        await until(pilot, lambda: "Open fcl-tui on which?" in text_of(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: views(Office(tmp_path), "me")[1] == kept.view_id)
    app = opened(tmp_path, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: shows(app, "client-overview"))
        await shown(pilot, "my view")
        await until(pilot, lambda: app.screen.table.filter_text == "visit")
        assert narrowed(app) == {"overdue": True}
        assert app.screen.table.sorted == ("name", False)
        await until(pilot, lambda: "view my view" in top(app))
        await pilot.press("d")
        await settled(pilot)
        await until(pilot, lambda: app.screen.views.in_words() == "view my view (changed)")


@pytest.mark.parametrize("keys", [("F",), ("space", "space")], ids=["one name", "two selected"])
async def test_the_name_that_is_offered_has_no_child_in_it_and_nothing_that_is_not_kept(tmp_path, keys):
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        if keys == ("F",):
            await until(pilot, lambda: "of which column?" in text_of(app))
            await pilot.press(*"name", "enter")
            await until(pilot, lambda: "by Name" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: app.screen.chosen().get("only", "").startswith("Name: "))
        else:
            assert "2 selected" in text_of(app)
        await menu(pilot, "s")
        await until(pilot, lambda: "Save this view" in text_of(app))
        assert app.screen.query_one("Input").value == "All teams"


async def test_asked_for_by_name_at_the_start(tmp_path):
    save(Office(tmp_path), view("Care", "leaving-care"))
    app = opened(tmp_path, None, opens="care")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: shows(app, "leaving-care"))
    app = opened(tmp_path, None, opens="other")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "no saved view" in top(app))


async def test_a_v_in_a_line_is_a_v(tmp_path):
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", "v", "x")
        assert app.screen.query_filter() == "vx"


async def test_a_colleagues_view_of_another_report(tmp_path, size):
    save(Office(tmp_path), view("Theirs", "planner", "you", "Pod 1"))
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await menu(pilot)
        assert "Theirs - Planner - shared with Pod 1 by you" in text_of(app)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen))
        await shown(pilot, "Theirs")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"team": "Gone", "worker": None}, "! No team Gone on this day"),
        ({"team": None, "worker": "Gone"}, "! Gone has no children on this day"),
    ],
)
async def test_a_team_or_worker_that_is_not_there_is_told(tmp_path, size, told, said):
    whole = {"by": "item", "overdue_only": False} | told
    save(Office(tmp_path), view(view=whole))
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await menu(pilot, "1")
        await until(pilot, lambda: said in top(app))
        await pilot.press("d")
        await settled(pilot)
        await until(pilot, lambda: said not in top(app))


async def test_a_view_without_a_day_is_of_today_again(tmp_path):
    save(Office(tmp_path), view("A fixed", as_at="2026-06-01"))
    save(Office(tmp_path), view("B today", as_at=None))
    app = opened(tmp_path, as_at=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.views.get_state()["as_at"] is None
        await menu(pilot, "1")
        await shown(pilot, "A fixed")
        assert "as at 01/06/2026" in top(app)
        assert app.screen.views.get_state()["as_at"] == "2026-06-01"
        await menu(pilot, "2")
        await shown(pilot, "B today")
        assert app.session.as_at == date.today()
        assert f"as at {date.today():%d/%m/%Y}" in top(app)


async def test_today_kept_past_midnight_stays_today(tmp_path):
    app = opened(tmp_path, as_at=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.session.as_at = date(2026, 1, 1)  # the day it was when the session was opened
        assert app.screen.views.get_state()["as_at"] is None


async def test_what_could_not_be_kept_is_not_shown_as_kept_and_its_name_stays(tmp_path, monkeypatch):
    monkeypatch.setattr("data.office.database.BUSY", 0.0)
    save(Office(tmp_path), view("Old"))
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await menu(pilot, "s")
        await until(pilot, lambda: "Save this view" in text_of(app))
        await pilot.press(*"kept", "enter")
        await until(pilot, lambda: "NOT saved: the office database does not answer" in top(app))
        assert app.screen.views.in_words() == ""
        await menu(pilot, "s")
        await until(pilot, lambda: "Save this view" in text_of(app))
        assert app.screen.query_one("Input").value == "kept"
    holder.close()


@pytest.mark.parametrize(
    "state",
    [
        {"view": {"by": "planet", "team": 7, "nothing": "x"}, "which": 3, "sort": "name", "filter": 8},
        {"view": None, "sort": ["no_such", True]},
        {"view": [], "as_at": "yesterday"},
    ],
)
async def test_a_view_of_the_wrong_shape_harms_nothing(tmp_path, state):
    save(Office(tmp_path), SavedView("Odd", "client-overview", "me", state))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.screen.query_now
        await menu(pilot, "1")
        await shown(pilot, "Odd")
        assert app.screen.query_now == before
        assert app.fault is None


async def saved_as(pilot, name):
    await menu(pilot, "s")
    await until(pilot, lambda: "Save this view" in text_of(pilot.app))
    await pilot.press("ctrl+u", *name, "enter")
    await until(pilot, lambda: f"Saved as {name}" in text_of(pilot.app))


async def test_a_view_of_ones_own_is_not_shared_because_a_colleagues_has_its_name(tmp_path):
    save(Office(tmp_path), view("Ours", owner="you", shared_with="everyone"))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await menu(pilot, "1")
        await shown(pilot, "Ours")
        await saved_as(pilot, "Ours")
    assert {one.owner: one.shared_with for one in views(Office(tmp_path), "me")[0]} == {
        "me": None,
        "you": "everyone",
    }
    assert [one.owner for one in views(Office(tmp_path), "third")[0]] == ["you"]


async def test_a_shared_view_saved_again_stays_shared_without_what_is_typed(tmp_path):
    save(Office(tmp_path), view("Ours", shared_with="everyone"))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await menu(pilot, "1")
        await shown(pilot, "Ours")
        await pilot.press("slash", *"ann", "enter")
        await saved_as(pilot, "Ours")
    ((kept,), _) = views(Office(tmp_path), "you")
    assert (kept.shared_with, kept.state["filter"]) == ("everyone", "")


async def test_views_that_cannot_be_read_for_whatever_reason_are_told(tmp_path, monkeypatch):
    def broken(*_):
        raise ValueError("a name")

    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        monkeypatch.setattr("data.office.views.views", broken)
        await pilot.press("v")
        await until(pilot, lambda: "! This could not be done" in top(app))
    app = opened(tmp_path, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "! This could not be done" in top(app))


async def test_shared_without_its_filter_and_taken_away(tmp_path):
    save(Office(tmp_path), view(filter="a name"))
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await menu(pilot, "t")
        await until(pilot, lambda: "Share which" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Which team?" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "shared with everyone" in text_of(app))
        ((theirs,), _) = views(Office(tmp_path), "you")
        assert (theirs.shared_with, theirs.state["filter"]) == ("everyone", "")
        await menu(pilot, "d")
        await until(pilot, lambda: "Delete which" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Delete the view" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: not views(Office(tmp_path), "me")[0])


def test_the_window_of_views(tmp_path, size, snap_compare):
    save(Office(tmp_path), view("Overdue [b]visits[/]"))
    save(Office(tmp_path), view("Pod 1 reviews", "planner", "you", "Pod 1"))

    async def asked(pilot):
        await settled(pilot)
        await menu(pilot)

    assert snap_compare(opened(tmp_path), terminal_size=size, run_before=asked)


async def test_columns_are_arranged_kept_and_exported_as_shown(tmp_path, size):
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("C")
        await until(pilot, lambda: "Columns of this list" in text_of(app))
        await pilot.press(
            *"jjj", "space", *"KK", "plus", "z", "enter"
        )  # no due date (space goes on to the next); worker before the due item
        await until(pilot, lambda: "Columns of this list" not in text_of(app))
        keys = [column.key for column in app.screen.table.shown_columns()]
        assert "due_date" not in keys
        assert keys.index("worker") < keys.index("item_short")
        written = [column.key for column in app.screen.exports.as_listed().columns]
        assert "due_date" not in written
        assert written.index("worker") < written.index("item")
        assert "due_date" in [
            column.key for column in app.screen.exports.as_listed(every_column=True).columns
        ]
        await menu(pilot, "s")
        await until(pilot, lambda: "Save this view" in text_of(app))
        await pilot.press(*"mine", "enter")
        await until(pilot, lambda: "Saved as mine" in text_of(app))
    app = opened(tmp_path, None, opens="mine")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: shows(app, "client-overview"))
        await shown(pilot, "mine")
        assert [column.key for column in app.screen.table.shown_columns()] == keys
        worker = next(column for column in app.screen.table.shown_columns() if column.key == "worker")
        assert (worker.width, worker.frozen) == (15, True)
        assert app.screen.views.in_words() == "view mine"
        await pilot.press("C", "0", "enter")
        await until(pilot, lambda: app.screen.views.in_words() == "view mine (changed)")
        assert "due_date" in [column.key for column in app.screen.table.columns]


async def test_the_last_column_is_never_hidden_and_escape_changes_nothing(tmp_path):
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.screen.table.shown_columns()
        await pilot.press("C", *["space"] * 12)
        await until(pilot, lambda: "Columns of this list" in text_of(app))
        assert sum(line.count("yes ") for line in text_of(app).splitlines()) == 1
        await pilot.press("escape")
        await until(pilot, lambda: "Columns of this list" not in text_of(app))
        assert app.screen.table.shown_columns() == before
