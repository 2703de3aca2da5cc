"""Names that are nearly what was typed: exact distances, how they sound, and nobody whom one may not see."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.frames import collect
from fcl_tui.records.find.find import COLUMNS
from fcl_tui.records.find.near import LONGEST, NEAR_NAME, distances, near, sound
from tests.reports.by_hand import AS_AT, Authority, child

NAMES = (
    ("1", "Chloé", "Silva"), ("2", "Ana", "Gonçalves"), ("3", "Seán", "O'Brien"),
    ("4", "Kathryn", "Smith-Jones"), ("5", "Stephen", "Fraser"), ("6", "Mohammed", "Al Amin"),
    ("7", None, "Silver"), ("8", "Ng", "Li"),
)  # fmt: skip
PEOPLE = Authority(person=[child(*one, pers_dob=date(2015, 3, 1)) for one in NAMES])


def found(text):
    return collect(near(PEOPLE.scan, text, AS_AT))["person_id"].to_list()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("silvr", ["7", "1"]),  # one letter from both; as near, by name
        ("gonzalves", ["2"]),
        ("shaun obrian", ["3"]),
        ("catherine", ["4"]),
        ("steven frazer", ["5"]),
        ("mohamed", ["6"]),
        ("jones katherine", ["4"]),
        ("silvr chloe", ["1"]),
        ("silvr 01/03/2015", ["7", "1"]),
        ("silvr 02/03/2015", []),
        ("xyzzyxyz", []),
        ("ng", []),  # too short to be nearly anything
        ("1001x", []),
        ("", []),
        ("[red] \x1b[2J", []),
    ],
)
def test_names_that_are_nearly_what_was_typed(text, people):
    assert sorted(found(text)) == sorted(people)


def test_a_number_is_never_nearly_another():
    scan = Authority(person=[child("410150", "Ann"), child("410151", "Bo")]).scan
    assert collect(near(scan, "410152", AS_AT)).is_empty()
    assert collect(near(scan, "anne 410151", AS_AT)).is_empty()


def test_the_columns_are_those_of_find_and_say_that_they_are_nearly():
    rows = collect(near(PEOPLE.scan, "silvr", AS_AT))
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["found_by"]) == {NEAR_NAME}
    assert collect(near(Authority().scan, "silvr", AS_AT)).is_empty()


def test_the_nearest_come_first():
    scan = Authority(
        person=[child("1", "A", "Silvers"), child("2", "B", "Silver"), child("3", "C", "Bilver")]
    ).scan
    assert collect(near(scan, "silvar", AS_AT))["person_id"].to_list()[0] == "2"


def test_whose_name_the_reader_may_not_see_is_near_to_nothing():
    def scan(name):
        frame = PEOPLE.scan(name)
        if name != "people":
            return frame
        hidden = pl.col("person_id") == "1"  # as a restricted record that is not open reads
        return frame.with_columns(pl.when(~hidden).then("find_key"), pl.when(~hidden).then("name"))

    assert collect(near(scan, "silvr", AS_AT))["person_id"].to_list() == ["7"]


def by_rows(one: str, other: str) -> int:
    """The distance as Wagner and Fischer work it out, letter by letter."""
    above = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        row = [number]
        for at, its in enumerate(other, 1):
            row.append(min(above[at] + 1, row[-1] + 1, above[at - 1] + (letter != its)))
        above = row
    return above[-1]


WORDS = st.text("abcé明", min_size=1, max_size=LONGEST)


@given(st.lists(WORDS, min_size=1, max_size=20), WORDS)
def test_distances_are_exact(words, typed):
    told = distances(pl.DataFrame({"word": words}), typed)
    assert told["distance"].to_list() == [by_rows(word, typed) for word in words]


@pytest.mark.parametrize(
    "alike",
    [("shaun", "sean", "shawn"), ("catherine", "kathryn"), ("stephen", "steven"), ("philip", "fillip")],
)
def test_names_that_sound_alike(alike):
    heard = pl.DataFrame({"word": alike}).select(sound(pl.col("word")))["word"]
    assert heard.n_unique() == 1, heard.to_list()


@pytest.mark.parametrize("pair", [("jon", "ann"), ("silva", "salma"), ("tom", "tim jones")])
def test_names_that_do_not(pair):
    heard = pl.DataFrame({"word": pair}).select(sound(pl.col("word")))["word"]
    assert heard.n_unique() == 2
