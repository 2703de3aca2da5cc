"""Marking with the keys a person presses."""

from data.office import JOURNAL
from data.office.office import Office
from screens.dialogs.mark import MarkDialog
from tests.screens.conftest import application, settled, text_of, until
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader


def shown(app):
    """What the overview lists, whatever lies over it."""
    return app.screen_stack[2].query_one(ReportTable).shown_frame()


async def test_one_item_chased_in_three_keys_and_taken_back(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = app.screen.query_one(ReportTable).cursor_key
        await pilot.press("m", "c", "enter")
        again = "chased, again on 26/11/2026"
        await until(pilot, lambda: again in shown(app)["mark"].drop_nulls().to_list())
        assert Office(tmp_path).read().marks["item_id"].to_list() == [item]
        assert "1 item marked; u takes it back" in text_of(app)
        await pilot.press("end", "home")
        await until(pilot, lambda: "takes it back" not in text_of(app))
        assert "chased (26/11)" in text_of(app)
        await pilot.press("u")
        await until(pilot, lambda: shown(app)["mark"].is_null().all())
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        said = [str(getattr(line, "text", line)) for line in app.screen._lines]
        assert any("chased 26/11/2026 (taken back)" in line for line in said)
        assert any("took back a mark" in line for line in said)


async def test_ten_items_handed_over_in_one_action(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*["space"] * 10)
        assert "10 selected" in text_of(app)
        assert sum(line.startswith("*") for line in text_of(app).splitlines()) == 10
        await pilot.press("m", "h", *"Al [/]", "enter")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 10)
        marks = Office(tmp_path).read().marks
        assert marks["batch"].n_unique() == 1
        assert set(marks["whom"]) == {"Al [/]"}
        assert set(shown(app)["mark"].drop_nulls()) == {"handed to Al [/]"}
        await pilot.press("up")
        await until(pilot, lambda: "to Al [/]" in text_of(app))
        await pilot.press("M")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"mine", "enter")
        await until(pilot, lambda: not isinstance(app.screen, Menu))
        await until(pilot, lambda: shown(app).height == 0 or shown(app).height == 10)


async def test_escape_clears_the_selection_first():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        await pilot.press("space", "space", "escape")
        assert app.screen is screen
        assert not screen.marks.selected
        assert not [line for line in text_of(app).splitlines() if line.startswith("*")]


async def test_a_date_is_read_back_and_a_wrong_one_refused(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", "b", *"soon", "enter")
        assert isinstance(app.screen, MarkDialog)
        assert "A date first" in text_of(app)
        await pilot.press(*["backspace"] * 4, *"27/11 by phone")
        assert "Friday 27/11/2026" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: "booked 27/11" in text_of(app))
        mark = Office(tmp_path).read().marks.row(0, named=True)
        assert mark["note"] == "by phone"


async def test_pasted_text_marks_nothing(tmp_path):
    from textual import events

    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.post_message(events.Paste("mc\nu\n"))
        await pilot.pause()
        assert not isinstance(app.screen, MarkDialog)
        await pilot.press("m")
        app.post_message(events.Paste("c\n"))
        await pilot.pause()
        assert isinstance(app.screen, MarkDialog)
        await pilot.press("escape")
        assert not Office(tmp_path).in_use()


async def test_a_mark_that_cannot_be_saved_is_shown_kept_and_saved_later(tmp_path):
    (tmp_path / "office.db").write_bytes(b"this is no database" * 100)
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", "c", "enter")
        await until(pilot, lambda: app.session.seen.unsaved and "! 1 mark not saved" in text_of(app))
        assert shown(app)["mark"].drop_nulls().str.starts_with("! not saved yet").sum() == 1
        assert (tmp_path / JOURNAL).stat().st_size
        (tmp_path / "office.db").unlink()
        app.session.office._engine = None
        await pilot.press("r")
        await until(pilot, lambda: not app.session.seen.unsaved and "not saved" not in text_of(app))
        assert shown(app)["mark"].drop_nulls().str.starts_with("chased").sum() == 1
        assert (tmp_path / JOURNAL).stat().st_size == 0


async def test_by_child_counts_marks_and_refuses_to_make_one(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("m", "c", "enter")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 1)
        await pilot.press("c")
        await settled(pilot)
        counts = shown(app)["marked"].drop_nulls().to_list()
        assert [one for one in counts if one.startswith("1 of ")] != []
        await pilot.press("m")
        assert not isinstance(app.screen, MarkDialog)
        assert "press c to list one row per item" in text_of(app)


async def test_an_m_typed_into_the_filter_is_an_m():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"mary")
        assert app.screen.query_filter() == "mary"


async def test_the_summary_marks_what_is_due_and_nothing_else(tmp_path):
    app = application(home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f", *"101")
        await settled(pilot)
        await until(pilot, lambda: app.screen.query_one(ReportTable).row_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen_stack[-1].__class__.__name__ == "ClientSummaryScreen")
        await settled(pilot)
        await pilot.press("m")
        assert not isinstance(app.screen, MarkDialog)
        await pilot.press("tab", "tab", "tab", "m", "d", "enter")
        await until(pilot, lambda: "done" in text_of(app))
        assert Office(tmp_path).read().marks["kind"].to_list() == ["done"]
