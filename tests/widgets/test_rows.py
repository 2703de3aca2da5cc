"""Filter, sort and window over a frame."""

from threading import Thread

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.widget_hosts import COLUMNS, rows
from widgets.cells.column import Column
from widgets.cells.folding import fold, folded, words_of
from widgets.table import row_view
from widgets.table.row_view import Rows
from widgets.table.searched import Searched

NAMES = ["Zoë O'Brien", "Łukasz Smith-Jones", "O’BRIEN Ann", None, "José Ángel", "obrien"]


def named(values=NAMES):
    frame = pl.DataFrame(
        {"id": list(range(len(values))), "name": values}, schema_overrides={"name": pl.String}
    )
    return Rows(frame, [Column("name", "Name", 20)])


def ids(view):
    return view.window(0, 1000)["id"].to_list()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("obrien", [0, 2, 5]),
        ("O'Brien", [0, 2, 5]),
        ("brien zoe", [0]),
        ("smith jones lukasz", [1]),
        ("Smith-Jones", [1]),
        ("ANGEL", [4]),
        ("angel obrien", []),
        ("", [0, 1, 2, 3, 4, 5]),
        ("   ", [0, 1, 2, 3, 4, 5]),
        ("[", []),
    ],
)
def test_words_in_any_order_case_accents_and_apostrophes_alike(typed, found):
    view = named().viewed(typed, None)
    assert ids(view) == found
    assert (view.count, view.total) == (len(found), 6)


def test_typing_on_gives_the_same_as_typing_at_once():
    step = named()
    for typed in ("o", "ob", "obr", "obr a", "obr an"):
        step = step.viewed(typed, None)
        assert ids(step) == ids(named().viewed(typed, None))
    assert ids(step.viewed("", None)) == [0, 1, 2, 3, 4, 5]


def test_states_and_dates_are_searched_as_they_read():
    view = Rows(rows(), COLUMNS)
    assert view.viewed("due soon", None).count == 10
    assert ids(view.viewed("05/01/2026", None)) == ["k4"]


@given(st.text())
def test_the_quick_fold_is_the_fold(text):
    full = pl.select(fold(pl.lit(text))).item()
    assert folded(pl.Series([text])).to_list() == [full]
    assert list(words_of(text)) == list(dict.fromkeys(full.split()))


@pytest.mark.parametrize("descending", [False, True])
def test_sorting_puts_empty_values_last_and_keeps_the_order_of_equals(descending):
    frame = pl.DataFrame({"id": range(6), "n": [2, None, 1, 2, None, 3]})
    view = Rows(frame, [Column("n", "N", 4, kind="number")]).viewed("", ("n", descending))
    assert ids(view) == ([5, 0, 3, 2, 1, 4] if descending else [2, 0, 3, 5, 1, 4])


def test_states_sort_by_urgency_and_names_as_they_are_searched():
    view = Rows(rows(5), COLUMNS)
    states = view.viewed("", ("state", False)).window(0, 5)["state"].to_list()
    assert states == ["overdue", "due_soon", "due", "not_required", None]
    assert ids(named().viewed("", ("name", False))) == [4, 1, 5, 2, 0, 3]


def test_filter_and_sort_together_in_either_order():
    view = Rows(rows(200), COLUMNS[:1])
    one = view.viewed("name 01", None).viewed("name 01", ("days", True))
    other = view.viewed("", ("days", True)).viewed("name 01", ("days", True))
    expected = rows(200).filter(pl.col("name").str.contains("Name.*01"))
    expected = expected.sort("days", descending=True, nulls_last=True, maintain_order=True)
    assert ids(one) == ids(other) == expected["id"].to_list()


def test_groups_stay_together_when_sorted():
    frame = pl.DataFrame({"id": range(6), "adviser": ["b", "b", "b", "a", "a", "a"], "n": [1, 3, 2, 9, 7, 8]})
    view = Rows(frame, [Column("n", "N", 4)], group_by="adviser").viewed("", ("n", True))
    assert ids(view) == [1, 2, 0, 3, 5, 4]


def test_keys_are_found_where_they_are_shown():
    view = Rows(rows(100), [COLUMNS[4], COLUMNS[6]]).viewed("worker 1", ("items", True))
    row = view.find("id", "k41")
    assert row is not None
    assert view.key_at(row, "id") == "k41"
    assert view.find("id", "k40") is None
    assert view.key_at(1000, "id") is None


def test_the_nearest_row_left_is_the_next_one_then_the_one_before():
    before = Rows(rows(20), COLUMNS)
    after = Rows(rows(20).filter(~pl.col("id").is_in(["k5", "k6"])), COLUMNS)
    assert after.key_at(after.nearest("id", before, 5), "id") == "k4"
    assert after.key_at(after.nearest("id", before, 6), "id") == "k7"
    assert Rows(rows(0), COLUMNS).nearest("id", before, 5) is None


def test_a_million_rows_are_narrowed_without_copying_them():
    frame = pl.DataFrame({"id": pl.int_range(1_000_000, eager=True)}).with_columns(
        name=pl.format("Name {}", pl.col("id"))
    )
    view = Rows(frame, [Column("name", "Name", 20)])
    narrow = view.viewed("99999", None)
    assert narrow.count == 19
    assert narrow.window(18, 400)["id"].to_list() == [999_999]
    assert view.window(999_990, 400).height == 10


def test_a_column_of_lists_is_neither_searched_nor_sorted_by():
    import datetime as dt

    frame = pl.DataFrame(
        {
            "id": ["a", "b"],
            "kinds": [["x"], ["y"]],
            "at": [dt.datetime(2026, 1, 2, 3, 4), None],
            "ok": [True, None],
        }
    )
    view = Rows(
        frame,
        [Column("kinds", "Kinds", 9), Column("at", "At", 9), Column("ok", "OK", 3), Column("id", "I", 3)],
    )
    assert ids(view.viewed("02/01/2026", None)) == ["a"]
    assert ids(view.viewed("", ("kinds", True))) == ["a", "b"]
    assert ids(view.viewed("", ("gone", False))) == ["a", "b"]


def test_a_short_word_is_found_by_the_longer_one_that_files_have_in_its_place():
    frame = pl.DataFrame(
        {"short": ["CP visit", "LAC visit"], "item": ["Child protection visit", "Looked-after visit"]}
    )
    columns = (Column("short", "Due item", 10, in_files=(Column("item", "Due item", 30),)),)
    rows = Rows(frame, columns)
    assert [rows.viewed(text, None).count for text in ("protection", "cp visit", "visit", "conference")] == [
        1,
        1,
        2,
        0,
    ]


def test_rows_are_made_ready_once_whoever_asks_meanwhile(monkeypatch):
    view, made, whole = named(), [], Searched

    def counted(*given):
        made.append(given)
        return whole(*given)

    monkeypatch.setattr(row_view, "Searched", counted)
    threads = [Thread(target=view.get_ready) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ids(view.viewed("obrien", None)) == [0, 2, 5]
    assert len(made) == 1
