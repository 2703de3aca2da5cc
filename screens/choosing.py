"""Choosing a team or a worker from those that hold clients on the day."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from screens.messages import WINDOW
from widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from screens.base import ReportScreen

EVERYONE = "\0all"
"""The key of the first choice, which no team or worker can have as a name."""


def _ask(
    screen: Screen[None],
    title: str,
    everyone: str,
    choices: Iterable[tuple[str, str]],
    then: Callable[[str | None], None],
    selected: str | None,
) -> None:
    listed = [Choice(EVERYONE, everyone), *(Choice(name, name, note) for name, note in choices)]

    def chosen(key: str | None) -> None:
        if key is not None:
            then(None if key == EVERYONE else key)

    screen.app.push_screen(Menu(title, listed, selected or EVERYONE), chosen)


def choose_team(
    screen: "ReportScreen[Any]",
    then: Callable[[str | None], None],
    *,
    selected: str | None = None,
    team: str | None = None,  # noqa: ARG001  the same face as choose_worker
) -> None:
    """Ask for a team; `then` hears its name, or None for all teams. Escape changes nothing."""

    async def ask() -> None:
        import asyncio

        from fcl_tui.reports.choices import teams
        from fcl_tui.reports.frames import collect

        session = screen.session
        rows = (await asyncio.to_thread(collect, teams(session.scan_open, session.as_at))).rows()
        _ask(
            screen,
            "Which team?",
            "All teams",
            [(str(name), f"{count:,} clients") for name, count in rows],
            then,
            selected,
        )

    screen.run_worker(ask(), group=WINDOW, exclusive=True, exit_on_error=False)


def choose_worker(
    screen: "ReportScreen[Any]",
    then: Callable[[str | None], None],
    *,
    selected: str | None = None,
    team: str | None = None,
) -> None:
    """Ask for a worker of a team or of all; `then` hears the name, or None for everyone."""

    async def ask() -> None:
        import asyncio

        from fcl_tui.reports.choices import workers
        from fcl_tui.reports.frames import collect

        session = screen.session
        rows = (await asyncio.to_thread(collect, workers(session.scan_open, session.as_at, team))).rows()
        _ask(
            screen,
            f"Which worker of {team}?" if team else "Which worker?",
            "All workers",
            [(str(name), f"{count:,}  {place}") for name, place, count in rows],
            then,
            selected,
        )

    screen.run_worker(ask(), group=WINDOW, exclusive=True, exit_on_error=False)
