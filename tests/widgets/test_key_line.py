"""The line of keys: what falls off where not all fit, and what never does."""

import pytest
from textual.app import App
from textual.binding import Binding

from widgets.key_line import KeyLine

NAMES = ("Open", "Team", "Mark", "Why", "Export", "Filter", "Sort", "Help")


class Keyed(App[None]):
    """Eight keys, of which two are kept."""

    BINDINGS = [Binding(name[0].lower(), "bell", name, id=f"k.{name}") for name in NAMES]

    def compose(self):
        yield KeyLine([f"k.{name}" for name in NAMES], kept=("k.Export", "k.Filter"))


async def labels(width):
    async with Keyed().run_test(size=(width, 2)) as pilot:
        line = pilot.app.query_one(KeyLine).render_line(0)
        assert line.cell_length == width
        return line.text.split()[1::2]


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (80, list(NAMES)),
        (70, list(NAMES)),
        (62, ["Open", "Team", "Mark", "Why", "Export", "Filter", "Help"]),
        (52, ["Open", "Team", "Mark", "Export", "Filter", "Help"]),
        (30, ["Export", "Filter", "Help"]),
        (19, ["Export", "Help"]),
    ],
)
async def test_what_every_list_is_asked_for_is_the_last_to_fall_off(width, told):
    assert await labels(width) == told


async def test_the_last_key_may_end_at_the_edge():
    cells = sum(len(name) + 4 for name in NAMES) - 1
    assert await labels(cells) == list(NAMES)
    assert len(await labels(cells - 1)) == len(NAMES) - 1
