"""What the retention rules take away, what they leave, and what is said of it."""

import json
import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office import FILE as OFFICE_DATABASE
from data.office.database import connect, writing
from data.office.models import MarkRow
from data.office.office import Office
from data.office.quality import store
from data.snapshots.lock import locked
from data.snapshots.place import FOLDER, MANIFEST, current_id, snapshot_ids
from data.snapshots.reader import open_current
from fcl_tui.cli.readers.purge import Retention, purge
from fcl_tui.loading.load import load
from tests.authority import write
from tests.killed_loads import prepare
from tests.test_cli import run as command

NOW = datetime(2026, 11, 24, 12)
WORDS = "her mother is in hospital"
AUDITS = "Words of audits over for more than 6 years, or of children no longer in the data"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three snapshots of one authority."""
    folder = tmp_path_factory.mktemp("made")
    url = write(f"sqlite:///{folder}/authority.db")
    for _ in range(3):
        load([url], folder / "home", prepare=prepare)
    return folder / "home"


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


def exported(home, name, days):
    """A file that was exported so many days before NOW."""
    path = home / "exports" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text("x")
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def noted(home, *notes):
    """Marks of the office database: (kind, day, note)."""
    engine = connect(home, None)
    with writing(engine) as connection:
        for number, (kind, day, note) in enumerate(notes):
            row = {
                "mark_id": str(number),
                "batch": "b",
                "item_id": "101|note|",
                "person_id": "101",
                "kind": kind,
            }
            row |= {"day": day, "note": note, "made_by": "ann.lee", "made_at": NOW}
            connection.execute(sa.insert(MarkRow).values(**row))
    engine.dispose()


def notes(home):
    engine = connect(home, None)
    with engine.connect() as connection:
        found = connection.execute(sa.select(MarkRow.note).order_by(MarkRow.seq)).scalars().all()
    engine.dispose()
    return found


def aged(home, which, days):
    """Make a snapshot so many days older than NOW; the oldest is number 0."""
    path = home / FOLDER / snapshot_ids(home / FOLDER)[which] / MANIFEST
    told = json.loads(path.read_text())
    del told["checksum"]  # as one that was made before there was any
    told["created"] = (NOW.astimezone() - timedelta(days=days)).isoformat()
    path.chmod(0o600)
    path.write_text(json.dumps(told))


def everything(home):
    return {
        path.relative_to(home): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "lock"))
    }


def test_exports_go_when_they_are_old_and_nothing_else_does(home):
    old = exported(home, "ann.lee/old.xlsx", 31)
    young = exported(home, "ann.lee/young.xlsx", 29)
    keep = home / "settings.toml"
    keep.write_text("")
    outside = home.parent / "outside.txt"
    outside.write_text("x")
    os.utime(outside, (0, 0))
    link = home / "exports" / "link.xlsx"
    link.symlink_to(outside)
    os.utime(link, (0, 0), follow_symlinks=False)
    first = next(iter(purge(home, Retention(), NOW)))
    assert first == "Exported files older than 30 days: 2 removed."
    assert not old.exists()
    assert not link.is_symlink()
    assert young.exists()
    assert keep.exists()
    assert outside.exists()


def test_the_days_come_from_the_settings_or_the_command(home):
    exported(home, "a.csv", 6)
    (home / "settings.toml").write_text("exports_days = 7\n")
    assert next(iter(purge(home, Retention(), NOW))) == "Exported files older than 7 days: 0 removed."
    told = next(iter(purge(home, Retention(exports_days=5), NOW)))
    assert told == "Exported files older than 5 days: 1 removed."


def test_the_words_of_expired_notes_go_and_the_rest_of_the_row_stays(home):
    day = NOW.date() - timedelta(days=90)
    noted(
        home,
        ("child_note", day - timedelta(days=1), WORDS),
        ("child_note", day, "not yet"),
        ("child_note", None, "never expires"),
        ("note", date(2020, 1, 1), "of a due item, part of its history"),
    )
    *_, told, _ = purge(home, Retention(), NOW)
    assert told == "Notes on children that expired more than 90 days ago: 1 blanked."
    assert notes(home) == [None, "not yet", "never expires", "of a due item, part of its history"]
    for path in home.glob(f"{OFFICE_DATABASE}*"):
        assert WORDS.encode() not in path.read_bytes(), path.name
    engine = connect(home, None)
    with engine.connect() as connection:
        row = connection.execute(sa.select(MarkRow).where(MarkRow.mark_id == "0")).one()
    engine.dispose()
    assert (row.made_by, row.made_at, row.person_id) == ("ann.lee", NOW, "101")
    *_, told, _ = purge(home, Retention(notes_days=5), NOW)
    assert told == "Notes on children that expired more than 5 days ago: 1 blanked."


def test_the_words_of_audits_go_with_the_child_and_the_grades_stay(home):
    office = Office(home)
    there = open_current(home).scan("people").collect()["person_id"][0]
    for number, person in enumerate((there, "gone")):
        case = f"{number:032}"
        rows = {
            "audit_cases": [{"case_id": case, "person_id": person}],
            "audit_events": [{"case_id": case, "to_state": "closed"}],
            "audit_revisions": [{"case_id": case, "overall_grade": 2, "summary": f"{WORDS} {person}"}],
        }
        store.add(office, "ann", rows)
    *_, told = purge(home, Retention(dry_run=True), NOW)
    assert told == f"{AUDITS}: 1 audits and 0 register entries would be blanked."
    *_, told = purge(home, Retention(), NOW)
    assert told == f"{AUDITS}: 1 audits and 0 register entries blanked."
    kept = store.read(office, "audit_revisions")["audit_revisions"]
    assert kept.select("overall_grade", "summary").rows() == [(2, f"{WORDS} {there}"), (2, None)]
    for path in home.glob(f"{OFFICE_DATABASE}*"):
        assert f"{WORDS} gone".encode() not in path.read_bytes(), path.name
    (home / "settings.toml").write_text("[audits]\nwords_years = 1\n")
    *_, told = purge(home, Retention(), NOW.replace(year=2100))
    assert "more than 1 years" in told
    assert store.read(office, "audit_revisions")["audit_revisions"]["summary"].to_list() == [None, None]
    assert store.verify(office) == (6, [])


def test_where_no_snapshot_says_who_is_there_no_child_is_gone(home):
    office = Office(home)
    rows = {
        "audit_cases": [{"case_id": "c" * 32, "person_id": "gone"}],
        "audit_events": [{"case_id": "c" * 32, "to_state": "closed", "reason": WORDS}],
    }
    store.add(office, "ann", rows)
    unreadable = home / FOLDER / snapshot_ids(home / FOLDER)[0] / MANIFEST
    unreadable.chmod(0o600)
    unreadable.write_text("{")
    *_, told = purge(home, Retention(), NOW)
    assert told.endswith("0 audits and 0 register entries blanked.")
    shutil.rmtree(home / FOLDER)
    *_, told = purge(home, Retention(), NOW)
    assert told.endswith("0 audits and 0 register entries blanked.")


def test_old_snapshots_go_and_never_the_one_in_use(home):
    first, second, current = snapshot_ids(home / FOLDER)
    for which, days in enumerate((40, 20, 60)):
        aged(home, which, days)
    _, told, *_ = purge(home, Retention(snapshots_days=30), NOW)
    assert told == f"Snapshots: 1 removed: {first}."
    assert snapshot_ids(home / FOLDER) == [second, current]
    _, told, *_ = purge(home, Retention(snapshots_days=0), NOW)
    assert told == f"Snapshots: 1 removed: {second}."
    assert snapshot_ids(home / FOLDER) == [current]
    assert current_id(home / FOLDER) == current


def test_more_snapshots_than_the_settings_keep_go_without_being_asked_for(home):
    first, *rest = snapshot_ids(home / FOLDER)
    (home / "settings.toml").write_text("keep_snapshots = 2\n")
    _, told, *_ = purge(home, Retention(), NOW)
    assert told == f"Snapshots: 1 removed: {first}."
    assert snapshot_ids(home / FOLDER) == rest


def test_a_dry_run_says_the_same_and_removes_nothing(home, capfdbinary):
    exported(home, "old.csv", 400)
    noted(home, ("child_note", date(2020, 1, 1), WORDS))
    for which in range(3):
        aged(home, which, 100)
    first, second, _ = snapshot_ids(home / FOLDER)
    before = everything(home)
    code, out, err = command(capfdbinary, "purge", "--home", home, "--snapshots-days", 30, "--dry-run")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Exported files older than 30 days: 1 would be removed.",
        f"Snapshots: 2 would be removed: {first}, {second}.",
        "Notes on children that expired more than 90 days ago: 1 would be blanked.",
        f"{AUDITS}: 0 audits and 0 register entries would be blanked.",
    ]
    assert everything(home) == before
    code, out, _ = command(capfdbinary, "purge", "--home", home, "--snapshots-days", 30)
    assert code == 0
    assert out.count("would") == 0
    assert [line.partition(": ")[2] for line in out.splitlines()] == [
        "1 removed.",
        f"2 removed: {first}, {second}.",
        "1 blanked.",
        "0 audits and 0 register entries blanked.",
    ]
    assert notes(home) == [None]
    assert WORDS not in out


def test_nothing_there_is_nothing_to_remove(tmp_path):
    assert list(purge(tmp_path / "nowhere", Retention(), NOW)) == [
        "Exported files older than 30 days: 0 removed.",
        "Snapshots: 0 removed.",
        "Notes on children that expired more than 90 days ago: 0 blanked.",
        f"{AUDITS}: 0 audits and 0 register entries blanked.",
    ]
    assert not (tmp_path / "nowhere").exists()


def test_while_a_load_runs_snapshots_are_left_alone(home):
    for which in range(3):
        aged(home, which, 100)
    with locked(home / FOLDER), pytest.raises(DataError):
        list(purge(home, Retention(snapshots_days=1), NOW))
    assert len(snapshot_ids(home / FOLDER)) == 3


def test_a_damaged_office_database_is_told_and_not_its_content(home):
    (home / OFFICE_DATABASE).write_text(WORDS * 100)
    with pytest.raises(DataError, match="expired notes are still there") as told:
        list(purge(home, Retention(), NOW))
    assert WORDS not in str(told.value)
    assert Path(home / OFFICE_DATABASE).read_text() == WORDS * 100
