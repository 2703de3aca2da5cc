"""When the reader last looked at My day, and how the work stood then."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.message import Message

from screens.base import LOG, Found
from screens.noting import NotingScreen

if TYPE_CHECKING:
    from data.office.looks import Look
    from fcl_tui.last_look import Since

AWAIT_LOOK = 0.5
"""Seconds the first list waits for the office database to say when the reader last looked."""


@dataclass(frozen=True)
class Compared:
    """What My day was compared with."""

    look: "Look | None"
    opened: int
    """restricted records that were open then"""
    since: "Since"
    earlier: Any


class LookingBackScreen(NotingScreen[Found]):
    """A list that is compared with how things stood when the reader last looked.

    What was found has `look_known`: False when nobody had said yet when that was.
    """

    _found: Any

    class LookRead(Message):
        """It is known when the reader last looked, or that nobody can say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._look: Look | None = None
        self._look_known = threading.Event()
        self._looked = False
        self._compared: Compared | None = None

    def on_mount(self) -> None:
        """Ask when the reader last looked, before the first list is made."""
        self._read_look()

    @work(thread=True, group="look", exit_on_error=False)
    def _read_look(self) -> None:
        from data.errors import DataError
        from data.office.looks import last_look

        session = self.session
        try:
            if session.office is not None:
                self._look = last_look(session.office, session.who, session.as_at)
        except DataError as error:
            self.app.call_from_thread(self._say, str(error))
        finally:
            self._look_known.set()
            self.post_message(self.LookRead())

    @on(LookRead)
    def _look_was_read(self, event: LookRead) -> None:
        event.stop()
        self.ask_again_with_look()

    def await_look(self) -> bool:
        """Whether it is known when the reader last looked; waits a moment for it. Runs in a thread."""
        return self._look_known.wait(AWAIT_LOOK)

    def ask_again_with_look(self) -> None:
        """Ask again when the list was made before that was known, and it is now."""
        if self._found is not None and not self._found.look_known and self._look_known.is_set():
            self._ask_again()

    def keep_look(self) -> None:
        """Keep that the reader looks, once."""
        if not self._looked:
            self._looked = True
            self._keep_look()

    @work(thread=True, group="look", exit_on_error=False)
    def _keep_look(self) -> None:
        """Keep that the reader looked; a list as at another day is no look at the day's work."""
        from data.errors import DataError
        from data.office.looks import add_look, look_now

        session = self.session
        look = look_now(session.who, session.snapshot.id)
        if session.office is None or look.here.date() != session.as_at:
            return
        try:
            add_look(session.office, look)
        except DataError as error:
            self.app.call_from_thread(self._say, str(error))

    def _say(self, words: str) -> None:
        LOG.warning("my-day: the office database did not keep or tell a look")
        self._words = words
        if self.settled:
            self.tell()

    def compared(self) -> Compared:
        """What to compare with; touches no widget. Read once for each look."""
        from fcl_tui.last_look import since
        from fcl_tui.reports.frames import collect
        from fcl_tui.reports.my_day import stood

        session, look = self.session, self._look
        opened, known = session.door.opened, self._compared
        if known is None or (known.look, known.opened) != (look, opened):
            then = since(session.snapshot, look, session.as_at)
            earlier = collect(stood(then.scan, session.calendar, then.day))
            self._compared = known = Compared(look, opened, then, earlier)
        return known
