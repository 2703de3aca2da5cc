"""A load that would lose children stops and says how many."""

import os
import sys
from datetime import date, datetime

import pytest

from data.errors import DataError
from data.snapshots.place import FOLDER
from data.snapshots.reader import open_current
from fcl_tui.cli.snapshots import load as console
from fcl_tui.cli.snapshots.progress import Silent
from fcl_tui.definitions.statuses import statuses
from fcl_tui.loading.load import load
from tests.authority import run, write
from tests.test_load import Lists

DAY = date(2025, 6, 1)
CHILDREN = 40
"""All with an open referral and a visit."""


def prepare(scan, rules, calendar):
    """Of the application's prepared frames the one by which open cases are known."""
    return {"statuses": statuses(scan), "holidays": calendar.frame().lazy()}


def authority(children=CHILDREN, prefix=""):
    numbers = [f"{prefix}{number}" for number in range(children)]
    begun = datetime(2025, 1, 1)
    return {
        "person": [{"pers_person_id": n} for n in numbers],
        "cin_episodes": [
            {"cine_referral_id": f"R{n}", "cine_person_id": n, "cine_referral_date": begun} for n in numbers
        ],
        "cin_visits": [
            {"cinv_cin_visit_id": f"V{n}", "cinv_cin_plan_id": f"R{n}", "cinv_cin_visit_date": begun}
            for n in numbers
        ],
    }


@pytest.fixture
def url(tmp_path):
    return write(f"sqlite:///{tmp_path}/authority.db", authority())


@pytest.fixture
def home(tmp_path, url):
    loaded(tmp_path / "home", url)
    return tmp_path / "home"


def loaded(home, *sources, **options):
    return load(sources, home, prepare=prepare, data_date=DAY, **options)


def stopped(home, *sources, **options):
    """Be refused, and give what was said; the last snapshot stays in use and nothing is left behind."""
    before = open_current(home).id
    with pytest.raises(DataError) as caught:
        loaded(home, *sources, **options)
    assert open_current(home).id == before
    assert {path.name for path in (home / FOLDER).iterdir() if path.is_dir()} == {before}
    said = str(caught.value)
    assert before in said
    assert "still in use" in said
    assert "--accept" in said
    return said


CLOSE = "UPDATE ssd_cin_episodes SET cine_close_date = '2025-05-01 00:00:00' WHERE rowid <= {}"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM ssd_person WHERE rowid <= 5", "5 of 40 children would go"),
        ("DELETE FROM ssd_cin_episodes WHERE rowid <= 5", "open case would fall from 40 to 35"),
        (CLOSE.format(5), "open case would fall from 40 to 35"),
        ("DELETE FROM ssd_cin_visits WHERE rowid <= 37", "cin_visits fell from 40 rows to 3"),
        ("DROP TABLE ssd_cin_visits", "cin_visits fell from 40 rows to 0"),
    ],
)
def test_what_is_truncated_stops_the_load(home, url, statement, said):
    run(url, statement)
    assert said in stopped(home, url)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ssd_person WHERE rowid <= 4",
        CLOSE.format(4),
        "DELETE FROM ssd_cin_visits WHERE rowid <= 4",
    ],
)
def test_a_tenth_may_go(home, url, statement):
    run(url, statement)
    assert loaded(home, url).notes == []


def test_a_table_that_shrinks_and_is_not_next_to_nothing_is_said(home, url):
    before = open_current(home).id
    run(url, "DELETE FROM ssd_cin_visits WHERE rowid <= 36")
    assert loaded(home, url).notes == [f"cin_visits fell from 40 rows to 4 since the snapshot {before}."]


def test_numbers_that_all_changed_are_children_lost(home, tmp_path):
    renumbered = write(f"sqlite:///{tmp_path}/renumbered.db", authority(prefix="new-"))
    assert "40 of 40 children with an open case would not be there at all" in stopped(home, renumbered)


def test_the_table_that_shrank_most_is_named(home, url):
    run(url, "DELETE FROM ssd_person WHERE rowid <= 5", "DELETE FROM ssd_cin_visits WHERE rowid <= 9")
    assert "Largest fall: cin_visits fell from 40 rows to 31" in stopped(home, url)


