"""When a reader last looked: on an earlier day, in fair and in bad weather, on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office import FILE
from data.office.looks import Look, add_look, last_look, look_now
from data.office.office import Office
from tests.data.processes import at_once

TODAY = date(2026, 11, 24)


def at(day: int, hour: int, who: str = "me", snapshot: str = "S1") -> Look:
    local = datetime(2026, 11, day, hour).astimezone()
    return Look(who, local.astimezone(UTC).replace(tzinfo=None), snapshot)


def looked(office: Office) -> None:
    for look in (at(20, 9), at(23, 8, snapshot="S2"), at(23, 17, snapshot="S3"), at(24, 8), at(22, 9, "you")):
        add_look(office, look)
    assert last_look(office, "me", TODAY) == at(23, 17, snapshot="S3")  # today's own does not count
    assert last_look(office, "me", date(2026, 11, 25)) == at(24, 8)
    assert last_look(office, "me", date(2026, 11, 23)) == at(20, 9)
    assert last_look(office, "me", date(2026, 11, 20)) is None
    assert last_look(office, "you", TODAY) == at(22, 9, "you")
    assert last_look(office, "[b]nobody[/]", TODAY) is None


def test_the_last_look_of_an_earlier_day_on_sqlite(tmp_path):
    looked(Office(tmp_path))


def test_the_last_look_of_an_earlier_day_on_postgresql(tmp_path, postgres):
    looked(Office(tmp_path, postgres))


def test_the_day_is_this_machines_day_and_not_that_of_greenwich():
    look = at(23, 0)
    assert look.here.date() == date(2026, 11, 23)
    assert look_now("me", "S1").here - datetime.now().astimezone() < timedelta(minutes=1)


def test_asking_makes_no_database(tmp_path):
    assert last_look(Office(tmp_path), "me", TODAY) is None
    assert not (tmp_path / FILE).exists()


def test_looks_and_marks_live_side_by_side(tmp_path):
    from data.office.marks import same

    office = Office(tmp_path)
    office.save(same(["1|r|s|1"], "chased", "me"))
    add_look(office, at(23, 9))
    assert office.read().marks.height == 1
    assert last_look(office, "me", TODAY) == at(23, 9)


@pytest.mark.parametrize("weather", ["locked", "damaged", "newer"])
def test_bad_weather_is_a_sentence(tmp_path, weather, monkeypatch):
    monkeypatch.setattr("data.office.database.BUSY", 0.0)
    office = Office(tmp_path)
    add_look(office, at(23, 9))
    holder = None
    if weather == "locked":
        import sqlite3

        holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
    elif weather == "damaged":
        for path in tmp_path.glob(f"{FILE}*"):
            path.unlink()
        (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    else:
        engine = sa.create_engine(f"sqlite:///{tmp_path / FILE}")
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DataError, match="office database"):
        add_look(office, at(24, 9))
    if holder is not None:
        holder.execute("ROLLBACK")
        holder.close()
        assert last_look(office, "me", TODAY) == at(23, 9)
    else:
        with pytest.raises(DataError, match="office database"):
            last_look(office, "me", TODAY)


SESSION = """
import sys
from datetime import datetime
from pathlib import Path
from data.office.looks import Look, add_look
from data.office.office import Office
office = Office(Path(sys.argv[1]))
for number in range(5):
    add_look(office, Look(sys.argv[2], datetime(2026, 11, 20, number), "S"))
"""


def test_several_sessions_at_once_lose_no_look(tmp_path):
    at_once(6, SESSION, str(tmp_path))
    with sa.create_engine(f"sqlite:///{tmp_path / FILE}").connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM looks")).scalar() == 30
