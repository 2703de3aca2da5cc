"""The index of names: who is found by it, and in what order, is who is found without it."""

import itertools
from datetime import date, timedelta
from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data.demo import DemoSource
from data.errors import DataError
from data.frames import collect
from data.snapshots.reader import open_current
from fcl_tui.access.seen.scoped_snapshot import Narrowed
from fcl_tui.access.seen.search import index_of
from fcl_tui.access.seen.visible import View
from fcl_tui.loading import find_index as writing
from fcl_tui.loading.load import load
from fcl_tui.prepared import find_index as prepared
from fcl_tui.prepared.find_index import BY, TEXT, TOLD, WORDS, blocks, lines, words
from fcl_tui.records.find import indexed as find_indexed
from fcl_tui.records.find.find import find
from fcl_tui.records.find.indexed import Index
from fcl_tui.records.find.near import near
from tests.reports.by_hand import AS_AT, Authority, child, plan

LATER = AS_AT + timedelta(days=400)
NAMES = ["Ann", "Anna-Lee", "O'Brien", "obrien", "Smith", "smith", "Goldsmith", "Li", "明", None, "A\x1fB\nC"]
NUMBERS = ["1", "12", "12/3", "12 345", "a12", "smith", "P 12", "0012", '"7"', "12 ", "\\n", "***", "Zoë"]
SPELLS = (
    None, (date(2020, 1, 1), None), (date(2020, 1, 1), LATER), (date(2020, 1, 1), AS_AT), (LATER, None),
    (None, None),
)  # fmt: skip
PIECES = [
    "1",
    "12",
    "12 3",
    "a",
    "an",
    "ann",
    "smith",
    "smi",
    "ith",
    "o'brien",
    "b",
    "li",
    "明",
    "p",
    "zz",
    "0",
]


@pytest.fixture(scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "BLOCK", 3)
        for name, value in {"FEW": 2, "FIRST": 1, "TOGETHER": 2, "STRETCHES": 3, "GAP": 1}.items():
            patch.setattr(find_indexed, name, value)
        patch.setattr(writing, "LEAST", 0)
        yield


@pytest.fixture(scope="module")
def by_hand(small_blocks):
    pairs = list(itertools.product(NAMES, NAMES))
    numbers = [*NUMBERS, *(f"N{count:03}" for count in range(len(pairs) - len(NUMBERS)))]
    spells = [
        plan(number, *SPELLS[at % len(SPELLS)])
        for at, number in enumerate(numbers)
        if SPELLS[at % len(SPELLS)]
    ]
    people = [child(number, *pair) for number, pair in zip(numbers, pairs, strict=True)]
    return Authority(person=people, cp_plans=[*spells, plan("ORPHAN 7", None)]).scan


@pytest.fixture(scope="module")
def its_index(by_hand):
    ordered = collect(lines(by_hand("people"), by_hand("statuses"), AS_AT)).sort(BY, nulls_last=True)
    every = blocks(ordered).with_row_index("block").cast({"block": pl.Int64})
    assert set(every["standing"]) == {prepared.OPEN, prepared.BY_DAY, prepared.CLOSED}
    frames = {
        TEXT: every.select("block", "standing", "text"),
        TOLD: every.select("block", "told"),
        WORDS: words(ordered),
    }
    return lambda name: frames[name].lazy()


def same(scan, text, day, limit, index):
    assert_frame_equal(
        collect(find(scan, text, day, limit, index)), collect(find(scan, text, day, limit)), check_exact=True
    )


def same_near(scan, text, day, index):
    assert_frame_equal(
        collect(near(scan, text, day, index=index)), collect(near(scan, text, day)), check_exact=True
    )


