"""The small files of what is not over: no answer changes by reading them instead of the whole."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data.snapshots.manifest import Manifest
from data.snapshots.open_rows import ENDS, file_of, not_over
from data.snapshots.reader import Snapshot, open_current
from fcl_tui.access.seen.scoped_snapshot import Narrowed
from fcl_tui.access.seen.visible import View
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.definitions.choices import teams, workers
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.client_overview import client_overview, left_out, on_the_day, totals
from fcl_tui.records.due.items import open_items
from fcl_tui.records.find.find import find
from fcl_tui.records.leaving_care import leaving_care
from fcl_tui.records.leaving_care_left_out import left_out as leavers_left_out
from tests.asking import lazily

AS_AT = date(2026, 11, 23)
DAYS = [AS_AT + timedelta(days=days) for days in (-400, -1, 0, 1, 45, 1_000)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, ready):
    return open_current(ready.loaded(300, 5, AS_AT, tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def calendar(snapshot):
    return Calendar.of(snapshot.scan("holidays").collect())


def small(snapshot, day):
    return lambda name: snapshot.scan_open(name, day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_reports_of_what_is_open_say_the_same(snapshot, calendar, day):
    reports = (
        lambda scan: clients_at(scan, day),
        lambda scan: open_items(scan, calendar, day).sort("item_id"),
        lambda scan: client_overview(scan, calendar, day),
        lambda scan: client_overview(scan, calendar, day, by="child"),
        lambda scan: client_overview(scan, calendar, day, known=on_the_day(scan, calendar, day, once=True)),
        lambda scan: totals(scan, calendar, day),
        lambda scan: left_out(scan, calendar, day),
        lambda scan: leaving_care(scan, calendar, day),
        lambda scan: leavers_left_out(scan, day),
        lambda scan: teams(scan, day),
        lambda scan: workers(scan, day),
        lambda scan: find(scan, "a", day, None),
        lambda scan: lazily("assessments", scan, day, {"calendar": calendar}),
        lambda scan: lazily("assessments", scan, day, {"calendar": calendar}, detail=True),
    )
    rows = 0
    for report in reports:
        whole = report(snapshot.scan).collect()
        assert_frame_equal(report(small(snapshot, day)).collect(), whole)
        rows += whole.height
    assert rows > 300


def test_totals_of_what_was_read_once(snapshot, calendar):
    known = on_the_day(snapshot.scan, calendar, AS_AT, once=True)
    for report in (totals, left_out):
        whole = report(snapshot.scan, calendar, AS_AT).collect()
        assert_frame_equal(report(snapshot.scan, calendar, AS_AT, known=known).collect(), whole)


def test_the_small_file_is_read_from_the_day_of_the_data_on(snapshot):
    for name in ENDS:
        whole = snapshot.scan(name).collect()
        assert_frame_equal(
            snapshot.scan_open(name, AS_AT).collect(), whole.filter(not_over(name, AS_AT))
        )  # in the same order
        assert 0 < snapshot.scan_open(name, AS_AT).collect().height < whole.height / 2
        assert_frame_equal(snapshot.scan_open(name, AS_AT - timedelta(days=1)).collect(), whole)
    assert_frame_equal(snapshot.scan_open("people", AS_AT).collect(), snapshot.scan("people").collect())


def test_a_snapshot_of_before_has_none_and_is_read_whole(snapshot):
    files = {
        path: info
        for path, info in snapshot.manifest.files.items()
        if not path.endswith(tuple(f"{file_of(name)}.parquet" for name in ENDS))
    }
    assert len(files) == len(snapshot.manifest.files) - len(ENDS)
    older = Snapshot(snapshot.path, Manifest(**vars(snapshot.manifest) | {"files": files}))
    for name in ENDS:
        assert_frame_equal(older.scan_open(name, AS_AT).collect(), older.scan(name).collect())


@pytest.mark.parametrize("day", DAYS[1:4], ids=str)
def test_a_reader_sees_no_more_in_them(snapshot, day):
    people = clients_at(snapshot.scan, AS_AT).collect()["person_id"]
    view = View(sealed=tuple(people.head(3)), visible=people.head(30))
    narrowed = Narrowed(snapshot, view)
    for name in ENDS:
        allowed = narrowed.scan(name).filter(not_over(name, day)).collect()
        shown = narrowed.scan_open(name, day).filter(not_over(name, day)).collect()
        assert_frame_equal(shown, allowed, check_row_order=False)
        assert 0 < shown.height < snapshot.scan_open(name, day).collect().height


@given(st.lists(st.tuples(st.none() | st.dates(), st.none() | st.dates())), st.dates(), st.dates())
def test_what_is_not_over_later_was_not_over_before(ends, one, other):
    rows = pl.DataFrame(ends, schema={"done_date": pl.Date, "ended": pl.Date}, orient="row").with_row_index()
    first, later = sorted((one, other))
    kept = [set(rows.filter(not_over("due_items", day))["index"]) for day in (first, later)]
    assert kept[1] <= kept[0]
    assert {n for n, (done, end) in enumerate(ends) if done is None and end is None} <= kept[1]
