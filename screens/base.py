"""What every report's screen does alike: ask in a thread, show the answer, say what is on screen."""

import logging
from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from screens.recording import STILL, WithheldError
from screens.session import Session
from screens.status import tell_status
from screens.view_menu import ViewMenuScreen
from widgets.columns import Column
from widgets.filter_bar import FilterBar
from widgets.key_line import KeyLine
from widgets.plain import plain
from widgets.report_table import ReportTable
from widgets.status_line import StatusLine
from widgets.title_bar import TitleBar

if TYPE_CHECKING:
    import polars as pl

LOG = logging.getLogger("fcl_tui")

Found = TypeVar("Found")

HOUSE_KEYS = ("report.filter", "table.sort", "app.find", "report.back", "report.help")


class ReportScreen(ViewMenuScreen, Generic[Found]):
    """A report: title, status line, body, filter and keys. A report says what to gather and how to show it.

    `gather` runs in a thread and returns frames; `present` runs in the event loop and hands them to
    widgets. An answer that a newer question has overtaken is thrown away.
    """

    REPORT: ClassVar[str]
    """The report's key in the catalogue."""

    KEYS: ClassVar[tuple[str, ...]] = ()
    """Ids of the bindings that stand first in the line of keys."""

    DEFAULT_CSS = """
    ReportScreen {
        & #bottom { dock: bottom; height: 1; }
        & #withheld { height: auto; padding: 1 2; display: none; }
        & #left-out { height: auto; max-height: 2; background: $surface; color: $secondary; display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "filter",
            "Filter",
            id="report.filter",
            tooltip="Filter the list as you type",
        ),
        Binding("r", "refresh_report", "Refresh", id="report.refresh", show=False, tooltip="Ask again"),
        Binding("y", "yank", "Copy row", id="report.yank", show=False, tooltip="Copy the row as text"),
        Binding(
            "Y",
            "yank_more",
            "Copy more",
            id="report.yank_more",
            show=False,
            tooltip="Copy a cell or the list",
        ),
        Binding(
            "x",
            "export",
            "Export",
            id="report.export",
            show=False,
            tooltip="Write this list to a file",
        ),
        Binding("escape", "back", "Back", id="report.back", tooltip="Back to where you came from"),
        Binding(
            "question_mark", "help", "Help", id="report.help", tooltip="Keys and guidance of this report"
        ),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual draws the whole screen again at each change of focus; the two widgets draw themselves."""

    class Ready(Message):
        """The frames have been collected."""

        def __init__(self, asked: int, found: Any) -> None:
            super().__init__()
            self.asked = asked
            self.found = found

    class Failed(Message):
        """The frames could not be collected."""

        def __init__(self, asked: int, reason: str, *, withheld: bool = False) -> None:
            super().__init__()
            self.asked = asked
            self.reason = reason
            self.withheld = withheld

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asked = 0
        self.settled = False
        """True when what is on screen answers the last question."""

    def compose(self) -> ComposeResult:
        """Title and status line above the report's own body, filter and keys below it."""
        from fcl_tui.reports.catalogue import report

        entry = report(self.REPORT)
        demo = "DEMO: no real child" if self.session.snapshot.manifest.demo else ""
        yield TitleBar(entry.title, tier=entry.tier, tier_name=entry.tier_name, note=demo, id="title")
        yield StatusLine(id="status")
        yield from self.compose_body()
        yield Static(id="left-out", markup=False)
        yield Static(id="withheld", markup=False)
        with Horizontal(id="bottom"):
            yield FilterBar(id="filter")
            yield KeyLine([*self.KEYS, *HOUSE_KEYS])

    @abstractmethod
    def compose_body(self) -> ComposeResult:
        """The widgets between the status line and the filter."""

    @abstractmethod
    def gather(self) -> Found:
        """Collect the frames this screen shows. Runs in a thread: touches no widget."""

    @abstractmethod
    def present(self, found: Found) -> None:
        """Hand the frames to the widgets."""

    @abstractmethod
    def chosen(self) -> dict[str, str]:
        """What narrows the report now, by name: team, worker, shown."""

    @property
    def table(self) -> ReportTable:
        """The table that filter, sort, copy and export act on."""
        return self.query_one(ReportTable)

    def on_mount(self) -> None:
        """Ask at once."""
        self.table.focus()
        self.action_refresh_report()

    def list_rows(
        self,
        rows: "pl.DataFrame",
        columns: Sequence[Column],
        key: str,
        *,
        group_by: str | None = None,
        table: ReportTable | None = None,
    ) -> None:
        """Put rows into the table, names masked where the reader asked for privacy."""
        table = table or self.table
        from fcl_tui.reports.privacy import called, masked

        self._listed_masked[table.id] = self.session.masked
        rows = called(masked(rows) if self.session.masked else rows)
        table.show(rows, columns, key, group_by=group_by)

    def tell_left_out(self, rows: "pl.DataFrame") -> None:
        """Say under the list what it leaves out and why; nothing left out, no line."""
        self.remember_left_out(rows)
        told = "; ".join(
            f"{row['count']:,} {row['what']} {row['reason']}" for row in rows.iter_rows(named=True)
        )
        line = self.query_one("#left-out", Static)
        line.display = bool(told)
        line.update(f" {plain(told)}" if told else "")

    # Asking and answering

    def action_refresh_report(self) -> None:
        """Ask again; the list stays on screen until the answer is there."""
        self._asked += 1
        self.settled = False
        self.query_one(StatusLine).say("Reading ...")
        self._load(self._asked, self.look())

    @work(thread=True, exclusive=True, group="report", exit_on_error=False)
    def _load(self, asked: int, look: tuple[str, str | None, str]) -> None:
        from data.errors import DataError

        worker = get_current_worker()
        answer: Message
        try:
            self.pass_door(look)
            answer = self.Ready(asked, self.gather())
        except WithheldError as error:
            answer = self.Failed(asked, str(error), withheld=True)
        except DataError as error:
            answer = self.Failed(asked, str(error))
        except Exception as error:  # whatever it is: a list that says "Reading" for ever tells nobody
            LOG.warning("%s: %s", self.REPORT, type(error).__name__)  # the type, never the values
            answer = self.Failed(asked, "This could not be read. Press r to try again.")
        if not worker.is_cancelled:
            self.post_message(answer)

    @on(Ready)
    def _show(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        with self.app.batch_update():
            self.settled = True
            self.give_back()
            self.present(event.found)
            self.finish_view()
            self.tell()

    @on(Failed)
    def _explain(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.settled = True
            if event.withheld:
                self.withhold(event.reason)
                tell_status(self.query_one(StatusLine), self.session, report="")
            else:
                self.query_one(StatusLine).say(event.reason)

    def tell(self) -> None:
        """Say what is on the screen: report, team, filter, n of m, as at, data date."""
        tell_status(
            self.query_one(StatusLine),
            self.session,
            report=self.shown_view(),  # the title stands right above
            chosen=", ".join(self.session.door.in_remit(words) for words in self.chosen().values()),
            filter_text=self.query_filter(),
            count=self.table.row_count,
            total=self.table.total,
        )
        if self.view_trouble:
            self.query_one(StatusLine).say(f"! {self.view_trouble}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what does not need the list, where the list is withheld."""
        if self.withheld and action not in STILL:
            return False
        return super().check_action(action, parameters)

    def query_filter(self) -> str:
        """The filter in force."""
        return self.query_one(FilterBar).text

    # Keys that mean the same everywhere

    def action_filter(self) -> None:
        """Open the filter in the place of the keys, so that nothing else moves."""
        self.query_one(KeyLine).display = False
        self.query_one(FilterBar).open()

    @on(FilterBar.Changed)
    def _filter(self, event: FilterBar.Changed) -> None:
        event.stop()
        self.table.filter(event.text)

    @on(FilterBar.Kept)
    @on(FilterBar.Closed)
    def _filter_left(self, event: Message) -> None:
        event.stop()
        self.query_one(FilterBar).display = False
        self.query_one(KeyLine).display = True
        self.table.focus()

    @on(ReportTable.Filtered)
    def _counted(self, event: ReportTable.Filtered) -> None:
        event.stop()
        if event.table is self.table:
            self.query_one(FilterBar).set_count(event.count, event.total)
            if self.settled:
                self.tell()

    def action_back(self) -> None:
        """Clear the filter first; then go back to the screen beneath."""
        bar = self.query_one(FilterBar)
        if bar.text:
            bar.clear()
        elif len(self.app.screen_stack) > 2:  # beneath lie the home screen and Textual's own
            self.app.pop_screen()

    def action_help(self) -> None:
        """The keys of this screen, and the report's guidance."""
        from screens.help import help_for

        self.app.push_screen(help_for(self, self.REPORT))
