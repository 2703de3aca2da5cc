"""Writing changes alone leaves the same screen as writing everything."""

import os
import random
import re
import subprocess
import sys
from itertools import pairwise

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from fcl_tui.terminal.redraw import OnlyChanges, Shown

COLUMNS, LINES = 24, 5
EDGES = (0, 7, 15, COLUMNS)
CONSOLE = Console(width=COLUMNS, height=LINES, force_terminal=True, color_system="256")
STYLES = (Style(color="red"), Style(color="blue", bold=True), Style(reverse=True))
LETTERS = "ab \u00e9\u6f22"  # the last is two columns wide
GROUNDS = (
    Style(bgcolor="blue"),
    Style(color="red", bgcolor="black"),
    Style(reverse=True, bgcolor="blue"),
    None,
)


def piece(chance: random.Random, width: int) -> Strip:
    """A few segments that fill a width."""
    segments, left = [], width
    if chance.random() < 0.3:  # blank but for its end
        left = chance.randint(0, 2)
        segments.append(Segment(" " * (width - left), chance.choice(GROUNDS)))
    while left:
        letter = chance.choice(LETTERS[:-1] if left == 1 else LETTERS)
        segments.append(Segment(letter, chance.choice(STYLES)))
        left -= 2 if letter == LETTERS[-1] else 1
    return Strip(segments, width)


class Drawn:
    """Lines of three pieces, and what Textual would write of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lines = [[piece(chance, b - a) for a, b in pairwise(EDGES)] for _ in range(LINES)]

    def change(self) -> None:
        for _ in range(self.chance.randint(0, 4)):
            line, part = self.chance.randrange(LINES), self.chance.randrange(3)
            self.lines[line][part] = piece(self.chance, EDGES[part + 1] - EDGES[part])

    def whole(self) -> LayoutUpdate:
        return LayoutUpdate([list(line) for line in self.lines], Region(0, 0, COLUMNS, LINES))

    def parts(self) -> ChopsUpdate:
        """Every line, each in two spans that begin and end inside pieces."""
        chops = [dict(zip(EDGES[:-1], line, strict=True)) for line in self.lines]
        spans = [(y, a, b) for y in range(LINES) for a, b in ((0, 10), (10, COLUMNS))]
        return ChopsUpdate(chops, spans, [list(EDGES[1:])] * LINES)


class Screen:
    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.Stream(self.screen)

    def cells(self):
        return [
            [self.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(LINES)
        ]  # character, colours, bold, reverse


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("erases", [True, False])
def test_the_screen_is_the_same_as_if_everything_were_written(seed, erases, monkeypatch):
    monkeypatch.setattr("fcl_tui.terminal.redraw.LONG", 3)
    monkeypatch.setattr("fcl_tui.terminal.redraw._BLANKS", re.compile(" {3,}"))
    chance = random.Random(seed)
    drawn, shown, ours, all_ = Drawn(chance), Shown(), Screen(), Screen()
    for _ in range(30):
        drawn.change()
        update = drawn.whole() if chance.random() < 0.5 else drawn.parts()
        ours.stream.feed(OnlyChanges(update, shown, erases=erases).render_segments(CONSOLE))
        all_.stream.feed(drawn.whole().render_segments(CONSOLE))
        assert ours.cells() == all_.cells()


def test_what_stands_there_is_not_written_and_after_forgetting_all_is():
    drawn, shown = Drawn(random.Random(1)), Shown()
    first = OnlyChanges(drawn.whole(), shown).render_segments(CONSOLE)
    assert OnlyChanges(drawn.whole(), shown).render_segments(CONSOLE) == ""
    drawn.lines[2][1] = piece(random.Random(2), 8)
    assert 0 < len(OnlyChanges(drawn.whole(), shown).render_segments(CONSOLE)) < len(first) / 4
    shown.forget()
    assert len(OnlyChanges(drawn.whole(), shown).render_segments(CONSOLE)) == pytest.approx(
        len(first), rel=0.4
    )


def test_a_long_blank_is_a_few_bytes_where_the_terminal_erases_in_colour():
    blank = Strip([Segment("name", STYLES[0]), Segment(" " * 80, GROUNDS[0]), Segment("| ", STYLES[1])])
    update = LayoutUpdate([[blank]], Region(0, 0, 86, 1))
    written = OnlyChanges(update, Shown(), erases=True).render_segments(CONSOLE)
    assert "\x1b[80X\x1b[80C" in written
    assert len(written) < len(OnlyChanges(update, Shown()).render_segments(CONSOLE)) - 60
    marked = LayoutUpdate([[Strip([Segment(" " * 80, GROUNDS[2])])]], Region(0, 0, 86, 1))
    assert "X" not in OnlyChanges(marked, Shown(), erases=True).render_segments(CONSOLE)


@pytest.mark.parametrize(
    ("term", "erases"), [("xterm-256color", True), ("screen", False), ("vt100", False), ("no-such", False)]
)
def test_the_terminal_is_asked_by_its_name(term, erases):
    code = "from fcl_tui.terminal.setup import erases_in_colour; print(erases_in_colour())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TERM": term},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == str(erases)
