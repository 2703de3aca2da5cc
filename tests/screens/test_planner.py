"""What a person can do in the planner, with the keys a person presses."""

import re
from datetime import date

import icalendar
import pytest

from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.client_summary.screen import ClientSummaryScreen
from screens.planner.screen import PlannerScreen
from tests.screens.conftest import WHOLE, application, narrowed, settled, shows, text_of, until
from tests.screens.small_authority import AS_AT, SmallSnapshot
from widgets.charts.week_grid import WeekGrid
from widgets.menus.menu import Menu
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader


def grid(app) -> WeekGrid:
    return app.screen.query_one(WeekGrid)


def table(app) -> ReportTable:
    return app.screen.query_one(ReportTable)


def caption(app) -> str:
    found = (line for line in text_of(app).splitlines() if " due" in line and re.match(r" \w", line))
    return next(line for line in found if "(?) more will be due" not in line)


async def to_a_full_day(app, pilot, least=1):
    """Go to the first day that holds at least so many items."""
    for row in app.screen._found.days.iter_rows(named=True):
        if row["date"] is not None and row["items"] >= least:
            grid(app).select(row["date"])
            await until(pilot, lambda: table(app).row_count == row["items"])
            return row
    raise AssertionError("no such day")


async def test_every_day_lists_as_many_as_it_counts():
    app = application("planner")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert grid(app).has_focus
        total = 0
        for row in app.screen._found.days.iter_rows(named=True):
            grid(app).select(row["date"])
            await until(pilot, lambda: table(app).total == row["items"] and row["day"] == grid(app).day)
            assert f"{row['items']} due" in caption(app)
            assert set(table(app).shown_frame()["day"]) <= {row["day"]}
            total += row["items"]
        assert total == app.screen._found.totals["items"] > 10


async def test_enter_goes_in_twice_and_escape_comes_back_as_it_was():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert table(app).region.height > 1, "the list follows the cursor beside the weeks"
        await pilot.press("up")
        await until(pilot, lambda: table(app).row_count > 2)
        await pilot.press("enter", "down")
        assert table(app).has_focus
        assert not grid(app).display, "the whole screen is the list's"
        assert "Earlier:" in caption(app)
        here = table(app).cursor_key
        person = table(app).cursor_row()["person_id"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
        assert app.screen.person_id == person
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen))
        assert table(app).cursor_key == here
        await pilot.press("escape")
        assert grid(app).has_focus
        assert grid(app).display
        assert grid(app).day == "earlier"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PlannerScreen))


async def test_from_client_overview_with_the_same_team_and_worker_and_back():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"olu", "enter")
        await until(pilot, lambda: shows(app, "client-overview"))
        await settled(pilot)
        listed = table(app).total
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, PlannerScreen)
        assert narrowed(app)["worker"] == "Olu Banjo"
        assert "Olu Banjo" in text_of(app)
        assert 0 < app.screen._found.items.height <= listed
        await pilot.press("escape")
        await until(pilot, lambda: shows(app, "client-overview"))
        assert narrowed(app)["worker"] == "Olu Banjo"


async def test_from_anywhere_and_only_once():
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen))
        await settled(pilot)
        depth = len(app.screen_stack)
        await pilot.press("a", "enter", "a")
        assert len(app.screen_stack) == depth
        assert grid(app).has_focus


async def test_the_palette_knows_it_by_name():
    from screens.palette import Actions

    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        provider = Actions(app.screen)
        hits = [hit async for hit in provider.search("planner")]
        assert any("Planner" in str(hit.text) for hit in hits)
        assert any("Planner" in str(hit.text) for hit in [hit async for hit in provider.search("calendar")])


async def test_team_and_worker_narrow_the_weeks():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        whole = app.screen._found.items.height
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"pod one", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlannerScreen))
        await settled(pilot)
        assert narrowed(app)["team"] == "Pod One"
        assert set(app.screen._found.items["team"]) == {"Pod One"}
        assert app.screen._found.items.height < whole


async def test_why_is_that_of_the_item_under_the_cursor():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("up", "enter", "down", "w")
        await until(pilot, lambda: isinstance(app.screen, Reader))
        await pilot.press("escape")
        assert isinstance(app.screen, PlannerScreen)


async def test_leave_and_bank_holidays_are_said_and_a_mistake_in_the_list_is_one_sentence(tmp_path):
    (tmp_path / "leave.csv").write_text(
        "worker,from,to\nOLU BANJO,2026-11-23,2027-01-17\nNobody,1/1/2026,1/1/2026\n"
    )
    app = FclApp(WHOLE, Settings(tmp_path), as_at=AS_AT, first="planner")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        days = app.screen._found.days
        assert {"H", "W", "L"} <= set(days["mark"].drop_nulls())
        off = days.filter(days["hint"].is_not_null() & (days["mark"] == "L")).row(0, named=True)
        grid(app).select(off["date"])
        await until(pilot, lambda: "leave" in caption(app))
        assert off["hint"] in caption(app)
        assert "Olu Banjo" in caption(app)
        assert "1 name(s) in the list of leave" in " ".join(text_of(app).split())
        (tmp_path / "leave.csv").write_text("worker,from,to\nOlu Banjo,soon,never\n")
        await pilot.press("r")
        await settled(pilot)
        await until(pilot, lambda: "line 2" in text_of(app))
        assert grid(app).weeks == 8, "the last answer stays"


