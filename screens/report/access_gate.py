"""What a screen shows of children is allowed, and in the access log, before it is shown."""

import threading
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.report.host import ReportHost

STILL = frozenset({"refresh_report", "back", "help"})
"""What the keys of a screen still do while its report is withheld"""

Look = tuple[str, str | None, str]
"""The report, the child when it is of one, and what narrows it in words: what the log is told"""


class WithheldError(DataError):
    """The reader may not have it, or it cannot be written down that they looked."""


class AccessGate:
    """Asks the door before anything is shown, and writes down what leaves."""

    def __init__(self, host: "ReportHost") -> None:
        self._host = host
        self.withheld = False
        """True while the door's refusal is in the place of the report"""
        self._recorded: Look | None = None
        self._one_at_a_time = threading.Lock()

    def narrowed_by(self) -> dict[str, str]:
        """What narrows the report in words, the reader's remit too."""
        told = {name: words for name, words in self._host.chosen().items() if name != "selected"}
        remit = self._host.session.door.remit
        return told | {"remit": remit} if remit else told

    def look(self) -> Look:
        """What the log is told of what is about to be shown. The child's number is not said twice."""
        told = {name: words for name, words in self.narrowed_by().items() if name not in ("client", "remit")}
        return (*self._host.looked_at(), ", ".join(f"{name} {words}" for name, words in told.items()))

    def pass_door(self, look: Look) -> None:
        """Let the reader in and write it down, once for the same look. Runs in a thread.

        Raises:
            WithheldError: the reader may not, or it cannot be written down.
        """
        from data.office import access_log as log

        door, (report, person_id, detail) = self._host.session.door, look
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
        self.withheld = True
        self._host.cover(sentence)

    def give_back(self) -> None:
        """Put the report back on the screen."""
        if self.withheld:
            self.withheld = False
            self._host.cover(None)

    def offers(self, action: str) -> bool:
        """Whether a key may act: where the list is withheld, only what does not need it."""
        return not self.withheld or action in STILL

    # Before something leaves, or is explained

    def once_written(self, then: "Callable[[], None]", person_id: str | None, detail: str) -> None:
        """Do it when it is in the log that something was copied; say so when that cannot be."""
        host = self._host
        report, child = host.looked_at()
        if host.session.door.log is None:
            then()
        else:
            host.in_thread(lambda: self._write_copied(then, report, person_id or child, detail), group="copy")

    def _write_copied(
        self, then: "Callable[[], None]", report: str, person_id: str | None, detail: str
    ) -> None:
        from data.office import access_log as log

        door = self._host.session.door
        try:
            door.record(log.COPIED, report=report, person_id=door.number(person_id), detail=detail)
        except DataError as error:
            self._host.from_thread(self._host.say, str(error))
        else:
            self._host.from_thread(then)

    async def let_in(self, person_id: str | None, detail: str | None = None) -> bool:
        """Whether the reader may see why a child's date is due, and it is written down; else it is said."""
        import asyncio

        from data.office import access_log as log

        door = self._host.session.door

        def ask() -> None:
            door.require("due-items")
            if person_id is not None:
                door.admit(person_id)
            door.record(log.OPENED, report="why", person_id=person_id, detail=detail)

        try:
            await asyncio.to_thread(ask)
        except DataError as error:
            self._host.say(str(error))
            return False
        return True
