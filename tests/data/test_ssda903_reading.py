"""However a return is written down it gives the same tables, and every row is used or held."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.ssda903 import Ssda903, looks_like
from data.sources.ssda903.layout import kinds, names, read_headings
from tests.data.ssda903_by_hand import FILES, Read, write


def test_each_file_is_told_by_its_headings_alone():
    for kind in kinds():
        columns = [name for name in names(kind) if name != "UASC"]
        found = read_headings(columns[::-1], "x.csv")
        assert found is not None
        assert found.kind == kind
        assert found.missing == ()


@pytest.mark.parametrize(
    "cells",
    [["CHILD", "NAME"], ["UPN", "SCHOOL"], ["Child Unique ID", "Gender"], [], ["CHILD"], ["DOB", "SEX"]],
)
def test_other_headings_are_none_of_the_return(cells):
    assert read_headings(cells, "header.csv" if not cells else "x.csv") is None


def test_headings_of_any_case_order_and_spacing(tmp_path):
    text = FILES["reviews"].replace(
        "CHILD,DOB,REVIEW,REVIEW_CODE", '\ufeff child , "Dob",Review ,review code'
    )
    back = Read(write(tmp_path / "r", {"reviews": text}))
    assert back.tables["cla_reviews"].height == 3
    assert "extra_column" not in back.rules()


def test_columns_the_return_does_not_have_are_named_once(tmp_path):
    text = "CHILD,DOB,REVIEW,REVIEW_CODE,Note,Note,REVIEW\n1,,05/07/2024,PN1,a,b,c\n2,,05/07/2024,PN1,a,b,c\n"
    back = Read(write(tmp_path / "r", {"reviews": text}))
    assert back.told("extra_column") == [("reviews_2025.csv", "Note", None)]
    assert back.told("repeated_heading") == [("reviews_2025.csv", "REVIEW", None)]
    assert back.tables["cla_reviews"].height == 2


def test_rows_that_cannot_be_used_are_held(tmp_path):
    rows = [
        ",15/05/2012,05/07/2024,PN1", "NULL,15/05/2012,05/07/2024,PN1", "CHILD,DOB,REVIEW,REVIEW_CODE",
        "7,,,", "1,15/05/2012,05/07/2024,PN1", "1,15/05/2012,05/07/2024,PN1", ",,,",
        "1,15/05/2012,06/08/2024,PN1,surplus",
    ]  # fmt: skip
    back = Read(write(tmp_path / "r", {"reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\n" + "\n".join(rows) + "\n"}))
    held = {"no_child_id", "heading_row", "nothing_said", "duplicate_row", "too_many_cells"}
    assert held <= back.rules()
    place = back.places["reviews_2025.csv"]
    assert (place.rows_in, place.rows_used, place.rows_held) == (7, 1, 6)


def test_a_short_row_is_used_and_told(tmp_path):
    back = Read(
        write(tmp_path / "r", {"reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,,05/07/2024\n2,,06/07/2024,PN1\n"})
    )
    assert back.tables["cla_reviews"].height == 2
    assert "too_few_cells" in back.rules("warning")


def test_an_unreadable_date_is_blanked_and_told(tmp_path):
    back = Read(write(tmp_path / "r", {"reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,,31/02/2024,PN1\n"}))
    assert back.told("unreadable_date") == [("reviews_2025.csv", "REVIEW", "31/02/2024")]
    assert back.rows("cla_reviews", "clar_cla_review_date") == [(None,)]


def test_a_cell_over_several_lines_is_one_cell(tmp_path):
    text = 'CHILD,DOB,REVIEW,REVIEW_CODE,Note\n1,,05/07/2024,PN1,"two\nlines"\n2,,06/07/2024,PN1,x\n'
    back = Read(write(tmp_path / "r", {"reviews": text}))
    assert back.rows("cla_reviews", "clar_cla_person_id", "source_row") == [
        ("1", "reviews_2025.csv/row 2"), ("2", "reviews_2025.csv/row 3"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return Read(write(tmp_path_factory.mktemp("plain") / "r"))


def scrambled(text: str, dice: random.Random) -> bytes:
    """The same file written in another way: columns, rows, case, separator, encoding, dates, blank rows."""
    rows = [line.split(",") for line in text.splitlines()]
    order = dice.sample(range(len(rows[0])), len(rows[0]))
    separator, headings = dice.choice(",;\t"), rows[0]
    cased = dice.choice([str, str.lower, str.title, lambda name: f" {name} "])
    iso = dice.random() < 0.5
    body = [[_dated(cell, iso) for cell in row] for row in rows[1:]]
    dice.shuffle(body)
    body += [body[0]] * dice.randrange(2) + [[""] * len(headings)] * dice.randrange(3)
    lines = [[cased(name) for name in headings], *body]
    end = dice.choice(["\n", "\r\n"])
    written = end.join(separator.join(line[at] for at in order) for line in lines) + dice.choice(["", end])
    return written.encode(dice.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))


def _dated(cell: str, iso: bool) -> str:
    parts = cell.split("/")
    return "-".join(parts[::-1]) if iso and len(parts) == 3 and parts[0].isdigit() else cell


@settings(max_examples=7)
@given(seed=st.integers(0, 10**6))
def test_however_it_is_written_it_says_the_same(plain, tmp_path_factory, seed):
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("scrambled")
    for kind, text in FILES.items():
        (folder / f"{dice.randrange(99):02d} {kind[:2]}_2025.csv").write_bytes(scrambled(text, dice))
    back = Read(folder)
    assert back.rules("error") == set()
    for table, frame in plain.tables.items():
        theirs = back.tables[table]
        columns = [name for name in frame.columns if name not in ("source", "source_row")]
        assert theirs.select(columns).sort(columns).equals(frame.select(columns).sort(columns)), table
    assert sum(place.rows_used for place in back.places.values()) == sum(
        place.rows_used for place in plain.places.values()
    )


def test_what_a_return_looks_like(tmp_path):
    assert looks_like(write(tmp_path / "r"))
    assert looks_like(tmp_path / "r" / "episodes_2025.csv")
    assert not looks_like(write(tmp_path / "other", {"people": "name,age\nx,1\n"}))
    assert not looks_like(tmp_path / "not there")
    (tmp_path / "census.xml").write_text(
        "<Message><Children><Child><LAchildID>1</LAchildID></Child></Children></Message>"
    )
    assert not looks_like(tmp_path / "census.xml")


def test_one_file_may_be_given_alone(tmp_path):
    folder = write(tmp_path / "r")
    back = Read(folder / "episodes_2025.csv")
    assert back.tables["cla_episodes"].height == 6
    assert Ssda903(folder).name == "r"
