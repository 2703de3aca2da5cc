"""The Review Summary: from the Client Summary, part by part, masked, on another day, as a file."""

import pytest
from textual.widgets import Input, Static

from screens.client_summary.screen import ClientSummaryScreen
from screens.dialogs.name import NameDialog
from screens.find import FindScreen
from screens.messages import ClientWanted, ReportWanted
from screens.report.screen import DeclaredScreen
from tests.screens.conftest import application, settled, text_of, until


async def opened(pilot, number="101"):
    app = pilot.app
    await settled(pilot)
    app.screen.post_message(ClientWanted(number))
    await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))
    await settled(pilot)
    await pilot.press("R")
    await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))
    await settled(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_client_summary_opens_it_and_tab_goes_through_every_part(size):
    app = application()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert app.screen.report_key == "review-summary"
        assert app.screen.looked_at() == ("review-summary", "101")
        seen = text_of(app)
        assert "[Due and done" in seen
        assert "[red]O'Brien[/], Ann" in seen
        for title in ("Visits", "Changes", "Missing", "Health", "Assessments", "People", "Reviews"):
            await pilot.press("tab")
            await settled(pilot)
            assert f"[{title} {app.screen.table.total}]" in text_of(app)
        await pilot.press("tab")
        await settled(pilot)
        assert "[Due and done" in text_of(app)
        await pilot.press("shift+tab")
        await settled(pilot)
        assert "[Reviews" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ClientSummaryScreen)


async def test_privacy_masks_whom_it_is_of():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert "Brien" not in str(app.screen.query_one("#totals", Static).render())
        assert "id 101" in text_of(app)


async def test_e_counts_from_another_day_and_all_goes_back():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        usual = str(app.screen.query_one("#totals", Static).render())

        async def type_day(words):
            await pilot.press("e")
            await until(pilot, lambda: isinstance(app.screen, NameDialog))
            app.screen.query_one(Input).value = words
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))
            await settled(pilot)

        await type_day("01/02/2020")
        assert "Since 01/02/2020, the day asked for:" in text_of(app)
        await type_day("soon")
        assert "soon is not a day" in text_of(app)
        await type_day("all")
        assert str(app.screen.query_one("#totals", Static).render()) == usual


async def test_without_a_child_it_asks_for_one():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.screen.post_message(ReportWanted("review-summary"))
        await until(pilot, lambda: isinstance(app.screen, FindScreen))
        app.screen.dismiss("101")
        await until(pilot, lambda: isinstance(app.screen, DeclaredScreen))
        await settled(pilot)
        assert app.screen.looked_at() == ("review-summary", "101")
        assert app.screen.get_state() is None  # a saved view keeps no child
