"""The access log locked, slow, full or read-only: no record opens, one sentence says why, keys still work."""

import subprocess
import sys
from datetime import date

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office import access_log_head, database
from data.office.access_log import OPENED, AccessLog
from data.snapshots.reader import open_current
from fcl_tui.access.readers.access_list import Person, Roster, write
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.help import HelpScreen
from screens.messages import ClientWanted
from tests.screens.conftest import settled, text_of, until, withheld
from widgets.table.report_table import ReportTable

TODAY = date.today()
SAID = "The access log cannot be written now, so nothing is shown."
HOLDER = """
import fcntl, sqlite3, sys
if sys.argv[2] == "database":
    base = sqlite3.connect(sys.argv[1] + "/office.db", isolation_level=None)
    base.execute("BEGIN IMMEDIATE")
else:
    held = open(sys.argv[1] + "/audit.lock", "w")
    fcntl.flock(held, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, ready):
    return ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("home"), demo=True)


@pytest.fixture
def app(loaded, tmp_path):
    """A manager's application, whose log has a row already."""
    write(tmp_path, Roster((Person("boss", "administrator"), Person("sen", "senior manager", all=True))))
    identity.forget()
    identity.declare(Identity("sen", forced=True))
    settings = Settings(tmp_path, snapshots=str(loaded))
    door = at_the_door(tmp_path, settings)
    door.record("session started")
    yield FclApp(door.snapshot(), settings, as_at=TODAY, door=door)
    identity.forget()


@pytest.fixture
def child(loaded):
    """Number and name of somebody."""
    people = open_current(loaded).scan("people").sort("person_id").collect()
    return people["person_id"][0], people["name"][0]


@pytest.fixture
def another_process(tmp_path):
    """Starts a process that holds the database or the turn to write, and ends it."""
    running = []

    def start(what):
        words = [sys.executable, "-c", HOLDER, str(tmp_path), what]
        one = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        running.append(one)
        assert one.stdout.readline() == b"held\n"
        return one

    yield start
    for one in running:
        one.communicate()


def impatient(monkeypatch):
    monkeypatch.setattr(database, "BUSY", 0.2)
    monkeypatch.setattr(access_log_head, "PATIENCE", 0.2)


def patient(monkeypatch):
    """However slow the machine, it is waited for until the test lets go."""
    monkeypatch.setattr(database, "BUSY", 600.0)
    monkeypatch.setattr(access_log_head, "PATIENCE", 600.0)


def nothing_shown(app, name):
    assert name not in text_of(app)
    assert [table for table in app.screen.query(ReportTable) if table.shown_frame() is not None] == []


@pytest.mark.parametrize("what", ["database", "turn"])
async def test_a_log_kept_by_another_process_opens_no_record(app, child, another_process, monkeypatch, what):
    impatient(monkeypatch)
    app.session.door.log = AccessLog(app.session.door.home)  # one that has not reached its database yet
    number, name = child
    holder = another_process(what)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ClientWanted(number))
        await until(pilot, lambda: withheld(app))
        assert SAID in " ".join(text_of(app).split())
        nothing_shown(app, name)
        holder.communicate()
        await pilot.press("r")
        await until(pilot, lambda: not app.screen.gate.withheld)
        await settled(pilot)
        assert name in text_of(app)
    assert AccessLog(app.session.door.home).rows(client=number)["action"].to_list() == ["opened"]


@pytest.mark.parametrize("what", ["database", "turn"])
async def test_keys_work_while_the_log_is_waited_for(app, child, another_process, monkeypatch, what):
    patient(monkeypatch)
    app.session.door.log = AccessLog(app.session.door.home)  # one that has not reached its database yet
    number, name = child
    holder = another_process(what)
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(ClientWanted(number))
        await until(pilot, lambda: getattr(app.screen, "person_id", "") == number)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, HelpScreen))
        assert not app.screen.settled
        nothing_shown(app, name)
        holder.communicate()
        await settled(pilot)
        assert name in text_of(app)


@pytest.mark.parametrize("how", ["PRAGMA query_only=1", "PRAGMA max_page_count=1"])
async def test_a_log_that_is_read_only_or_full_opens_no_record(app, child, how):
    number, name = child
    door = app.session.door
    sa.event.listen(door.log._connected(), "connect", lambda connection, _: connection.execute(how))
    with pytest.raises(DataError, match="cannot be written"):  # full once the pages that are there are
        for _ in range(1000):
            door.record(OPENED, person_id="0")
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ClientWanted(number))
        await until(pilot, lambda: withheld(app))
        assert SAID in " ".join(text_of(app).split())
        nothing_shown(app, name)
    assert AccessLog(door.home).verify()[1] == []
