"""The office database: many at once, kills, bad weather, versions."""

import fcntl
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office import FILE, HEAD, JOURNAL
from data.office.database import _engine
from data.office.journal import Journal
from data.office.marks import UNDONE, Mark, note_on, same
from data.office.office import Office
from tests.data.processes import at_once, killed

ROOT = Path(__file__).parents[2]
SESSION = """
import sys
from pathlib import Path
from data.office.marks import Mark
from data.office.office import Office
home, url, who = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3]
office = Office(home, url)
for number in range(5):
    seen = office.save([Mark(f"{who}|rule|spell|{number}", "note", who, note=str(number))])
    assert not seen.trouble, seen.trouble
    assert seen.unsaved == 0
"""


def twenty(home, url):
    at_once(20, SESSION, str(home), url)
    marks = Office(home, url or None).read().marks
    assert marks.height == 100
    assert marks["seq"].is_sorted()
    for (_,), mine in marks.group_by(["made_by"]):
        assert mine["note"].to_list() == ["0", "1", "2", "3", "4"]


def test_twenty_sessions_at_once_on_sqlite(tmp_path):
    twenty(tmp_path, "")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / JOURNAL).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / JOURNAL).stat().st_size == 0


def test_twenty_sessions_at_once_on_postgresql(tmp_path, postgres):
    twenty(tmp_path, postgres)


KILLED = """
import os, signal, sys
from pathlib import Path
from data.office.marks import same
from data.office import office as module
home, where = Path(sys.argv[1]), sys.argv[2]
office = module.Office(home)
die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
if where == "before":
    office._write = die
elif where == "after":
    office._settled = die
else:
    import sqlalchemy as sa
    from data.office.database import connect
    office._engine = connect(home, None)
    sa.event.listen(office._engine, "commit", die)
office.save(same(["1|r|s|1", "2|r|s|1"], "chased", "me"))
"""


@pytest.mark.parametrize("where", ["before", "inside", "after"])
def test_a_kill_while_saving_loses_nothing_and_saves_nothing_twice(tmp_path, where):
    killed(KILLED, str(tmp_path), where)
    seen = Office(tmp_path).read()
    assert seen.marks["item_id"].to_list() == ["1|r|s|1", "2|r|s|1"]
    assert (seen.unsaved, seen.trouble) == (0, "")
    assert Journal(tmp_path / JOURNAL).pending() == ([], 0)


def test_order_is_that_of_saving_whatever_the_clocks_said(tmp_path):
    office = Office(tmp_path)
    office.save([Mark("1|r|s|1", "chased", "fast", made_at=datetime(2030, 1, 1))])
    seen = office.save([Mark("1|r|s|1", "done", "slow", made_at=datetime(2020, 1, 1))])
    assert seen.marks["kind"].to_list() == ["chased", "done"]


def test_a_torn_line_stays_told_and_what_follows_is_kept(tmp_path):
    path = tmp_path / JOURNAL
    path.write_bytes(b'{"item_id": "1|r')
    seen = Office(tmp_path).save(same(["2|r|s|1"], "chased", "me"))
    assert seen.marks["item_id"].to_list() == ["2|r|s|1"]
    assert "1 lines cannot be read" in seen.trouble
    assert path.read_bytes().startswith(b'{"item_id": "1|r\n')


def test_a_database_of_a_newer_application_is_refused_and_marks_are_kept(tmp_path):
    Office(tmp_path).save(same(["1|r|s|1"], "chased", "me"))
    engine = sa.create_engine(f"sqlite:///{tmp_path / FILE}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    seen = Office(tmp_path).save(same(["2|r|s|1"], "chased", "me"))
    assert "newer fcl-tui" in seen.trouble
    assert seen.unsaved == 1
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))
    assert Office(tmp_path).read().marks.height == 2


def test_a_journal_that_a_stopped_session_holds_keeps_nobody_waiting_for_ever(tmp_path, monkeypatch):
    """What cannot be written there stays in this session, says so, and is saved at the next occasion."""
    monkeypatch.setattr("data.office.journal.WAITS", 0.05)
    office = Office(tmp_path)
    office.save(same(["1|r|s|1"], "chased", "me"))
    with (tmp_path / JOURNAL).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        seen = office.save(same(["2|r|s|1"], "chased", "me"))
        assert seen.marks["item_id"].to_list() == ["1|r|s|1", "2|r|s|1"]
        assert "kept by another process" in seen.trouble
    assert office.read().trouble == ""
    assert Office(tmp_path).read().marks["item_id"].to_list() == ["1|r|s|1", "2|r|s|1"]