async def test_selected_items_go_into_a_calendar_file_or_else_all_that_is_listed(tmp_path):
    app = FclApp(WHOLE, Settings(tmp_path), as_at=AS_AT, first="planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("up", "i")
        await until(pilot, lambda: "written" in text_of(app))
        (whole,) = (tmp_path / "exports").glob("*.ics")
        listed = table(app).row_count
        assert len(icalendar.Calendar.from_ical(whole.read_text()).walk("VEVENT")) == listed > 2
        whole.unlink()
        await pilot.press("enter", "down", "space", "space")
        assert "2 selected" in text_of(app)
        assert list(table(app).shown_frame()["chosen"]).count("*") == 2
        marked = [row["person_id"] for row in table(app).shown_frame().iter_rows(named=True) if row["chosen"]]
        await pilot.press("i")
        await until(pilot, lambda: list((tmp_path / "exports").glob("*.ics")))
        (chosen,) = (tmp_path / "exports").glob("*.ics")
        events = icalendar.Calendar.from_ical(chosen.read_text()).walk("VEVENT")
        assert sorted(str(event["summary"]).split()[-1] for event in events) == sorted(marked)


async def test_marks_come_off_again_and_stay_over_days_and_a_refresh():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("up", "space")
        count = table(app).row_count
        assert len(app.screen.chosen_items) == count
        row = await to_a_full_day(app, pilot)
        assert f"{count} selected" in text_of(app)
        await pilot.press("r")
        await settled(pilot)
        assert len(app.screen.chosen_items) == count
        assert grid(app).day == row["day"]
        grid(app).select(None)
        await until(pilot, lambda: table(app).row_count == count)
        await pilot.press("space")
        assert not app.screen.chosen_items
        assert "selected" not in text_of(app)


async def test_filter_narrows_the_list_and_escape_steps_back_one_thing_at_a_time():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("up", "enter")
        whole = table(app).row_count
        await pilot.press("slash", *"obrien")
        await until(pilot, lambda: 0 < table(app).row_count < whole)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: table(app).row_count == whole)
        assert table(app).has_focus
        await pilot.press("escape")
        assert grid(app).has_focus


async def test_privacy_masks_the_list():
    app = application("planner")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("up", "enter")
        await until(pilot, lambda: "O'Brien" in text_of(app))
        await pilot.press("p")
        await settled(pilot)
        await until(pilot, lambda: "O'Brien" not in text_of(app))


async def test_hostile_text_never_acts():
    app = application("planner")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("up", "enter")
        await until(pilot, lambda: "[red]O'Brien[/], Ann" in text_of(app))
        seen = text_of(app)
        assert not any(ord(c) < 32 and c != "\n" for c in seen)
        assert "\u202e" not in seen


@pytest.mark.parametrize("small", [(1, 1), (20, 5), (40, 10), (79, 19)])
async def test_small_windows_and_an_empty_authority_carry_every_key(small):
    for snapshot in (SmallSnapshot(empty=True), WHOLE):
        app = application("planner", snapshot)
        async with app.run_test(size=small) as pilot:
            await settled(pilot)
            await pilot.press("right", "down", "up", "up", "up", "space", "enter", "down", "space")
            await pilot.press("escape", "end")
            assert isinstance(app.screen, PlannerScreen)


async def at_christmas(pilot):
    await settled(pilot)
    grid(pilot.app).select(date(2026, 12, 25))
    await pilot.pause()


async def in_the_list(pilot):
    await settled(pilot)
    await pilot.press("up", "enter", "down", "space")
    await pilot.pause()


def test_the_weeks_as_they_open(size, snap_compare):
    assert snap_compare(application("planner"), terminal_size=size, run_before=settled)


def test_a_bank_holiday(size, snap_compare):
    assert snap_compare(application("planner"), terminal_size=size, run_before=at_christmas)


def test_the_list_of_what_is_earlier(size, snap_compare):
    assert snap_compare(application("planner"), terminal_size=size, run_before=in_the_list)


def test_an_authority_without_anyone(size, snap_compare):
    app = application("planner", SmallSnapshot(empty=True))
    assert snap_compare(app, terminal_size=size, run_before=settled)


async def test_a_day_without_work_says_so_once_however_often_it_is_passed():
    app = application("planner")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_now = app.screen.query_now.changed(team="Pod [b]Two")
        app.screen.reload()
        await settled(pilot)
        for _ in range(3):
            await pilot.press("end", "home")
            await settled(pilot)
        said = " ".join(text_of(app).split())
        assert said.count("t shows another team") <= 1
        assert app.screen.nothing_listed(0).count("t shows another team") == 1
