"""The application on the small authority."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.report.screen import DeclaredScreen
from tests.screens.small_authority import AS_AT, NO_HOME, SmallSnapshot

WHOLE = SmallSnapshot()
PATIENCE = 4000
"""Looks, a hundredth of a second apart at least, until a fact that never comes about is a failure."""


def application(first: str | None = None, snapshot: SmallSnapshot = WHOLE, home: Path = NO_HOME) -> FclApp:
    return FclApp(snapshot, Settings(home), as_at=AS_AT, first=first)  # type: ignore[arg-type]


async def settled(pilot: Pilot[None]) -> None:
    """Wait for a fact, not for time: the screen on top has its answer and has drawn it."""
    for _ in range(PATIENCE):
        await asyncio.sleep(0.01)
        if getattr(pilot.app.screen, "settled", True):
            await pilot.pause()
            if getattr(pilot.app.screen, "settled", True):
                return
    raise AssertionError("the screen never settled")


async def until(pilot: Pilot[None], fact) -> None:
    """Wait until a fact holds."""
    for _ in range(PATIENCE):
        await asyncio.sleep(0.01)
        if fact():
            await pilot.pause()
            return
    raise AssertionError("the fact never came about")


def shows(app: FclApp, report: str) -> bool:
    """Whether a report is on top, its windows away."""
    return isinstance(app.screen, DeclaredScreen) and app.screen.report_key == report


def view_of(app: FclApp) -> str:
    """The view that the report on top shows, of the part that is shown."""
    return app.screen.query_now.view


def narrowed(app: FclApp) -> dict[str, object]:
    """What the report on top is narrowed to, by parameter."""
    return dict(app.screen.query_now.values)


def withheld(app: FclApp) -> bool:
    """Whether the door's refusal is in the place of the report on top."""
    gate = getattr(app.screen, "gate", None)
    return gate is not None and gate.withheld


def text_of(app: FclApp) -> str:
    """What a person sees, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def size(request) -> tuple[int, int]:
    return request.param