def test_the_share_is_a_setting_and_a_loss_can_be_accepted(home, url):
    run(url, "DELETE FROM ssd_person WHERE rowid <= 10")
    heard = []
    stopped(home, url, accept=lambda sentence: bool(heard.append(sentence)))
    assert "10 of 40 children" in heard[0]
    assert loaded(home, url, accept=lambda _: True).tables["person"] == 30
    run(url, "DELETE FROM ssd_person WHERE rowid <= 25")
    assert loaded(home, url, max_loss=50).tables["person"] == 15


def test_other_kinds_of_source_demos_and_a_few_children_are_not_compared(tmp_path, home):
    someone = {"List 1": ("person", [{"pers_person_id": "1"}])}
    assert loaded(home, Lists(someone)).tables["person"] == 1
    small = write(f"sqlite:///{tmp_path}/small.db", authority(children=1))
    assert loaded(tmp_path / "a", write(f"sqlite:///{tmp_path}/19.db", authority(children=19)))
    assert loaded(tmp_path / "a", small).tables["person"] == 1
    demo = write(f"sqlite:///{tmp_path}/demo.db", authority())
    loaded(tmp_path / "b", demo, demo=True)
    assert loaded(tmp_path / "b", small).tables["person"] == 1


def test_a_load_of_another_kind_in_between_does_not_blind_it(home, url):
    loaded(home, Lists({"List 1": ("person", [{"pers_person_id": "1"}])}))
    run(url, "DELETE FROM ssd_person WHERE rowid <= 5")
    with pytest.raises(DataError, match="5 of 40 children would go"):
        loaded(home, url)


def test_a_last_snapshot_that_cannot_be_read_is_compared_by_its_counts(home, url):
    snapshot = open_current(home)
    path = snapshot.path / "tables" / "person.parquet"
    path.write_bytes(b"x" * path.stat().st_size)
    assert "only its counts" in loaded(home, url).notes[0]
    newest = open_current(home)
    path = newest.path / "tables" / "person.parquet"
    path.write_bytes(b"x" * path.stat().st_size)
    run(url, "DELETE FROM ssd_person WHERE rowid <= 5")
    with pytest.raises(DataError, match="5 of 40 children would go"):
        loaded(home, url)


def test_a_truncated_annex_a(tmp_path):
    import openpyxl

    from data.demo import generate, write_annex_a

    day = date(2026, 11, 23)
    path = write_annex_a(generate(children=60, seed=3, as_at=day), tmp_path, day)
    home = tmp_path / "home"
    load([str(path)], home, prepare=prepare)
    notes = load([str(path)], home, prepare=prepare).notes
    assert [note for note in notes if not note.startswith("The data is of")] == []
    book = openpyxl.load_workbook(path)
    sheet = next(each for each in book.worksheets if "6" in each.title)
    assert sheet.max_row > 40
    sheet.delete_rows(12, sheet.max_row)
    book.save(path)
    with pytest.raises(DataError, match="children would go|open case would"):
        load([str(path)], home, prepare=prepare)


# At the terminal


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("typed", "taken"), [("y\n", True), ("Yes\n", True), ("n\n", False), ("\n", False), ("\x04", False)]
)
def test_a_person_at_a_terminal_is_asked(monkeypatch, typed, taken):
    from tests.terminal import last_words

    master, slave = os.openpty()
    os.write(master, typed.encode())
    with os.fdopen(slave, "r", closefd=False) as stdin, os.fdopen(slave, "w", closefd=False) as stderr:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stderr", stderr)
        assert console.loss_confirmed("5 of 40 children\x1b[2J would go.", Silent()) is taken
    os.close(slave)
    shown = last_words(master)
    assert "5 of 40 children?[2J would go." in shown
    assert "[y/N]" in shown


def test_nobody_is_asked_in_a_nightly_job(capsys):
    assert console.loss_confirmed("5 of 40 children would go.", Silent()) is False
    assert capsys.readouterr().err == ""
