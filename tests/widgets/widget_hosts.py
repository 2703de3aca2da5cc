"""What the widget tests share: awkward rows, a screen with one table, and the text on the screen."""

import datetime as dt

import polars as pl
from textual.app import App, ComposeResult
from textual.message import Message
from textual.strip import Strip

from widgets.cells.column import Column
from widgets.filter_bar import FilterBar
from widgets.table.report_table import ReportTable
from widgets.theme import VARIABLES, use_theme

CLIPBOARD = "\x1b]52;c;aGk=\x1b\\"
HOSTILE = [
    "[red]O'Brien[/]",
    "Ann [/] Lee",
    f"Zoë{CLIPBOARD}",
    "\u202eeman\u2066 backwards\u200b",
    "漢字漢字 名前 とても長い名前です漢字漢字漢字",
    "Jose\u0301 e\u0301e\u0301e\u0301",
    "x" * 500,
    "line one\nline two\ttab\r\nthree\x00\x9b\x7f",
    None,
    "Łukasz Smith-Jones",
]
COLUMNS = [
    Column("name", "Name", 20, frozen=True),
    Column("state", "State", 15, kind="state"),
    Column("days", "Days", 8, kind="days"),
    Column("due", "Due", 10, kind="date"),
    Column("worker", "Worker", 14, priority=2),
    Column("team", "Team", 16, priority=3),
    Column("items", "Items", 7, kind="number", priority=4),
]
STATES = ["overdue", "due_soon", "due", "not_required", None]


def rows(count: int = 50) -> pl.DataFrame:
    """Return made-up rows, hostile text among them, the same for the same count."""
    numbers = range(count)
    return pl.DataFrame(
        {
            "id": [f"k{i}" for i in numbers],
            "name": [HOSTILE[i % 10] if i < 10 else f"Name {i:04}" for i in numbers],
            "state": [STATES[i % 5] for i in numbers],
            "days": [None if i % 11 == 4 else i % 31 - 10 for i in numbers],
            "due": [dt.date(2026, 1, 1) + dt.timedelta(days=i) for i in numbers],
            "worker": [f"Worker {i % 4}" for i in numbers],
            "team": [f"Team {i // 20}" for i in numbers],
            "items": [i * 1000 for i in numbers],
        },
        schema_overrides={"name": pl.String, "state": pl.String, "days": pl.Int64},
    )


class Host(App[None]):
    """One filter bar and one table; remembers what they said."""

    def __init__(self, frame: pl.DataFrame | None = None, **options: str) -> None:
        super().__init__()
        self.frame = rows() if frame is None else frame
        self.options = options
        self.heard: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def compose(self) -> ComposeResult:
        yield FilterBar()
        yield ReportTable()

    def on_mount(self) -> None:
        use_theme(self)
        self.table.show(self.frame, COLUMNS, "id", **self.options)
        self.table.focus()

    @property
    def table(self) -> ReportTable:
        return self.query_one(ReportTable)

    def on_report_table_opened(self, event: ReportTable.Opened) -> None:
        self.heard.append(event)

    def on_report_table_moved(self, event: ReportTable.Moved) -> None:
        self.heard.append(event)

    def on_report_table_sort_changed(self, event: ReportTable.SortChanged) -> None:
        self.heard.append(event)

    def on_report_table_filtered(self, event: ReportTable.Filtered) -> None:
        for bar in self.query(FilterBar):
            bar.set_count(event.count, event.total)
        self.heard.append(event)

    def on_filter_bar_changed(self, event: FilterBar.Changed) -> None:
        self.table.filter(event.text)

    def on_filter_bar_kept(self) -> None:
        self.table.focus()

    def on_filter_bar_closed(self) -> None:
        self.table.focus()

    def said(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.heard if type(message) is kind]


def lines(table: ReportTable) -> list[str]:
    """Return the lines of a table as they are drawn now."""
    return [table.render_line(y).text for y in range(table.size.height)]


def screen_text(app: App[None]) -> str:
    """Return everything on the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip) for strip in strips)


def assert_harmless(strip: Strip) -> None:
    """Fail when a strip holds anything a terminal would act on, or a segment without a style."""
    for segment in strip:
        assert segment.text.replace("\u200c", "").replace("\u200d", "").isprintable(), ascii(segment.text)
        assert segment.style is not None
        assert segment.control is None
