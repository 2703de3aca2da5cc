"""The parts of a report's screen need a host and no screen; and no screen is a tower of them again."""

import pkgutil
from dataclasses import dataclass, field
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from textual.screen import Screen

import screens
from data.errors import DataError
from data.office.office import Office
from data.office.views import SavedView, save
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.home import HomeScreen
from screens.messages import ListsChanged, ViewWanted
from screens.planner.screen import PlannerScreen
from screens.report.access_gate import AccessGate, WithheldError
from screens.report.asking.saved_views import SavedViews
from screens.report.layout.column_layout import ColumnLayout
from screens.report.marking.marks import LIST_FIRST, Marks
from tests.screens.conftest import WHOLE, application, settled, shows, text_of, until
from tests.screens.small_authority import AS_AT
from widgets.table.arrangement import Arrangement


class Table:
    """A list of three due items with the cursor on the first."""

    filter_text, sorted, arrangement, columns = "", None, Arrangement(), ()
    cursor_key = "101|visit|1"

    def shown_frame(self):
        return object()

    def arrange_columns(self, wish):
        self.arrangement = wish

    def sort(self, column, descending=False):
        self.sorted = (column, descending) if column else None

    def select(self, keys):
        self.selected = set(keys)

    def action_move(self, by):
        self.moved = by


class Door:
    """Lets everybody in, and writes down what it is told."""

    remit, log, may_mark, opened = "", True, True, 0

    def __init__(self):
        self.written = []

    def require(self, report):
        if report == "shut":
            raise DataError("Not for your role.")

    def admit(self, person_id):
        pass

    def number(self, person_id):
        return person_id if person_id != "sealed" else "token"

    def record(self, action, **more):
        self.written.append((action, more))


@dataclass
class Host:
    """No screen at all: what is done is kept."""

    report_key: str = "any"
    settled: bool = True
    table: Any = field(default_factory=Table)
    state: Any = field(default_factory=lambda: {"view": {"team": None}, "which": None})
    said: list[str] = field(default_factory=list)
    covered: str | None = None
    posted: list[Any] = field(default_factory=list)
    reloaded: list[bool] = field(default_factory=list)

    def __post_init__(self):
        self.session = SimpleNamespace(
            door=Door(), given_day=AS_AT, as_at=AS_AT, office=None, who="me", seen=None, scan_open=None
        )

    def looked_at(self):
        return self.report_key, None

    def chosen(self):
        return {"team": "Pod One", "selected": "2 selected"}

    def get_state(self):
        return self.state

    def set_state(self, state):
        self.state = {"view": state.get("view"), "which": state.get("which")}

    def say(self, words):
        self.said.append(words)

    def tell(self):
        self.said.append("told")

    def reload(self, *, whole=False):
        self.reloaded.append(whole)

    def cover(self, sentence):
        self.covered = sentence

    def filter_by(self, text):
        self.table.filter_text = text

    def post_message(self, message):
        self.posted.append(message)

    def in_thread(self, work, *, group, exclusive=False):
        pass

    def from_thread(self, then, *args):
        return then(*args)


def test_the_gate_writes_the_same_look_down_once_and_covers_what_is_refused():
    host = Host()
    gate = AccessGate(host)
    for _ in range(2):
        gate.pass_door(gate.look())
    assert [more["detail"] for _, more in host.session.door.written] == ["team Pod One"]
    host.report_key = "shut"
    with pytest.raises(WithheldError, match="Not for your role"):
        gate.pass_door(gate.look())
    gate.withhold("Not for your role.")
    assert (host.covered, gate.offers("export"), gate.offers("back")) == ("Not for your role.", False, True)
    gate.give_back()
    assert (host.covered, gate.offers("export")) == (None, True)


def test_a_view_is_seen_as_it_was_kept_and_says_when_it_is_changed():
    host = Host()
    views = SavedViews(host, ColumnLayout(host))
    host.table.filter_text, host.table.sorted = "visit", ("name", True)
    view = SavedView("Mine", "any", "me", views.get_state())
    assert view.state == {
        "view": {"team": None},
        "which": None,
        "filter": "visit",
        "sort": ["name", True],
        "columns": None,
        "as_at": AS_AT.isoformat(),
    }
    other = Host(table=Table(), state={"view": {"team": "Pod One"}, "which": "mine"})
    other.table.columns = (SimpleNamespace(key="name"),)
    views = SavedViews(other, ColumnLayout(other))
    views.show(view)
    assert (other.state, other.reloaded, other.posted) == (
        {"view": {"team": None}, "which": None},
        [True],
        [],
    )
    views.finish()
    assert (other.table.filter_text, other.table.sorted) == ("visit", ("name", True))
    assert views.in_words() == "view Mine"
    other.table.sorted = None
    assert views.in_words() == "view Mine (changed)"


