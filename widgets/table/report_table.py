"""The table that reports stand on: its keys, and what it tells the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.table.sort_picker import KEYS, SortPicker
from widgets.table.table_rows import TableRows
from widgets.table.table_view import HEADER

if TYPE_CHECKING:
    from widgets.table.row_view import Rows


class TableMessage(Message):
    """Anything that a table tells; `@on(ReportTable.Opened, "#visits")` hears one table of several."""

    def __init__(self, table: ReportTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> ReportTable:
        """The table it came from."""
        return self.table


class ReportTable(TableRows, can_focus=True):
    """Rows of a frame. `show` replaces them; cursor, place on the screen and sideways position stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"choose('{key}')", "Choose", show=False) for key in KEYS),
        Binding("down,j", "move(1)", "Down", show=False, id="table.down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="table.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="table.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="table.page_up"),
        Binding("home,g", "go_first", "First row", show=False, id="table.first"),
        Binding("end,G", "go_last", "Last row", show=False, id="table.last"),
        Binding("left,h", "sideways(-1)", "Columns left", show=False, id="table.left"),
        Binding("right,l", "sideways(1)", "Columns right", show=False, id="table.right"),
        Binding("enter", "open", "Open", id="table.open"),
        Binding("s", "sort", "Sort", id="table.sort"),
    ]

    class Opened(TableMessage):
        """The reader chose a row; `key` is its value in the key column."""

        def __init__(self, table: ReportTable, key: str) -> None:
            super().__init__(table)
            self.key = key

    class Moved(TableMessage):
        """The cursor came to another row; of several in a burst only the last is heard."""

        def __init__(self, table: ReportTable, key: str) -> None:
            super().__init__(table)
            self.key = key

        def can_replace(self, message: Message) -> bool:
            """Replace an earlier move of the same table that nobody has heard yet."""
            return isinstance(message, ReportTable.Moved) and message.table is self.table

    class SortChanged(TableMessage):
        """The reader sorted by a column; None is the frame's own order."""

        def __init__(self, table: ReportTable, column: str | None, descending: bool) -> None:
            super().__init__(table)
            self.column, self.descending = column, descending

    class Filtered(TableMessage):
        """Rows, filter or sort have changed and are on the screen: `count` of `total` rows are listed."""

        def __init__(self, table: ReportTable, count: int, total: int) -> None:
            super().__init__(table)
            self.count, self.total = count, total

    @property
    def choosing(self) -> bool:
        """Whether a column to sort by is being chosen, with letters among other keys."""
        return self._picker is not None

    def select_key(self, key: str) -> bool:
        """Put the cursor on the row with this key; False when it is not listed."""
        before = self.cursor_key
        found = super().select_key(key)
        if found and self.cursor_key != before:
            self._tell_moved()
        return found

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._move_to(self._row + by)

    def action_page(self, way: int) -> None:
        """Move by a screenful; the cursor keeps its place on the screen."""
        step = max(1, self.size.height - HEADER)
        top = self.scroll_offset.y + way * step
        self.scroll_to(y=top, animate=False, force=True)
        self._move_to(self._row + way * step)

    def action_go_first(self) -> None:
        """Move to the first row."""
        self._move_to(0)

    def action_go_last(self) -> None:
        """Move to the last row."""
        self._move_to(self.row_count - 1)

    def action_sideways(self, by: int) -> None:
        """Move the columns that are not frozen."""
        first = max(0, self._painter().first + by)
        if first != self._first:
            self._first = first
            self._redraw()
            self._first = self._painter().first

    def action_open(self) -> None:
        """Tell the screen which row was chosen."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Opened(self, key))

    def action_sort(self) -> None:
        """Start choosing the column to sort by."""
        shown = self._painter().shown()
        if not shown or self._rows is None:
            return
        keys = [column.key for column in shown]
        at = keys.index(self._sort[0]) if self._sort and self._sort[0] in keys else 0
        self._picker = SortPicker(shown, at)
        self._refresh_header()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the picker have its keys while a column is being chosen, and only then."""
        return self._picker is not None if action == "choose" else super().check_action(action, parameters)

    def action_choose(self, key: str) -> None:
        """Give a key to the picker."""
        picker = self._picker
        if picker is None:
            return
        outcome = picker.press(key)
        if outcome in {"picked", "left"}:
            self._picker = None
        self._refresh_header()
        if outcome == "picked":
            self._pick(picker.columns[picker.at].key)

    def on_click(self, event: events.Click) -> None:
        """Move to the row, open the one under the cursor, or sort by a heading."""
        if event.y < HEADER:
            place = self._painter().place_at(event.x)
            if place is not None:
                self._pick(place.column.key)
            return
        row = self._groups.row_at(event.y - HEADER + self.scroll_offset.y)
        if row is None or row >= self.row_count:
            return
        if row == self._row:
            self.action_open()
        else:
            self._move_to(row)

    def on_focus(self) -> None:
        """Show the cursor as live."""
        self._refresh_row(self._row)

    def on_blur(self) -> None:
        """Show the cursor as resting, and stop choosing."""
        self._stop_choosing()
        self._refresh_row(self._row)

    # What it tells

    def _pick(self, column: str) -> None:
        descending = self._sort is not None and self._sort == (column, False)
        self.sort(column, descending)
        self.post_message(self.SortChanged(self, column, descending))

    def _accept(self, rows: Rows, key: str) -> bool:
        moved = super()._accept(rows, key)
        self.post_message(self.Filtered(self, rows.count, rows.total))
        if moved:
            self._tell_moved()
        return moved

    def _stop_choosing(self) -> None:
        if self._picker is not None:
            self._picker = None
            self._refresh_header()

    def _move_to(self, row: int) -> None:
        self._stop_choosing()
        if self._go(row):
            self._tell_moved()

    def _tell_moved(self) -> None:
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Moved(self, key))
