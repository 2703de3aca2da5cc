"""A question to which only y says yes: what leaves the desk is not sent by a key too many."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from widgets.cells.plain import fit, plain
from widgets.menus.letter_menu import WIDTH, LetterMenu
from widgets.menus.menu import Choice

NO_OTHER = "y says yes; esc goes back."


class Confirm(LetterMenu):
    """Hands back y, or None. Enter, which may be the end of something pasted, says nothing.

    `lines` say what is about to happen.
    """

    def __init__(self, question: str, lines: Sequence[str] = ()) -> None:
        super().__init__(question, [Choice("y", "Yes")])
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """The question, what it is about, and the one answer."""
        with Vertical():
            yield Static(fit(f" {plain(self._title)}", WIDTH), id="letter-title", markup=False)
            if self._lines:
                yield Static("\n".join(fit(plain(one), WIDTH - 2) for one in self._lines), markup=False)
            yield Static(NO_OTHER, id="letter-note", markup=False)

    def action_first(self) -> None:
        """Enter is no answer."""
