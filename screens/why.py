"""Why a due date is what it is, in a window over the screen."""

import asyncio
from typing import TYPE_CHECKING, Any

from screens.messages import WINDOW
from screens.recording import let_in
from widgets.menu import Choice, Menu
from widgets.plain import plain
from widgets.rag import state_of
from widgets.reader import Reader
from widgets.text_pane import Line

if TYPE_CHECKING:
    import polars as pl

    from screens.base import ReportScreen


def show_why(screen: "ReportScreen[Any]", item_id: str, marks: "pl.DataFrame | None" = None) -> None:
    """Show the reasoning behind one due date, and what has been marked on it."""

    person = screen.table.cursor_row().get("person_id") or screen.looked_at()[1]

    async def ask() -> None:
        from fcl_tui.timescales.why import why

        if not await let_in(screen, person, item_id):
            return
        session = screen.session
        reasoning = await asyncio.to_thread(
            why,
            session.snapshot.scan,
            session.calendar,
            session.as_at,
            item_id,
            several_sources=len(session.snapshot.manifest.sources) > 1,
        )
        lines: list[Line | str] = list(reasoning.lines)
        if marks is not None:
            from fcl_tui.reports.marks import history_lines

            told = history_lines(marks, item_id, masked=session.masked)
            if told:
                lines += ["", Line("Marks on it, oldest first", "heading"), *(plain(line) for line in told)]
        screen.app.push_screen(Reader("Why this date", lines))

    screen.run_worker(ask(), group=WINDOW, exclusive=True, exit_on_error=False)


def ask_why(screen: "ReportScreen[Any]", person_id: str) -> None:
    """Let the reader choose one of a person's due dates, then show the reasoning behind it."""

    async def ask() -> None:
        from fcl_tui.reports.client_summary import due
        from fcl_tui.reports.frames import collect

        if not await let_in(screen, person_id):
            return
        session = screen.session
        items = await asyncio.to_thread(
            collect, due(session.snapshot.scan, session.calendar, session.as_at, person_id)
        )
        choices = [
            Choice(
                item["item_id"], item["item"], f"{plain(item['due_date'])} {state_of(item['state']).label}"
            )
            for item in items.iter_rows(named=True)
        ]

        def then(item_id: str | None) -> None:
            if item_id is not None:
                show_why(screen, item_id)

        screen.app.push_screen(Menu("Why which date?" if choices else "Nothing is due", choices), then)

    screen.run_worker(ask(), group=WINDOW, exclusive=True, exit_on_error=False)
