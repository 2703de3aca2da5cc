"""The access log on the screen, and who has looked at one child."""

import sqlite3

import openpyxl
import pytest
from textual.command import CommandPalette

from data.errors import DataError
from data.office import FILE
from data.office.access_log import AccessLog, Look
from data.snapshots.reader import open_current
from fcl_tui.access import audit
from fcl_tui.access.readers.access_list import Person, Roster, write
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.client_summary.screen import ClientSummaryScreen
from screens.messages import ClientWanted
from tests.screens.conftest import settled, shows, text_of, until
from tests.screens.test_door import TODAY
from widgets.text.window import Reader

PEOPLE = (
    Person("boss", "administrator", all=True),
    Person("sam", "social worker", all=True),
    Person("pam", "business support officer", all=True),
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, ready):
    home = ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("home"), demo=True)
    write(home, Roster(PEOPLE))
    return home


@pytest.fixture
def home(loaded):
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", "audit-head.json"):
        (loaded / name).unlink(missing_ok=True)
    yield loaded
    identity.forget()


def opened(home, user: str) -> FclApp:
    identity.forget()
    identity.declare(Identity(user, forced=True))
    settings = Settings(home)
    door = at_the_door(home, settings)
    first = None if door.reader.sees_children else "access-log"
    return FclApp(door.snapshot(screens=True), settings, as_at=TODAY, first=first, door=door)


def seen_by(home, who: str, child: str) -> None:
    AccessLog(home).append(Look(who, "social worker", "10.0.0.9", "opened", "client-summary", child))


async def test_an_administrator_sees_the_looks_and_no_child(home, size):
    people = open_current(home).scan("people").collect()
    child = people["person_id"][0]
    seen_by(home, "sam", child)
    app = opened(home, "boss")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: shows(app, "access-log"))
        await settled(pilot)
        rows = app.screen.table.shown_frame()
        assert rows.select("who", "action", "report", "person_id").rows() == [
            ("boss", "report", "access-log", None),
            ("sam", "opened", "client-summary", child),
        ]
        assert app.session.snapshot.scan("people").collect().is_empty()
        assert not [name for name in people["name"] if name and name in text_of(app)]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        whole = text_of(app)
        assert "When" in whole
        assert "Seq" not in whole
        await pilot.press("escape", "ctrl+p", *"silva")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await pilot.pause(0.2)
        assert "Find a client" not in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: shows(app, "access-log"))
        await pilot.press("V")
        await until(pilot, lambda: "Log intact: 2 entries" in text_of(app))
        await pilot.press("x", "x")
        await until(pilot, lambda: "2 rows written" in text_of(app))
        await pilot.press("T")
        await until(pilot, lambda: "not for an administrator" in text_of(app))
    made = max(app.session.exports.glob("*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    said = list(openpyxl.load_workbook(made).worksheets[0].iter_rows(values_only=True))
    assert any("sam" in row and child in row for row in said)
    assert AccessLog(home).rows(actions=["exported"])["report"].to_list() == ["access-log"]


async def test_a_row_that_was_changed_is_told_on_the_screen(home):
    seen_by(home, "sam", "1")
    seen_by(home, "pam", "1")
    with sqlite3.connect(home / FILE) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE access_log SET who = 'nobody' WHERE who = 'sam'")
    app = opened(home, "boss")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: shows(app, "access-log"))
        await settled(pilot)
        await pilot.press("V")
        await until(pilot, lambda: "The log is not intact" in text_of(app))
        assert "Row 1 was changed after it was written." in text_of(app)


async def test_rows_that_are_not_listed_are_counted(home, monkeypatch):
    monkeypatch.setattr(audit, "NEWEST", 2)
    for number in range(5):
        seen_by(home, "sam", str(number))
    app = opened(home, "boss")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: shows(app, "access-log"))
        await settled(pilot)
        await until(pilot, lambda: "4 older rows are not listed here" in text_of(app))
        assert app.screen.table.row_count == 2


async def test_a_childs_page_tells_who_has_looked_and_that_is_written_down(home):
    child = open_current(home).scan("people").collect()["person_id"][0]
    seen_by(home, "pam", child)
    seen_by(home, "pam", "somebody else")
    app = opened(home, "sam")
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ClientWanted(child))
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen) and app.screen.settled)
        await pilot.press("L")
        await until(pilot, lambda: "Who has looked at this record" in text_of(app))
        lines = [line for line in text_of(app).splitlines() if "pam (social worker)" in line]
        assert len(lines) == 1
        assert "opened client summary" in lines[0]
    assert AccessLog(home).rows(who="sam", client=child)["report"].to_list() == [
        "who-has-looked",
        "client-summary",
    ]


def test_the_log_is_for_administrators_and_the_looks_for_whoever_may_open_the_record(home):
    app = opened(home, "sam")
    assert not app.session.door.allows("access-log")
    with pytest.raises(DataError, match="Access log is not for a social worker"):
        app.session.door.require("access-log")
    with pytest.raises(DataError, match="not for an administrator"):
        audit.looks_at(opened(home, "boss").session.door, "1")
