"""Keeps a reader's place in a table: the row under the cursor, whatever happens to the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.geometry import Region, Size

from data.dataclass import dataclass
from widgets.cells.column import Column
from widgets.table.grouping import Groups
from widgets.table.table_view import HEADER, TableView

if TYPE_CHECKING:
    import polars as pl
    from textual.strip import Strip

    from widgets.table.row_view import Rows


@dataclass(frozen=True)
class Chosen:
    """The row the reader went to last, and the rows it stood among."""

    rows: Rows
    row: int
    key: str


class TablePlace(TableView):
    """A table whose cursor stays with its row when rows are replaced, filtered or sorted."""

    def __init__(
        self, *, empty: str = "Nothing to show.", id: str | None = None, classes: str | None = None
    ) -> None:
        """Make a table; `empty` is said in it when there are no rows."""
        super().__init__(empty=empty, id=id, classes=classes)
        self._key = ""
        self._chosen: Chosen | None = None

    @property
    def total(self) -> int:
        """How many rows there are without the filter."""
        return 0 if self._rows is None else self._rows.total

    @property
    def cursor_index(self) -> int:
        """The number of the row under the cursor, from 0."""
        return self._row

    @property
    def key_column(self) -> str:
        """The column that is unique to a row; empty before the first rows."""
        return self._key

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, or None when nothing is listed."""
        return None if self._rows is None else self._rows.key_at(self._row, self._key)

    def _key_of(self, row: int) -> str | None:
        return None if self._rows is None else self._rows.key_at(row, self._key)

    def cursor_row(self) -> dict[str, Any]:
        """Return the row under the cursor with all columns of the frame; empty when nothing is listed."""
        if self._rows is None or not self.row_count:
            return {}
        return self._rows.window(self._row, 1).row(0, named=True)

    def shown_frame(self) -> pl.DataFrame | None:
        """Return all listed rows in the order shown, for an export."""
        return None if self._rows is None else self._rows.window(0, self._rows.count)

    def export_columns(self, *, every: bool = False) -> list[Column]:
        """Return the columns chosen, or every one; first that of the headings, where there are any.

        What fits the width is no choice: a file is the same from a narrow and from a wide screen.
        """
        if self._rows is None:
            return []
        shown = list(self._rows.columns) if every else self.chosen_columns()
        group = self._rows.group_by
        if group is not None and all(column.key != group for column in shown):
            shown.insert(0, Column(group, group.removesuffix("_shown").replace("_", " ").capitalize(), 20))
        return shown

    def select_key(self, key: str) -> bool:
        """Put the cursor on the row with this key; False when it is not listed."""
        row = None if self._rows is None else self._rows.find(self._key, key)
        if row is None or self._rows is None:
            return False
        self._choose(self._rows, self._key, row)
        self._go(row)
        return True

    def _put(self, rows: Rows, key: str) -> bool:
        """Put rows on the screen, the chosen one (or the nearest left) where it was; True when it is another.

        Only the lines that differ are drawn again.
        """
        here = self.cursor_key
        above = self._groups.line_of(self._row) - self.scroll_offset.y
        before, same_columns = (
            dict(self._seen()),
            self._rows is not None and self._rows.columns == rows.columns,
        )
        self._rows, self._key = rows, key
        self._groups = Groups() if rows.group_by is None else Groups.of(rows.column(rows.group_by))
        self._row = self._row_to_keep(rows, key)
        self._base, self._window = 0, []
        self.virtual_size = Size(0, HEADER + rows.count + self._groups.lines)
        line = self._groups.line_of(self._row)
        self.scroll_to(y=max(0, line - above), animate=False, force=True)
        self._into_view()
        if not same_columns:
            self._paint = None
        self._strips.clear()
        for y in range(self.size.height):
            if before.get(y) != self.render_line(y):
                self.refresh(Region(0, y, self.size.width, 1))
        return self.cursor_key != here

    def _seen(self) -> Iterator[tuple[int, Strip]]:
        """Return the lines that are on the screen, as they were drawn."""
        top = self.scroll_offset.y
        for line, strip in self._strips.items():
            if top <= line < top + self.size.height - HEADER:
                yield line - top + HEADER, strip

    def _row_to_keep(self, rows: Rows, key: str) -> int:
        """Return the row chosen last or the nearest to it that is listed; of another list the first.

        A filter that hides the row does not change the choice, so that the row is there again after it.
        """
        chosen = self._chosen
        row: int | None = self._row
        if chosen is not None and [one.key for one in chosen.rows.columns] != [
            one.key for one in rows.columns
        ]:
            row = rows.find(key, chosen.key) if chosen.rows.has(key) else None
            row = row or 0
        elif chosen is not None:
            if rows.same_frame(chosen.rows):
                row = rows.again(chosen.rows, chosen.row)
            elif rows.key_at(chosen.row, key) == chosen.key:
                row = chosen.row
            else:
                row = rows.find(key, chosen.key)
            if row is None and chosen.rows.has(key):
                row = rows.nearest(key, chosen.rows, chosen.row)
        row = max(0, min(self._row if row is None else row, rows.count - 1))
        if rows.count and (chosen is None or not rows.same_frame(chosen.rows)):
            self._choose(rows, key, row)
        return row

    def _settle(self) -> None:
        """Take the row that a filter left under the cursor as the chosen one."""
        if self._rows is not None and self.row_count:
            self._choose(self._rows, self._key, self._row)

    def _choose(self, rows: Rows, key: str, row: int) -> None:
        value = rows.key_at(row, key)
        self._chosen = None if value is None else Chosen(rows, row, value)

    def _go(self, row: int) -> bool:
        """Move the cursor to a row, or as near as there is one; True when that is another."""
        row = max(0, min(row, self.row_count - 1))
        if row == self._row or self._rows is None:
            return False
        old, self._row = self._row, row
        self._refresh_row(old)
        self._into_view()
        self._refresh_row(row)
        self._choose(self._rows, self._key, row)
        return True
