"""Whatever fails in a thread is said on the screen, without a word of what it was about; the keys go on."""

import pytest

from tests.screens.conftest import application, settled, text_of, until
from widgets.menus.menu import Menu

SAID = "! This could not be done. Try again."
SECRET = "Ann O'Brien"


def broken(*_, **__):
    raise RuntimeError(SECRET)


def top(app):
    return "\n".join(text_of(app).splitlines()[:3])


@pytest.mark.parametrize(
    ("report", "what", "keys"),
    [
        ("client-overview", "fcl_tui.definitions.choices.teams", ["t"]),
        ("client-overview", "fcl_tui.definitions.choices.workers", ["o"]),
        ("client-overview", "fcl_tui.timescales.why.why", ["w"]),
        ("client-overview", "data.office.views.views", ["v"]),
        ("client-overview", "fcl_tui.terminal.write.write_beside", ["x", "x"]),
    ],
)
async def test_it_is_said_and_the_next_key_works(tmp_path, monkeypatch, caplog, report, what, keys):
    app = application(report, home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(what, broken)
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await until(pilot, lambda: SAID in top(app))
        assert app.fault is None
        assert SECRET not in text_of(app)
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, Menu))
    assert SECRET not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_my_day_without_its_last_look_is_shown_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("data.office.looks.last_look", broken)
    app = application("my-day", home=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.settled and app.screen.last_visit.was_known)
        assert app.screen.table.total > 0
        assert app.fault is None
