"""A sentence in the place of everything that a screen shows of its report."""

from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from widgets.cells.plain import plain

STAYS = ("title", "status", "bottom", "withheld")
"""Ids of what stays on a screen from which everything else was taken away"""


class Cover:
    """Takes a screen's widgets away and puts them back, with the keys where they were.

    The screen has a Static with the id `withheld`, which is not shown to begin with.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._taken_away: list[Widget] | None = None
        self._had_keys: Widget | None = None

    def put(self, sentence: str) -> None:
        """Show the sentence alone, or another one."""
        screen = self._screen
        if self._taken_away is None:
            self._had_keys = screen.focused
            self._taken_away = [
                one
                for one in screen.children
                if one.display and one.id not in STAYS and not (one.id or "").startswith("textual-")
            ]
            for one in self._taken_away:
                one.display = False
        note = screen.query_one("#withheld", Static)
        note.update(plain(sentence))
        note.display = True
        screen.refresh_bindings()

    def lift(self) -> None:
        """Show everything again."""
        if self._taken_away is None:
            return
        self._screen.query_one("#withheld", Static).display = False
        for one in self._taken_away:
            one.display = True
        self._taken_away = None
        if self._had_keys is not None:
            self._had_keys.focus()
        self._screen.refresh_bindings()
