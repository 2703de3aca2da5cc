"""Lines of phrases: what does not fit is left out phrase by phrase, and a sign says that there is more."""

from __future__ import annotations

import re
from textwrap import wrap

from rich.cells import cell_len
from textual import events
from textual.widgets import Static

from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain

BETWEEN = re.compile(r"([,;] | {2,})")
BETWEEN_ITEMS = re.compile(r"(; )")
"""Between phrases that may have commas themselves"""


def whole_phrases(text: str, width: int, between: re.Pattern[str] = BETWEEN) -> str:
    """As many of the phrases, parted by commas, semicolons or wide gaps, as fit whole.

    The first is cut if it must be. A sign at the end says that some were left out.
    """
    if cell_len(text) <= width:
        return text
    more = f" {glyphs().ellipsis}"
    kept = ""
    pieces = between.split(text)
    for before, phrase in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        longer = f"{kept}{before}{phrase}"
        if cell_len(longer) > width - cell_len(more):
            break
        kept = longer
    return f"{kept}{more}" if kept.strip() else fit(text, width)


MOST = 2
"""Lines that one sentence takes"""
SENTENCES = re.compile(r"([.,;] )")
"""Between phrases of a text of several sentences"""


class PhraseLines(Static):
    """One line or two over a list."""

    def __init__(self, *, id: str | None = None) -> None:
        """Make empty lines."""
        super().__init__(id=id, markup=False)
        self._lines: list[str] = []
        self._whole = False

    def say(self, text: str, *, whole: bool = False) -> None:
        """Show these lines, each after one blank; `whole` ones go on in the next line as far as need be."""
        self._whole = whole
        self._lines = [f" {plain(line)}" for line in text.split("\n")] if text else []
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        del event
        self._draw()

    def _draw(self) -> None:
        width = self.size.width or (self.screen.size.width if self.is_attached else 0)
        self.update("\n".join(self._drawn(line, width) if width else line for line in self._lines))

    def _drawn(self, line: str, width: int) -> str:
        return "\n".join(_wrapped(line.strip(), width)) if self._whole else _fitted(line, width)


def _fitted(line: str, width: int) -> str:
    """The phrases that fit; a line whose first phrase is too long for it goes on in the next."""
    if cell_len(BETWEEN.split(line)[0]) <= width:
        return whole_phrases(line, width)
    room = MOST * width
    while len(lines := _wrapped(whole_phrases(line.strip(), room, SENTENCES), width)) > MOST:
        room -= 1
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(
        text, max(2, width - 2), initial_indent=" ", subsequent_indent=" ", break_on_hyphens=False
    )  # commands are typed as they stand
