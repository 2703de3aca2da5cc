"""A small window that takes one letter: nothing to type in, nothing to move in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from widgets.cells.plain import fit, plain
from widgets.menus.menu import Choice

WIDTH = 64


class LetterMenu(ModalScreen[str | None]):
    """Hands back the key pressed, or None after escape; enter is the first choice."""

    DEFAULT_CSS = """
    LetterMenu {
        align: center middle;
        & > Vertical { width: 66; max-width: 95%; height: auto; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: auto; }
        & #letter-title { background: $panel; text-style: bold; padding: 0 1; }
        & #letter-choices { padding: 1 0; }
        & #letter-note { color: $secondary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="letter.close"),
        Binding("enter", "first", "First", show=False, id="letter.first"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], note: str = "") -> None:
        """Make a menu; `note` stands under the choices."""
        super().__init__()
        self._title, self._choices, self._note = title, tuple(choices), note
        for choice in self._choices:
            self._bindings.bind(choice.key, f"choose('{choice.key}')", choice.label, show=False)

    def compose(self) -> ComposeResult:
        """Title, a line a choice, the note."""
        room = WIDTH - 5
        lines = [
            f"  {choice.key}  {fit(plain(choice.label + (f': {choice.note}' if choice.note else '')), room)}"
            for choice in self._choices
        ]
        with Vertical():
            yield Static(plain(self._title), id="letter-title", markup=False)
            yield Static("\n".join(lines), id="letter-choices", markup=False)
            yield Static(plain(self._note or "Press a letter; esc cancels."), id="letter-note", markup=False)

    def action_choose(self, key: str) -> None:
        """Hand the key back."""
        self.dismiss(key)

    def action_first(self) -> None:
        """The first choice is the usual one."""
        self.dismiss(self._choices[0].key)

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
