"""What people met in the lists: chasing, picking people, undo, filters, the line at the top."""

from datetime import date

from data.office.office import Office
from screens.dialogs.mark import MarkDialog
from tests.screens.conftest import application, settled, text_of, until
from widgets.detail_pane import DetailPane
from widgets.table.report_table import ReportTable


def shown(app):
    """What the overview lists, whatever lies over it."""
    return app.screen_stack[2].query_one(ReportTable).shown_frame()


def kept(home):
    """The marks in the order they were saved."""
    return Office(home).read().marks


async def test_a_chase_takes_the_day_to_chase_again_and_it_is_read_back_before_enter(tmp_path):
    app = application("client-overview", home=tmp_path)  # Monday 23/11/2026
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", "c")
        assert "Thu 26/11/2026" in text_of(app)
        await pilot.press(*"Jo +7")
        assert "Mon 30/11/2026" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 1)
        mark = kept(tmp_path).row(0, named=True)
        assert (mark["kind"], mark["whom"], mark["day"]) == ("chased", "Jo", date(2026, 11, 30))


async def test_people_are_picked_and_free_text_comes_last(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", "h", *"smi")
        await until(pilot, lambda: "▸ Mary [/] Smith" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 1)
        assert kept(tmp_path)["whom"].to_list() == ["Mary [/] Smith"]
        await pilot.press("m", "h", *"smi")
        await until(pilot, lambda: "▸ Mary [/] Smith" in text_of(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: kept(tmp_path).height == 2)
        assert kept(tmp_path)["whom"].to_list()[1] == "smi"


async def test_undo_asks_nothing_and_redo_makes_it_again(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space", "space", "m", "h", *"Nobody Else", "enter")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 2)
        await pilot.press("u")
        await until(pilot, lambda: shown(app)["mark"].is_null().all())
        assert "Taken back: handed, 2 items" in text_of(app)
        await pilot.press("U")
        await until(pilot, lambda: shown(app)["mark"].drop_nulls().len() == 2)
        assert set(shown(app)["mark"].drop_nulls()) == {"handed to Nobody Else"}
        await pilot.press("U")
        assert "Nothing was taken back here" in text_of(app)


async def test_a_day_that_has_passed_is_said_to_have_passed(tmp_path):
    app = application("client-overview", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m", "s")
        assert "26/11, +3, fri" in text_of(app)
        await pilot.press(*"yesterday", "enter")
        assert "22/11/2026 has passed already" in text_of(app)
        await pilot.press(*["backspace"] * 9, *"22/11", "enter")
        assert "22/11 has passed; for next year type 22/11/2027" in text_of(app)
        assert isinstance(app.screen, MarkDialog)


async def test_a_filter_that_matches_nothing_says_so_and_empties_the_pane():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        screen = app.screen
        rows = screen.table.total
        await until(pilot, lambda: screen.query_one(DetailPane).text)
        await pilot.press("slash", *"smyth")
        await until(
            pilot, lambda: f"Nothing matches 'smyth': {rows} rows hidden, esc clears." in text_of(app)
        )
        assert "Nothing is due here" not in text_of(app)
        assert not screen.query_one(DetailPane).text.strip()
        await pilot.press("escape")
        await until(pilot, lambda: screen.query_one(DetailPane).text)


async def test_the_pane_follows_the_cursor():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        pane = app.screen.query_one(DetailPane)
        before = pane.text
        await pilot.press("end")
        await until(pilot, lambda: pane.text != before)


async def test_the_number_selected_is_on_the_screen_of_80_columns():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("space", "space", "space")
        assert "3 selected" in text_of(app)


async def test_a_key_of_due_items_says_where_it_does_nothing():
    app = application("assessments")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("m")
        assert "Not on this list" in text_of(app)
