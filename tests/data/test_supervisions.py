"""Supervisions in the office database: all or none are kept, the last entry counts."""

from dataclasses import replace
from datetime import date

import pytest

from data.errors import DataError
from data.office.office import Office
from data.office.supervisions import Supervision, read, save

ONE = Supervision(
    worker="Ann Ash", supervisor="Mo Manager", day=date(2026, 3, 2), kind="personal", state="booked"
)


def test_nothing_is_made_by_reading(tmp_path):
    assert read(Office(tmp_path)).height == 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_read_with_its_children(tmp_path):
    office = Office(tmp_path)
    save(
        office, [replace(ONE, children=("2", "1", "2")), replace(ONE, kind="case", supervision_id="b")], "mo"
    )
    rows = read(office).to_dicts()
    assert [(row["worker"], row["kind"], row["state"], row["children"]) for row in rows] == [
        ("Ann Ash", "personal", "booked", ["1", "2"]),
        ("Ann Ash", "case", "booked", []),
    ]


def test_the_last_entry_for_a_worker_day_and_kind_counts(tmp_path):
    office = Office(tmp_path)
    save(office, [ONE], "mo")
    save(office, [replace(ONE, state="held", worker="ANN ASH", children=("1",), supervision_id="b")], "mo")
    assert read(office).select("state", "children").rows() == [("held", ["1"])]


def test_all_or_none(tmp_path):
    office = Office(tmp_path)
    save(office, [ONE], "mo")
    with pytest.raises(DataError, match="none was"):
        save(office, [replace(ONE, kind="group", supervision_id="c"), ONE], "mo")  # its number is there
    assert read(office).height == 1


@pytest.mark.parametrize(("name", "value"), [("kind", "chat"), ("state", "maybe"), ("worker", " ")])
def test_other_values_are_refused(name, value):
    with pytest.raises(DataError):
        replace(ONE, **{name: value})


def test_a_database_that_is_none_is_said_in_a_sentence(tmp_path):
    (tmp_path / "office.db").write_bytes(b"not a database at all, whatever it is called")
    with pytest.raises(DataError, match="cannot be read"):
        read(Office(tmp_path))
