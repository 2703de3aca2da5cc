"""A pane to write in over the whole screen.

Escape keeps what was written; nothing typed is ever discarded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from widgets.cells.plain import plain

SOON = 2.0
"""Seconds after a key in which what was written is kept, whether typing goes on or not"""


class TextDialog(ModalScreen[str]):
    """Hands back the text. `keep` is called with it every two seconds while it changes, and on
    the way out.

    Args:
        title: what is written about.
        note: the question and prompts, over the text.
        longest: characters it may have; more is not taken.
    """

    DEFAULT_CSS = """
    TextDialog {
        align: center middle;
        & > Vertical { width: 100%; height: 100%; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: auto; }
        & #text-title { background: $panel; text-style: bold; }
        & #text-note { color: $secondary; max-height: 5; }
        & #text-heard { color: $secondary; height: 1; }
        & TextArea { height: 1fr; border: none; background: $background; padding: 0 1; }
        & TextArea:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Keep and go back", id="text.done", priority=True)
    ]

    def __init__(
        self, title: str, note: str, value: str, keep: Callable[[str], None], *, longest: int
    ) -> None:
        super().__init__()
        self._title, self._note, self._value = title, note, value
        self._keep, self._longest = keep, longest
        self._kept = value
        self._waits = False
        """Whether what was typed is to be kept soon"""
        self._area = TextArea(self._value, soft_wrap=True, tab_behavior="focus", max_checkpoints=50)

    def compose(self) -> ComposeResult:
        """Title, what is asked, the text, and how much there is room for."""
        self._area.cursor_blink = False
        with Vertical():
            yield Static(f" {plain(self._title)}", id="text-title", markup=False)
            yield Static(
                "\n".join(plain(line) for line in self._note.split("\n")), id="text-note", markup=False
            )
            yield self._area
            yield Static("", id="text-heard", markup=False)

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        self._tell()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self._waits:
            self._waits = True
            self.set_timer(SOON, self._keep_now)
        self._tell()

    def _tell(self) -> None:
        left = self._longest - len(self._area.text)
        told = f"{left:,} characters left" if left >= 0 else f"{-left:,} characters too many: shorten it"
        self.query_one("#text-heard", Static).update(f"{told}. esc keeps it and goes back.")

    def _keep_now(self) -> None:
        self._waits = False
        text = self._area.text
        if text != self._kept:
            self._kept = text
            self._keep(text)

    def on_unmount(self) -> None:
        """The session ends: what was written is kept first. By now the screen has no children to ask."""
        if self._area.text != self._kept:
            self._keep(self._area.text)

    def action_done(self) -> None:
        """Keep it and go back; what is too long stays here to be shortened."""
        text = self._area.text
        if len(text) > self._longest:
            self._keep_now()
            self._tell()
            return
        self._kept = text
        self.dismiss(text)
