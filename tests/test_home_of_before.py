"""A home made by an earlier version opens, and means the same: data, marks, views, access, the log.

`golden/home_of_2b31c41.tar.xz` is a home that commit 2b31c41 wrote: a demo authority loaded twice, an access
list, a restricted record, marks, a note, and a view of each report, saved from its screen. `expected.json`
in it is what that commit read from it and showed to sam on 31/03/2026.
"""

import hashlib
import json
import tarfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.office.access_log import AccessLog
from data.office.views import views
from data.snapshots.reader import open_current
from fcl_tui.access.office import office_of
from fcl_tui.access.readers import access_list, validation
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.config.settings import read
from fcl_tui.reports.catalogue import load
from fcl_tui.terminal.app import FclApp
from screens.report.screen import DeclaredScreen

PACKED = Path(__file__).parent / "golden" / "home_of_2b31c41.tar.xz"
AS_AT = date(2026, 3, 31)
NAMES = (
    "Overdue in leaving care", "By child", "Marked by me", "Advised by Isla", "Leavers overdue",
    "Pod by worker", "By outcome", "Problems by source", "Errors", "Warnings listed", "To chase",
    "What changed", "Chasing by team", "The week of leaving care",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("before")
    with tarfile.open(PACKED) as packed:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # not in 3.11.0 to 3.11.3
        packed.extractall(place, **safely)
    return place


@pytest.fixture(scope="module")
def expected(home):
    return json.loads((home / "expected.json").read_text())


@pytest.fixture
def app(home):
    identity.forget()
    identity.declare(Identity("sam", forced=True))
    settings = read(home)
    door = at_the_door(home, settings)
    yield FclApp(door.snapshot(screens=True), settings, as_at=AS_AT, door=door)
    identity.forget()


def test_both_snapshots_have_their_rows(home, expected):
    snapshot = open_current(home)
    assert snapshot.verify() == []
    loads = [snapshot, *(snapshot.sibling(name) for name in snapshot.earlier())]
    assert {one.id for one in loads} == set(expected["frames"])
    for one in loads:
        for name, (rows, checksum) in expected["frames"][one.id].items():
            frame = one.scan(name).collect()
            assert frame.height == rows, name
            assert hashlib.sha256(frame.write_ndjson().encode()).hexdigest()[:16] == checksum, name


def test_the_settings_and_the_access_list_say_the_same(home, expected):
    assert (read(home).assessment_target, read(home).keep_snapshots) == (80.0, 4)
    roster = access_list.read(home)
    words = {
        "stands in for": "is deputy for",
        "owner nobody": "owner not set",
        "open to nobody": "open to no one",
    }
    said = expected["access"]
    for before, now in words.items():
        said = [line.replace(before, now) for line in said]
    assert validation.listed(home, roster, date(2026, 11, 29)) == said


def test_the_log_is_whole(home, expected):
    rows, faults = AccessLog(home).verify()
    assert faults == expected["log"][1] == []
    assert rows >= expected["log"][0]


def test_marks_and_notes_are_there(home, expected):
    marks = office_of(read(home), demo=True).read().marks.sort("made_at", "mark_id")
    assert [list(row) for row in marks.select("item_id", "kind", "made_by").rows()] == expected["marks"]


def test_the_views_are_the_ones_saved(home, expected):
    found, chosen = views(office_of(read(home), demo=True), "sam", None)
    assert {view.name for view in found} == set(NAMES) == set(expected["views"])
    assert [view.name for view in found if view.fault] == []
    assert [view.name for view in found if view.view_id == chosen] == ["To chase"]
    assert [view.name for view in found if view.shared_with] == ["Marked by me"]


async def settled(app, pilot):
    for _ in range(400):
        await pilot.pause(0.05)
        busy = [worker for worker in app.workers if worker.is_running]
        if getattr(app.screen, "settled", True) and not busy:
            return
    raise AssertionError("The screen did not come to rest.")


@pytest.mark.parametrize("name", NAMES)
async def test_a_view_shows_what_it_showed(app, home, expected, name):
    [view] = [one for one in views(office_of(read(home), demo=True), "sam", None)[0] if one.name == name]
    was = expected["views"][name]
    assert view.state == was["state"]
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        if view.report == "planner":
            from screens.catalogue import screen_for

            screen = screen_for("planner", app.session)
        else:
            screen = DeclaredScreen(app.session, load(view.report))
        await app.push_screen(screen)
        await settled(app, pilot)
        screen.views.show(replace(view, state=view.state | {"as_at": AS_AT.isoformat()}))
        await settled(app, pilot)
        rows = screen.table.shown_frame()
        told = screen.views.in_words()
        narrowed = (screen.get_state() or {})["view"]
    assert told == f"view {name}"
    if view.report == "planner":  # which of its days it opens on has changed since
        assert (narrowed.get("team"), narrowed.get("worker")) == ("Leaving Care", None)
        return
    key = was["key"]
    assert rows.height == was["rows"], rows
    assert ids(rows, key) == named(was["ids"]), was["state"]


def ids(rows: pl.DataFrame, key: str) -> list[str]:
    return named(str(one) for one in rows[key].to_list())


def named(found) -> list[str]:
    """Restricted children have a token of the session in place of their number: they count alike."""
    return sorted("restricted" if one.startswith("R-") else one for one in found)
