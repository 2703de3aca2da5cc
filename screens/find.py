"""Find a client anywhere: name in any order, part of it, number or date of birth."""

import logging
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from widgets.cells.column import Column
from widgets.cells.plain import plain
from widgets.table.report_table import ReportTable
from widgets.text.field import Field

LOG = logging.getLogger("fcl_tui")

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.access.seen.search import Search
    from screens.session import Session

COLUMNS = (
    Column("name", "Name", 20, frozen=True, stretch=True),
    Column("date_of_birth", "Born", 10, kind="date"),
    Column("worker", "Worker", 16, priority=2),
    Column("person_id", "Id", 8),
    Column("status", "Status", 11, priority=3, kind="code", stretch=True),
    Column("team", "Team", 18, priority=4),
    Column("age", "Age", 3, kind="number", priority=5),
)
MOST = 200
HINT = "Try the date of birth (1/3/2015) or the number."
NEAR_NAME = "name like it"
"""How rows say that their names are only nearly what was typed (`fcl_tui.records.find.near`)"""


class FindScreen(ModalScreen[str | None]):
    """Type; the list follows. Enter opens the one under the cursor."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="find.close"),
        Binding("down", "move(1)", show=False, id="find.down"),
        Binding("up", "move(-1)", show=False, id="find.up"),
        Binding("pagedown", "page(1)", show=False, id="find.page_down"),
        Binding("pageup", "page(-1)", show=False, id="find.page_up"),
    ]

    class Ready(Message):
        """People were found for a text."""

        def __init__(self, text: str, rows: "pl.DataFrame") -> None:
            super().__init__()
            self.text = text
            self.rows = rows

    class Failed(Message):
        """There is no answer, and why."""

        def __init__(self, reason: str = "The snapshot could not be read. Type again to try again.") -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, session: "Session", text: str = "") -> None:
        """A window in which `text` is typed already."""
        super().__init__()
        self._text = text
        self.session = session
        self._asking = False
        """A question is on its way: one at a time, so that fast typing never queues questions."""
        self._picking = False
        """Enter was pressed before the answer to what is typed: who is on the screen was somebody else"""
        self._near = False
        """Those listed are only nearly what was typed: enter asks once more before it opens the first"""
        self._search_kept: Search | None = None

    def _searched(self) -> "Search":
        """What the log knows of this window; made in the thread, with what it needs to read frames."""
        from fcl_tui.access.seen.search import Search

        if self._search_kept is None:
            self._search_kept = Search(self.session.door)
        return self._search_kept

    def compose(self) -> ComposeResult:
        """The line to type in, the people, and what to type."""
        asked = "name, part of a name, number, or date of birth"
        with Vertical():
            yield Static(" Find a client", markup=False, id="heading")
            yield Field(self._text, placeholder=asked, max_length=100)
            yield ReportTable(empty="", id="found")
            yield Static(f" as at {self.session.as_at:%d/%m/%Y}", markup=False, id="count")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(ReportTable).can_focus = False
        self.query_one(Input).focus()
        self.run_worker(self._get_ready, thread=True, exit_on_error=False)

    @staticmethod
    def _get_ready() -> None:
        """Import what the first letter would wait for."""
        import fcl_tui.access.seen.search  # noqa: F401

    def action_close(self) -> None:
        """Nobody chosen."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Move in the list while typing; the person moved to is the one meant."""
        self._near = False
        self.query_one(ReportTable).action_move(by)

    def action_page(self, way: int) -> None:
        """Page through the list while typing."""
        self.query_one(ReportTable).action_page(way)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        self._picking = False
        if not self._asking:  # else the answer on its way asks for what is typed by then
            self._asking = True
            self._find(event.value)

    @work(thread=True, group="find", exit_on_error=False)
    def _find(self, text: str) -> None:
        from data.errors import DataError

        session = self.session
        try:
            rows = self._searched().ask(session.scan_open, text, session.as_at, MOST + 1, session.snapshot)
        except DataError as error:
            self.post_message(self.Failed(str(error)))
            return
        except Exception as error:  # whatever it is: the next question must be asked
            LOG.warning("find: %s", type(error).__name__)
            self.post_message(self.Failed())
            return
        self.post_message(self.Ready(text, rows))

    @on(Ready)
    def _show(self, event: Ready) -> None:
        event.stop()
        typed = self.query_one(Input).value
        if event.text != typed:
            self._find(typed)
            return
        self._asking = False
        rows = event.rows.head(MOST)
        if self.session.masked:
            from fcl_tui.definitions.wording.privacy import masked

            rows = masked(rows)
        table = self.query_one(ReportTable)
        table.display = True
        table.empty = "No one found, nor anyone like it. " + HINT if event.text.strip() else ""
        table.show(rows, COLUMNS, "person_id")
        table.action_go_first()
        told = f"more than {MOST} people, type on" if event.rows.height > MOST else f"{rows.height} found"
        self._near = not event.rows.is_empty() and bool((event.rows["found_by"] == NEAR_NAME).all())
        if self._near:
            told = f"no exact match; did you mean one of these {rows.height}?"
        said = told if event.text.strip() else ""
        self.query_one("#count", Static).update(
            f" as at {self.session.as_at:%d/%m/%Y}" + (f" - {said}" if said else "")
        )
        if self._picking:
            self._picking = False
            self._choose()

    @on(Failed)
    def _explain(self, event: Failed) -> None:
        event.stop()
        self._asking = self._picking = False
        self.query_one(ReportTable).display = False  # of an earlier question, or not in the log
        self.query_one("#count", Static).update(f" {plain(event.reason)}")

    @on(Input.Submitted)
    def _pick(self, event: Input.Submitted) -> None:
        event.stop()
        if self._asking:
            self._picking = True
        else:
            self._choose()

    def _choose(self) -> None:
        table = self.query_one(ReportTable)
        key = table.cursor_key
        if key is None or not table.display:
            return
        if self._near:
            self._near = False
            self.query_one("#count", Static).update(" No exact match: enter again opens the one marked.")
        else:
            self.dismiss(key)

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.dismiss(event.key)
