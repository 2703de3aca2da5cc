"""The home screen that lies beneath a report from the start is there when it is gone back to."""

from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.home import HomeScreen, ReportList
from tests.screens.conftest import WHOLE, settled, text_of, until
from tests.screens.small_authority import AS_AT


def opened(home, first):
    return FclApp(WHOLE, Settings(home), as_at=AS_AT, first=first)


async def test_it_is_as_if_it_had_been_there_all_the_time(tmp_path, size):
    alone = opened(tmp_path, None)
    async with alone.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(alone.focused, ReportList))
        await pilot.pause()
        whole = text_of(alone)
    app = opened(tmp_path, "client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert not app.screen_stack[1].query(ReportList)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and isinstance(app.focused, ReportList))
        await until(pilot, lambda: text_of(app) == whole)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: text_of(app) == whole)
