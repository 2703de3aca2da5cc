"""Show failed background workers on the screen that started them."""

import logging
from typing import Any

from textual.screen import Screen
from textual.worker import Worker, WorkerState

from widgets.status_line import StatusLine

LOG = logging.getLogger("fcl_tui")


def say_failure(screen: Screen[Any], event: Worker.StateChanged) -> None:
    """A key that does nothing tells nobody; what a worker itself does not answer for is answered for here.

    Each screen that has workers calls it from its handler of `Worker.StateChanged`.
    """
    if event.state is WorkerState.ERROR:
        LOG.warning("%s: %s", event.worker.group, type(event.worker.error).__name__)  # never its values
        for line in screen.query(StatusLine):
            line.say("! This could not be done. Try again.")
