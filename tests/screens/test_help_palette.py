"""Help lists what this screen does, filters and does it; the palette finds places by everyday words."""

from textual.command import CommandPalette
from textual.widgets import Input

from fcl_tui.reports.catalogue import every, load
from screens.client_summary.screen import ClientSummaryScreen  # noqa: F401  opened by name below
from screens.find import FindScreen
from screens.help import HelpScreen, actions_of, room_of
from screens.home import HomeScreen
from screens.planner.screen import PlannerScreen
from screens.report.declared_keys import bindings_of
from screens.report.screen import DeclaredScreen
from tests.screens.conftest import application, settled, text_of, until
from widgets.text.phrases import BETWEEN_ITEMS, whole_phrases


async def test_what_this_screen_does_stands_first_and_what_all_do_last(size):
    app = application("client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        actions = actions_of(app.screen)
        assert [one.key for one in actions[:4]] == ["⏎", "t", "d", "m"]
        everywhere = [one.node is app for one in actions]
        assert everywhere == sorted(everywhere)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        assert "Keys on this screen" in text_of(app)
        assert "Who it is for" in text_of(app)


async def test_typing_filters_and_enter_does_it(size):
    app = application("client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press(*"late")  # an everyday word for what is overdue
        await pilot.pause()
        assert "Overdue" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))
        await settled(pilot)
        assert app.screen.query_now.flag("overdue")
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press(*"zzzz", "enter")
        await pilot.pause()
        assert "No key does that" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))


async def palette(app, pilot, typed):
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(app.screen, CommandPalette) and isinstance(app.focused, Input))
    await pilot.pause()
    app.screen.query_one(Input).value = typed


async def test_a_report_is_found_by_an_everyday_word_from_anywhere():
    for first in (None, "assessments"):
        app = application(first)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await palette(app, pilot, "diary")
            await until(pilot, lambda: "Find a client: diary" in text_of(app))
            assert "Planner (a)" in text_of(app)
            assert "Data quality" not in text_of(app)
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(app.screen, CommandPalette))
            await until(pilot, lambda: isinstance(app.screen, PlannerScreen))
            await palette(app, pilot, "pathway")
            await until(pilot, lambda: "Report: Leaving Care" in text_of(app))


async def test_a_team_and_a_child_are_found_from_home():
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        team = "Leaving Care"
        await palette(app, pilot, team)
        await until(pilot, lambda: "Team: " in text_of(app))
        assert f"Find a client: {team}" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))
        assert app.screen.query_now.text("team") == team
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await palette(app, pilot, "brien")
        await until(pilot, lambda: "Find a client: brien" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))
        assert app.screen.query_one(Input).value == "brien"


async def test_what_is_not_for_the_reader_is_not_offered(monkeypatch):
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.session.door, "allows", lambda report: report != "planner")
        await palette(app, pilot, "diary")
        await until(pilot, lambda: "Find a client: diary" in text_of(app))
        assert "Planner" not in text_of(app).replace("Find a client", "")


async def test_every_action_reads_whole_in_the_help_at_80():
    app = application("reviews")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        room = room_of(80)
        for entry in every():
            for binding in bindings_of(load(entry.key)):
                told = f"{binding.description}: {binding.tooltip}".removesuffix(": ")
                shown = whole_phrases(told, room, BETWEEN_ITEMS)
                assert len(shown) <= room
                assert shown == told or (binding.action == "switch" and shown.endswith(" …")), told
        assert "Compare by: now, by kind of review; now, by team …" in text_of(app)
        await pilot.press(*"cancelled")  # also what is not shown is found
        await pilot.pause()
        assert "Compare by:" in text_of(app)


async def test_the_chosen_line_of_the_palette_is_told_without_colour():
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await palette(app, pilot, "team")
        style = app.screen.query_one("CommandList").get_component_rich_style(
            "option-list--option-highlighted"
        )
        assert style.underline
