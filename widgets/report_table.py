"""The table that reports stand on: a window of a frame, drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.columns import Column
from widgets.sort_picker import KEYS, SortPicker
from widgets.table_place import TablePlace
from widgets.table_view import HEADER

if TYPE_CHECKING:
    import polars as pl

    from widgets.rows import Rows

AT_ONCE = 20_000  # rows that are filtered and sorted without leaving the event loop


class TableMessage(Message):
    """Anything that a table tells; `@on(ReportTable.Opened, "#visits")` hears one table of several."""

    def __init__(self, table: ReportTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> ReportTable:
        """The table it came from."""
        return self.table


class ReportTable(TablePlace, can_focus=True):
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

    class Prepared(Message):
        """A thread has filtered and sorted the rows; None when it could not."""

        def __init__(self, rows: Rows | None, key: str) -> None:
            super().__init__()
            self.rows, self.key = rows, key

    def __init__(
        self, *, empty: str = "Nothing to show.", id: str | None = None, classes: str | None = None
    ) -> None:
        """Make a table; `empty` is said in it when there are no rows."""
        super().__init__(empty=empty, id=id, classes=classes)
        self._text = ""
        self._busy = False
        self._again = False
        self._newest: tuple[Rows, str] | None = None

    # What the screen asks and says

    def show(
        self,
        frame: pl.DataFrame,
        columns: Sequence[Column],
        key: str,
        *,
        group_by: str | None = None,
        folded_by: str | None = None,
    ) -> None:
        """Replace the rows. Filter, sort, sideways position and the row under the cursor stay.

        Args:
            frame: one row a line; may hold more columns than are shown.
            columns: what is shown, in order; one that the frame lacks is left out.
            key: a column that is unique to a row and the same after a refresh.
            group_by: draw a heading whenever this column changes; the rows already stand together.
            folded_by: a column with text already folded for searching (see widgets.rows.fold).
        """
        from widgets.rows import Rows

        self._settle()
        self._columns = tuple(columns)
        self._prepare(Rows(frame, columns, group_by=group_by, folded_by=folded_by), key)

    def filter(self, text: str) -> None:
        """List only rows that hold every word of `text`; posts Filtered when they are listed."""
        self._text = text
        self._refilter()

    def warm(self) -> None:
        """Fold the text of a long table ahead of the first filter, in a thread; call it as the bar opens."""
        newest = self._newest
        if newest is not None and newest[0].total > AT_ONCE:
            self.run_worker(newest[0].fold, thread=True, exclusive=True, group="fold", exit_on_error=False)

    def sort(self, column: str | None, descending: bool = False) -> None:
        """Sort by a column, empty values last; None is the frame's own order."""
        self._settle()
        self._sort = None if column is None else (column, descending)
        self._refilter()

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of the frame last shown, those that do not fit too."""
        return self._columns

    @property
    def filter_text(self) -> str:
        """The filter in force."""
        return self._text

    @property
    def sorted(self) -> tuple[str, bool] | None:
        """The column sorted by and whether descending; None is the frame's own order."""
        return self._sort

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

    # Rows

    def _pick(self, column: str) -> None:
        descending = self._sort is not None and self._sort == (column, False)
        self.sort(column, descending)
        self.post_message(self.SortChanged(self, column, descending))

    def _refilter(self) -> None:
        if self._newest is not None:
            self._prepare(*self._newest)

    def _prepare(self, rows: Rows, key: str) -> None:
        """Filter and sort, in a thread where that could be felt; one thread at a time."""
        self._newest = rows, key
        if self._busy:
            self._again = True  # the last wish is the one that counts
            return
        text, sort = self._text, self._sort
        if rows.total <= AT_ONCE or (not text.strip() and sort is None):
            self._accept(rows.viewed(text, sort), key)
            return
        self._busy = True

        def work() -> None:
            prepared = None
            try:
                prepared = rows.viewed(text, sort)
            finally:
                self.post_message(self.Prepared(prepared, key))

        self.run_worker(work, thread=True, group="rows", exit_on_error=False)

    @on(Prepared)
    def _take(self, event: Prepared) -> None:
        """Show what a thread prepared, then begin on what was asked meanwhile."""
        event.stop()
        self._busy = False
        again, self._again = self._again, False
        newest = self._newest
        if event.rows is not None and newest is not None and event.rows.same_frame(newest[0]):
            self._accept(event.rows, event.key)
        if again and newest is not None:
            self._prepare(*(self._newest or newest))

    def _accept(self, rows: Rows, key: str) -> None:
        self._newest = rows, key
        moved = self._put(rows, key)
        self.post_message(self.Filtered(self, rows.count, rows.total))
        if moved:
            self._tell_moved()

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


__all__ = ["Column", "ReportTable"]
