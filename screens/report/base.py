"""What every report's screen does alike: ask in a thread, show the answer, say what is on screen."""

import logging
from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from screens.messages import PageDrawn
from screens.report import keys
from screens.report.access_gate import Look, WithheldError
from screens.report.answers import Failed, Ready
from screens.report.host_screen import HostScreen
from screens.report.layout.status import nothing_listed, tell_status
from screens.report.marking.marks import RETRY
from widgets.cells.column import Column
from widgets.cells.plain import plain
from widgets.filter_bar import FilterBar
from widgets.key_line import KeyLine
from widgets.status_line import StatusLine
from widgets.table.report_table import ReportTable
from widgets.text.sentences import SentenceLines
from widgets.title_bar import TitleBar
from widgets.too_small import TooSmall

if TYPE_CHECKING:
    import polars as pl

    from widgets.cells.held import Held

LOG = logging.getLogger("fcl_tui")

Found = TypeVar("Found")


class ReportScreen(HostScreen, Generic[Found]):
    """A report: title, status line, body, filter and keys. A report says what to gather and how to show it.

    `gather` runs in a thread and returns frames; `present` runs in the event loop and hands them to
    widgets. An answer that a newer question has overtaken is thrown away. What else a report can do it has as
    parts, to which this screen is the host (`screens.report.host`); keys go on to them.
    """

    KEYS: ClassVar[tuple[str, ...]] = ()
    """Ids of the bindings that stand first in the line of keys."""

    DEFAULT_CSS = """
    ReportScreen {
        layers: _default too-small;
        & #bottom { dock: bottom; height: 1; }
        & #withheld { height: auto; padding: 1 2; display: none; }
        & #left-out { background: $surface; color: $secondary; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual draws the whole screen again at each change of focus; the two widgets draw themselves."""

    def compose(self) -> ComposeResult:
        """Title and status line above the report's own body, filter and keys below it."""
        from fcl_tui.reports.catalogue import report

        entry = report(self.report_key)
        demo = "DEMO: no real child" if self.session.snapshot.manifest.demo else ""
        yield TitleBar(entry.title, tier=entry.tier, tier_name=entry.tier_name, note=demo, id="title")
        yield StatusLine(id="status")
        yield from self.compose_body()
        yield SentenceLines("{} more in the file (x)", id="left-out")
        yield Static(id="withheld", markup=False)
        with Horizontal(id="bottom"):
            yield FilterBar(id="filter")
            yield KeyLine([*self.keys_first, *keys.HOUSE_KEYS], kept=keys.KEPT_KEYS)
        yield TooSmall()

    def on_resize(self, event: Resize) -> None:
        """Say which size is needed where there is no room for a list."""
        self.query_one(TooSmall).fit(event.size)

    @property
    def keys_first(self) -> tuple[str, ...]:
        """Ids of the bindings that stand first in the line of keys."""
        return self.KEYS

    @abstractmethod
    def compose_body(self) -> ComposeResult:
        """The widgets between the status line and the filter."""

    @abstractmethod
    def gather(self) -> Found:
        """Collect the frames this screen shows. Runs in a thread: touches no widget."""

    @abstractmethod
    def present(self, found: Found) -> None:
        """Hand the frames to the widgets."""

    def on_mount(self) -> None:
        """Read the marks, and again while some are not saved; ask at once."""
        if self.marks is not None:
            self.marks.read()
            self.set_interval(RETRY, self.marks.retry)
        self.begin()
        self._ask()

    def begin(self) -> None:
        """Give the keys to the widget that a reader begins in."""
        self.table.focus()

    def list_rows(
        self,
        rows: "pl.DataFrame",
        columns: Sequence[Column],
        key: str,
        *,
        group_by: str | None = None,
        table: ReportTable | None = None,
        beside: "Sequence[Held]" = (),
    ) -> None:
        """Put rows into the table, names masked where the reader asked for privacy.

        Frames beside them are held in less memory when they are on the screen, as they are.
        """
        table = table or self.table
        from fcl_tui.definitions.wording.privacy import called, masked

        self.exports.shown(table.id, masked=self.session.masked)
        rows = called(masked(rows) if self.session.masked else rows)
        table.show(rows, columns, key, group_by=group_by, beside=beside)

    def tell_left_out(self, rows: "pl.DataFrame") -> None:
        """Say under the list what it leaves out and why, what a source cannot tell first."""
        self.exports.remember_left_out(rows)
        from fcl_tui.definitions.wording.amounts import in_words
        from fcl_tui.definitions.wording.labels import NOT_HERE

        lines = self.query_one("#left-out", SentenceLines)
        told = [in_words(row) for row in rows.iter_rows(named=True)]
        lines.say(sorted(told, key=lambda one: NOT_HERE not in one))

    # Asking and answering

    def reload(self, *, whole: bool = False) -> None:
        """Ask again, with `whole` the office database too; the list stays until the answer is there.

        Nothing before the screen is open: it asks then.
        """
        if not self._asked:
            return
        if whole and self.marks is not None:
            self.marks.words = ""
        self._ask()
        if whole and self.marks is not None:
            self.marks.read()

    def _ask(self) -> None:
        self._asked += 1
        self.settled, self._said = False, ""
        self._say("Reading ...")
        self._load(self._asked, self.gate.look())

    @work(thread=True, exclusive=True, group="report", exit_on_error=False)
    def _load(self, asked: int, look: Look) -> None:
        from data.errors import DataError

        worker = get_current_worker()
        answer: Message
        try:
            self.gate.pass_door(look)
            whole = self.session.marks_known()
            answer = Ready(asked, self.gather(), whole=whole)
        except WithheldError as error:
            answer = Failed(asked, str(error), withheld=True)
        except DataError as error:
            answer = Failed(asked, str(error))
        except Exception as error:  # whatever it is: a list that says "Reading" for ever tells nobody
            LOG.warning("%s: %s", self.report_key, type(error).__name__)  # the type, never the values
            answer = Failed(asked, "This could not be read. Press r to try again.")
        if not worker.is_cancelled:
            self.post_message(answer)

    @on(Ready)
    def _show(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        with self.app.batch_update():
            self.settled = True
            self.gate.give_back()
            self.present(event.found)
            self.views.finish()
            self.tell()
        if event.whole:
            self.call_after_refresh(self.post_message, PageDrawn())

    @on(Failed)
    def _explain(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.settled = True
            if event.withheld:
                self.gate.withhold(event.reason)
                self.tell()
            else:
                self.fail(event.reason)

    def fail(self, reason: str) -> None:
        """Say why there is no answer."""
        self.say(reason)

    # What is said

    def nothing_listed(self, total: int) -> str:
        """Why no row is listed: the filter, what else narrows the report, or there is none."""
        return nothing_listed(self.query_filter(), total, self.chosen(), self.empty_words)

    @property
    def empty_words(self) -> str:
        """What is said where there is nothing at all."""
        return self.table.usual_empty

    def tell(self) -> None:
        """Say what is on the screen: report, team, filter, n of m, as at, data date; then marks and notes."""
        if self.gate.withheld:  # what was asked of a report that is withheld is nobody's to read
            tell_status(self.query_one(StatusLine), self.session, report="")
            return
        told = self.chosen()
        selected, period = told.pop("selected", ""), told.pop("period", "")
        self._told_mark = self._mark_here()
        first, *also = [self.session.door.in_remit(words) for words in told.values()] or [""]
        tell_status(
            self.query_one(StatusLine),
            self.session,
            report=self.views.in_words(),  # the title stands right above
            chosen=first,
            also=also,
            period=period,
            selected=selected,
            mark=self._told_mark,
            filter_text=self.query_filter(),
            count=self.table.row_count if self.table.answered else None,
            total=self.table.total,
        )
        if words := f"! {self.views.trouble}" if self.views.trouble else self._said:
            self._say(words)
        self._told_at = self.table.cursor_key
        if self.marks is not None:
            self.marks.tell()
        if self.notes is not None:
            self.notes.tell()

    @on(ReportTable.Moved)
    def _moved(self, event: ReportTable.Moved) -> None:
        event.stop()
        if not self.settled or self.table.cursor_key == self._told_at:  # a list drawn anew says Moved as well
            return
        self._told_at = self.table.cursor_key
        stale = [part.moved_on() for part in (self.marks, self.notes) if part is not None]
        said, self._said = self._said, ""
        if said or any(stale) or self._mark_here() != self._told_mark:
            self.tell()
        elif self.notes is not None:
            self.notes.tell()

    def _mark_here(self) -> str:
        """The mark on the row under the cursor, where the list has room for its letter alone."""
        if all(column.key != "mark_letter" for column in self.table.shown_columns()):
            return ""
        mark = self.table.cursor_row().get("mark_shown")
        return plain(mark) if mark is not None else ""

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
            self.table.say_empty(self.nothing_listed(event.total))
            self.query_one(FilterBar).set_count(event.count, event.total)
            if self.settled:
                self.tell()
