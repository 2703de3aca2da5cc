"""Who has looked at a child's record, in a window; that somebody asked is written down too."""

import asyncio
from typing import TYPE_CHECKING

from data.errors import DataError
from widgets.text.window import Reader

if TYPE_CHECKING:
    from screens.report.host import ReportHost


class Looks:
    """The looks at one record, from the access log."""

    def __init__(self, host: "ReportHost") -> None:
        self._host = host

    def at(self, person_id: str) -> None:
        """Show them, if the reader may see them."""
        self._host.in_window(self._show(person_id))

    async def _show(self, person_id: str) -> None:
        from fcl_tui.access.audit import looks_at

        try:
            lines = await asyncio.to_thread(looks_at, self._host.session.door, person_id)
        except DataError as error:
            self._host.say(str(error))
            return
        self._host.show(Reader("Who has looked at this record", lines))
