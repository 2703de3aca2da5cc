"""Snapshots: whole or not at all, and never half believed."""

import errno
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.errors import DataError
from data.snapshots.lock import LOCK
from data.snapshots.manifest import SCHEMA_VERSION, SourceInfo, TableInfo
from data.snapshots.place import CURRENT, FOLDER, MANIFEST
from data.snapshots.reader import open_current, open_snapshot
from data.snapshots.writer import staging

SOURCES = (
    SourceInfo("annex_a", "caf\u00e9 \x1b[2J.xlsx", "0f", 3, date(2025, 1, 2)),
    SourceInfo("demo", "d", "1", 0, None),
)
PERSON = pl.DataFrame({"pers_person_id": ["1", "2"], "pers_surname": ["[b]", None]})


def make(home, frame=PERSON, keep=5):
    with staging(home) as place:
        place.write("tables/person", frame)
        place.sink("prepared/people", frame.lazy().select("pers_person_id"))
        place.write("issues", frame.clear())
        (place.spool("0") / "part").write_text("gone when published")
        tables = {"person": TableInfo(3, 2, 1, "full", "")}
        return place.publish(SOURCES, tables, date(2025, 1, 2), demo=True, keep=keep)


def entries(home):
    return sorted(path.name for path in (home / FOLDER).iterdir() if path.name != LOCK)


def test_what_was_written_is_read_back(tmp_path):
    written = make(tmp_path / "new" / "home")
    snapshot = open_current(tmp_path / "new" / "home")
    assert snapshot.manifest == written
    assert snapshot.id == written.id
    assert snapshot.scan("person").collect().equals(PERSON)
    assert snapshot.scan("people").collect().columns == ["pers_person_id"]
    assert snapshot.scan("issues").collect().is_empty()
    assert snapshot.verify() == []
    assert snapshot.manifest.files["tables/person.parquet"].rows == 2
    assert sorted(path.name for path in snapshot.path.iterdir()) == [
        "issues.parquet",
        MANIFEST,
        "prepared",
        "tables",
    ]
    with pytest.raises(DataError, match="holds no due_items"):
        snapshot.scan("due_items")


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_the_owner_may_read(tmp_path):
    old = os.umask(0)
    try:
        make(tmp_path / "home")
    finally:
        os.umask(old)
    for path in (tmp_path / "home").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_every_file_and_folder_is_on_the_disk_before_it_is_in_use(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr("data.snapshots.directory.sync", lambda path: synced.append(path.name))
    make(tmp_path)
    assert {"person.parquet", "people.parquet", "issues.parquet", "tables", "prepared", FOLDER} <= set(synced)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    frame = pl.DataFrame({"pers_person_id": [str(n) for n in range(120_000)], "n": range(120_000)})
    first, second = make(tmp_path / "a", frame), make(tmp_path / "b", frame)
    assert first.files == second.files


def test_the_last_few_are_kept_and_ids_sort_by_time(tmp_path):
    made = [make(tmp_path, keep=3).id for _ in range(5)]
    assert made == sorted(set(made))
    assert entries(tmp_path) == [*made[-3:], CURRENT]
    assert open_current(tmp_path).id == made[-1]
    make(tmp_path, keep=0)
    assert len(entries(tmp_path)) == 2


def test_a_clock_put_back_still_gives_the_newest_id(tmp_path):
    first = make(tmp_path)
    future = tmp_path / FOLDER / "29990101T000000000000Z"
    (tmp_path / FOLDER / first.id).rename(future)
    second = make(tmp_path)
    assert second.id == "29990101T000000000001Z"
    assert open_current(tmp_path).id == second.id


def test_a_reader_keeps_the_snapshot_it_opened(tmp_path):
    make(tmp_path)
    before = open_current(tmp_path)
    make(tmp_path, PERSON.head(1))
    assert before.scan("person").collect().height == 2
    assert open_current(tmp_path).scan("person").collect().height == 1


# Nothing there, half there, not ours


def test_no_snapshot_yet(tmp_path):
    for home in (tmp_path, tmp_path / "not made"):
        with pytest.raises(DataError, match="no data yet.*fcl-tui load.*fcl-tui demo"):
            open_current(home)
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="not a folder"):
        open_current(tmp_path / "file")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: (path / MANIFEST).unlink(), "not complete: it has no manifest"),
        (lambda path: (path / MANIFEST).write_text("{"), "manifest.*cannot be read"),
        (lambda path: (path / MANIFEST).write_text("[" * 200_000), "manifest.*cannot be read"),
        (lambda path: (path / MANIFEST).write_text("[]"), "manifest.*cannot be read"),
        (lambda path: (path / MANIFEST).write_bytes(b"\xff\xfe"), "manifest.*cannot be read"),
        (
            lambda path: (path / "tables" / "person.parquet").unlink(),
            "person.parquet is missing or cut short",
        ),
        (
            lambda path: (path / "issues.parquet").write_bytes(b"PAR1"),
            "issues.parquet is missing or cut short",
        ),
        (lambda path: change(path, schema_version=SCHEMA_VERSION + 1), "by a newer fcl-tui. Upgrade"),
        (lambda path: change(path, schema_version=0), "by an older fcl-tui. Load the data again"),
        (lambda path: change(path, files=None), "manifest.*cannot be read"),
        (lambda path: change(path, created="yesterday"), "manifest.*cannot be read"),
    ],
)
def test_a_damaged_snapshot_is_refused(tmp_path, damage, said):
    made = make(tmp_path)
    damage(tmp_path / FOLDER / made.id)
    with pytest.raises(DataError, match=said):
        open_current(tmp_path)


