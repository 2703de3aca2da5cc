"""Textual's driver: keys in their order, no wait for what is already painted, and a clean end."""

import asyncio
import contextlib
import os
import select
import selectors
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import InputEvent, MouseMove, Paste, Resize
from textual.geometry import Size
from textual.message import Message

from fcl_tui.terminal.first_paint import ENTER, taken_over
from screens.messages import WINDOW
from widgets.cells.written import written

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from fcl_tui.terminal.first_page import FirstPage


class WokenSelector(selectors.SelectSelector):
    """Waits for keys until it is woken; then it never waits again, and still tells of keys that came.

    Textual's key thread sleeps for 0.1 s twice before it sees that the application is leaving. And it reads a
    terminal that is gone for ever, with a core of its own: the session leader gets the signal,
    which may be a program (make) that waits for this one and passes nothing on.
    """

    newest: "WokenSelector | None" = None

    def __init__(self) -> None:
        super().__init__()
        self._reading, self._writing = os.pipe()
        self.register(self._reading, selectors.EVENT_READ)
        self._hung_up = False
        WokenSelector.newest = self

    def wake(self) -> None:
        """Let `select` return at once from now on."""
        with contextlib.suppress(OSError):
            os.write(self._writing, b"\0")

    def select(self, timeout: float | None = None) -> Any:
        """Events of what was registered, the wake-up itself left out; a terminal that is gone has no more."""
        events = [event for event in super().select(timeout) if event[0].fd != self._reading]
        if not any(_gone(key.fd) for key, _ in events):
            return events
        if not self._hung_up:
            self._hung_up = True
            os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(MOMENT)
        return []

    def close(self) -> None:
        """Let go of the pipe too."""
        super().close()
        if WokenSelector.newest is self:
            WokenSelector.newest = None
        os.close(self._reading)
        os.close(self._writing)


def _gone(file: int) -> bool:
    """Whether the other end of the terminal is closed; it can be read all the same, and gives nothing."""
    if not hasattr(select, "poll"):  # not every system has it
        return False
    asked = select.poll()
    asked.register(file, select.POLLIN)
    return any(flags & select.POLLHUP for _, flags in asked.poll(0))


class _Selectors:
    """The standard library's module as the driver uses it, with the selector that can be woken."""

    EVENT_READ = selectors.EVENT_READ
    SelectorKey = selectors.SelectorKey
    SelectSelector: Callable[[], WokenSelector] = WokenSelector


WIDEST, HIGHEST = 1_000, 500
"""Columns and lines that are drawn on; a client may claim a window of 65,535 by 65,535."""
MOMENT = 0.02
"""Seconds between two looks whether the application is leaving."""
REST = 0.02
"""Seconds after a key until it is seen what it led to, so that the screen is drawn first."""
PATIENCE = 10.0
"""Seconds after which a key is handed on although the one before has not been worked off.

On a busy machine a window may be late, and its letter then means something else on the report behind it.
"""
ROUNDS = 8
"""Times a key may lead from one screen to another before the next key goes on."""


