"""No sign from the data acts on whoever reads an answer, by whatever way it leaves."""

import io
import sys
import unicodedata
import zipfile
from dataclasses import fields, replace
from datetime import date
from xml.sax.saxutils import unescape

import polars as pl
import pytest
from typer.testing import CliRunner

from fcl_tui.cli.asking import lookups
from fcl_tui.cli.main import app
from fcl_tui.export import FORMATS, content
from fcl_tui.export.cells import copied
from fcl_tui.export.cleaning import clean, clean_answer, clean_frame, clean_text
from fcl_tui.export.ics import as_ics
from fcl_tui.loading.load import load
from fcl_tui.reports.answer import Answer
from tests.authority import ROWS, write
from widgets.cells.column import Column
from widgets.cells.plain import ACTS_ON_TERMINAL, JOINERS

CLIPBOARD = "Zoë\x1b]52;c;RVZJTA==\x07"
C1 = "Ann\x9b31m\x9d0;title\x9c"
BIDI = "Łukasz\u202etxt.\u2066exe\u200b\ufeff\u061c"
LINES = "one\r\ntwo\rthree\x0bfour\x85five\u2028six"
DELETED = "a\x7f\x08\x08b\x00"
HOSTILE = [CLIPBOARD, C1, BIDI, LINES, DELETED]
DAY = date(2026, 11, 23)
ALLOWED = {"\n", "\t", "\r"}
"""What a format itself needs: the ends of lines, and tabs inside a cell"""


def acting(text):
    """The signs in a text that could act on a terminal or reorder what stands beside them."""
    return {
        sign
        for sign in text
        if unicodedata.category(sign) in ACTS_ON_TERMINAL and sign not in JOINERS and sign not in ALLOWED
    }


def hostile_answer(report="client-overview", columns=()):
    rows = pl.DataFrame(
        {
            "item_id": HOSTILE,
            "item": HOSTILE,
            "person_id": HOSTILE,
            "initials": HOSTILE,
            "name": HOSTILE,
            "teams": [[one, "Pod One"] for one in HOSTILE],
            "due_date": [DAY] * len(HOSTILE),
        }
    )
    everything = " ".join(HOSTILE)
    return Answer(
        report, everything, DAY, everything, DAY, rows,
        tier=everything,
        parameters={"team": everything},
        left_out=[{"count": 1, "what": everything, "reason": everything}],
        parts={"overview": {"name": everything, everything: [everything]}, "relationships": rows},
        columns=columns,
        who=everything,
        masked=False,
    )  # fmt: skip