@pytest.mark.parametrize(
    "text",
    ["smyth", "smit an", "obryan", "golsmith smth", "anna 12", "ann n0", "xqzv", "12", "", "li 12",
     "ana 01/03/2015", "smythe 02/03/2015", "goldsmit brien", "smithh", "a12 smth"],
)  # fmt: skip
def test_whoever_has_nearly_the_name_is_found_by_it_too(by_hand, its_index, text):
    same_near(by_hand, text, AS_AT, Index(its_index))


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES) | st.text("12ansmith o'", max_size=4), min_size=1, max_size=3).map(
        " ".join
    ),
    days=st.sampled_from((0, 1, 399, 400, 401)),
    limit=st.sampled_from((1, 2, 7, 40, 1_000)),
)
def test_whoever_is_found_without_it_is_found_by_it_in_the_same_order(by_hand, its_index, text, days, limit):
    same(by_hand, text, AS_AT + timedelta(days=days), limit, Index(its_index))


@pytest.mark.parametrize("text", [*PIECES, *NUMBERS, "n0", "smith ann", "orphan"])
@pytest.mark.parametrize("limit", [3, 500])
def test_every_kind_of_name_and_number(by_hand, its_index, text, limit):
    same(by_hand, text, AS_AT, limit, Index(its_index))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, small_blocks):
    home = tmp_path_factory.mktemp("home")
    load([DemoSource(40, 5, AS_AT)], home, data_date=AS_AT, demo=True)
    return open_current(home)


def typed(snapshot):
    people = collect(snapshot.scan("people")).filter(pl.col("surname").is_not_null()).sort("find_key")
    some = people.gather_every(23)
    return [
        *(name[:length] for name in some["surname"].to_list() for length in (1, 2, 4)),
        *(f"{one} {other[:1]}" for one, other in some.select("surname", "forename").rows()),
        *some["person_id"].to_list(), *(number[2:] for number in some["person_id"].to_list()),
    ]  # fmt: skip


def test_a_load_writes_what_answers_as_before(snapshot):
    assert snapshot.holds(TEXT)
    assert snapshot.holds(TOLD)
    for text in typed(snapshot):
        same(snapshot.scan, text, AS_AT, 20, index_of(snapshot, AS_AT))
    for text in typed(snapshot)[2::9]:
        same_near(snapshot.scan, f"{text}e", AS_AT, index_of(snapshot, AS_AT))


def test_a_record_that_is_not_open_is_not_found_and_takes_nobodys_place(snapshot):
    everyone = collect(snapshot.scan("people"))
    shut = everyone.filter(pl.col("surname").is_not_null()).sort("find_key").gather_every(7)
    narrowed = Narrowed(snapshot, View(sealed=tuple(shut["person_id"].to_list())))
    index = index_of(narrowed, AS_AT)
    assert index is not None
    for text in [*typed(snapshot), *shut["person_id"].to_list()[:20]]:
        same(narrowed.scan, text, AS_AT, 20, index)
        found = collect(find(narrowed.scan, text, AS_AT, 500, index))["person_id"]
        assert not set(found) & set(shut["person_id"])
    for surname in shut["surname"].to_list()[:12]:
        same_near(narrowed.scan, f"{surname}x", AS_AT, index)
    narrowed.view.opened.add(shut["person_id"][0])
    same(narrowed.scan, str(shut["person_id"][0]), AS_AT, 20, index_of(narrowed, AS_AT))


def test_who_sees_some_children_cannot_have_it(snapshot):
    narrowed = Narrowed(snapshot, View(visible=pl.Series(["1"])))
    assert index_of(narrowed, AS_AT) is None
    for name in (TEXT, TOLD, WORDS):
        assert not narrowed.holds(name)
        with pytest.raises(DataError, match="of all children at once"):
            narrowed.scan(name)


def test_it_is_for_the_day_of_the_data_and_after(snapshot):
    assert index_of(snapshot, AS_AT - timedelta(days=1)) is None


def test_few_people_need_none(monkeypatch):
    monkeypatch.setattr(writing, "LEAST", 2)
    place = SimpleNamespace(rows=lambda name: {"prepared/people": 1}[name])
    assert writing.write_find_index(place, None, AS_AT, None) == {}
