"""A small window that asks for one line of text."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from widgets.cells.plain import plain
from widgets.text.field import Field


class NameDialog(ModalScreen[str | None]):
    """Hands back what was typed, or None after escape; nothing typed is not taken."""

    DEFAULT_CSS = """
    NameDialog {
        align: center middle;
        & > Vertical { width: 64; max-width: 90%; height: auto; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: auto; }
        & #name-title { background: $panel; text-style: bold; }
        & #name-note { color: $secondary; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; }
        & Input:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Cancel", id="name.close")]

    def __init__(self, title: str, note: str, *, longest: int, value: str = "") -> None:
        """Ask; `value` stands there to begin with."""
        super().__init__()
        self._title, self._note, self._longest, self._value = title, note, longest, value

    def compose(self) -> ComposeResult:
        """Title, the line, the note."""
        with Vertical():
            yield Static(f" {plain(self._title)}", id="name-title", markup=False)
            yield Field(self._value, max_length=self._longest)
            yield Static(plain(self._note), id="name-note", markup=False)

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.dismiss(plain(event.value).strip())
