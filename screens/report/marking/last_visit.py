"""When the reader last looked at My day, and how the work stood then."""

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from data.office.looks import Look
    from fcl_tui.reports.context import Earlier
    from screens.report.host import ReportHost
    from screens.report.marking.marks import Marks

LOG = logging.getLogger("fcl_tui")

AWAIT_LOOK = 0.5
"""Seconds the first list waits for the office database to say when the reader last looked."""


class LastVisit:
    """Knows when the reader last looked, and keeps that they look now. `marks` says what went wrong."""

    class Read(Message):
        """It is known when the reader last looked, or that nobody can say. The screen answers it."""

    def __init__(self, host: "ReportHost", marks: "Marks") -> None:
        self._host, self._marks = host, marks
        self._look: Look | None = None
        self._known = threading.Event()
        self._kept = False
        self._compared: Earlier | None = None
        self._of: tuple[Look | None, int] | None = None
        self.was_known = False
        """Whether that was known when the list on the screen was made"""

    @property
    def known(self) -> bool:
        """Whether it is known when the reader last looked, or that nobody can say."""
        return self._known.is_set()

    def read(self) -> None:
        """Ask when the reader last looked, before the first list is made."""
        self._host.in_thread(self._read, group="look")

    def _read(self) -> None:
        from data.errors import DataError
        from data.office.looks import last_look

        session = self._host.session
        try:
            if session.office is not None:
                self._look = last_look(session.office, session.who, session.as_at)
        except DataError as error:
            self._host.from_thread(self._say, str(error))
        finally:
            self._known.set()
            self._host.post_message(self.Read())

    def await_known(self) -> bool:
        """Whether it is known when the reader last looked; waits a moment for it. Runs in a thread."""
        self.was_known = self._known.wait(AWAIT_LOOK)
        return self.was_known

    def keep(self) -> None:
        """Keep that the reader looks, once."""
        if not self._kept:
            self._kept = True
            self._host.in_thread(self._keep, group="look")

    def _keep(self) -> None:
        """Keep that the reader looked; a list as at another day is no look at the day's work."""
        from data.errors import DataError
        from data.office.looks import add_look, look_now

        session = self._host.session
        look = look_now(session.who, session.snapshot.id)
        if session.office is None or look.here.date() != session.as_at:
            return
        try:
            add_look(session.office, look)
        except DataError as error:
            self._host.from_thread(self._say, str(error))

    def _say(self, words: str) -> None:
        LOG.warning("my-day: the office database did not save or give the last visit")
        self._marks.words = words
        if self._host.settled:
            self._host.tell()

    def earlier(self) -> "Earlier":
        """What to compare with; touches no widget. Worked out once for each visit."""
        from data.frames import collect
        from fcl_tui.access.context_sources import compared_with
        from fcl_tui.records.day.my_day import stood

        session, look = self._host.session, self._look
        opened = session.door.opened
        if self._compared is None or self._of != (look, opened):
            then = compared_with(session.snapshot, look, session.as_at)
            how = collect(stood(then.scan, session.calendar, then.day)).lazy()
            self._compared, self._of = replace(then, stood=how), (look, opened)
        return self._compared