def change(path, **values):
    content = json.loads((path / MANIFEST).read_text(encoding="utf-8")) | values
    (path / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("text", ["", "../../etc", "20250101T000000000000Z", "\x00"])
def test_a_pointer_that_leads_nowhere(tmp_path, text):
    make(tmp_path)
    (tmp_path / FOLDER / CURRENT).write_text(text)
    with pytest.raises(DataError, match="names no snapshot|is gone"):
        open_current(tmp_path)


def test_a_changed_file_is_found_out(tmp_path):
    path = tmp_path / FOLDER / make(tmp_path).id / "tables" / "person.parquet"
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)
    snapshot = open_snapshot(path.parent.parent)
    assert snapshot.verify() == ["tables/person.parquet is not as it was written (checksum differs)."]
    path.unlink()
    assert "cannot be read" in snapshot.verify()[0]


# What stops a load


def stopped(home, what):
    """Make a good snapshot, stop the next one, and give what was said."""
    good = make(home)

    def attempt():
        with staging(home) as place:
            place.write("tables/person", PERSON)
            what(place)

    with pytest.raises(DataError) as caught:
        attempt()
    assert entries(home) == [good.id, CURRENT]
    assert open_current(home).id == good.id
    assert "still in use" in str(caught.value)
    return str(caught.value)


def raising(error):
    def act(_place):
        raise error

    return act


def test_a_full_disk_leaves_the_last_snapshot_in_use(tmp_path):
    assert "is full" in stopped(tmp_path / "a", raising(OSError(errno.ENOSPC, "No space left on device")))
    assert "is full" in stopped(tmp_path / "b", raising(OSError(errno.EDQUOT, "Disk quota exceeded")))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_up_while_a_frame_is_written(tmp_path):
    def fill(place):
        (place.path / "prepared" / "people.parquet").symlink_to("/dev/full")
        place.write("prepared/people", PERSON)

    def fill_slowly(place):
        (place.path / "prepared" / "events.parquet").symlink_to("/dev/full")
        place.sink("prepared/events", PERSON.lazy())

    assert "is full" in stopped(tmp_path / "a", fill)
    assert "is full" in stopped(tmp_path / "b", fill_slowly)


@pytest.mark.parametrize("stage", ["rename", "replace", "fsync"])
def test_a_disk_that_fills_up_at_the_very_end(tmp_path, monkeypatch, stage):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    def publish(place):
        if stage == "fsync":
            monkeypatch.setattr(os, "fsync", full)
        else:
            monkeypatch.setattr(type(tmp_path), stage, full)
        place.publish(SOURCES, {}, date(2025, 1, 2), demo=False, keep=5)

    assert "is full" in stopped(tmp_path, publish)


def test_an_interruption_leaves_the_last_snapshot_in_use(tmp_path):
    assert "interrupted" in stopped(tmp_path, raising(KeyboardInterrupt()))


def test_a_fault_of_the_program_is_not_disguised(tmp_path):
    with pytest.raises(ZeroDivisionError), staging(tmp_path):
        raise ZeroDivisionError
    assert entries(tmp_path) == []


def test_a_home_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(DataError, match="--home"), staging(home):
            pass

    def forbidden(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "mkdir", forbidden)
    with (
        pytest.raises(DataError, match="cannot be written .Permission denied.*--home"),
        staging(tmp_path / "home"),
    ):
        pass


def test_two_loads_at_once(tmp_path):
    with staging(tmp_path):
        with pytest.raises(DataError, match=rf"Another load.*process {os.getpid()}"), staging(tmp_path):
            pass
        assert len(entries(tmp_path)) == 1
    make(tmp_path)


def test_a_load_that_was_killed_leaves_no_lock_and_is_cleared_away(tmp_path):
    good = make(tmp_path)
    program = (
        "import os, signal, pathlib, sys; from data.snapshots.writer import staging\n"
        "with staging(pathlib.Path(sys.argv[1])) as place:\n"
        "    place.path.joinpath('tables', 'half').write_text('x')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert done.returncode != 0
    assert len(entries(tmp_path)) == 3
    assert open_current(tmp_path).id == good.id
    newer = make(tmp_path)
    assert entries(tmp_path) == [good.id, newer.id, CURRENT]


def test_opening_imports_no_database_and_no_frames(tmp_path):
    make(tmp_path)
    program = (
        "import sys, pathlib; from data.snapshots.reader import open_current\n"
        "open_current(pathlib.Path(sys.argv[1]))\n"
        "assert not {'sqlalchemy', 'polars'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
