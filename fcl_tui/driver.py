"""Textual's driver without two waits (a clear of what is already painted, the keys), and with a clean end."""

import contextlib
import os
import selectors
import threading
from collections.abc import Callable
from typing import Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from fcl_tui.first_paint import ENTER, taken_over


class WokenSelector(selectors.SelectSelector):
    """Waits for keys until it is woken; then it never waits again, and still tells of keys that came.

    Textual's key thread sleeps for 0.1 s twice before it sees that the application is leaving.
    """

    newest: "WokenSelector | None" = None

    def __init__(self) -> None:
        super().__init__()
        self._reading, self._writing = os.pipe()
        self.register(self._reading, selectors.EVENT_READ)
        WokenSelector.newest = self

    def wake(self) -> None:
        """Let `select` return at once from now on."""
        with contextlib.suppress(OSError):
            os.write(self._writing, b"\0")

    def select(self, timeout: float | None = None) -> Any:
        """Events of what was registered, the wake-up itself left out."""
        return [event for event in super().select(timeout) if event[0].fd != self._reading]

    def close(self) -> None:
        """Let go of the pipe too."""
        super().close()
        if WokenSelector.newest is self:
            WokenSelector.newest = None
        os.close(self._reading)
        os.close(self._writing)


class _Selectors:
    """The standard library's module as the driver uses it, with the selector that can be woken."""

    EVENT_READ = selectors.EVENT_READ
    SelectorKey = selectors.SelectorKey
    SelectSelector: Callable[[], WokenSelector] = WokenSelector


BURST = 64
"""Keys handed on before it is seen that those before them have been worked off."""
MOMENT = 0.005
"""Seconds between two looks at that."""


class QuickDriver(LinuxDriver):
    """Takes over a screen that is already painted, and lets go of the keys without waiting.

    Keys wait in the terminal and not in memory while earlier ones are worked off: a megabyte that is pasted
    by accident otherwise becomes a million messages, which hold gigabytes and outlive the line.
    """

    _handed_on = 0

    def send_message(self, message: Message) -> None:
        """Hand a message on; every now and then wait until the application has caught up."""
        super().send_message(message)
        self._handed_on += 1
        if self._handed_on % BURST == 0:
            self._catch_up()

    def _catch_up(self) -> None:
        turned = threading.Event()
        try:
            self._loop.call_soon_threadsafe(turned.set)
        except RuntimeError:  # the loop has ended
            return
        while not (turned.is_set() and self._waiting() < BURST):
            if self.exit_event.wait(MOMENT):
                return

    def _waiting(self) -> int:
        pumps = [self._app, *self._app.screen_stack[-1:], self._app.focused]
        return sum(pump.message_queue_size for pump in pumps if pump is not None)

    def start_application_mode(self) -> None:
        """Start; the screen is not cleared when the first words stand on it."""
        vars(linux_driver)["selectors"] = _Selectors
        self._keep_screen = taken_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Write, but do not enter a screen that was entered before."""
        if data == ENTER and self._keep_screen:
            self._keep_screen = False
            return
        super().write(data)

    def stop_application_mode(self) -> None:
        """Wipe the window before the shell's own screen is given back.

        Where a terminal has no second screen, or keeps it, names would otherwise stay in the window.
        """
        self.write("\x1b[0m\x1b[H\x1b[2J")
        super().stop_application_mode()

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        selector = WokenSelector.newest
        if selector is not None:
            selector.wake()
        super().disable_input()
