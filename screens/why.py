"""Why a due date is what it is, in a window over the screen."""

import asyncio
from typing import TYPE_CHECKING

from widgets.reader import Reader

if TYPE_CHECKING:
    from screens.base import ReportScreen


def show_why(screen: "ReportScreen[object]", item_id: str) -> None:
    """Show the reasoning behind one due date."""

    async def ask() -> None:
        from fcl_tui.timescales.why import why

        session = screen.session
        reasoning = await asyncio.to_thread(
            why, session.snapshot.scan, session.calendar, session.as_at, item_id
        )
        screen.app.push_screen(Reader("Why this date", reasoning.lines))

    screen.run_worker(ask(), group="why", exclusive=True)
