"""My day, what changed and the chasing from the command line: the same answers, and no look left behind."""

import json
import sqlite3
from datetime import UTC, date, datetime

import pytest

from data.office import FILE
from data.office.looks import Look, add_look
from data.office.marks import Mark
from data.office.office import Office
from fcl_tui.loading.load import load
from fcl_tui.records.day.chasing import STANDS
from tests import authority
from tests.test_cli import run

ROWS = authority.ROWS | {
    "department": [{"dept_team_id": "T1", "dept_team_name": "Pod One"}],
    "involvements": [authority.ROWS["involvements"][0] | {"invo_professional_team": "T1"}],
}
AS_AT = "2025-06-03"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two loads a day apart; in the second a child protection visit to child 1 is recorded."""
    home = tmp_path_factory.mktemp("home")
    (home / "settings.toml").write_text('name = "Jo Smith"\n')
    url = authority.write(f"sqlite:///{home}/authority.db", ROWS)
    load([url], home, data_date=date(2025, 6, 1))
    authority.run(
        url,
        "INSERT INTO ssd_cp_visits (cppv_cp_visit_id, cppv_cp_plan_id, cppv_person_id, cppv_cp_visit_date)"
        " VALUES ('V9', 'P1', '1', '2025-06-02')",
    )
    load([url], home, data_date=date(2025, 6, 2))
    return home


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """One load."""
    home = tmp_path_factory.mktemp("alone")
    load([authority.write(f"sqlite:///{home}/authority.db", ROWS)], home, data_date=date(2025, 6, 1))
    return home


def told(capfdbinary, home, *words, exit_code=0):
    code, out, err = run(capfdbinary, "report", *words, "--home", home, "--as-at", AS_AT, "--format", "json")
    assert code == exit_code, err
    return json.loads(out) if exit_code == 0 else err


def test_my_day_lists_each_item_once_with_its_reason_and_is_no_look(home, tmp_path, capfdbinary):
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    answer = told(capfdbinary, tmp_path, "my-day")
    assert answer["columns"][:3] == ["group", "why", "person_id"]
    assert "mark" in answer["columns"]
    assert "mark_shown" not in answer["columns"]
    assert answer["rows"]
    assert len({row["item_id"] for row in answer["rows"]}) == len(answer["rows"])
    assert all(row["why"] for row in answer["rows"])
    assert answer["parameters"]["new"].endswith("first look here: what is new is shown from the next day on")
    assert [path.name for path in tmp_path.iterdir()] == ["snapshots"]


def test_the_visit_that_was_recorded_is_done_and_the_next_follows(home, capfdbinary):
    answer = told(capfdbinary, home, "work-changes")
    assert answer["parameters"]["compared"] == "data of 01/06/2025 and of 02/06/2025"
    visits = {(row["change"], row["detail"]) for row in answer["rows"] if row["rule"] == "cp_visit"}
    assert ("done", "done 02/06/2025") in visits
    assert ("new", "the next, after the last was done") in visits


def test_the_chasing_adds_up_and_its_detail_is_what_it_counts(home, capfdbinary):
    by_team = told(capfdbinary, home, "chasing", "--by", "team")
    for row in by_team["rows"]:
        assert sum(row[name] for name in STANDS) == row["overdue"]
        items = told(capfdbinary, home, "chasing", "--detail", "--team", row["team"])["rows"]
        assert len(items) == row["overdue"]
    assert sum(row["overdue"] for row in by_team["rows"]) > 0
    assert "worker" in told(capfdbinary, home, "chasing")["columns"]
    assert "--by takes one of" in told(capfdbinary, home, "chasing", "--by", "age", exit_code=1)


def test_a_team_keeps_its_own_and_a_wrong_one_is_told(home, capfdbinary):
    for report in ("my-day", "chasing"):
        rows = told(capfdbinary, home, report, "--team", "pod one")["rows"]
        assert {row["team"] for row in rows} <= {"Pod One"}
    for report in ("my-day", "work-changes", "chasing"):
        assert "There is no team" in told(capfdbinary, home, report, "--team", "Pod Nine", exit_code=1)


def test_marks_and_looks_of_the_home_count(home, capfdbinary):
    office = Office(home)
    item = told(capfdbinary, home, "my-day")["rows"][0]["item_id"]
    office.save([Mark(item, "booked", "Al", day=date(2025, 6, 2))])
    at = datetime(2025, 6, 2, 9).astimezone()
    add_look(office, Look("Jo Smith", at.astimezone(UTC).replace(tzinfo=None), "gone"))
    try:
        answer = told(capfdbinary, home, "my-day")
        assert [row["item_id"] for row in answer["rows"] if row["group"] == "broken"] == [item]
        assert answer["parameters"]["new"].startswith("since you looked on 02/06/2025 at 09:00")
        with sqlite3.connect(home / FILE) as database:
            assert database.execute("SELECT count(*) FROM looks").fetchone() == (1,)
    finally:
        (home / FILE).unlink()


def test_one_snapshot_has_nothing_to_be_compared_with(alone, capfdbinary):
    said = told(capfdbinary, alone, "work-changes", exit_code=1)
    assert "No earlier data" in said
    day = told(capfdbinary, alone, "my-day")
    assert day["parameters"]["new"].endswith("first look here: what is new is shown from the next day on")


def test_a_damaged_office_database_stops_no_report(alone, capfdbinary):
    (alone / FILE).write_bytes(b"this is no database" * 100)
    code, out, err = run(
        capfdbinary, "report", "my-day", "--home", alone, "--as-at", AS_AT, "--format", "json"
    )
    assert code == 0
    assert json.loads(out)["rows"]
    assert "Your last visit cannot be read" in err
