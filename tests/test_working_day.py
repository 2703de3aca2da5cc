"""An officer's morning on a list of two hundred, in a real terminal, and who sees it afterwards."""

import re

import openpyxl
import pytest

from tests.terminal import AS_AT, Terminal


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    return ready.loaded(300, 5, AS_AT, tmp_path_factory.mktemp("office"))


@pytest.fixture
def at(home, tmp_path):
    """Opens a terminal of 80x24 for a person of the office; a colleague has a home of their own."""
    opened: list[Terminal] = []
    homes = {"Pat Officer": home, "Chris Colleague": tmp_path}

    def start(who: str, *words: str) -> Terminal:
        settings = homes[who] / "settings.toml"
        settings.write_text(f'name = "{who}"\nsnapshots = "{home}"\noffice = "sqlite:///{home}/office.db"\n')
        settings.chmod(0o600)
        terminal = Terminal("--as-at", AS_AT.isoformat(), *words, home=homes[who], TMPDIR=str(tmp_path))
        opened.append(terminal)
        terminal.see(f"as at {AS_AT:%d/%m/%Y}")
        return terminal

    yield start
    for terminal in opened:
        terminal.close()


def shown(terminal: Terminal) -> list[str]:
    return [line for line in terminal.text.splitlines() if " late " in line]


def leave(terminal: Terminal) -> None:
    terminal.press(b"q")
    terminal.wait(terminal.gone, "leaving")
    assert terminal.status == 0


def test_a_list_of_two_hundred_is_worked_with_the_keyboard_alone(at, home, tmp_path):
    pat = at("Pat Officer")
    pat.press(b"2\r")
    pat.see("60 overdue")
    pat.press(b"/visit\r")
    pat.see("216 of 694")

    pat.press(b" " * 10 + b"mhChris Colleague\r")  # ten items to a colleague
    pat.see("10 items marked")
    pat.wait(lambda: sum(bool(re.search(r" h\b", line)) for line in shown(pat)) == 10, "ten are handed over")
    pat.press(b"mcschool\r")  # the eleventh chased
    pat.see("1 item marked")
    pat.wait(lambda: sum(bool(re.search(r"\d{4}.* c\b", line)) for line in shown(pat)) == 1, "one is chased")
    pat.press(b"jmb+3 with the aunt\r")
    pat.see("1 item marked")
    pat.see("26/11")
    pat.press(b"jmxtwice in the list\r")  # a mistake, taken back
    pat.see("not needed")
    pat.press(b"u")
    pat.see("Taken back: not needed, 1 item")
    pat.press(b"nring before 10\r")
    pat.see("Noted until ")
    pat.press(b"vs")
    pat.see("Save this view as")
    pat.press(b"visits I chase\r")
    pat.see("Saved as visits I chase")
    pat.press(b"xx")
    pat.see(".xlsx")
    leave(pat)

    (made,) = (home / "exports").rglob("*.xlsx")
    rows = list(openpyxl.load_workbook(made).worksheets[0].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 1 + 216
    mark = rows[0].index("Mark")
    said = [str(row[mark] or "") for row in rows[1:]]
    assert [("Chris" in one) for one in said] == [True] * 10 + [False] * 206
    assert "chased" in said[10]
    assert "booked" in said[11]
    assert said[12:] == [""] * 204

    again = at("Pat Officer", "--view", "visits I chase")  # the next session
    again.see("216/694")
    again.see("view visits")
    again.wait(
        lambda: sum(bool(re.search(r" h\b", line)) for line in shown(again)) == 10, "the marks are there"
    )
    again.press(b"j" * 12 + b"\r")
    again.see("[Chronology")
    again.see("ring before 10")
    again.press(b"\x1b")
    again.see("d Overdue")
    again.press(b"vt")
    again.see("Share which of your views?")
    again.press(b"\r")
    again.see("Which team?")
    again.press(b"\r")
    again.see("shared with everyone")
    leave(again)

    chris = at("Chris Colleague")
    chris.press(b"T")
    chris.see("Handed to me (10)")
    chris.wait(lambda: chris.text.count("from Pat Of") == 10, "what is handed over is theirs")
    chris.press(b"v")
    chris.see("visits I chase - Client Overview - shared with everyone by")
    chris.press(b"1")
    chris.see("view visits")
    chris.wait(
        lambda: re.search(r"\b694(/| of )694\b", chris.text), "what was typed may be a name: not shared"
    )
    chris.press(b"/visit\r")
    chris.wait(
        lambda: sum(bool(re.search(r" h\b", line)) for line in shown(chris)) == 10,
        "the same list, the same marks",
    )
    chris.press(b"j" * 12 + b"\r")
    chris.see("[Chronology")
    chris.see("ring before 10")
    leave(chris)