class QuickDriver(LinuxDriver):
    """Takes over a screen that is already painted, and lets go of the keys without waiting.

    A key is handed on when the one before has been worked off. Textual would act on "down, mark" that
    arrive together by marking first: a key goes through the queues of the focused widget and those around
    it, one with priority does not, and so the mark would be on another child. Keys that wait do so in the
    terminal and not in memory: a megabyte that is pasted by accident otherwise becomes a million messages,
    which hold gigabytes and outlive the line.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._done = threading.Event()
        """Set when the last key has been worked off"""
        self._done.set()
        self._begun = self._done
        self._answer_due = False
        self._size: tuple[int, int] | None = None

    def _get_terminal_size(self) -> tuple[int, int]:
        """The window's columns and lines, as far as they are drawn on."""
        width, height = super()._get_terminal_size()
        self._size = min(width, WIDEST), min(height, HIGHEST)
        return self._size

    def _enable_in_band_window_resize(self) -> None:
        """Have the terminal tell its size among the keys: at once, and then whenever it changes."""
        self._answer_due = True
        super()._enable_in_band_window_resize()

    def _is_known(self, told: Resize) -> bool:
        """Whether this is the answer to having asked, and says nothing new.

        It comes late on a slow line, when the first screen has been drawn, and would have all of it drawn
        again. Any later one of the same size is no such answer: the window was another meanwhile.
        """
        due, self._answer_due = self._answer_due, False
        return due and tuple(told.size) == self._size

    def send_message(self, message: Message) -> None:
        """Hand a message on, from the thread of the keys; a key only after what was pressed before it."""
        if isinstance(message, Resize):  # a terminal may tell its size among the keys
            message = _clamped(message)
            if self._is_known(message):
                return
        if not isinstance(message, InputEvent | Paste) or isinstance(message, MouseMove):
            super().send_message(message)
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._wait_for_page()
            self._wait_for(self._done)
            if self.exit_event.is_set():
                return  # the loop waits for this very thread to end: what else was read leads nowhere
            super().send_message(message)
            self._done = threading.Event()
            self._loop.call_soon_threadsafe(self._loop.call_later, REST, self._begin, self._done)

    def _wait_for_page(self) -> None:
        """A key pressed on the page of the session before is meant for what is on it, once that is live."""
        page: FirstPage | None = getattr(self._app, "first_page", None)
        while page is not None and page.stands and not self.exit_event.is_set():
            time.sleep(MOMENT)

    def _wait_for(self, done: threading.Event) -> None:
        if done.is_set() or self.exit_event.is_set():
            return
        self._loop.call_soon_threadsafe(self._begin, done)
        end = time.monotonic() + PATIENCE
        while not done.wait(MOMENT) and time.monotonic() < end and not self.exit_event.is_set():
            pass

    def _begin(self, done: threading.Event) -> None:
        if self._begun is not done:
            self._begun = done
            self._task = self._loop.create_task(self._work_off(done))

    async def _work_off(self, done: threading.Event) -> None:
        """Let every queue that the last key may be in, or has led to, come to its end."""
        before: list[MessagePump] | None = None
        try:
            for _ in range(ROUNDS):
                path = self._path()
                if path == before and not self._window_is_coming():
                    return
                before = path
                for pump in path:
                    await _turn(pump)
                while self._window_is_coming() and not self.exit_event.is_set():
                    await asyncio.sleep(MOMENT / 4)
        finally:
            done.set()

    def _window_is_coming(self) -> bool:
        return any(one.group == WINDOW and not one.is_finished for one in self._app.workers)

    def _path(self) -> "list[MessagePump]":
        """The application, the focused widget and all around it up to the screen, the application."""
        app = self._app
        screens = app.screen_stack[-1:]
        focused = screens[0].focused if screens else None
        inner = list(focused.ancestors_with_self)[:-1] if focused is not None else list(screens)
        return [app, *inner, app]

    def start_application_mode(self) -> None:
        """Start; the screen is not cleared when the first words stand on it."""
        vars(linux_driver)["selectors"] = _Selectors
        self._keep_screen = taken_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop, in the loop: a handler may interrupt the very queue that is written to."""
        self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Leave the screen and take it again, as the shell may have set the terminal otherwise meanwhile.

        Textual starts a second time beside itself: two threads then read keys, in either order, the session
        may never end, and the shell is left without echo, its settings having been read from ours.
        """
        if self._key_thread is None or not self._key_thread.is_alive():  # not here yet, or on the way out
            return
        self.suspend_application_mode()
        self.resume_application_mode()
        self._loop.create_task(self._app.run_action("redraw"))

    def write(self, data: str) -> None:
        """Write, but do not enter a screen that was entered before; in ASCII where that is asked for."""
        if data == ENTER and self._keep_screen:
            self._keep_screen = False
            return
        super().write(written(data))

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


def _clamped(told: Resize) -> Resize:
    width, height = told.size
    size = Size(min(width, WIDEST), min(height, HIGHEST))
    return told if size == told.size else Resize(size, size, size, told.pixel_size)


async def _turn(pump: "MessagePump") -> None:
    """Until the pump has handled what is in its queue now."""
    turned = asyncio.Event()
    if pump.call_later(turned.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(turned.wait(), PATIENCE)
