"""The end of a session in the access log: written once, and without keeping anybody waiting for it."""

import logging
import threading
from typing import TYPE_CHECKING

from data.office import access_log as log

if TYPE_CHECKING:
    from fcl_tui.access.gate import Door

LOG = logging.getLogger("fcl_tui")

PATIENCE = 5.0
"""Seconds that leaving waits for a log which cannot be written at once"""
LEFT, IDLE, CUT, FAULT = "left", "no key was pressed", "connection lost or ended", "stopped by a fault"
OVER = "may not be here any more"


class Ending:
    """Logs the end of the session once: on normal exit or from the hang-up timer, whichever is first.

    Best effort: what kills the process outright writes nothing, and a log that cannot be written does not
    keep a session from ending.
    """

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.how = LEFT
        self._turn = threading.Lock()
        self._writing: threading.Thread | None = None

    def write(self) -> None:
        """Write it, or wait for the one who is writing it; not for long. Safe in any thread."""
        with self._turn:
            if self._writing is None:
                self._writing = threading.Thread(target=self._record, args=(self.how,), daemon=True)
                self._writing.start()
        self._writing.join(PATIENCE)

    def cut(self) -> None:
        """As `write`, for a session that did not leave by itself after its line was cut."""
        self.how = CUT
        self.write()

    def _record(self, how: str) -> None:
        try:
            self._door.record(log.ENDED, detail=how)
        except Exception as error:  # whatever it is: nobody is there to be told, and the session ends
            LOG.info("the end was not written down: %s", type(error).__name__)
