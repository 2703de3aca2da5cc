"""The window in which a note on a child is written: a line, and for how many days it is shown."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from data.office.marks import LONGEST_CHILD_NOTE, MOST_DAYS
from widgets.cells.plain import plain
from widgets.text.field import Field
from widgets.text.pane import TextPane

USUAL_DAYS = 14


class NoteDialog(ModalScreen[tuple[str, int] | None]):
    """Hands back the note and its days, or None. Enter saves from either line."""

    DEFAULT_CSS = """
    NoteDialog {
        align: center middle;
        & > Vertical { width: 74; max-width: 95%; height: auto; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #note-title { background: $panel; text-style: bold; }
        & #note-warning { text-style: bold; }
        & TextPane { height: auto; max-height: 8; background: $surface; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; }
        & Input:focus { border: none; }
        & #note-days { width: 8; }
        & #note-heard { color: $warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Cancel", id="note.close")]

    def __init__(self, title: str, there: Sequence[str]) -> None:
        super().__init__()
        self._title, self._there = title, there

    def compose(self) -> ComposeResult:
        """What is noted already, the line, the days."""
        with Vertical():
            yield Static(f" {plain(self._title)}", id="note-title", markup=False)
            yield Static("Not case recording: what matters goes into the case record.", id="note-warning")
            if self._there:
                pane = TextPane([f"- {plain(line)}" for line in self._there])
                pane.can_focus = False
                yield pane
            yield Static("Note, for the next person who opens this child")
            yield Field(placeholder="such as: ring before 10", max_length=LONGEST_CHILD_NOTE, id="note-text")
            yield Static(f"Days it is shown, 1 to {MOST_DAYS} (tab)")
            yield Field(str(USUAL_DAYS), max_length=2, type="integer", id="note-days")
            yield Static("enter saves, esc cancels.", id="note-heard", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one("#note-text", Input).focus()

    def action_close(self) -> None:
        """Nothing noted."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        event.stop()
        typed = self.query_one("#note-text", Input).value.strip()
        days = self.query_one("#note-days", Input).value.strip()
        heard = self.query_one("#note-heard", Static)
        if not typed:
            heard.update("There is nothing in the note; esc cancels.")
        elif not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
            heard.update(f"A number of days from 1 to {MOST_DAYS} is needed.")
        else:
            self.dismiss((plain(typed), int(days)))