@pytest.mark.parametrize("weather", ["locked", "read-only", "full", "gone"])
def test_bad_weather_keeps_the_mark(tmp_path, weather, monkeypatch):
    monkeypatch.setattr("data.office.database.BUSY", 0.0)
    office = Office(tmp_path)
    office.save(same(["1|r|s|1"], "chased", "me"))
    path, holder = tmp_path / FILE, None
    if weather == "locked":
        import sqlite3

        office = Office(tmp_path)
        office.read()
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
    elif weather == "gone":
        path.rename(tmp_path / "elsewhere")
    else:
        pragma = "query_only=ON" if weather == "read-only" else "max_page_count=1"
        sa.event.listen(office._engine, "connect", lambda c, _: c.execute(f"PRAGMA {pragma}"))
    many = 200 if weather == "full" else 1
    seen = office.save(same([f"2|r|s|{n}" for n in range(many)], "note", "me", note="x" * 300))
    assert seen.unsaved == many
    assert seen.trouble
    assert seen.marks.height == many + 1
    if holder:
        holder.execute("ROLLBACK")
    if weather == "gone":
        (tmp_path / "elsewhere").rename(path)
    assert Office(tmp_path).read().marks.height == many + 1


def test_no_journal_either_is_told_and_tried_again(tmp_path, monkeypatch):
    office = Office(tmp_path)
    office.save(same(["1|r|s|1"], "chased", "me"))
    (tmp_path / FILE).rename(tmp_path / "elsewhere")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "append", full)
    seen = office.save(same(["2|r|s|1"], "chased", "me"))
    assert seen.unsaved == 1
    assert "No space left" in seen.trouble
    (tmp_path / "elsewhere").rename(tmp_path / FILE)
    assert office.read().unsaved == 0
    assert office.read().marks.height == 2


def test_every_migration_leads_to_the_models(tmp_path, postgres):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from data.office.database import connect
    from data.office.models import Base

    script = ScriptDirectory(str(ROOT / "data/office/migrations"))
    assert script.get_current_head() == HEAD
    for url in (None, postgres):
        with connect(tmp_path, url).connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_marks_of_the_first_version_are_all_there_after_the_way_to_the_newest(tmp_path, where, request):
    from alembic import command
    from alembic.config import Config

    from data.office.database import writing

    url = request.getfixturevalue("postgres") if where == "postgresql" else None
    engine = _engine(tmp_path, url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data/office/migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    assert sa.inspect(engine).get_table_names() in (
        ["alembic_version", "marks"],
        ["marks", "alembic_version"],
    )
    old = [
        Mark("1|r|s|1", "booked", "me", day=date(2026, 11, 27), note="=1+1 \x1b[31m", whom="Zoë [/]"),
        *same(["2|r|s|1", "3|r|s|1"], "chased", "you"),
        Mark("1|r|s|1", UNDONE, "me", undoes="x" * 32),
    ]
    with writing(engine) as connection:
        table = sa.Table("marks", sa.MetaData(), autoload_with=connection)  # as it was then
        connection.execute(sa.insert(table), [mark.row() for mark in old])
    engine.dispose()
    office = Office(tmp_path, url)
    seen = office.read()
    assert (seen.trouble, seen.unsaved) == ("", 0)
    columns = [one for one in seen.marks.columns if one not in ("seq", "saved")]
    assert seen.marks.select(columns).to_dicts() == [
        {name: mark.row()[name] for name in columns} for mark in old
    ]
    with office._engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == HEAD
    later = office.save([note_on("1", "ring before 10", "me", today=date(2026, 11, 24), days=14)])
    assert later.marks["kind"].to_list()[-1] == "child_note"
    assert later.marks.height == len(old) + 1
    office.close()


def test_undo_is_added_and_nothing_is_removed(tmp_path):
    office = Office(tmp_path)
    marks = same(["1|r|s|1", "2|r|s|1"], "chased", "me")
    office.save(marks)
    seen = office.undo(marks, "me")
    assert seen.marks["kind"].to_list() == ["chased", "chased", "undone", "undone"]
    assert seen.marks["undoes"].drop_nulls().to_list() == [mark.mark_id for mark in marks]


def test_a_text_too_long_is_refused():
    with pytest.raises(DataError, match="400"):
        Mark("1|r|s|1", "note", "me", note="x" * 401)


def test_what_holds_nothing_is_not_read_and_what_cannot_be_told_is(tmp_path):
    office = Office(tmp_path)
    assert not office.in_use()
    assert not office.in_use("marks")
    office.read()
    assert office.in_use()
    assert not office.in_use("marks")
    assert not office.in_use("marks", "views")
    assert not office.in_use("not_there_yet")
    office.save([Mark("a|b|c", "note", "jo", note="x")])
    (tmp_path / JOURNAL).unlink()
    assert office.in_use("marks")
    assert office.in_use("views", "marks")
    assert not office.in_use("views")
    (tmp_path / FILE).write_bytes(b"no database")
    assert office.in_use("views")
    assert Office(tmp_path, "postgresql://nowhere/x").in_use("views")
