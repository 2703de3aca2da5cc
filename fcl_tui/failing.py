"""How the application ends when something fails that nobody foresaw: without a value on the terminal."""

import logging

from textual.app import App

from fcl_tui.faults import place

LOG = logging.getLogger("fcl_tui")


class FailsQuietly(App[None]):
    """Textual's own way prints local variables, which hold children's names."""

    fault: BaseException | None = None
    """What failed first, told by whoever started the application"""

    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or error
        LOG.error("%s at %s", type(error).__name__, place(error))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
