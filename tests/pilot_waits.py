"""A key is taken in, and what it set going is over, before a test goes on: known, not guessed from the clock.

Textual's pilot waits until the processor has been idle for a fiftieth of a second, twice for each key. That
is most of the time of a suite of screens, and says nothing where another program keeps the processor busy.
"""

import asyncio
import unicodedata
from collections.abc import Iterable
from time import monotonic

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot

FRAME = 0.02
"""Seconds in which a change of the window, or a second look at the list, is drawn"""
LONGEST = 1.0
"""Seconds to wait for work in threads: as long as Textual waits for the processor"""


def _quiet(app: App[object]) -> bool:
    """Nothing is waiting to be told to a widget, nothing to be laid out, and no work is under way."""
    if any(worker.is_running for worker in app.workers):
        return False
    pumps: Iterable[MessagePump] = (app, *app.screen.walk_children(with_self=True))
    if any(pump.message_queue_size for pump in pumps):
        return False
    screen = app.screen
    return not (screen._layout_required or app._batch_count or app.animator._animations)


async def at_rest(pilot: Pilot[object]) -> None:
    """Wait until the screen has taken in every message, and those that came of them."""
    ends = monotonic() + LONGEST
    while monotonic() < ends and pilot.app.is_running:
        if any(worker.is_running for worker in pilot.app.workers):
            await asyncio.sleep(0.005)
        elif not await pilot._wait_for_screen() or _quiet(pilot.app):
            return


async def _pause(self: Pilot[object], delay: float | None = None) -> None:
    await self._wait_for_screen()
    await asyncio.sleep(FRAME if delay is None else delay)
    if delay is None:
        await at_rest(self)
    self.app.screen._on_timer_update()


async def _press_keys(self: App[object], keys: Iterable[str]) -> None:
    driver, pilot = self._driver, Pilot(self)
    assert driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        original = REPLACED_KEYS.get(name, name)
        char: str | None
        try:
            char = unicodedata.lookup(_get_unicode_name_from_key(original))
        except KeyError:
            char = name if len(name) == 1 else None
        event = events.Key(name, char)
        event.set_sender(self)
        driver.send_message(event)
        await asyncio.sleep(0)
        await at_rest(pilot)


def install() -> None:
    """Every pilot of this process waits so."""
    Pilot.pause = _pause  # type: ignore[method-assign]
    App._press_keys = _press_keys  # type: ignore[method-assign]
