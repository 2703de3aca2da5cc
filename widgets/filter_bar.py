"""Filter as you type: opens on `/`, counts what is listed, goes away when it is empty."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from widgets.cells.plain import plain
from widgets.text.field import Field


class FilterBar(Horizontal):
    """A line to type in. Escape takes the filter away and gives the rows back; enter keeps it.

    It posts each change at once and holds nothing back: the table works on the latest only.
    """

    DEFAULT_CSS = """
    FilterBar {
        height: 1; width: 1fr; display: none; background: $panel;
        & > Static { width: auto; padding: 0 1; background: $panel; color: $foreground; }
        & > Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $foreground; }
        & > Input:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Clear", id="filter.clear"),
        Binding("down", "keep", "To the rows", show=False, id="filter.rows"),
    ]

    class Changed(Message):
        """What is typed has changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """The reader is done typing and wants the rows; the filter stays."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The filter is gone and so is the line."""

    def compose(self) -> ComposeResult:
        """Lay out the mark, the line and the count."""
        yield Static("/", markup=False)
        yield Field(placeholder="words in any order", max_length=200)
        yield Static("", markup=False, id="filter-count")

    @property
    def text(self) -> str:
        """The filter."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Show the line and take the keys."""
        self.display = True
        self.screen.set_focus(self.query_one(Input))  # at once: what is typed next is already for the line

    def set_text(self, text: str) -> None:
        """Put a filter in, e.g. a saved one, without taking the keys."""
        self.display = bool(text)
        self.query_one(Input).value = plain(text) if text else ""

    def clear(self) -> None:
        """Take the filter away and close the line."""
        self.query_one(Input).value = ""
        self.display = False
        self.post_message(self.Closed())

    def set_count(self, count: int, total: int) -> None:
        """Say how many rows are listed, of how many."""
        self.query_one("#filter-count", Static).update(f"{count:,} of {total:,}")

    def action_back(self) -> None:
        """All rows again, and the next key is for them."""
        self.clear()

    def action_keep(self) -> None:
        """Go to the rows; an empty line closes."""
        if self.text:
            self.post_message(self.Kept(self.text))
        else:
            self.clear()

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        clean = plain(event.value)
        if clean != event.value:
            event.input.value = clean  # pasted control characters; comes back here clean
            return
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()
