"""A window to arrange the columns of a table: show, hide, move, widen, keep in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from widgets.cells.column import Column
from widgets.cells.plain import plain
from widgets.table.arrangement import NARROWEST, WIDEST, Arrangement, in_order
from widgets.table.report_table import ReportTable

NOTE = (
    " space show or hide   J K move down, up   + - wider, narrower",
    " z stays   0 as the report has it   enter takes   esc cancels",
)


class ColumnMenu(ModalScreen[Arrangement | None]):
    """Hands back the arrangement, or None after escape."""

    DEFAULT_CSS = """
    ColumnMenu {
        align: center middle;
        & > Vertical { width: 66; max-width: 95%; height: 20; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #columns-title { background: $panel; text-style: bold; }
        & #columns-note { color: $secondary; height: 2; }
        & ReportTable { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="columns.close"),
        Binding("space", "flip", "Show or hide", id="columns.toggle"),
        Binding("enter", "take", "Take", id="columns.take", priority=True),  # the list's own opens a row
        Binding("J,shift+down", "shift(1)", "Move down", id="columns.down"),
        Binding("K,shift+up", "shift(-1)", "Move up", id="columns.up"),
        Binding("plus,equals_sign", "widen(1)", "Wider", id="columns.wider"),
        Binding("minus", "widen(-1)", "Narrower", id="columns.narrower"),
        Binding("z", "stay", "Stays", id="columns.stays"),
        Binding("0", "reset", "As the report has it", id="columns.reset"),
    ]

    def __init__(self, columns: Sequence[Column], wish: Arrangement) -> None:
        """Make a menu of all columns of a table, as they are arranged now."""
        super().__init__()
        self._columns, self._wish = tuple(columns), wish

    def compose(self) -> ComposeResult:
        """Title, the columns, what the keys do."""
        with Vertical():
            yield Static(f" {plain('Columns of this list, left to right')}", id="columns-title", markup=False)
            yield ReportTable()
            yield Static("\n".join(NOTE), id="columns-note", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()
        self.query_one(ReportTable).focus()

    def _fill(self) -> None:
        import polars as pl

        rows = [
            (
                column.key,
                "no" if column.key in self._wish.hidden else "yes",
                f"{column.title}, short" if column.stands_for else column.title or column.key,
                self._wish.widths.get(column.key, column.width),
                "stays" if column.key in self._frozen() else " ",
            )
            for column in in_order(self._columns, self._wish)
        ]
        texts = dict.fromkeys(("key", "shown", "title"), pl.String) | {"width": pl.Int64, "stays": pl.String}
        frame = pl.DataFrame(rows, schema=texts, orient="row")
        shown = [
            Column("shown", "Shown", 6, frozen=True),
            Column("title", "Column", 30, frozen=True, stretch=True),
            Column("width", "Width", 6, kind="number"),
            Column("stays", "", 6),
        ]
        self.query_one(ReportTable).show(
            frame.with_columns(pl.col("shown", "stays").replace("", " ")), shown, "key"
        )

    def _frozen(self) -> frozenset[str]:
        if self._wish.frozen is not None:
            return self._wish.frozen
        return frozenset(column.key for column in self._columns if column.frozen)

    def _change(self, wish: Arrangement) -> None:
        self._wish = wish
        self._fill()

    def action_flip(self) -> None:
        """Show the column, or hide it; the last one that is shown stays."""
        table = self.query_one(ReportTable)
        key = table.cursor_key
        if key is None:
            return
        hidden = self._wish.hidden ^ {key}
        if {column.key for column in self._columns} - hidden:
            self._change(replace(self._wish, hidden=hidden))
            table.action_move(1)

    def action_shift(self, by: int) -> None:
        """Move the column to the right or to the left of its neighbour."""
        key = self.query_one(ReportTable).cursor_key
        keys = [column.key for column in in_order(self._columns, self._wish)]
        if key is None or not 0 <= keys.index(key) + by < len(keys):
            return
        at = keys.index(key)
        keys[at], keys[at + by] = keys[at + by], keys[at]
        self._change(replace(self._wish, order=tuple(keys)))

    def action_widen(self, by: int) -> None:
        """Give the column more cells, or fewer."""
        key = self.query_one(ReportTable).cursor_key
        column = next((column for column in self._columns if column.key == key), None)
        if column is not None:
            cells = self._wish.widths.get(column.key, column.width) + by
            widths = {**self._wish.widths, column.key: min(max(cells, NARROWEST), WIDEST)}
            self._change(replace(self._wish, widths=widths))

    def action_stay(self) -> None:
        """Let the column stay when the others are moved sideways, or not."""
        key = self.query_one(ReportTable).cursor_key
        if key is not None:
            self._change(replace(self._wish, frozen=self._frozen() ^ {key}))

    def action_reset(self) -> None:
        """As the report has it."""
        self._change(Arrangement())

    def action_take(self) -> None:
        """Hand the arrangement back."""
        self.dismiss(self._wish)

    def action_close(self) -> None:
        """Change nothing."""
        self.dismiss(None)
