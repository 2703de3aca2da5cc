"""Unexpected errors: shown, or fatal, and never with data values on the terminal."""

import logging

from textual import on
from textual.app import App
from textual.worker import Worker

from fcl_tui.config.faults import place
from screens.report.failures import say_failure

LOG = logging.getLogger("fcl_tui")


class FailsQuietly(App[None]):
    """Textual's own way prints local variables, which hold children's names."""

    fault: BaseException | None = None
    """What failed first, told by the code that started the application"""

    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or error
        LOG.error("%s at %s", type(error).__name__, place(error))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    @on(Worker.StateChanged)
    def _say_failure(self, event: Worker.StateChanged) -> None:
        """Of the application's own workers, such as one that writes a file."""
        say_failure(self.screen, event)