def test_a_view_of_another_day_has_the_other_lists_ask_again():
    host = Host()
    SavedViews(host, ColumnLayout(host)).show(
        SavedView("Old", "any", "me", {"view": {}, "as_at": "2026-06-01"})
    )
    (message,) = host.posted
    assert isinstance(message, ListsChanged)
    assert message.but is host


def test_a_row_without_an_item_is_refused_in_the_words_of_its_report():
    host = Host()
    marks = Marks(host, items=lambda _: [])
    marks.select()
    assert (host.said, marks.selected) == ([LIST_FIRST], set())
    marks = Marks(host)
    marks.select()
    assert marks.selected == host.table.selected == {"101|visit|1"}
    assert marks.chosen() == {"selected": "1 selected"}
    assert marks.select_none()
    assert not marks.select_none()


def test_a_list_that_never_has_items_offers_no_marks_but_takes_notes_back():
    marks = Marks(Host(), items=None)
    assert [marks.offers(action) for action in ("mark", "select", "which", "undo")] == [False] * 3 + [True]


async def test_what_is_kept_of_a_view_is_taken_up_as_far_as_it_fits():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        screen.questions.ask_for(screen.query_now.changed(team="Pod One", overdue=True))
        state = screen.get_state()
        assert state == {"view": {"by": "item", "team": "Pod One", "overdue": True}, "which": None}
        screen.set_state({"view": {}})
        assert screen.get_state() == {"view": {"by": "item"}, "which": None}
        screen.set_state(state)
        assert screen.get_state() == state
        earlier = {"by": "child", "team": "Pod One", "worker": None, "overdue_only": True}
        screen.set_state({"view": earlier, "which": "mine"})  # as earlier versions kept it
        told = {"by": "child", "team": "Pod One", "overdue": True}
        assert screen.get_state() == {"view": told, "which": "mine"}
        wrong = {"by": "planet", "team": 7, "overdue": "yes", "nothing": "x", "worker": "Olu Banjo"}
        screen.set_state({"view": wrong, "which": "nobody's"})
        assert screen.get_state() == {"view": {"by": "item", "worker": "Olu Banjo"}, "which": "mine"}
        await settled(pilot)


def test_no_screen_is_more_than_three_of_our_classes_deep():
    modules = [one.name for one in pkgutil.walk_packages(screens.__path__, "screens.")]
    found = {
        one
        for name in modules
        for one in vars(import_module(name)).values()
        if isinstance(one, type) and issubclass(one, Screen) and one.__module__.startswith("screens.")
    }
    deep = {
        one.__name__: len([base for base in one.__mro__ if base.__module__.startswith("screens.")])
        for one in found
    }
    assert len(deep) > 10
    assert max(deep.values()) <= 3, deep


# From screen to screen


async def test_the_lists_beneath_a_view_of_another_day_are_of_that_day(tmp_path):
    save(Office(tmp_path), SavedView("June", "planner", "me", {"view": {}, "as_at": "2026-06-01"}))
    app = FclApp(WHOLE, Settings(tmp_path, name="me"), as_at=AS_AT, first="client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "Saved views" in text_of(app))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen) and app.screen.settled)
        await pilot.press("escape")
        await until(pilot, lambda: shows(app, "client-overview") and app.screen.settled)
        await until(pilot, lambda: "as at 01/06/2026" in text_of(app))


async def test_a_view_to_open_on_does_not_come_over_what_the_reader_has_gone_on_to():
    app = application(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        home, view = app.screen, SavedView("Care", "planner", "me", {"view": {}})
        app.action_report("client-overview")
        await settled(pilot)
        home.post_message(ViewWanted(view, home.log, over=home))
        app.screen.post_message(ViewWanted(SavedView("x", "no-such-report", "me", {}), app.screen.say))
        await until(pilot, lambda: "This view needs the report no-such-report" in text_of(app))
        assert shows(app, "client-overview")
