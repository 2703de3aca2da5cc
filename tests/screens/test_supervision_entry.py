"""Entering a supervision on the screen: in a few keys, all of it or nothing."""

from datetime import date

import pytest

from data.office import supervisions
from data.office.office import Office
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.report.extras.supervision import _day
from tests.screens.conftest import WHOLE, settled, shows, text_of, until
from tests.screens.small_authority import AS_AT
from widgets.menus.menu import Menu


def kept(home):
    return supervisions.read(Office(home)).to_dicts()


async def entered(pilot, app, day):
    await settled(pilot)
    await pilot.press("S")
    await until(pilot, lambda: isinstance(app.screen, Menu))
    await pilot.press("enter")
    await until(pilot, lambda: "discussed, if any" in text_of(app))
    await pilot.press(*["backspace"] * 12, *day, "enter")
    await until(pilot, lambda: shows(app, "staff-supervision"))


async def test_a_supervision_is_entered_in_a_few_keys(tmp_path):
    app = FclApp(WHOLE, Settings(tmp_path, name="me"), as_at=AS_AT, first="staff-supervision")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        worker = app.screen.table.cursor_row()["worker"]
        await entered(pilot, app, "20/11/2026")
        await until(pilot, lambda: len(kept(tmp_path)) == 1)
        [row] = kept(tmp_path)
        assert (row["worker"], row["kind"], row["state"], row["supervisor"]) == (
            worker,
            "personal",
            "held",
            "me",
        )
        assert f"{row['day']:%d/%m/%Y}" == "20/11/2026"
        await until(pilot, lambda: app.screen.table.cursor_row()["last_held"] == row["day"])
        await until(pilot, lambda: "Saved: personal, held" in text_of(app))


async def test_what_is_no_day_and_a_child_nobody_knows_save_nothing(tmp_path):
    app = FclApp(WHOLE, Settings(tmp_path, name="me"), as_at=AS_AT, first="staff-supervision")
    async with app.run_test(size=(120, 40)) as pilot:
        await entered(pilot, app, "soon")
        await until(pilot, lambda: "soon is not a day; type one as" in text_of(app))
        await entered(pilot, app, "20/11/2026 no-such")
        await until(pilot, lambda: "Nothing was saved" in text_of(app))
        assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("state", "typed", "day"),
    [
        ("held", "24/11", date(2026, 11, 24)),
        ("held", "30/11", date(2025, 11, 30)),
        ("held", "30/11/2026", None),
        ("booked", "30/11", date(2026, 11, 30)),
        ("booked", "24/11", None),
        ("cancelled", "24/11", date(2026, 11, 24)),
        ("cancelled", "30/11", date(2026, 11, 30)),
        ("cancelled", "soon", None),
    ],
)
def test_one_that_was_held_has_been_and_one_booked_is_to_come(state, typed, day):
    assert _day(state, typed, date(2026, 11, 27))[0] == day
