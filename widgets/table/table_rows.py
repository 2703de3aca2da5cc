"""The rows of a table: filtered and sorted, in a thread where that could be felt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from widgets.cells.column import Column
from widgets.cells.held import LONG
from widgets.table.table_cursor import TablePlace

if TYPE_CHECKING:
    import polars as pl

    from widgets.cells.held import Held
    from widgets.table.row_view import Rows

AT_ONCE = 20_000
"""Rows that are filtered and sorted without leaving the event loop"""


class TableRows(TablePlace):
    """A table that can be given rows, a filter and an order at any time; the last wish is shown."""

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

    def show(
        self,
        frame: pl.DataFrame,
        columns: Sequence[Column],
        key: str,
        *,
        group_by: str | None = None,
        folded_by: str | None = None,
        beside: Sequence[Held] = (),
    ) -> None:
        """Replace the rows. Filter, sort, sideways position and the row under the cursor stay.

        Args:
            frame: one row per line; may hold more columns than are shown.
            columns: what is shown, in order; one that the frame lacks is left out.
            key: a column that is unique to a row and the same after a refresh.
            group_by: draw a heading whenever this column changes; the rows already stand together.
            folded_by: a column with text already folded for searching (see widgets.cells.folding.fold).
            beside: frames with much of the same rows, which are packed with them.
        """
        from widgets.table.row_view import Rows

        self._settle()
        self._columns = tuple(columns)
        rows = Rows(frame, columns, group_by=group_by, folded_by=folded_by)
        self._prepare(rows, key)
        if rows.total > LONG:  # when they are on the screen
            work = partial(rows.pack, beside)
            self.call_after_refresh(self.run_worker, work, thread=True, group="pack", exit_on_error=False)

    def get_ready_to_filter(self) -> None:
        """Make the rows ready while the first letter is on its way."""
        if self._newest is not None:
            work = self._newest[0].get_ready
            self.run_worker(work, thread=True, group="ready", exit_on_error=False)

    def filter(self, text: str) -> None:
        """List only rows that hold every word of `text`."""
        self._text = text
        self._refilter()

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

    def _accept(self, rows: Rows, key: str) -> bool:
        """Put prepared rows on the screen; whether the cursor came to another row."""
        self._newest = rows, key
        return self._put(rows, key)
