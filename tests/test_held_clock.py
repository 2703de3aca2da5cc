"""A host whose clock is wrong: the log stays whole, the newest data is the newest, cover follows it."""

from datetime import UTC, date, datetime

import pytest

from data.office.access_log import OPENED, AccessLog, Look
from data.snapshots.reader import open_current
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Cover, Person, Roster
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from tests.data.test_snapshot import make

YEARS = (2026, 2020, 2030, 2026)


@pytest.fixture
def clock(monkeypatch):
    """Sets the host's clock to noon of the first of June of a year."""

    def set_to(year):
        moment = datetime(year, 6, 1, 12, tzinfo=UTC)

        class Now(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment if tz else moment.replace(tzinfo=None)

        class Today(date):
            @classmethod
            def today(cls):
                return moment.date()

        for place in ("data.office.access_log", "data.office.access_log_head", "data.snapshots.writer"):
            monkeypatch.setattr(f"{place}.datetime", Now)
        for place in ("fcl_tui.access.readers.sign_in", "fcl_tui.access.gate"):
            monkeypatch.setattr(f"{place}.date", Today)

    return set_to


def test_looks_at_any_hour_are_one_chain_in_the_order_they_were_made(tmp_path, clock):
    log = AccessLog(tmp_path)
    for year in YEARS:
        clock(year)
        log.append(Look("sam", "social worker", "here", OPENED, person_id=str(year)))
    assert log.verify() == (4, [])
    assert [at.year for at in log.rows()["at"]] == [*reversed(YEARS)]
    assert log.rows(first=date(2026, 1, 1), last=date(2026, 12, 31)).height == 2


def test_data_loaded_while_the_clock_is_wrong_is_the_newest_all_the_same(tmp_path, clock):
    made = []
    for year in YEARS:
        clock(year)
        made.append(make(tmp_path).id)
        assert open_current(tmp_path).id == made[-1]
        assert open_current(tmp_path).verify() == []
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_cover_and_the_last_day_follow_the_clock_of_the_host(tmp_path, clock):
    people = (Person("boss", "administrator"), Person("sam", "social worker", teams=("T1",)))
    roster.write(tmp_path, Roster(people, (), (Cover("sam", "T2", date(2026, 6, 1), date(2026, 6, 1)),)))
    identity.declare(Identity("sam", forced=True))
    try:
        seen = []
        for year in YEARS:
            clock(year)
            seen.append(set(at_the_door(tmp_path).reader.scope.teams))
    finally:
        identity.forget()
    assert seen == [{"T1", "T2"}, {"T1"}, {"T1"}, {"T1", "T2"}]
