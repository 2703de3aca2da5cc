"""When nobody is there: the screen goes blank, the first key only shows it again, and later it ends."""

import pytest
from textual import events

from fcl_tui.terminal import idle
from screens.blank import BlankScreen
from screens.find import FindScreen
from tests.screens.conftest import application, settled, text_of, until


class Clock:
    """Seconds that pass only when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, app, minutes: float) -> None:
        """Let time go by, and the timer ring."""
        self.now += minutes * 60
        app._look_again()


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(idle, "monotonic", made)
    return made


async def blank(pilot, clock):
    clock.pass_by(pilot.app, 10)
    await until(pilot, lambda: isinstance(pilot.app.screen, BlankScreen))


async def test_blank_it_shows_no_child_and_no_word_of_a_report(clock, size):
    app = application("client-overview")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        before = text_of(app)
        await blank(pilot, clock)
        shown = [line.strip() for line in text_of(app).splitlines() if line.strip()]
        assert shown == ["fcl-tui", "Screen locked: idle.", "Press any key to continue."]
        await pilot.press("x")
        await until(pilot, lambda: not isinstance(app.screen, BlankScreen))
        assert text_of(app) == before


def test_how_it_looks(clock, size, snap_compare):
    async def blanked(pilot):
        await settled(pilot)
        await blank(pilot, clock)

    assert snap_compare(application("client-overview"), terminal_size=size, run_before=blanked)


@pytest.mark.parametrize(
    "key", ["q", "f", "m", "x", "1", "enter", "escape", "ctrl+c", "ctrl+q", "ctrl+p", "p"]
)
async def test_the_first_key_does_nothing_else(clock, key):
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before, screens = text_of(app), list(app.screen_stack)
        await blank(pilot, clock)
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(app.screen, BlankScreen))
        assert (text_of(app), app.screen_stack, app.is_running) == (before, screens, True)
        await pilot.press("f")  # the second one counts again
        await until(pilot, lambda: isinstance(app.screen, FindScreen))


async def test_a_paste_or_a_click_shows_it_and_lands_nowhere(clock):
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        before = text_of(app)
        await blank(pilot, clock)
        app.post_message(events.Paste("zoe"))
        await until(pilot, lambda: not isinstance(app.screen, BlankScreen))
        assert text_of(app) == before
        await blank(pilot, clock)
        await pilot.click(offset=(5, 5))
        await until(pilot, lambda: not isinstance(app.screen, BlankScreen))
        assert text_of(app) == before


async def test_what_was_half_typed_is_there_again(clock):
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f", "1", "0")
        await until(pilot, lambda: not app.screen._asking and " found" in text_of(app))
        before = text_of(app)
        await blank(pilot, clock)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, BlankScreen))
        assert text_of(app) == before


async def test_a_key_puts_it_off(clock):
    app = application()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        clock.pass_by(app, 9.9)
        await pilot.press("down")
        clock.pass_by(app, 9.9)
        await pilot.pause()
        assert not isinstance(app.screen, BlankScreen)
        clock.pass_by(app, 0.1)
        await until(pilot, lambda: isinstance(app.screen, BlankScreen))
        for _ in range(3):  # blank stays blank, once
            clock.pass_by(app, 1)
            await pilot.pause()
        assert [isinstance(screen, BlankScreen) for screen in app.screen_stack].count(True) == 1


async def test_later_it_ends(clock):
    app = application("client-overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await blank(pilot, clock)
        clock.pass_by(app, 19.9)
        await pilot.pause()
        assert not app.ended_idle
        clock.pass_by(app, 0.1)
        await until(pilot, lambda: app._exit)
    assert app.ended_idle
