"""Text made safe and cut to cells."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.widgets.widget_hosts import CLIPBOARD, HOSTILE
from widgets.cells.glyphs import ASCII, UTF8, use_ascii, wants_ascii
from widgets.cells.plain import fit, plain, plain_lines, wrap
from widgets.cells.written import written


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (dt.date(2026, 3, 1), "01/03/2026"),
        (dt.datetime(2026, 3, 1, 9, 5), "01/03/2026 09:05"),
        (True, "Yes"),
        (12, "12"),
        ("[red]x[/]", "[red]x[/]"),
        (CLIPBOARD, "?]52;c;aGk=?\\"),
        ("a\nb\r\nc\u2028d", "a⏎b⏎c⏎d"),
        ("a\tb\u00a0c", "a b c"),
        ("\u202eb\u200b\ufeff\x9b\x7f\x00", "?b?????"),
        ("क\u200dष", "क\u200dष"),
        ("\ud800", "?"),
    ],
)
def test_nothing_acts_on_the_terminal_and_nothing_is_markup(value, shown):
    assert plain(value) == shown


@given(st.text())
def test_no_text_acts_on_the_terminal_after_cleaning(text):
    left = {unicodedata.category(character) for character in plain(text) if character not in "\u200c\u200d"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(max_size=40), st.integers(0, 30), st.sampled_from(["left", "right", "centre"]))
def test_fitted_text_has_exactly_its_cells(text, width, side):
    assert cell_len(fit(plain(text), width, side)) == width


def test_wide_and_accented_letters_are_measured_in_cells():
    assert fit("漢字漢字", 6) == "漢字 …"
    assert fit("Jose\u0301", 6) == "Jose\u0301  "
    assert fit("abcdef", 4) == "abc…"
    assert fit("12", 4, "right") == "  12"


@given(st.text(max_size=80), st.integers(4, 30))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text, width):
    clean = plain(text)
    pieces = wrap(clean, width)
    assert all(cell_len(piece) <= width for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(clean.split())


def test_lines_break_where_the_value_breaks():
    assert plain_lines("one\ntwo\x1b") == ["one", "two?"]
    assert plain_lines(None) == ["–"]


@pytest.mark.parametrize(
    ("environment", "ascii_only"),
    [
        ({}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "en_GB.ISO-8859-1"}, True),
        ({"LANG": "en_GB.UTF-8", "FCL_ASCII": "1"}, True),
        ({"LC_ALL": "C", "FCL_ASCII": "0"}, False),
    ],
)
def test_the_locale_or_the_user_chooses_the_marks(environment, ascii_only):
    assert wants_ascii(environment) is ascii_only


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dvořák, Łucja · Sørensen", "Dvorak, Lucja - Sorensen"),
        ("Trần Thảo, Mădălina Şahin", "Tran Thao, Madalina Sahin"),
        ("Jose\u0301 O’Brien – ß ½ ① £", "Jose O'Brien - s ? ? ?"),
        ("漢字 Олег", "???? ????"),
        ("\x1b[31m…▇│", "\x1b[31m~ |"),
    ],
)
def test_a_terminal_without_utf8_is_written_letters_without_marks_cell_by_cell(monkeypatch, text, shown):
    for name in ("LC_CTYPE", "LC_ALL", "FCL_ASCII"):
        monkeypatch.delenv(name, raising=False)
    assert written(text) == text
    use_ascii(True)
    monkeypatch.setenv("LANG", "en_GB.ISO-8859-1")
    assert written(text) == shown
    monkeypatch.setenv("LANG", "en_GB.UTF-8")  # signs may be asked for in ASCII where letters are known
    assert {one for one in written(text) if not one.isascii()} == {
        one for one in text if not one.isascii() and (one.isalpha() or one in "\u0301½①£")
    }


@given(st.text(max_size=40))
def test_what_is_written_without_utf8_is_ascii_and_as_wide(text):
    use_ascii(True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C")
        shown = written(plain(text))
    use_ascii(False)
    assert shown.isascii()
    assert cell_len(shown) == cell_len(plain(text))


def test_both_sets_have_marks_of_one_cell():
    for marks in (UTF8, ASCII):
        for name in marks.__dataclass_fields__:
            text = getattr(marks, name)
            assert cell_len(text) == {"steps": 8, "shades": 4}.get(name, 1), name
    assert all(getattr(ASCII, name).isascii() for name in ASCII.__dataclass_fields__)


def test_the_ascii_set_is_used_when_asked_for():
    use_ascii(True)
    assert plain(None) == "-"
    assert fit("abcdef", 4) == "abc~"
    assert all(plain(text) is not None for text in HOSTILE)


def test_the_number_at_the_end_of_a_name_is_not_cut_off():
    assert fit("Children in Care 3", 12) == "Children … 3"
    assert fit("Children with Disabilities 12", 20) == "Children with Di… 12"
    assert fit("Unaccompanied Young People", 12) == "Unaccompani…"
    assert fit("Pathway plan 15/03/2026", 12) == "Pathway pla…"
    assert fit("Team 1", 4) == "Tea…"
