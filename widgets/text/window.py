"""A window over the screen to read lines in: why a date, guidance, a whole cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from widgets.cells.plain import plain, plain_lines
from widgets.text.pane import Line, TextPane


class Reader(ModalScreen[None]):
    """Shows lines until escape, enter or q."""

    DEFAULT_CSS = """
    Reader {
        align: center middle;
        & > Vertical { width: 90%; max-width: 100; height: 80%; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; background: $panel; text-style: bold; }
        & TextPane { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", "Close", id="reader.close"),
    ]

    def __init__(self, title: str, lines: Sequence[Line | str] | str) -> None:
        """Make a reader of lines, or of one text that keeps its own line breaks."""
        super().__init__()
        self._title = title
        self._lines = plain_lines(lines) if isinstance(lines, str) else list(lines)

    def compose(self) -> ComposeResult:
        """Lay out the title and the lines."""
        with Vertical():
            yield Static(f" {plain(self._title)}", markup=False)
            yield TextPane(self._lines)

    def on_mount(self) -> None:
        """Give the keys to the lines."""
        self.query_one(TextPane).focus()

    def action_close(self) -> None:
        """Go back to the screen."""
        self.dismiss(None)
