"""Asking for a parameter: the names in the data, the options declared, on and off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.spec import Parameter, Value
    from screens.report.host import ReportHost

EVERYONE = "\0all"
"""The key of the first choice, which no team or worker can have as a name."""


class Parameters:
    """Windows that ask what a report is to be narrowed to; `then` hears the value, None for all."""

    def __init__(self, host: ReportHost, context: Callable[[], Context]) -> None:
        self._host, self._context = host, context

    def choose(self, parameter: Parameter, query: Query, then: Callable[[Value | None], None]) -> None:
        """Ask for a value, or turn to the next one where that is no question."""
        now = query.values.get(parameter.name)
        if parameter.kind == "flag":
            then(now is not True)
        elif parameter.turns:
            turns = [None, *parameter.turns]
            then(turns[(turns.index(now) + 1) % len(turns)] if now in turns else None)  # type: ignore[arg-type]
        elif parameter.kind == "name":
            self._host.in_window(self._names(parameter, query, then))
        else:
            listed = [(one.value, one.words, one.note) for one in parameter.options]
            self._ask(parameter, listed, now, then)

    async def _names(self, parameter: Parameter, query: Query, then: Callable[[Value | None], None]) -> None:
        def read() -> list[tuple[str, str, str]]:
            from data.frames import collect

            assert parameter.names is not None
            rows = collect(parameter.names(self._context(), query).select("value", "note"))
            return [(str(value), str(value), str(note or "")) for value, note in rows.iter_rows()]

        listed = await asyncio.to_thread(read)
        self._ask(parameter, listed, query.values.get(parameter.name), then)

    def _ask(
        self,
        parameter: Parameter,
        listed: list[tuple[str, str, str]],
        now: object,
        then: Callable[[Value | None], None],
    ) -> None:
        everyone = (parameter.everyone or "all").capitalize()
        choices = [Choice(EVERYONE, everyone), *(Choice(*one) for one in listed)]

        def chosen(key: str | None) -> None:
            if key is not None:
                then(None if key == EVERYONE else key)

        question = parameter.question or f"Which {parameter.label.lower()}?"
        self._host.ask(Menu(question, choices, str(now) if now is not None else EVERYONE), chosen)
