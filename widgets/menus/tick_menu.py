"""A window to tick several of a list: space ticks, enter takes what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from widgets.cells.column import Column
from widgets.cells.plain import plain
from widgets.menus.menu import Choice
from widgets.table.report_table import ReportTable


class TickMenu(ModalScreen[tuple[str, ...] | None]):
    """Hands back the keys ticked, in the order of the list, or None after escape."""

    DEFAULT_CSS = """
    TickMenu {
        align: center middle;
        & > Vertical { width: 66; max-width: 95%; height: 20; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #tick-title { background: $panel; text-style: bold; }
        & #tick-note { color: $secondary; }
        & ReportTable { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="tick.close"),
        Binding("space", "tick", "Tick", id="tick.tick", priority=True),
        Binding("enter", "take", "Take", id="tick.take", priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        """Make a menu. Keys are unique."""
        super().__init__()
        self._title, self._choices = title, tuple(choices)
        self._ticked: set[str] = set()

    def compose(self) -> ComposeResult:
        """Title, the list, what the keys do."""
        with Vertical():
            yield Static(f" {plain(self._title)}", id="tick-title", markup=False)
            yield ReportTable()
            yield Static("space ticks, enter takes what is ticked, esc cancels", id="tick-note", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        import polars as pl

        texts = {"key": pl.String, "label": pl.String, "note": pl.String}
        frame = pl.DataFrame([(c.key, c.label, c.note) for c in self._choices], schema=texts, orient="row")
        columns = [Column("label", "Name", 40, frozen=True), Column("note", "", 12, align="right")]
        table = self.query_one(ReportTable)
        table.show(frame, columns, "key")
        table.focus()

    def action_tick(self) -> None:
        """Tick the row, or not any more, and go on to the next."""
        table = self.query_one(ReportTable)
        key = table.cursor_key
        if key is not None:
            self._ticked ^= {key}
            table.select(self._ticked)
            table.action_move(1)

    def action_take(self) -> None:
        """Hand back what is ticked; the row under the cursor when nothing is."""
        here = self.query_one(ReportTable).cursor_key
        ticked = self._ticked or ({here} if here is not None else set())
        self.dismiss(tuple(choice.key for choice in self._choices if choice.key in ticked))

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
