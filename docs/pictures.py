"""Draw the pictures in the README: the real screens on the demo authority, at a fixed day and seed.

make pictures
"""

import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from data.snapshots.reader import open_current
from fcl_tui.cli.demo.made import demonstrate
from fcl_tui.config.settings import read
from fcl_tui.terminal.app import FclApp
from widgets.table.report_table import ReportTable

HERE = Path(__file__).parent / "pictures"
AS_AT = date(2026, 11, 23)
SIZE = (110, 30)

PICTURES: dict[str, tuple[str | None, list[str]]] = {
    "client-overview": ("client-overview", ["down", "down"]),
    "client-overview-by-child": ("client-overview", ["c"]),
    "leaving-care": ("leaving-care", ["down"]),
    "assessments": ("assessments", []),
    "visits": ("visits", []),
    "fostering": ("fostering-overview", []),
    "looked-after": ("looked-after", []),
    "board": ("board", []),
    "why": ("client-overview", ["/", *"protection", "space", *"visit", "enter", "w"]),
    "home": (None, []),
}


async def settled(pilot: Pilot[None]) -> None:
    """The screen on top has its answer."""
    for _ in range(2000):
        await pilot.pause(0.01)
        if getattr(pilot.app.screen, "settled", True):
            break
    await pilot.pause(0.3)


async def draw(home: Path, name: str, report: str | None, keys: list[str]) -> None:
    """Open a report, press keys, keep the picture."""
    app = FclApp(open_current(home), read(home), as_at=AS_AT, first=report)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press("slash" if key == "/" else key)
            await settled(pilot)
        save(app, name)


async def draw_client(home: Path) -> None:
    """The Client Summary of the first child on a protection plan."""
    app = FclApp(open_current(home), read(home), as_at=AS_AT, first="client-overview")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"review", "space", *"conference", "enter")
        await settled(pilot)
        app.screen.query_one(ReportTable).focus()
        await pilot.press("down", "enter")
        await settled(pilot)
        save(app, "client-summary")


def save(app: FclApp, name: str) -> None:
    """The screen as an SVG."""
    (HERE / f"{name}.svg").write_text(app.export_screenshot(title="fcl-tui"), encoding="utf-8")
    sys.stdout.write(f"{name}\n")


def main() -> None:
    """All pictures, from one demo authority."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demonstrate(home, children=2_000, seed=1, as_at=AS_AT, write=None, open_it=False)
        for name, (report, keys) in PICTURES.items():
            asyncio.run(draw(home, name, report, keys))
        asyncio.run(draw_client(home))


if __name__ == "__main__":
    main()
