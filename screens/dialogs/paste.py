"""A window to paste a block from a spreadsheet into."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from widgets.cells.plain import plain


class PasteDialog(ModalScreen[str | None]):
    """Hands back what was pasted on ctrl+o or F2, or None after escape; nothing pasted is not taken."""

    DEFAULT_CSS = """
    PasteDialog {
        align: center middle;
        & > Vertical { width: 76; max-width: 95%; height: 16; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: auto; }
        & #paste-title { background: $panel; text-style: bold; }
        & #paste-note { color: $secondary; }
        & TextArea { height: 1fr; border: none; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="paste.close", priority=True),
        Binding("ctrl+o,f2", "take", "Look at it", id="paste.take", priority=True),
    ]

    def __init__(self, title: str, note: str) -> None:
        """Ask for a block of text."""
        super().__init__()
        self._title, self._note = title, note

    def compose(self) -> ComposeResult:
        """Title, the block, the note."""
        field = TextArea(soft_wrap=False)
        field.cursor_blink = False
        with Vertical():
            yield Static(f" {plain(self._title)}", id="paste-title", markup=False)
            yield field
            yield Static(plain(self._note), id="paste-note", markup=False)

    def on_mount(self) -> None:
        """Take what is pasted."""
        self.query_one(TextArea).focus()

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)

    def action_take(self) -> None:
        """Hand it back."""
        text = self.query_one(TextArea).text
        if text.strip():
            self.dismiss(text)
