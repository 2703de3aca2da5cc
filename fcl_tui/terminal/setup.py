"""Fixes to how the terminal is read and left, each in this one place."""

import asyncio
import codecs
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fcl_tui.terminal.held_keys import HeldKeys

if TYPE_CHECKING:
    from textual.driver import Driver

DEADLINE = 2.0
"""Seconds a session may take to end after its line has dropped."""


class Typed(codecs.IncrementalDecoder):
    """The bytes of the terminal as text.

    Those that are not UTF-8 are replacement marks: one pound sign from a terminal set to ISO-8859-1 otherwise
    ends the application (Textualize/textual#6456).
    """

    def __init__(self) -> None:
        super().__init__()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = HeldKeys()

    def decode(self, data: Any, final: bool = False) -> str:
        """What waited in the terminal."""
        return self._held.thinned(self._decoder.decode(data, final))


def read_with_care() -> None:
    """Read bytes in other encodings, and no more presses of a held key than one screen's."""
    from textual.drivers import linux_driver

    vars(linux_driver)["getincrementaldecoder"] = lambda _: Typed


def erases_in_colour() -> bool:
    """Whether this terminal gives erased columns the background of the moment, as its terminfo says."""
    try:
        import curses

        curses.setupterm(fd=1)
        return curses.tigetflag("bce") == 1 and curses.tigetstr("ech") == b"\x1b[%p1%dX"
    except Exception:  # no such library, terminal or description; a curses.error is only known with the first
        return False


def collect_garbage_again() -> None:
    """End the pause that starting made; what start-up left is set apart and not looked at again."""
    gc.freeze()
    gc.enable()


def quick_driver() -> "type[Driver] | None":
    """The driver that leaves without waiting; None, where the terminal is not Unix's: Textual's own."""
    if sys.platform == "win32":
        return None
    from fcl_tui.terminal.driver import QuickDriver

    return QuickDriver


def leave_cleanly_on_hangup(leave: Callable[[], object], last: Callable[[], object]) -> None:
    """When the line drops or the session is told to end: restore the terminal, then go, soon.

    Without this a dropped SSH line leaves mouse tracking on, or an application spinning for ever.

    Args:
        leave: how the application is left, called in its loop.
        last: what is done before a process that did not leave in time is ended; it may not take long.
    """
    loop = asyncio.get_running_loop()

    def give_up() -> None:
        last()
        os.kill(os.getpid(), signal.SIGKILL)

    def end(*_: object) -> None:
        # not the loop's own handler, which a loop that is busy never calls
        with contextlib.suppress(RuntimeError):  # the loop has ended: the session is on its way out
            loop.call_soon_threadsafe(leave)
        timer = threading.Timer(DEADLINE, give_up)
        timer.daemon = True
        timer.start()

    for name in ("SIGHUP", "SIGTERM", "SIGQUIT"):
        wanted = getattr(signal, name, None)
        if wanted is not None and signal.getsignal(wanted) is not signal.SIG_IGN:  # as in a session over SSH
            signal.signal(wanted, end)
