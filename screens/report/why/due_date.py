"""Why a due date is what it is, in a window over the screen."""

import asyncio
from typing import TYPE_CHECKING

from widgets.cells.plain import plain
from widgets.cells.states import state_of
from widgets.menus.menu import Choice, Menu
from widgets.text.pane import Line
from widgets.text.window import Reader

if TYPE_CHECKING:
    import polars as pl

    from screens.report.access_gate import AccessGate
    from screens.report.host import ReportHost


class Why:
    """Windows with the reasoning behind due dates; each is in the access log before it opens."""

    def __init__(self, host: "ReportHost", gate: "AccessGate") -> None:
        self._host, self._gate = host, gate

    def of_item(self, item_id: str, marks: "pl.DataFrame | None" = None) -> None:
        """Show the reasoning behind one due date, and what has been marked on it."""
        person = self._host.table.cursor_row().get("person_id") or self._host.looked_at()[1]
        self._host.in_window(self._show(person, item_id, marks))

    def of_child(self, person_id: str) -> None:
        """Let the reader choose one of a person's due dates, then show the reasoning behind it."""
        self._host.in_window(self._choose(person_id))

    async def _show(self, person_id: str | None, item_id: str, marks: "pl.DataFrame | None") -> None:
        from fcl_tui.timescales.why import why

        if not await self._gate.let_in(person_id, item_id):
            return
        session = self._host.session
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
            from fcl_tui.definitions.marks import history_lines

            told = history_lines(marks, item_id, masked=session.masked)
            if told:
                lines += ["", Line("Marks on it, oldest first", "heading"), *(plain(line) for line in told)]
        self._host.show(Reader("Why this date", lines))

    async def _choose(self, person_id: str) -> None:
        from data.frames import collect
        from fcl_tui.records.child.summary import due

        if not await self._gate.let_in(person_id):
            return
        session = self._host.session
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
                self.of_item(item_id)

        self._host.ask(Menu("Why which date?" if choices else "Nothing is due", choices), then)
