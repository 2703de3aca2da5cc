"""What the Board keeps: nothing is overwritten, twenty at once lose nothing, a kill leaves nothing half."""

from datetime import date

import polars as pl
import pytest

from data.errors import DataError
from data.office import board
from data.office.board_models import TABLES
from data.office.office import Office
from fcl_tui.records.board import empty as board_empty
from tests.data.processes import at_once, killed

VALUE = {
    "no": 26, "definition_version": 1, "period": "2026-27Q2", "period_end": date(2026, 9, 30), "value": 84.0,
    "numerator": 84.0, "denominator": 100.0, "status": "final", "origin": "typed", "source": None,
    "published_on": None, "note": None, "file_sha256": None, "file_row": None,
}  # fmt: skip
ENTER = """
import sys
from datetime import date
from pathlib import Path
from data.office import board
from data.office.office import Office
home, url, name = sys.argv[1:]
row = {
    "no": 26, "definition_version": 1, "period": "2026-27Q2", "period_end": date(2026, 9, 30),
    "value": float(name[1:]), "numerator": None, "denominator": None, "status": "final", "origin": "typed",
    "source": None, "published_on": None, "note": name, "file_sha256": None, "file_row": None,
}
other = dict(row, no=30, period="2026-09", note=None)
board.add(Office(Path(home), url or None), {"values": [row, other]}, name)
"""
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
import sqlalchemy as sa
from data.office import board, database
from data.office.office import Office
connect = database.connect
def connected(home, url):
    engine = connect(home, url)
    def stop(connection, cursor, statement, parameters, context, executemany):
        if "kpi_benchmarks" in statement and statement.startswith("INSERT"):
            os.kill(os.getpid(), signal.SIGKILL)  # the values are in, the comparators are not
    sa.event.listen(engine, "before_cursor_execute", stop)
    return engine
database.connect = connected
row = {
    "no": 26, "definition_version": 1, "period": "2026-27Q2", "period_end": date(2026, 9, 30), "value": 1.0,
    "numerator": None, "denominator": None, "status": "final", "origin": "imported", "source": None,
    "published_on": None, "note": None, "file_sha256": "x", "file_row": 2,
}
other = {"no": 26, "period": "2024-25FY", "geography": "england", "value": 85.7, "source": None,
         "published_on": None, "file_sha256": "x", "file_row": 3}
office = Office(Path(sys.argv[1]), sys.argv[2] or None)
board.add(office, {"values": [row] * 40, "benchmarks": [other]}, "loader")
"""


def test_nothing_is_made_by_reading(tmp_path):
    assert all(frame.is_empty() for frame in board.read(Office(tmp_path)).values())
    assert list(tmp_path.iterdir()) == []


def test_a_later_value_supersedes_and_both_are_kept(tmp_path):
    office = Office(tmp_path)
    board.add(office, {"values": [VALUE]}, "ann")
    board.add(office, {"values": [VALUE | {"value": 82.0, "numerator": 82.0, "note": "late return"}]}, "bo")
    rows = board.read(office, ["values"])["values"]
    assert rows.select("value", "made_by").rows() == [(84.0, "ann"), (82.0, "bo")]
    assert rows["supersedes"].to_list() == [None, rows["value_id"][0]]


def test_all_or_none_over_the_tables(tmp_path):
    office = Office(tmp_path)
    board.add(office, {"values": [VALUE]}, "ann")
    with pytest.raises(DataError, match="nothing was saved"):
        board.add(office, {"values": [VALUE], "targets": [{"no": 26}]}, "ann")  # no year, no rationale
    assert board.read(office)["values"].height == 1


def test_an_event_is_saved_once_however_often_it_is_sent(tmp_path):
    office = Office(tmp_path)
    event = {
        "event_id": "a" * 32, "kind": "comment", "subject": "s", "no": 1, "period": None, "event": "said",
        "body": "{}",
    }  # fmt: skip
    board.add(office, {"events": [event]}, "ann")
    with pytest.raises(DataError, match="saved already"):
        board.add(office, {"events": [event]}, "ann")
    assert board.read(office)["events"].height == 1


def test_the_empty_tables_of_the_records_are_those_of_the_office(tmp_path):
    frames = board.read(Office(tmp_path))
    assert set(frames) == set(TABLES) == set(board_empty.TABLES)
    for name, frame in frames.items():
        assert dict(frame.schema) == board_empty.TABLES[name], name


def _twenty(home, url):
    board.add(Office(home, url or None), {"values": [VALUE]}, "first")  # the schema is there
    at_once(20, ENTER, str(home), url)
    rows = board.read(Office(home, url or None), ["values"])["values"]
    mine = rows.filter(pl.col("no") == 26)
    assert mine.height == 21
    assert set(mine["note"].drop_nulls()) == {f"P{number}" for number in range(20)}
    # a chain: each took the place of exactly the one saved before it
    assert mine["supersedes"].to_list() == [None, *mine["value_id"].to_list()[:-1]]
    others = rows.filter(pl.col("no") == 30)
    assert others["supersedes"].to_list() == [None, *others["value_id"].to_list()[:-1]]


def test_twenty_at_once_lose_nothing_on_sqlite(tmp_path):
    _twenty(tmp_path, "")


def test_twenty_at_once_lose_nothing_on_postgresql(tmp_path, postgres):
    _twenty(tmp_path, postgres)


def _kill(home, url):
    board.add(Office(home, url or None), {"values": [VALUE]}, "first")
    killed(KILLED, str(home), url)
    office = Office(home, url or None)
    assert board.read(office)["values"]["made_by"].to_list() == ["first"]
    assert board.read(office)["benchmarks"].is_empty()
    board.add(office, {"values": [VALUE]}, "again")  # and it still takes what comes
    assert board.read(office)["values"].height == 2


def test_a_kill_in_the_middle_of_an_import_leaves_nothing_half(tmp_path):
    _kill(tmp_path, "")


def test_a_kill_in_the_middle_of_an_import_leaves_nothing_half_on_postgresql(tmp_path, postgres):
    _kill(tmp_path, postgres)
