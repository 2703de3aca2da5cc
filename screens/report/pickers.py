"""Choosing a team or a worker from those that hold clients on the day."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from screens.report.host import ReportHost

EVERYONE = "\0all"
"""The key of the first choice, which no team or worker can have as a name."""

Then = Callable[[str | None], None]
"""Hears the name chosen, or None for all. Escape changes nothing, and nothing is heard."""


class Pickers:
    """Windows that ask whose work is wanted."""

    def __init__(self, host: "ReportHost") -> None:
        self._host = host

    def team(self, then: Then, *, selected: str | None = None) -> None:
        """Ask for a team."""
        self._host.in_window(self._team(then, selected))

    def worker(self, then: Then, *, selected: str | None = None, team: str | None = None) -> None:
        """Ask for a worker of a team or of all."""
        self._host.in_window(self._worker(then, selected, team))

    async def _team(self, then: Then, selected: str | None) -> None:
        from fcl_tui.reports.choices import teams
        from fcl_tui.reports.frames import collect

        session = self._host.session
        rows = (await asyncio.to_thread(collect, teams(session.scan_open, session.as_at))).rows()
        listed = [(str(name), f"{count:,} clients") for name, count in rows]
        self._ask("Which team?", "All teams", listed, then, selected)

    async def _worker(self, then: Then, selected: str | None, team: str | None) -> None:
        from fcl_tui.reports.choices import workers
        from fcl_tui.reports.frames import collect

        session = self._host.session
        rows = (await asyncio.to_thread(collect, workers(session.scan_open, session.as_at, team))).rows()
        listed = [(str(name), f"{count:,}  {place}") for name, place, count in rows]
        title = f"Which worker of {team}?" if team else "Which worker?"
        self._ask(title, "All workers", listed, then, selected)

    def _ask(
        self, title: str, everyone: str, listed: Iterable[tuple[str, str]], then: Then, selected: str | None
    ) -> None:
        choices = [Choice(EVERYONE, everyone), *(Choice(name, name, note) for name, note in listed)]

        def chosen(key: str | None) -> None:
            if key is not None:
                then(None if key == EVERYONE else key)

        self._host.ask(Menu(title, choices, selected or EVERYONE), chosen)
