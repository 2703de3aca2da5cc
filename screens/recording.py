"""What a screen shows of children is allowed, and in the access log, before it is shown."""

import threading
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from data.errors import DataError
from screens.failing import SaysFailures
from widgets.plain import plain
from widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.base import ReportScreen
    from screens.session import Session

STAYS = ("title", "status", "bottom", "withheld")
"""What stays on a screen from which everything else was taken away"""
STILL = frozenset({"refresh_report", "back", "help", "break_glass"})
"""What its keys still do"""


class WithheldError(DataError):
    """The reader may not have it, or it cannot be written down that they looked."""


class RecordingScreen(SaysFailures):
    """A screen that asks the door before it shows anything."""

    REPORT: ClassVar[str]
    session: "Session"

    def __init__(self) -> None:
        super().__init__()
        self.withheld = False
        """True while the door's refusal stands in the place of the report"""
        self._recorded: tuple[str, str | None, str] | None = None
        self._one_at_a_time = threading.Lock()
        self._taken_away: list[Widget] = []
        self._had_keys: Widget | None = None

    def looked_at(self) -> tuple[str, str | None]:
        """The report on the screen, and the child when it is of one."""
        return self.REPORT, None

    def chosen(self) -> dict[str, str]:
        """What narrows the report now, by name."""
        raise NotImplementedError

    def narrowed_by(self) -> dict[str, str]:
        """What narrows it, the reader's remit too."""
        told = {name: words for name, words in self.chosen().items() if name != "selected"}
        remit = self.session.door.remit
        return told | {"remit": remit} if remit else told

    def look(self) -> tuple[str, str | None, str]:
        """The report, the child, and what narrows it in words: what the log is told."""
        told = {name: words for name, words in self.narrowed_by().items() if name not in ("client", "remit")}
        return (*self.looked_at(), ", ".join(f"{name} {words}" for name, words in told.items()))

    def pass_door(self, look: tuple[str, str | None, str]) -> None:
        """Let the reader in and write it down, once for the same look. Runs in a thread.

        Raises:
            WithheldError: the reader may not, or it cannot be written down.
        """
        from data.office import access_log as log

        door, (report, person_id, detail) = self.session.door, look
        try:
            door.require(report)
            if person_id is not None:
                door.admit(person_id)
            with self._one_at_a_time:  # two answers on their way are one look
                if look != self._recorded:
                    door.record(
                        log.REPORT if person_id is None else log.OPENED,
                        report=report,
                        person_id=person_id,
                        detail=detail or None,
                    )
                    self._recorded = look
        except DataError as error:
            raise WithheldError(str(error)) from error

    # In the place of the report

    def withhold(self, sentence: str) -> None:
        """Take the report off the screen; the sentence says why."""
        if not self.withheld:
            self.withheld, self._had_keys = True, self.focused
            self._taken_away = [
                one
                for one in self.children
                if one.display and one.id not in STAYS and not (one.id or "").startswith("textual-")
            ]
            for one in self._taken_away:
                one.display = False
        note = self.query_one("#withheld", Static)
        note.update(plain(sentence))
        note.display = True
        self.refresh_bindings()

    def give_back(self) -> None:
        """Put the report back on the screen."""
        if not self.withheld:
            return
        self.withheld = False
        self.query_one("#withheld", Static).display = False
        for one in self._taken_away:
            one.display = True
        if self._had_keys is not None:
            self._had_keys.focus()
        self.refresh_bindings()

    # Before something leaves

    def once_written(self, then: "Callable[[], None]", person_id: str | None, detail: str) -> None:
        """Do it when it is in the log that something was copied; say so when that cannot be."""
        if self.session.door.log is None:
            then()
        else:
            self._write_copied(then, self.looked_at()[0], person_id or self.looked_at()[1], detail)

    @work(thread=True, group="copy", exit_on_error=False)
    def _write_copied(
        self, then: "Callable[[], None]", report: str, person_id: str | None, detail: str
    ) -> None:
        from data.office import access_log as log

        door = self.session.door
        try:
            door.record(log.COPIED, report=report, person_id=door.number(person_id), detail=detail)
        except DataError as error:
            self.app.call_from_thread(self.query_one(StatusLine).say, str(error))
        else:
            self.app.call_from_thread(then)


async def let_in(screen: "ReportScreen[Any]", person_id: str | None, detail: str | None = None) -> bool:
    """Whether the reader may see why something of a child is due, and it is written down; else it is said."""
    import asyncio

    from data.office import access_log as log

    door = screen.session.door

    def ask() -> None:
        door.require("due-items")
        if person_id is not None:
            door.admit(person_id)
        door.record(log.OPENED, report="why", person_id=person_id, detail=detail)

    try:
        await asyncio.to_thread(ask)
    except DataError as error:
        screen.query_one(StatusLine).say(str(error))
        return False
    return True
