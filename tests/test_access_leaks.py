"""Not one name, date of birth, address or number of a child whom the reader may not see, in any output."""

import json
from datetime import date

import polars as pl
import pytest

from data.demo import DemoSource
from data.errors import DataError
from data.snapshot import open_current
from fcl_tui import identity
from fcl_tui.access import DEMO_LIST, columns, roster
from fcl_tui.access.door import at_the_door
from fcl_tui.access.roster import Cover, Deputy, Person, Roster
from fcl_tui.access.sealed import Seal, restricted, write
from fcl_tui.answers import REPORTS, Request, answer, found, reasons
from fcl_tui.export import content
from fcl_tui.identity import Identity
from fcl_tui.load import load
from fcl_tui.marks_kept import marks_listed
from fcl_tui.quality_answers import problems
from fcl_tui.reports.allocations import latest_first
from fcl_tui.reports.spells import open_on

TODAY = date.today()
FORMATS = ("table", "csv", "json")
BOSS = Person("boss", "administrator")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    load([DemoSource(children=60, seed=3, as_at=TODAY)], home, data_date=TODAY, demo=True)
    return home


@pytest.fixture(scope="module")
def known(home):
    """Open children with team and worker, by number."""
    scan = open_current(home).scan
    held = latest_first(
        scan("allocations").filter(open_on(TODAY), pl.col("role") == "allocated_worker"), "person_id"
    )
    return held.select("person_id", "team", "worker").collect()


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def reads(home, user, *people, deputies=(), covers=()):
    roster.write(home, Roster((BOSS, *people), tuple(deputies), tuple(covers)))
    identity.forget()
    identity.declare(Identity(user, forced=True))


def telling(home, people):
    """Everything that says who these are and nobody else: numbers, names, days of birth, UPNs, postcodes."""
    scan = open_current(home).scan

    def values(frame, person, *columns_):
        mine = frame.filter(pl.col(person).is_in(people)).select(columns_).collect()
        others = frame.filter(~pl.col(person).is_in(people)).select(columns_).collect()
        for column in columns_:
            yield from set(mine[column].drop_nulls().cast(pl.String)) - set(others[column].cast(pl.String))

    told = set(people)
    told |= set(values(scan("people"), "person_id", "person_id", "name", "date_of_birth", "upn"))
    told |= set(values(scan("address"), "addr_person_id", "addr_address_postcode", "addr_address_json"))
    told |= set(values(scan("linked_identifiers"), "link_person_id", "link_identifier_value"))
    dates = {f"{date.fromisoformat(one):%d/%m/%Y}" for one in told if len(one) == 10 and one[4] == "-"}
    # a day is telling only where nobody else has anything on it
    return {one for one in told if len(one) > 3} | dates


def everything(home, clients):
    """All that the command line can be made to say, refusals too."""
    requests = [Request(name, client=None) for name in REPORTS]
    requests += [Request("client-overview", by="child"), Request("assessments", detail=True)]
    requests += [Request("planner", detail=True), Request("planner", shared=True)]
    requests += [Request("due-items", history=True), Request("data-quality", detail=True)]
    requests += [Request("assessments", by="worker"), Request("leaving-care", everything=True)]
    requests += [Request(name, client=one) for name in REPORTS for one in clients]
    asks = [lambda one=one: answer(home, one) for one in requests]
    asks += [lambda: problems(home)[0], lambda: marks_listed(home, None, history=True)]
    asks += [lambda one=one: reasons(home, one, "cin_visit", None) for one in clients]
    for ask in asks:
        try:
            said = ask()
        except DataError as error:
            yield str(error)
            continue
        if isinstance(said, list):
            yield "\n".join(said)
            continue
        for form in FORMATS:
            yield (
                content(said, form).decode()
                if isinstance(content(said, form), bytes)
                else content(said, form)
            )


def test_every_column_of_the_standard_and_of_the_prepared_frames_is_classified(home):
    snapshot = open_current(home)
    for name in snapshot._files:
        if name not in columns.NO_CHILD:
            names = snapshot.scan(name).collect_schema().names()
            assert columns.unclassified(names) == [], name


def test_a_column_nobody_thought_of_is_hidden():
    assert columns.class_of("pers_favourite_colour") == "hidden"
    assert columns.unclassified(["pers_favourite_colour"]) == ["pers_favourite_colour"]


def test_children_outside_the_remit_are_nowhere(home, known):
    team = known["team"].value_counts().sort("count")["team"][-1]
    theirs = set(known.filter(pl.col("team") == team)["person_id"])
    scan = open_current(home).scan
    reads(home, "sam", Person("sam", "front-line manager", teams=(team,)))
    door = at_the_door(home)
    narrowed = door.snapshot()
    people = set(scan("people").collect()["person_id"])
    seen = set(narrowed.scan("people").collect()["person_id"])
    assert theirs <= seen
    gone = sorted(people - seen)
    assert len(gone) > 100
    outside = sorted(set(known["person_id"]) - seen)
    assert door.counts_outside >= len(outside) > 0
    telltales = telling(home, gone)
    for said in everything(home, [outside[0], sorted(theirs)[0]]):
        found_ = [one for one in telltales if one in said]
        days = _days(narrowed)
        assert [one for one in found_ if one not in days] == []


def _days(snapshot):
    """Every day that something else in view stands on, as text in both spellings."""
    told = set()
    for name in ("events", "due_items", "statuses", "assessments", "involvements", "cin_assessments"):
        frame = snapshot.scan(name).collect()
        for column, kind in frame.schema.items():
            if kind == pl.Date:
                days = frame[column].drop_nulls().unique()
                told |= set(days.cast(pl.String)) | set(days.dt.strftime("%d/%m/%Y"))
    return told
