"""What a worker was asked for and failed at is said, on whatever screen it was."""

import logging
from typing import Any

from textual import on
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from widgets.status_line import StatusLine

LOG = logging.getLogger("fcl_tui")


def say_failure(screen: Screen[Any], event: Worker.StateChanged) -> None:
    """A key that does nothing tells nobody; what a worker itself does not answer for is answered for here."""
    if event.state is WorkerState.ERROR:
        LOG.warning("%s: %s", event.worker.group, type(event.worker.error).__name__)  # never its values
        for line in screen.query(StatusLine):
            line.say("! This could not be done. Try again.")


class SaysFailures(Screen[None]):
    """A screen that says so when one of its workers has failed."""

    @on(Worker.StateChanged)
    def _say_failure(self, event: Worker.StateChanged) -> None:
        say_failure(self, event)
