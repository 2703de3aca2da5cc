"""Notes on a child with the keys a person presses."""

from dataclasses import replace
from datetime import datetime

import pytest

from data.office import JOURNAL
from data.office.marks import Mark, note_on
from data.office.office import Office
from screens.dialogs.note import NoteDialog
from screens.messages import ClientWanted
from tests.screens.conftest import application, settled, text_of, until
from tests.screens.small_authority import AS_AT
from widgets.table.report_table import ReportTable

TEXT = "ring before 10 [/] =1+1"


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    monkeypatch.setattr("screens.report.marking.notes.today", lambda: AS_AT)


def kept(home):
    return Office(home).read().marks


async def summary(pilot, person_id):
    await settled(pilot)
    pilot.app.post_message(ClientWanted(person_id))
    await until(pilot, lambda: type(pilot.app.screen).__name__ == "ClientSummaryScreen")
    await settled(pilot)


@pytest.mark.parametrize("report", ["client-overview", "leaving-care", "my-day"])
async def test_a_note_is_written_in_one_burst_shown_and_taken_back(report, tmp_path, size):
    app = application(report, home=tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await until(pilot, lambda: app.screen.query_one(ReportTable).row_count)
        person = app.screen.notes.child()
        await pilot.press("n", *TEXT, "enter")
        await until(pilot, lambda: kept(tmp_path).height == 1)
        mark = kept(tmp_path).row(0, named=True)
        assert (mark["item_id"], mark["person_id"], mark["note"]) == (f"{person}|child", person, TEXT)
        assert (mark["kind"], (mark["day"] - AS_AT).days) == ("child_note", 14)
        await until(pilot, lambda: "u takes it back" in text_of(app))
        await pilot.press("end", "home")
        await until(pilot, lambda: "Note: ring before 10 [/]" in text_of(app))
        await pilot.press("u", "enter")
        await until(pilot, lambda: kept(tmp_path).height == 2)
        await until(pilot, lambda: "Note: ring" not in text_of(app))
        assert kept(tmp_path)["undoes"].to_list() == [None, mark["mark_id"]]


async def test_the_summary_shows_the_newest_on_top_and_the_window_all_and_none_that_expired(tmp_path):
    from datetime import timedelta

    Office(tmp_path).save(
        [
            note_on("101", "long ago", "ann", today=AS_AT - timedelta(days=9), days=8),
            note_on("101", "older", "ann", today=AS_AT, days=1),
            Mark("101|child", "child_note", "ann", day=AS_AT),  # purged
            note_on("101", "ring before 10", "ann", today=AS_AT, days=14),
            note_on("102", "another child", "ann", today=AS_AT, days=14),
        ]
    )
    app = application(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await summary(pilot, "101")
        await until(pilot, lambda: "Note: ring before 10 (ann" in text_of(app))
        assert f"until {note_on('1', 'x', 'x', today=AS_AT, days=14).day:%d/%m/%Y}" in text_of(app)
        assert "and 1 more" in text_of(app)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        assert "- older (ann" in text_of(app)
        assert "Not case recording" in text_of(app)
        assert "another child" not in text_of(app)
        assert "long ago" not in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteDialog))
        assert kept(tmp_path).height == 5


async def test_masked_no_note_is_on_the_screen(tmp_path, size):
    Office(tmp_path).save([note_on("101", "ask for Zoe", "ann", today=AS_AT, days=14)])
    app = application(home=tmp_path)
    async with app.run_test(size=size) as pilot:
        await summary(pilot, "101")
        await until(pilot, lambda: "ask for Zoe" in text_of(app))
        await pilot.press("p")
        await until(pilot, lambda: "Note: (hidden) (ann" in text_of(app))
        assert "Zoe" not in text_of(app)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        assert "Zoe" not in text_of(app)


async def test_an_n_typed_into_the_filter_or_while_sorting_writes_nothing():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"nan")
        assert app.screen.query_filter() == "nan"
        await pilot.press("escape", "s", "n")
        await pilot.pause()
        assert not isinstance(app.screen, NoteDialog)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("enter",), "nothing in the note"),
        ((*"x", "tab", "backspace", "backspace", "9", "1", "enter"), "from 1 to 90"),
        ((*"x", "tab", "backspace", "backspace", "0", "enter"), "from 1 to 90"),
        ((*"x", "tab", "backspace", "backspace", "enter"), "from 1 to 90"),
    ],
)
async def test_what_cannot_be_noted_is_said_and_the_window_stays(keys, told, tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n", *keys)
        await until(pilot, lambda: told in text_of(app))
        assert isinstance(app.screen, NoteDialog)
        assert not Office(tmp_path).in_use()


async def test_a_note_that_cannot_be_saved_is_kept_and_says_so(tmp_path):
    (tmp_path / "office.db").write_bytes(b"this is no database" * 100)
    app = application(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await summary(pilot, "101")
        await pilot.press("n", *"ring", "enter")
        await until(pilot, lambda: "Note: ! not saved yet: ring" in text_of(app))
        assert b"ring" in (tmp_path / JOURNAL).read_bytes()


async def test_where_no_child_is_under_the_cursor_nothing_is_asked():
    app = application("my-day")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("tab", "tab")
        await until(pilot, lambda: app.screen.settled and app.screen.report.key == "chasing")
        await pilot.press("n")
        await until(pilot, lambda: "Move to a child's row" in text_of(app))


def test_the_window_and_the_summary_as_pictures(snap_compare, size, tmp_path):
    made = datetime(2026, 11, 24, 9, 30)
    older = note_on("101", "interpreter needed: Polish", "bo", today=AS_AT, days=30)
    newer = note_on("101", "ring before 10; mother works nights " + "x" * 150, "ann", today=AS_AT, days=14)
    Office(tmp_path).save([replace(older, made_at=made), replace(newer, made_at=made)])

    async def there(pilot):
        await summary(pilot, "101")
        await until(pilot, lambda: "Note: ring" in text_of(pilot.app))
        await pilot.press("n", *"meet at school")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteDialog))

    assert snap_compare(application(home=tmp_path), terminal_size=size, run_before=there)
