"""How often a value is there, counted over what is on the screen, and the list narrowed to it."""

import polars as pl

from screens.report.frequency import TIMES, counted
from tests.screens.conftest import application, settled, text_of, until
from widgets.menus.menu import Menu


def test_the_most_frequent_first_and_nothing_counted_as_a_value():
    rows = pl.DataFrame({"count": [1, 2, 2, None, None, None], "worker": ["a"] * 6})
    found = counted(rows, "count")
    assert list(zip(found["count"], found[TIMES], strict=True)) == [(None, 3), (2, 2), (1, 1)]


async def narrowed(app, pilot, column="worker"):
    await pilot.press("F")
    await until(pilot, lambda: isinstance(app.screen, Menu))
    for _ in range(20):
        await pilot.press("backspace")
    await pilot.press(*column, "enter")
    await until(pilot, lambda: "enter shows only those" in text_of(app))
    await pilot.press("enter")
    await settled(pilot)


async def test_enter_on_a_bar_narrows_the_list_and_esc_takes_it_back(size):
    app = application("client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        every = app.screen.table.row_count
        counts = counted(app.screen.table.shown_frame(), "worker")
        await narrowed(app, pilot)
        rows = app.screen.table.shown_frame()
        assert rows.height == counts[TIMES][0]
        assert rows["worker"].n_unique() == 1
        assert rows.height < every
        assert "Worker: " in ", ".join(app.screen.chosen().values())
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.table.row_count == every
        assert "only" not in app.screen.chosen()


async def test_only_what_the_filter_left_is_counted():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"overdue", "enter")
        await pilot.pause()
        left = app.screen.table.row_count
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        await pilot.press(*"state", "enter")
        await until(pilot, lambda: f"{left} rows by State" in text_of(app))


async def test_hidden_names_are_neither_counted_nor_named():
    app = application("client-overview")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await narrowed(app, pilot, "name")
        name = app.screen.table.shown_frame()["name"][0]
        assert name in ", ".join(app.screen.chosen().values())
        await pilot.press("p")
        await settled(pilot)
        assert name not in text_of(app)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, Menu))
        assert "name" not in [choice.key for choice in app.screen._choices]
