"""Finding the lists: by the sheet's name, by the headings, in whatever row they stand."""

import pytest

from data.sources.annex_a.headers import LISTS, best_headings, columns, list_by_name, read_headings, tidy


def official(list_no: int) -> list[str]:
    return [column.name for column in columns(list_no)]


@pytest.mark.parametrize("list_no", LISTS)
def test_every_official_heading_is_found_in_its_own_list(list_no):
    found = read_headings(official(list_no), list_no)
    assert list(found.found) == official(list_no)
    assert found.extra == ()
    assert found.missing == ()
    assert found.repeated == ()


@pytest.mark.parametrize("list_no", LISTS)
def test_headings_alone_tell_which_list_it_is(list_no):
    at, headings = best_headings([["Annex A"], [], official(list_no)], "Sheet1")
    assert (at, headings.list_no) == (2, list_no)


@pytest.mark.parametrize(
    ("name", "list_no"),
    [
        ("List 1", 1), ("1", 1), ("List_1 contacts", 1), ("Contacts", 1), ("LIST 10", 10), ("list11", 11),
        ("10. Adoption", 10), ("Annex A List 7 - CP", 7), ("Leaving care services", 9), ("CLA", 8),
        ("S47", 5), ("Children\u00a0in need", 6), ("Prospective adopters", 11), ("01", 1),
        ("List 12", None),
        ("Guidance", None), ("2025", None), ("Sheet1", None),
    ],
)  # fmt: skip
def test_a_sheet_name_may_say_its_list(name, list_no):
    assert list_by_name(name) == list_no


def test_spaces_case_and_curly_quotes_do_not_matter():
    cells = ["CHILD\u00a0 UNIQUE  ID ", "Child’s category of need", "child`s legal status"]
    found = read_headings(cells, 8).found
    assert found == {"Child Unique ID": 0, "Child's Category of Need": 1, "Child's Legal Status": 2}
    assert (
        tidy("Number of Episodes the Child has been ‘Missing’")
        == "Number of Episodes the Child has been 'Missing'"
    )


def test_an_exact_heading_wins_over_a_loose_pattern():
    found = read_headings(["Parent or child ID number", "Child Unique ID"], 1)
    assert found.found["Child Unique ID"] == 1
    assert found.extra == ("Parent or child ID number",)


def test_a_repeated_heading_is_said_and_the_first_counts():
    found = read_headings(["Child Unique ID", "Date of Contact", "Date of Contact"], 1)
    assert found.found["Date of Contact"] == 1
    assert found.repeated == ("Date of Contact",)


def test_headings_win_over_a_wrong_name():
    _, headings = best_headings([official(7)], "List 3")
    assert headings.list_no == 7


def test_the_ssd_scripts_columns_are_not_missed():
    without = [name for name in official(9) if name not in ("Latest Contact", "Latest Pathway Plan")]
    assert read_headings(without, 9).missing == ()
    assert read_headings(without[:-3], 9).missing == ("Activity Status",)


def test_a_sheet_of_something_else_is_no_list():
    assert best_headings([["Notes"], ["Gender", "Ethnicity"], ["Date of Birth", "Age"]], "Pivot") is None
