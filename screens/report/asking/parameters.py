"""Asking for a parameter: the names in the data, the options declared, a day, on and off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Parameter, Value
    from screens.report.host import ReportHost

EVERYONE = "\0all"
"""The key of the first choice, which no team or worker can have as a name."""
ALL, LONGEST_DAY = "all", 12
"""What takes a day away again, and the most that is typed for one"""


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
        elif parameter.kind == "date":
            self._day(parameter, now, then)
        elif parameter.kind == "name":
            self._host.in_window(self._names(parameter, query, then))
        else:
            listed = [(one.value, one.words, one.note) for one in parameter.options]
            self._ask(parameter, listed, now, then)

    def _day(self, parameter: Parameter, now: object, then: Callable[[Value | None], None]) -> None:
        """Ask for a day that has been; `all` takes it away."""
        from fcl_tui.config.date_input import day_behind
        from screens.dialogs.name import NameDialog

        def chosen(typed: str | None) -> None:
            if typed is None:
                return
            if typed.casefold() == ALL:
                then(None)
                return
            day, words = day_behind(typed, self._host.session.as_at)
            if day is None:
                self._host.say(words)
            else:
                then(day)

        shown = f"{now:%d/%m/%Y}" if isinstance(now, date) else ""
        note = f"A day such as 27/11/2025; {ALL} goes back to what is usual"
        window = NameDialog(parameter.question or parameter.label, note, longest=LONGEST_DAY, value=shown)
        self._host.ask(window, chosen)

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
