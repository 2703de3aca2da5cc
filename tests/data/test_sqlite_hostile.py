"""SQLite files that never end, hold too much, or have another type in every row."""

import contextlib
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from data.errors import DataError
from data.sources.base import silent
from data.sources.ssd.connection import LONGEST
from data.sources.ssd.database import SsdDatabase

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")

ENDLESS = (
    "CREATE VIEW ssd_person AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS pers_person_id, 'x' AS pers_forename FROM n"
)


def database(tmp_path, *statements, rows=()):
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as made:
        for statement in statements or ["CREATE TABLE ssd_person (pers_person_id, pers_forename, pers_dob)"]:
            made.execute(statement)
        if rows:
            made.executemany("INSERT INTO ssd_person VALUES (?, ?, ?)", rows)
    made.close()
    return f"sqlite:///{path}"


def people(url, **options):
    source = SsdDatabase(url, **options)
    frames = [batch.frame for batch in source.batches(silent) if batch.table == "person"]
    return [row for frame in frames for row in frame.select("pers_person_id", "pers_forename").rows()]


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_view_without_end_stops_when_it_is_asked_to(tmp_path, name, code):
    """SQLite does not come back to Python by itself, and no signal was obeyed."""
    home = tmp_path / "home"
    words = [
        sys.executable,
        "-m",
        "fcl_tui.cli.main",
        "load",
        database(tmp_path, ENDLESS),
        "--home",
        str(home),
    ]
    load = subprocess.Popen([*words, "--progress"], stderr=subprocess.PIPE, text=True)
    try:
        assert "Connecting" in load.stderr.readline()
        time.sleep(1.5)  # it is in the view; there is nothing else to see of it
        assert load.poll() is None
        load.send_signal(getattr(signal, name))
        told = load.communicate(timeout=20)[1]
    finally:
        load.kill()
    assert load.returncode == code
    assert "Traceback" not in told
    assert told.endswith("nothing was kept.\n")
    assert [path.name for path in (home / "snapshots").iterdir() if path.is_dir()] == []


def test_a_value_that_a_view_makes_without_measure(tmp_path):
    view = "CREATE VIEW ssd_person AS SELECT 1 AS pers_person_id, hex(zeroblob(100000000)) AS pers_forename"
    with pytest.raises(DataError, match="more than 4 MB"):
        people(database(tmp_path, view))


@pytest.mark.parametrize("value", ["x" * (LONGEST + 1), b"x" * (LONGEST + 1), "\0" + "x" * LONGEST])
def test_a_value_longer_than_any_of_a_text_file(tmp_path, value):
    url = database(tmp_path, rows=[("1", "Ann", None), ("2", value, None)])
    with pytest.raises(DataError) as told:
        people(url)
    assert str(told.value).startswith(
        "ssd_person in SQLite a.db: the column pers_forename holds a value of 131,073"
    )


def test_long_rows_are_read_a_few_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("data.sources.ssd.database.AT_A_TIME", 2_500)
    url = database(tmp_path, rows=[(str(at), "x" * 1_000, None) for at in range(7)])
    source = SsdDatabase(url)
    sizes = [len(batch.frame) for batch in source.batches(silent)]
    assert sizes == [0, 2, 2, 2, 1]


def test_names_and_schema_that_are_no_text(tmp_path):
    """Found by fuzzing: SQLite's own words are read as UTF-8, and the bytes of a damaged file are in them."""
    url = database(tmp_path, "CREATE TABLE ssd_person (pers_person_id, pers_forename)")
    path = tmp_path / "a.db"
    whole = path.read_bytes()
    for before, after in (
        (b"pers_forename", b"pers_for\xd3name"),
        (b"CREATE TABLE ssd", b"CREATE TA\xd3LE ssd"),
    ):
        assert before in whole
        path.write_bytes(whole.replace(before, after))
        with contextlib.suppress(DataError):
            people(url)
    with pytest.raises(DataError, match="damaged"):
        people(url)


VALUES = [float("inf"), float("-inf"), b"\xff\x00blob", "text", 7, 2**62, None, b"", 1e300]


def test_every_value_in_every_place(tmp_path):
    """A number in a column that begins with bytes became as many NUL characters."""
    for at, order in enumerate(itertools.permutations(VALUES, 2)):
        place = tmp_path / str(at)
        place.mkdir()
        rows = [(value, value, value) for value in order]
        found = people(database(place, rows=rows))
        assert len(found) == len(rows)
        names = [(name or "")[:40].removesuffix(".0") for _, name in found]
        assert names == [shown(value) for value in order], order


def shown(value):
    if value is None:
        return ""
    return value.decode("utf-8", "replace")[:40] if isinstance(value, bytes) else str(value)[:40]
