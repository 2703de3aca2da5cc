"""Three mends to how the terminal is read and left, each in this one place."""

import asyncio
import codecs
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

DEADLINE = 2.0
"""Seconds a session may take to end after its line has dropped."""


def tolerate_other_encodings() -> None:
    """Read bytes that are not UTF-8 as replacement marks instead of ending the application.

    One pound sign from a terminal set to ISO-8859-1 otherwise kills it (Textualize/textual#6456).
    """
    from textual.drivers import linux_driver

    def forgiving(_: str) -> Callable[[], codecs.IncrementalDecoder]:
        decoder = codecs.getincrementaldecoder("utf-8")
        return lambda: decoder(errors="replace")

    vars(linux_driver)["getincrementaldecoder"] = forgiving


def leave_cleanly_on_hangup(leave: Callable[[], object]) -> None:
    """When the line drops or the session is told to end: restore the terminal, then go, soon.

    Without this a dropped SSH line leaves mouse tracking on, or an application spinning for ever.
    """
    loop = asyncio.get_running_loop()

    def end() -> None:
        leave()
        loop.call_later(DEADLINE, signal.raise_signal, signal.SIGKILL)

    for name in ("SIGHUP", "SIGTERM"):
        wanted = getattr(signal, name, None)
        if wanted is not None:
            loop.add_signal_handler(wanted, end)


def driver_that_clears() -> "type[Driver] | None":
    """A driver that wipes the window before it gives the shell's own screen back.

    Where a terminal has no second screen, or keeps it, names would otherwise stay in the window.
    """
    if os.name == "nt":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class Clearing(LinuxDriver):
        def stop_application_mode(self) -> None:
            self.write("\x1b[0m\x1b[H\x1b[2J")
            super().stop_application_mode()

    return Clearing
