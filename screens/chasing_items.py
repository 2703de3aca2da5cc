"""The overdue items behind one row of the chasing, under where each stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.messages import ClientWanted
from screens.my_day_gather import items_marked
from screens.report.base import ReportScreen
from screens.report.marks import MARK_KEYS, Marks
from screens.report.notes import NOTE_KEYS, Notes
from widgets.columns import Column
from widgets.plain import plain
from widgets.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session

COLUMNS = (
    Column("name", "Name", 13, frozen=True, stretch=True),
    Column("item", "Due item", 15, priority=1, stretch=True),
    Column("days_shown", "Days", 11, align="right", priority=1, sort_by="days"),
    Column("due_date", "Due", 10, kind="date", priority=2),
    Column("mark_shown", "Mark", 14, priority=1),
    Column("mark_by", "By", 12, priority=3),
    Column("mark_note", "Note", 20, priority=4),
    Column("worker", "Worker", 18, priority=5),
    Column("person_id", "Id", 8, priority=6),
)


@dataclass(frozen=True)
class Found:
    """The items, and the line over them."""

    rows: "pl.DataFrame"
    line: str


class ChasingItemsScreen(ReportScreen[Found]):
    """Exactly the items that a worker's or a team's figures count; each heading is one of the figures."""

    CSS_PATH = "chasing_items.tcss"
    REPORT = "chasing"
    KEYS = ("table.open", "marks.mark", "chasing.why")
    BINDINGS: ClassVar[list[BindingType]] = [
        *MARK_KEYS,
        *NOTE_KEYS,
        Binding("w", "why", "Why", id="chasing.why", tooltip="Why this date, and all marks on it"),
    ]

    marks: Marks

    def __init__(self, session: "Session", of: dict[str, str]) -> None:
        super().__init__(session)
        self.marks = Marks(self)
        self.notes = Notes(self, self.marks)
        self.of = of

    def compose_body(self) -> ComposeResult:
        """The figures, and the list."""
        yield Static(id="said", markup=False)
        yield ReportTable(empty="Nothing is overdue here.", id="items")

    def chosen(self) -> dict[str, str]:
        """Whose items these are."""
        return self.of | self.marks.chosen()

    def gather(self) -> Found:
        """The items behind the row."""
        from fcl_tui.reports.chasing import behind, standing_line
        from fcl_tui.reports.frames import collect
        from fcl_tui.reports.marks import only

        session = self.session
        items = items_marked(session, self.marks.frame()).lazy()
        rows = collect(behind(items, session.as_at, **self.of))
        return Found(only(rows, self.marks.which, session.who), standing_line(rows))

    def present(self, found: Found) -> None:
        """The list under its headings."""
        self.list_rows(found.rows, COLUMNS, "item_id", group_by="stand_shown")
        self.query_one("#said", Static).update(f" {plain(found.line)}")

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.post_message(ClientWanted(str(self.table.cursor_row()["person_id"])))

    def action_why(self) -> None:
        """How the due date under the cursor came about, and what was marked on it."""
        if self.table.cursor_key is not None:
            self.why.of_item(self.table.cursor_key, self.marks.frame())