def in_parts(body):
    """The text of every part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(
            unescape(book.read(name).decode()) for name in book.namelist() if name.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("columns", [(), (Column("name", "Name \x1b[2J", 18), Column("item", "Item", 9))])
@pytest.mark.parametrize("form", [*FORMATS, "ics"])
def test_no_format_lets_a_sign_of_the_data_act(form, columns):
    body = content(hostile_answer("planner" if form == "ics" else "client-overview", columns), form)
    text = in_parts(body) if form in ("xlsx", "docx") else body.decode("utf-8-sig")
    assert acting(text) == set()
    assert "Ann?31m" in text.replace("\r\n ", "")  # a calendar folds its lines
    if form == "json":  # what is written as an escape is a sign again where it is read
        import json

        told = json.loads(text)
        assert acting("".join(_texts(told))) == set()


def _texts(value):
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, pl.DataFrame):
        yield from _texts(value.to_dicts())
    elif isinstance(value, str):
        yield value


def test_no_field_of_an_answer_is_passed_over():
    """But words of the program itself: keys, columns and their headings."""
    everything, made = " ".join(HOSTILE), hostile_answer()
    made = replace(
        made,
        shown=made.rows,
        chart_rows=made.rows,
        asked=(everything,),
        authority=everything,
        marking=everything,
        top=everything,
    )
    own = {"report", "columns", "table", "part_columns", "chart", "chosen_columns", "grouped_by", "builds"}
    cleaned = clean_answer(made)
    held = {one.name: getattr(made, one.name) for one in fields(made) if one.name not in own}
    hostile = {name for name, value in held.items() if acting("".join(_texts(value)))}
    assert hostile == {name for name, value in held.items() if not isinstance(value, bool | date | None)}
    for name in hostile:
        assert acting("".join(_texts(getattr(cleaned, name)))) == set(), name


def test_a_calendar_made_on_a_screen_is_clean_and_names_its_events_as_the_command_line_does():
    rows = hostile_answer().rows
    text = as_ics(rows, DAY).decode()
    assert acting(text) == set()
    uids = [line for line in text.splitlines() if line.startswith("UID")]
    again = content(hostile_answer("planner"), "ics").decode()
    assert uids == [line for line in again.splitlines() if line.startswith("UID")]


def test_the_cleaning_takes_away_every_sign_that_the_screens_take_away_and_no_other():
    signs = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    made = clean_frame(pl.DataFrame({"sign": signs}))["sign"].to_list()
    for sign, left in zip(signs, made, strict=True):
        if sign in "\r\x0b\x0c\x85\u2028\u2029":
            assert left == "\n", hex(ord(sign))
        elif acting(sign) or (unicodedata.category(sign) == "Cn" and left == "?"):  # of a newer Unicode
            assert left == "?", hex(ord(sign))
        else:
            assert left == sign, hex(ord(sign))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_goes_into_a_clipboard_is_clean(text):
    assert acting(copied(Column("name", "Name", 18), text)) == set()


def test_an_answer_without_such_signs_is_left_as_it_is():
    rows = pl.DataFrame({"name": ["می\u200cخواهم", "O’Brien\nline"], "days": [1, None], "on": [DAY, None]})
    made = Answer("find", "Find", DAY, "s1", DAY, rows, parameters={"text": "é"}, left_out=[{"count": 2}])
    left = clean_answer(made)
    assert left.rows.equals(rows)
    assert (left.parameters, left.left_out, left.title) == (made.parameters, made.left_out, made.title)
    assert clean({"a": [1, None, ("b", True)]}) == {"a": [1, None, ("b", True)]}
    assert clean_text("half \ud800") == "half ?"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two children, their worker and their team, all with hostile names."""
    folder = tmp_path_factory.mktemp("home")
    rows = {table: [dict(row) for row in content_] for table, content_ in ROWS.items()}
    rows["person"][0]["pers_forename"] = CLIPBOARD
    rows["person"][1]["pers_surname"] = C1 + BIDI
    rows["professionals"][0]["prof_professional_name"] = C1 + BIDI + CLIPBOARD
    url = write(f"sqlite:///{folder / 'ssd.db'}", rows)
    load([url], folder, data_date=DAY)
    return folder


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_hostile_name_does_not_reach_the_terminal_that_a_command_prints_to(home, form):
    shape = ["--format", form]
    asked = (
        ["find", "zoë", *shape],
        ["report", "client-overview", *shape],
        ["report", "client-overview", "--by", "child", *shape],
        ["report", "client-summary", "--client", "1", "--everything", *shape],
        ["report", "data-quality", "--detail", *shape],
        ["check"] if form == "table" else ["check", *shape],
    )
    said = ""
    for words in asked:
        made = CliRunner().invoke(app, ["--home", str(home), *words])
        assert made.exit_code in (0, 1), made.output
        assert acting(made.output) == set(), words
        said += made.output
    assert "RVZJTA==" in said


def test_the_reasoning_behind_a_date_is_printed_clean(monkeypatch):
    monkeypatch.setattr(lookups, "reasons", lambda *_: [CLIPBOARD, "", C1])
    made = CliRunner().invoke(app, ["why", "1", "cin_visit"])
    assert made.exit_code == 0
    assert acting(made.stdout) == set()
