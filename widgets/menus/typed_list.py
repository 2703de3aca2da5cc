"""A window with a line to type in over a list: typing narrows the list, enter takes the row of the cursor."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from widgets.table.report_table import ReportTable
from widgets.text.field import Field

Answer = TypeVar("Answer")


class TypedList(ModalScreen[Answer | None], Generic[Answer]):
    """Has one Input and one ReportTable; hands back None after escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="menu.close"),
        Binding("down", "move(1)", show=False, id="menu.down"),
        Binding("up", "move(-1)", show=False, id="menu.up"),
    ]

    def field(self, placeholder: str) -> Input:
        """The line to type in."""
        return Field(placeholder=placeholder)

    selected: str | None = None
    """the key of the row that the cursor starts on; none: the first"""

    def fill(self) -> None:
        """Make ready what `narrow` lists."""
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """List what fits what is typed."""
        raise NotImplementedError

    def take(self, key: str) -> None:
        """Do or hand back what the row with this key stands for."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Every key but those of the window is for the line."""
        self.fill()
        table = self.query_one(ReportTable)
        table.can_focus = False
        self.narrow("")
        if self.selected is not None:
            table.select_key(self.selected)
        self.query_one(Input).focus()

    def action_close(self) -> None:
        """Take nothing."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Move in the list while typing."""
        self.query_one(ReportTable).action_move(by)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.narrow(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        key = self.query_one(ReportTable).cursor_key
        if key is not None:
            self.take(key)

    @on(ReportTable.Opened)
    def _opened(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.take(event.key)
