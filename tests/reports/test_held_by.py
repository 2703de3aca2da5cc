"""Reading only whom a team or a worker may hold gives the same answers as reading everybody."""

from datetime import date, timedelta

import pytest
from polars.testing import assert_frame_equal

from data.demo import DemoSource
from data.snapshots.reader import open_current
from fcl_tui.config.leave import read
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED, clients_at, held_by
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.loading.load import load
from fcl_tui.records.client_overview import client_overview, left_out, totals
from fcl_tui.records.find import find as finding
from fcl_tui.records.find.find import find
from fcl_tui.records.planner.weeks import planned

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load([DemoSource(children=120, seed=4, as_at=AS_AT)], home, data_date=AS_AT)
    return open_current(home).scan


@pytest.fixture(scope="module")
def calendar(scan):
    return Calendar.of(scan("holidays").collect())


def scopes(scan, day):
    clients = clients_at(scan, day).collect()
    yield {"team": NO_TEAM, "worker": None}
    yield {"team": None, "worker": UNALLOCATED}
    for team in clients["team"].unique().sort():
        yield {"team": team, "worker": None}
    for worker in {*clients["worker"], *clients["personal_adviser"].drop_nulls()}:
        yield {"team": None, "worker": worker}
    for team, worker in clients.select("team", "worker").unique().rows():
        yield {"team": team, "worker": worker}
    yield {"team": "no such team", "worker": None}


@pytest.mark.parametrize("day", [AS_AT, AS_AT - timedelta(days=400)])
def test_a_team_or_worker_by_itself_is_as_it_is_among_all(scan, calendar, day):
    reports = (
        lambda of, **scope: client_overview(of, calendar, day, **scope),
        lambda of, **scope: client_overview(of, calendar, day, by="child", **scope),
        lambda of, **scope: totals(of, calendar, day, **scope),
        lambda of, **scope: left_out(of, calendar, day, **scope),
    )
    seen = 0
    for scope in scopes(scan, day):
        some = held_by(scan, day, **scope)
        for report in reports:
            whole, part = (report(of, **scope).collect(engine="in-memory") for of in (scan, some))
            assert_frame_equal(part, whole)
            seen += whole.height
    assert seen > 1000


def test_the_planner_too(scan, calendar):
    nobody = read(None)
    for scope in list(scopes(scan, AS_AT))[::3]:
        some = held_by(scan, AS_AT, **scope)
        whole = planned(scan, calendar, AS_AT, nobody, **scope).collect()
        assert_frame_equal(planned(some, calendar, AS_AT, nobody, **scope).collect(), whole)


def test_less_is_read(scan):
    team = clients_at(scan, AS_AT).collect()["team"].value_counts().sort("count")["team"][0]
    some = held_by(scan, AS_AT, team)
    assert 0 < some("due_items").collect().height < scan("due_items").collect().height / 2
    assert held_by(scan, AS_AT) is scan
    assert held_by(scan, AS_AT, NO_TEAM) is scan


@pytest.mark.parametrize("text", ["a", "sm", "ahmed", "4", "2015", "01/01/2015", "zzz", ""])
@pytest.mark.parametrize("limit", [None, 1, 20])
def test_find_describes_those_it_shows_as_it_would_among_all(scan, monkeypatch, text, limit):
    some = find(scan, text, AS_AT, limit).collect()
    monkeypatch.setattr(finding, "FEW", 0)
    assert_frame_equal(find(scan, text, AS_AT, limit).collect(), some)
