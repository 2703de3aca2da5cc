"""What the terminal already shows is not written to it again.

Textual writes the whole screen again whenever a layout settles, one screen lies over another, or the focus
moves; most of it stands there already, and over SSH every byte is waited for.
"""

import re
from collections.abc import Iterator
from typing import Any

from rich.console import Console, RenderableType
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.binding import Binding
from textual.events import Resize
from textual.screen import Screen
from textual.strip import Strip

from fcl_tui.terminal.first_page import FirstPage
from fcl_tui.terminal.setup import erases_in_colour


class Shown:
    """The pieces of line that stand on the terminal, by line and first column."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Nothing is known of the terminal any more: the next drawing is written whole."""
        self._lines.clear()

    def drawing(self, console: Console) -> str:
        """The characters that put it all on an empty screen."""
        return "".join(
            Control.move_to(x, y).segment.text + piece.render(console)
            for y, line in sorted(self._lines.items())
            for x, piece in sorted(line.items())
        )

    def put(self, x: int, y: int, piece: Strip) -> bool:
        """Note that a piece stands there from now on; False when it stood there before."""
        line = self._lines.setdefault(y, {})
        if line.get(x) == piece:
            return False
        end = x + piece.cell_length
        for at in [at for at, old in line.items() if at < end and at + old.cell_length > x]:
            del line[at]
        line[x] = piece
        return True


def pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Column, line and content of everything in an update."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if part is not None and x < last and end > first:
                yield x, y, part  # whole: half a wide character cannot be written


LONG = 16
"""Blanks that are erased in fewer bytes than they have"""
_BLANKS = re.compile(rf" {{{LONG},}}")
_AFTER_RESET = re.compile(r"\x1b\[0m\x1b\[(?=[0-9;]+m)")
"""Colours set back and set anew: one sequence does both"""


def _erased(blanks: re.Match[str]) -> str:
    """Erase so many columns, which takes the background of the moment, and go past them."""
    count = len(blanks[0])
    return f"\x1b[{count}X\x1b[{count}C"


def with_blanks_erased(piece: Strip, console: Console) -> str:
    """The characters of a piece; its long blanks are erased, where they are nothing but background."""
    whole = piece.render(console)
    if " " * LONG not in whole:
        return whole
    told = []
    for segment in piece:
        style, written = segment.style, Strip([segment]).render(console)
        marked = style is not None and (style.reverse or style.underline or style.underline2 or style.strike)
        told.append(written if marked else _BLANKS.sub(_erased, written))
    return "".join(told)


class OnlyChanges(CompositorUpdate):
    """Writes only the parts of an update that differ from the terminal's current contents.

    Args:
        erases: whether the terminal gives erased columns the background of the moment.
    """

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: Shown, *, erases: bool = False) -> None:
        self._update, self._shown, self._erases = update, shown, erases

    def render_segments(self, console: Console) -> str:
        """The characters to write; asked for only when they are written."""
        written, next_to = [], (-1, -1)
        for x, y, piece in pieces(self._update):
            if self._shown.put(x, y, piece):
                if (x, y) != next_to:
                    written.append(Control.move_to(x, y).segment.text)
                written.append(with_blanks_erased(piece, console) if self._erases else piece.render(console))
                next_to = (x + piece.cell_length, y)
        return _AFTER_RESET.sub("\x1b[0;", "".join(written))


class DrawsChanges(App[None]):
    """An application that writes changes alone. What another program wrote over it goes with ctrl+l."""

    BINDINGS = [
        Binding(
            "ctrl+l",
            "redraw",
            show=False,
            id="app.redraw",
            tooltip="Draw the whole screen again",
            priority=True,  # under a window, the application is not asked for other keys
        )
    ]

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._shown, self._erases = Shown(), erases_in_colour()
        self._first_page = FirstPage(self, self._whole)

    @property
    def first_page(self) -> FirstPage:
        """What of the session before stands on the terminal."""
        return self._first_page

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self._first_page.stands:
            return  # the live page is drawn over it once it is whole
        drawn: Any = renderable
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            drawn = OnlyChanges(renderable, self._shown, erases=self._erases)
        super()._display(screen, drawn)

    def on_resize(self, event: Resize) -> None:
        """The terminal has moved its lines about."""
        del event
        self._shown.forget()

    def _whole(self) -> str:
        """The characters that draw all that stands on the terminal."""
        return self._shown.drawing(self.console)

    def action_redraw(self) -> None:
        """Write the whole screen."""
        self._shown.forget()
        self.screen.refresh()
