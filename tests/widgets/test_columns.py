"""How cells read and which columns fit."""

import datetime as dt

import pytest

from tests.widgets.widget_hosts import COLUMNS
from widgets.cells.column import Column, last_first, lay_out
from widgets.cells.states import STATES, state_of
from widgets.table.grouping import Groups
from widgets.table.sort_picker import SortPicker


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", None, "–         "),
        ("date", dt.date(2026, 2, 3), "03/02/2026"),
        ("number", 12345, "    12,345"),
        ("number", 1.25, "       1.2"),
        ("number", float("nan"), "         –"),
        ("number", "not in this source", "not in th…"),
        ("percent", 87.5, "     87.5%"),
        ("days", -3, "    3 late"),
        ("days", 0, "     today"),
        ("days", 5, "    5 left"),
        ("state", "overdue", "!! Overdue"),
        ("state", "not in this source", "not in th…"),
        ("state", None, "–         "),
        ("code", "cin_visit", "Cin visit "),
    ],
)
def test_a_cell_reads(kind, value, text):
    assert Column("k", "K", 10, kind=kind).text(value) == text


def test_days_are_a_figure_where_there_is_no_room_for_words():
    assert Column("k", "K", 4, kind="days").text(-12) == " -12"


def keys(layout):
    return [place.column.key for place in layout.places]


def test_columns_give_way_by_priority_but_never_frozen_ones_or_states():
    assert keys(lay_out(COLUMNS, 120)) == [column.key for column in COLUMNS]
    assert keys(lay_out(COLUMNS, 80)) == ["name", "state", "days", "due", "worker"]
    assert keys(lay_out(COLUMNS, 60)) == ["name", "state", "days", "due"]
    assert keys(lay_out(COLUMNS, 38)) == ["name", "state"]
    assert keys(lay_out(COLUMNS, 10)) == ["name"]


def test_the_last_text_column_takes_the_spare_room():
    for width in (60, 80, 120):
        last = lay_out(COLUMNS, width).places[-1]
        hidden = len(lay_out(COLUMNS, width).places) < len(COLUMNS)
        assert last.start + last.width == width - hidden


def test_sideways_reaches_every_column_and_keeps_the_frozen_one():
    furthest = last_first(COLUMNS, 60)
    seen = set()
    for first in range(furthest + 1):
        layout = lay_out(COLUMNS, 60, first)
        assert layout.places[0].column.key == "name"
        seen |= set(keys(layout))
    assert seen == {column.key for column in COLUMNS}
    assert not lay_out(COLUMNS, 60, furthest).more_right
    assert last_first(COLUMNS, 200) == 0


def test_states_differ_without_colour():
    labels = [state.label for state in STATES.values()]
    assert len(set(labels)) == len(labels)
    assert all(label.isascii() for label in labels)
    assert state_of("overdue").label == "!! Overdue"
    assert state_of("due_soon").label == "! Due soon"
    assert state_of("not_required").label == "- Not required"


def test_headings_stand_between_the_rows_and_are_not_counted():
    import polars as pl

    groups = Groups.of(pl.Series(["a", "a", None, "b"]))
    assert [groups.heading_at(line) for line in range(7)] == [
        ("a", 2),
        None,
        None,
        (None, 1),
        None,
        ("b", 1),
        None,
    ]
    assert [groups.row_at(line) for line in range(7)] == [None, 0, 1, None, 2, None, 3]
    assert [groups.line_of(row) for row in range(4)] == [1, 2, 4, 6]
    assert Groups().line_of(5) == 5


def test_the_sort_picker_takes_arrows_numbers_and_letters():
    picker = SortPicker(COLUMNS)
    assert picker.press("right") == "moved"
    assert picker.at == 1
    assert picker.press("d") == "picked"
    assert COLUMNS[picker.at].title == "Days"
    assert picker.press("4") == "picked"
    assert picker.at == 3
    assert picker.press("9") == "unknown"
    assert picker.press("x") == "unknown"
    assert picker.press("escape") == "left"
    assert SortPicker(COLUMNS).press("s") == "picked"
