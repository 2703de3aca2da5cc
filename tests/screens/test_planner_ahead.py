"""The planner says what it cannot foresee, and opens where there is work."""

from screens.planner.screen import PlannerScreen
from tests.screens.conftest import application, settled, text_of


async def test_it_opens_on_the_next_day_with_work_and_says_how_far_it_is_whole(size):
    app = application("planner")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, PlannerScreen)
        found, grid = app.screen._found, app.screen.grid
        days = found.days.filter(found.days["date"].is_not_null() & (found.days["items"] > 0))
        assert grid.day == days["day"][0]
        assert app.screen.table.row_count > 0
        assert f"From {found.beyond:%d/%m/%Y} (?) more will be due" in text_of(app)
        assert "visit is missing" in text_of(app)
        weeks = [line for line in text_of(app).splitlines() if " ? " in line[:9]]
        assert weeks
        assert all("▸" not in line[:8] for line in weeks)
