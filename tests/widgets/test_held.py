"""A long list in little memory: whatever is read of it is what was given."""

import random
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_series_equal

from widgets.cells import held as holding
from widgets.cells.column import Column
from widgets.cells.held import Held, HeldFrames, pack
from widgets.table.row_view import Rows

COLUMNS = (
    Column("name", "Name", 20),
    Column("state", "State", 9, kind="state"),
    Column("due", "Due", 10, kind="date"),
    Column("key", "Id", 9),
    Column("days", "Days", 4, kind="number"),
    Column("at", "At", 9),
    Column("short", "Item", 9, in_files=(Column("item", "Due item", 30),)),
    Column("status", "S", 9, kind="code"),
    Column("ok", "OK", 3),
    Column("kinds", "Kinds", 3),
    Column("none", "None", 3),
)
WORDS = (
    "", "a", "zoe", "o'brien", "brien zoe", "late", "due soon", "05/01/2026", "k1", "k77", "visit", "true",
    "looked after", "12:00", "明", "[red]", "child protection", "zz", "e 1", "\\x1b",
)  # fmt: skip
PLACES = (0, 49, 50, 699)


@pytest.fixture(scope="module")
def frame():
    lots = random.Random(4)
    rows = range(700)

    def some(*values):
        return [lots.choice(values) for _ in rows]

    def days():
        return [
            None if lots.random() < 0.1 else date(2026, 1, 1) + timedelta(lots.randrange(9)) for _ in rows
        ]

    return pl.DataFrame(
        {
            "key": [f"k{number}" for number in rows],
            "name": some(
                "Zoë O'Brien", "Łukasz Smith-Jones", "O’BRIEN Ann", None, "王 明", "[red]x", "\x1b[2J", ""
            ),
            "state": some("overdue", "due_soon|8 wd late", "due", None, "not_required"),
            "due": days(),
            "at": [None if day is None else datetime(day.year, day.month, day.day, 12) for day in days()],
            "days": some(-1, 0, 7, None),
            "short": some("CP visit", "LAC visit", None),
            "item": some("Child protection visit", None),
            "status": some("looked_after", "closed"),
            "ok": some(True, False, None),
            "kinds": some(["x"], [], None),
            "none": pl.Series([None] * len(rows), dtype=pl.String),
            "unique": [None if number % 5 == 0 else f"row {number * 7 % 700}" for number in rows],
        }
    )


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(holding, "APART", 50)


def test_columns_rows_and_values_are_those_that_were_given(frame):
    packed = Held(frame)
    assert not packed.is_packed
    for _ in range(2):  # packing again is nothing
        pack([packed])
        assert packed.is_packed
        assert (packed.schema, packed.height) == (frame.schema, frame.height)
        assert_frame_equal(packed.frame(), frame)
        assert_frame_equal(packed.frame(("due", "unique")), frame.select("due", "unique"))
        for key in frame.columns:
            assert key in packed
            assert_series_equal(packed.column(key), frame[key])
            if key != "kinds":  # of lists each is a Series of its own
                assert [packed.value(key, row) for row in PLACES] == [frame[key][row] for row in PLACES]
        for first, length in ((0, 40), (30, 40), (0, 700), (690, 400), (700, 5), (40, 10), (120, 200)):
            assert_frame_equal(packed.slice(first, length), frame.slice(first, length))
        for rows in ([5, 699, 5, 0, 51], [51], []):
            numbers = pl.Series(rows, dtype=pl.UInt32)
            assert_frame_equal(packed.gather(numbers), frame[numbers])
            assert_frame_equal(packed.gather(numbers, ("key", "name")), frame[numbers].select("key", "name"))


@pytest.mark.parametrize("packs", [False, True])
def test_the_rows_with_a_word(frame, packs):
    held = Held(frame)
    if packs:
        pack([held])
    for key, word in (
        ("name", "[red]x"),
        ("name", "nobody"),
        ("unique", "row 7"),
        ("none", "x"),
        ("name", ""),
    ):
        expected = frame.filter(pl.col(key) == word).select("key", "due", "item")
        assert_frame_equal(held.where(key, word, ("key", "due", "item")), expected)


def test_what_frames_have_alike_is_held_once(frame):
    other = frame.with_columns(name=pl.lit("somebody"), item=pl.col("item").reverse())
    frames = HeldFrames({"one": frame, "other": other, "few": frame.head(3)})
    pack(list(frames.held.values()))
    assert_frame_equal(frames["one"], frame)
    assert_frame_equal(frames["other"], other)
    assert_frame_equal(frames["few"], frame.head(3))
    one, another = frames.held["one"]._now, frames.held["other"]._now
    assert one.apart["key"] is another.apart["key"]
    assert one.there["state"] is another.there["state"]
    assert one.there["name"] is not another.there["name"]
    assert set(frames) == {"one", "other", "few"}


def test_filter_sort_places_and_keys_are_the_same(frame):
    plain, packed = Rows(frame, COLUMNS, group_by="status"), Rows(frame, COLUMNS, group_by="status")
    packed.pack()
    for sort in (None, ("name", False), ("state", True), ("due", False), ("key", True), ("kinds", False)):
        one, other = plain, packed
        for text in WORDS:
            one, other = one.viewed(text, sort), other.viewed(text, sort)
            assert one.count == other.count
            assert_frame_equal(one.window(0, 50), other.window(0, 50))
            assert_frame_equal(one.window(0, one.count), other.window(0, other.count))
            assert_series_equal(one.column("unique"), other.column("unique"))
            assert other.key_at(3, "key") == one.key_at(3, "key")
            assert other.find("key", "k77") == one.find("key", "k77")
            assert other.nearest("key", packed, 77) == one.nearest("key", plain, 77)


def test_what_was_seen_before_goes_on_after(frame):
    rows = Rows(frame, COLUMNS)
    before = rows.viewed("brien", ("due", False))
    rows.pack()
    assert before.same_frame(rows)
    assert_frame_equal(
        before.viewed("brien a", before.sort).window(0, 700),
        Rows(frame, COLUMNS).viewed("brien a", ("due", False)).window(0, 700),
    )
