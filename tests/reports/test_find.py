from datetime import date

import pytest

from data.frames import collect
from data.schema import tables
from fcl_tui.prepared.people import PERSON_FIELDS
from fcl_tui.records.find.find import find
from tests.reports.by_hand import AS_AT, Authority, child, plan, referral


@pytest.fixture(scope="module")
def authority():
    return Authority(
        person=[
            child("1001", "Zoë", "O’Brien", pers_dob=date(2015, 3, 1)),
            child("1002", "Łucja", "Smith-Jones", pers_dob=date(2010, 12, 24)),
            child("1003", "Smith", "Zoe", pers_dob=date(1999, 3, 1)),
            child("1004", None, "Cher", pers_dob=None, pers_expected_dob=date(2026, 5, 4)),
            child("10", "Mary Jane", "de la Cruz-Müller", pers_dob=date(2008, 2, 29)),
            child("1005", "[red]x[/]", "\x1b[2JSmithson", pers_dob=None),
            child("1006", "明", "王", pers_dob=None),
        ],
        cin_episodes=[referral("1002", date(2025, 1, 1))],
        cp_plans=[plan("ORPHAN7", date(2025, 1, 1))],
    )


def found(authority, text, limit=50):
    return collect(find(authority.scan, text, AS_AT, limit))["person_id"].to_list()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("obrien", ["1001"]),
        ("O'Brien", ["1001"]),
        ("o brien zoe", ["1001"]),
        ("ZOE O’BRIEN", ["1001"]),
        ("zoë", ["1001", "1003"]),
        ("lucja jones", ["1002"]),
        ("smithjones", ["1002"]),
        ("smith-jones, łucja", ["1002"]),
        ("maryjane muller", ["10"]),
        ("cruz", ["10"]),
        ("che", ["1004"]),
        ("王", ["1006"]),
        ("orphan7", ["ORPHAN7"]),
        ("smith", ["1002", "1003", "1005"]),
        ("1003", ["1003"]),
        ("nobody", []),
        ("", []),
        ("  ,.' ", []),
        ("%.*", []),
    ],
)
def test_names_and_numbers(authority, text, people):
    assert (
        found(authority, text) == people or sorted(found(authority, text)) == sorted(people) and text == "10"
    )


@pytest.mark.parametrize(
    "text",
    [
        "01/03/2015",
        "1/3/15",
        "01-03-15",
        "1.3.2015",
        "2015-03-01",
        "2015/3/1",
        "1 March 2015",
        "1st Mar 15",
        "brien 1/3/15",
    ],
)
def test_dates_of_birth_in_several_forms(authority, text):
    assert found(authority, text) == ["1001"]


def test_two_figures_of_a_year_are_never_after_the_day(authority):
    assert found(authority, "01/03/99") == ["1003"]
    assert found(authority, "31/02/2015") == []
    assert found(authority, "zoe 01/03/1999") == ["1003"]
    assert found(authority, "lee 01/03/1999") == []
    assert found(authority, "04/05/2026") == ["1004"], "an unborn child by the expected date"


def test_the_number_itself_comes_first_and_open_clients_before_closed(authority):
    assert found(authority, "10")[0] == "10"
    rows = collect(find(authority.scan, "smith", AS_AT))
    assert rows["status"].to_list() == ["child_in_need", "closed", "closed"]
    assert rows["found_by"].to_list() == ["name"] * 3


def test_no_more_than_asked_for(authority):
    assert len(found(authority, "10", limit=2)) == 2
    assert len(found(authority, "10", limit=None)) == 7


def test_the_people_list_reads_every_field_that_holds_a_childs_number():
    expected = {(table, tables.person_of(table)) for table in tables.names() if tables.person_of(table)}
    assert expected | {("mother", "moth_childs_person_id")} == set(PERSON_FIELDS)


def test_everyone_is_one_person_even_twice_recorded_or_only_a_number():
    authority = Authority(person=[child("1", "First"), child("1", "Second")], cp_plans=[plan("2", None)])
    rows = collect(authority.scan("people"))
    assert rows.select("person_id", "name").rows() == [("1", "Lee, First"), ("2", None)]
    assert rows["find_key"].to_list() == ["first lee 1", "2"]
