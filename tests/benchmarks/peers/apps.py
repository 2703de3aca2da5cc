"""Small Textual applications to measure beside ours: one table, nothing else. `q` leaves.

python apps.py text | datatable [FILE] | fast FILE | window FILE
"""

import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Header

KIND, FILE = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
COLUMNS = ("person_id", "name", "born", "team", "worker", "kind", "due", "last", "state")
WIDTHS = (10, 15, 11, 8, 11, 12, 11, 11, 8)
ROWS = [
    (f"P{i:08d}", f"Name {i}", "2015-01-01", "Team 01", f"Worker {i:03d}", "visit", "2026-07-01", "", "red")
    for i in range(50)
]


def window() -> Any:
    """A table on the line API that holds 400 rows of a lazy frame: plain strings, one style a row."""
    from rich.segment import Segment
    from rich.style import Style
    from textual.geometry import Region, Size
    from textual.scroll_view import ScrollView
    from textual.strip import Strip

    class Window(ScrollView, can_focus=True):
        BINDINGS = [
            Binding(key, f"move({by})", show=False)
            for key, by in (("down", 1), ("up", -1), ("pagedown", 30), ("pageup", -30))
        ]
        count = row = base = 0
        rows: list[tuple[str, ...]] = []
        frame: Any = None

        def show(self, frame: Any, count: int) -> None:
            self.frame, self.count = frame, count
            self.load(0)
            self.virtual_size = Size(sum(WIDTHS), count)
            self.refresh()

        def load(self, first: int) -> None:
            self.base = max(0, first - 150)
            taken = self.frame.slice(self.base, 400).collect()
            self.rows = taken.cast(dict.fromkeys(taken.columns, str)).rows()

        def action_move(self, by: int) -> None:
            old, self.row = self.row, max(0, min(self.count - 1, self.row + by))
            top, high = self.scroll_offset.y, self.size.height
            if not top <= self.row < top + high:
                self.scroll_to(y=self.row - (high - 1 if by > 0 else 0), animate=False, force=True)
            for row in (old, self.row):
                self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

        def render_line(self, y: int) -> Strip:
            width, row = self.size.width, y + self.scroll_offset.y
            if row >= self.count:
                return Strip.blank(width, Style())
            if not 0 <= row - self.base < len(self.rows):
                self.load(row)
            cells = zip(self.rows[row - self.base], WIDTHS, strict=True)
            text = "".join((cell or "")[: room - 1].ljust(room) for cell, room in cells)
            return Strip([Segment(text.ljust(width)[:width], Style(reverse=row == self.row))], width)

    return Window()


class Peer(App[None]):
    """One table between a header and a footer."""

    BINDINGS = [Binding("q", "quit", "Quit", priority=True)]

    def compose(self) -> ComposeResult:
        yield Header()
        yield self.body()
        yield Footer()

    def body(self) -> Any:
        if KIND == "text":
            from textual.widgets import Static

            return Static("\n".join("  ".join(row) for row in ROWS))
        if KIND == "datatable":
            from textual.widgets import DataTable

            return DataTable(cursor_type="row")
        if KIND == "fast":
            import polars as pl
            from textual_fastdatatable import DataTable as FastTable

            return FastTable(data=pl.read_parquet(FILE), cursor_type="row")
        return window()

    def on_mount(self) -> None:
        if KIND == "datatable":
            from textual.widgets import DataTable

            table = self.query_one(DataTable)
            table.add_columns(*COLUMNS)
            if FILE:
                import polars as pl

                table.add_rows(pl.read_parquet(FILE).iter_rows())
            else:
                table.add_rows(ROWS)
            table.focus()
        elif KIND == "fast":
            self.query_one("DataTable").focus()
        elif KIND == "window":
            self.query_one("Window").focus()
            self.run_worker(self.read, thread=True)

    def read(self) -> None:
        import polars as pl

        frame = pl.scan_parquet(FILE)
        self.call_from_thread(
            self.query_one("Window").show,  # type: ignore[attr-defined]
            frame,
            frame.select(pl.len()).collect().item(),
        )


Peer().run()
