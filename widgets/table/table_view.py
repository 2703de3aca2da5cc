"""Draws the rows of a table line by line, from a window of the frame; knows no keys and no messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.cells.column import Column
from widgets.cells.states import TONES
from widgets.table.arrangement import Arrangement, arranged
from widgets.table.grouping import Groups
from widgets.table.paint import TablePaint, TableStyles
from widgets.table.sort_picker import SortPicker

if TYPE_CHECKING:
    from widgets.table.row_view import Rows

HEADER = 1  # lines taken by the headings
WINDOW = 400  # rows held as Python values


class TableView(ScrollView):
    """Headings, rows and one cursor. Only lines that changed are drawn again."""

    DEFAULT_CSS = """
    TableView {
        height: 1fr; background: $background; color: $foreground;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden;
        & > .report-table--header { background: $panel; color: $foreground; text-style: bold; }
        & > .report-table--picked { background: $primary; color: $background; text-style: bold; }
        & > .report-table--group { color: $primary; text-style: bold; }
        & > .report-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .report-table--blurred { background: $panel; }
        & > .report-table--bad { color: $error; text-style: bold; }
        & > .report-table--warn { color: $warning; }
        & > .report-table--good { color: $success; }
        & > .report-table--quiet { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"report-table--{part}" for part in ("header", "picked", "group", "cursor", "blurred", *TONES)
    }

    # On a slow line: bring half a page into view at the edge instead of a row, which costs the same to draw.
    half_page_scroll: ClassVar[bool] = False

    def __init__(
        self, *, empty: str = "Nothing to show.", id: str | None = None, classes: str | None = None
    ) -> None:
        """Make a table; `empty` is said in it when there are no rows."""
        super().__init__(id=id, classes=classes)
        self.empty = self.usual_empty = empty
        self.arrangement = Arrangement()
        """What the reader wishes of the columns; `arrange_columns` changes it"""
        self._columns: tuple[Column, ...] = ()
        self._rows: Rows | None = None
        self._groups = Groups()
        self._sort: tuple[str, bool] | None = None
        self._row, self._first = 0, 0
        self._selected: frozenset[str] = frozenset()
        self._picker: SortPicker | None = None
        self._paint: TablePaint | None = None
        self._base = 0
        self._window: list[tuple[Any, ...]] = []
        self._strips: dict[int, Strip] = {}

    @property
    def row_count(self) -> int:
        """How many rows are listed."""
        return 0 if self._rows is None else self._rows.count

    @property
    def answered(self) -> bool:
        """Whether rows were ever given to it, be it none."""
        return self._rows is not None

    def say_empty(self, words: str) -> None:
        """Say this where no row is listed."""
        if words != self.empty:
            self.empty = words
            self._strips.clear()
            self.refresh()

    def shown_columns(self) -> list[Column]:
        """Return the columns that are on the screen."""
        return self._painter().shown()

    def chosen_columns(self) -> list[Column]:
        """Return the columns the reader has, whether or not they fit the width."""
        columns = self._columns if self._rows is None else self._rows.columns
        return list(arranged(columns, self.arrangement))

    def arrange_columns(self, wish: Arrangement) -> None:
        """Show the columns as the reader wishes, these and those of later rows."""
        if wish != self.arrangement:
            self.arrangement = wish
            self._first = 0
            self._redraw()

    def _into_view(self) -> None:
        height = self.size.height - HEADER
        if height <= 0:
            return
        line, top = self._groups.line_of(self._row), self.scroll_offset.y
        heading = line - 1 if self._groups.heading_at(line - 1) is not None else line
        extra = height // 2 if self.half_page_scroll else 0
        if heading < top:
            self.scroll_to(y=max(0, heading - extra), animate=False, force=True)
        elif line >= top + height:
            self.scroll_to(y=line - height + 1 + extra, animate=False, force=True)

    def _refresh_row(self, row: int) -> None:
        line = self._groups.line_of(row)
        self._strips.pop(line, None)
        y = line - self.scroll_offset.y + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _refresh_header(self) -> None:
        self.refresh(Region(0, 0, self.size.width, HEADER))

    def _redraw(self) -> None:
        self._paint = None
        self._strips.clear()
        self.refresh()

    def _on_focus(self, event: events.Focus) -> None:
        """Take the keys; only the cursor's row looks different, so nothing else is drawn again."""
        event.prevent_default()  # Textual's own draws all lines
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def _on_blur(self, event: events.Blur) -> None:
        """Let go of the keys, as above."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def notify_style_update(self) -> None:
        """Take new colours when the theme changes."""
        self._paint = None
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Fit the columns to the new width and keep the cursor in view."""
        self._redraw()
        self._into_view()

    def _painter(self) -> TablePaint:
        if self._paint is None:
            columns = self._columns if self._rows is None else self._rows.columns
            self._paint = TablePaint(
                arranged(columns, self.arrangement),
                self.size.width,
                self._first,
                self._styles_now(),
                self.styles.scrollbar_size_vertical,
            )
            self._window = []
        return self._paint

    def _styles_now(self) -> TableStyles:
        def part(name: str) -> Style:
            return self.get_component_rich_style(f"report-table--{name}")

        tones = {tone: part(tone) for tone in TONES}
        return TableStyles(
            self.rich_style,
            part("cursor"),
            part("blurred"),
            part("header"),
            part("picked"),
            part("group"),
            tones,
        )

    def _values(self, row: int) -> tuple[Any, ...]:
        if not self._base <= row < self._base + len(self._window):
            if self._rows is None:
                return ()
            self._base = max(0, row - WINDOW * 3 // 8)
            keys = self._painter().keys
            length = min(WINDOW, self._rows.count - self._base)
            self._window = self._rows.window(self._base, length, keys).rows() if keys else [()] * length
        return self._window[row - self._base]

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        paint = self._painter()
        if y < HEADER:
            return paint.header(self._sort, None if self._picker is None else self._picker.at)
        line = y - HEADER + self.scroll_offset.y
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._drawn(paint, line)
            if len(self._strips) > WINDOW:
                self._strips = {line: strip}
        return strip

    def _drawn(self, paint: TablePaint, line: int) -> Strip:
        heading = self._groups.heading_at(line) if self._groups.lines else None
        if heading is not None:
            return paint.heading(*heading)
        row = self._groups.row_at(line) if self._groups.lines else line
        if row is None or row >= self.row_count:
            empty = self._rows is not None and not self.row_count
            return paint.message(self.empty, line) if empty else paint.blank()
        sign = "*" if self._selected and self._key_of(row) in self._selected else ""
        if row != self._row:
            return paint.row(self._values(row), sign=sign)
        styles = paint.styles
        return paint.row(self._values(row), styles.cursor if self.has_focus else styles.resting, sign=sign)

    def select(self, keys: Iterable[str]) -> None:
        """Mark the rows with these keys as selected: a sign before them and the colour of a warning."""
        self._selected = frozenset(keys)
        self._strips.clear()
        self.refresh()

    def _key_of(self, row: int) -> str | None:
        """The key of a listed row; a table that knows no keys has none."""
        del row
        return None
