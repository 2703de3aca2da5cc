"""Columns as a reader wishes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.cells.column import Column, lay_out
from widgets.table.arrangement import Arrangement, arranged, in_order, understood

COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 12, frozen=True, stretch=True),
    Column("due", "Due", 10, kind="date"),
    Column("team", "Team", 18, priority=6),
)
KEYS = [column.key for column in COLUMNS]
WISHES = st.builds(
    Arrangement,
    st.lists(st.sampled_from([*KEYS, "gone"]), unique=True).map(tuple),
    st.frozensets(st.sampled_from([*KEYS, "gone"])),
    st.dictionaries(st.sampled_from(KEYS), st.integers(3, 60)),
    st.none() | st.frozensets(st.sampled_from(KEYS)),
)


def keys(columns):
    return [column.key for column in columns]


def test_without_a_wish_nothing_changes():
    assert arranged(COLUMNS, Arrangement()) is COLUMNS


def test_order_width_hidden_and_what_stays():
    wish = Arrangement(("team", "name"), frozenset({"due"}), {"name": 20}, frozenset({"team"}))
    shown = arranged(COLUMNS, wish)
    assert keys(shown) == ["team", "name", "state"]
    assert [column.frozen for column in shown] == [True, False, False]
    assert (shown[1].width, shown[1].stretch) == (20, False)
    assert keys(in_order(COLUMNS, wish)) == ["team", "name", "state", "due"]


def test_columns_put_first_are_kept_where_not_all_fit():
    columns = arranged(COLUMNS, Arrangement(("team", "due")))
    assert keys(place.column for place in lay_out(columns, 44).places) == ["team", "state", "name"]


@given(WISHES)
def test_no_wish_leaves_nothing_and_none_makes_up_a_column(wish):
    shown = keys(arranged(COLUMNS, wish))
    assert shown
    assert len(set(shown)) == len(shown)
    assert set(shown) <= set(KEYS)
    assert set(KEYS) - wish.hidden in (set(shown), set())


@given(WISHES)
def test_what_was_kept_is_understood_again(wish):
    assert understood(wish.told()) == wish


@pytest.mark.parametrize(
    "told",
    [None, "x", [], {"order": "name"}, {"widths": {"name": "9", "due": True, 3: 4}}, {"frozen": {"a": 1}}],
)
def test_what_makes_no_sense_wishes_nothing(told):
    assert understood(told) == Arrangement()


def test_a_width_is_kept_within_reason():
    assert understood({"widths": {"name": 10**9, "due": -4}}).widths == {"name": 60, "due": 3}
