"""A screen that is the host of its parts: what they need done it does, and its keys go on to them."""

from abc import abstractmethod
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.worker import Worker

from screens.messages import WINDOW, HelpWanted
from screens.report.access_gate import AccessGate
from screens.report.asking.parameters import Parameters
from screens.report.asking.saved_views import SavedViews
from screens.report.asking.view_menu import ViewMenu
from screens.report.failures import say_failure
from screens.report.files.exports import Exports
from screens.report.keys import BINDINGS
from screens.report.layout.column_layout import ColumnLayout
from screens.report.layout.cover import Cover
from screens.report.marking.marks import Marks
from screens.report.marking.notes import Notes
from screens.report.marking.select_several import select_several
from screens.report.why.due_date import Why
from screens.session import Session
from widgets.filter_bar import FilterBar
from widgets.key_line import KeyLine
from widgets.status_line import StatusLine
from widgets.table.report_table import ReportTable

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context

Result = TypeVar("Result")


class HostScreen(Screen[None]):
    """Has the gate, exports, columns, parameters and saved views; marks and notes where there are such rows.

    See `screens.report.host` for what the parts ask of it.
    """

    REPORT: ClassVar[str]
    """The report's key in the catalogue."""

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked = 0
        self.settled = False
        """True when what is on screen answers the last question."""
        self._told_at: str | None = None
        self._told_mark = ""
        self._said = ""
        """what came of something while the list is read again: it outlives that, until the cursor moves"""
        self._over = Cover(self)
        self._application: App[Any]
        self.gate = AccessGate(self)
        self.exports = Exports(self, self.gate)
        self.column_layout = ColumnLayout(self)
        self.parameters = Parameters(self, self.context)
        self.views = SavedViews(self, self.column_layout)
        self.view_menu = ViewMenu(self, self.views, self.parameters)
        self.why = Why(self, self.gate)
        self.marks: Marks | None = None
        self.notes: Notes | None = None

    @abstractmethod
    def chosen(self) -> dict[str, str]:
        """What narrows the report now, by name: team, worker, shown."""

    @abstractmethod
    def tell(self) -> None:
        """Say once more what is on the screen."""

    @abstractmethod
    def reload(self, *, whole: bool = False) -> None:
        """Ask again, with `whole` the office database too."""

    @property
    def session(self) -> Session:
        """The snapshot, the day, and the reader."""
        return self._session

    @property
    def report_key(self) -> str:
        """The report's key in the catalogue."""
        return self.REPORT

    @property
    def table(self) -> ReportTable:
        """The table that filter, sort, copy and export act on."""
        return self.query_one(ReportTable)

    def looked_at(self) -> tuple[str, str | None]:
        """The report on the screen, and the child when it is of one."""
        return self.report_key, None

    def get_state(self) -> dict[str, Any] | None:
        """What narrows it, as a saved view keeps it; None: this screen has no views."""
        return None

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up what `get_state` told, as far as it fits; it may come from another version."""

    def context(self) -> "Context":
        """What its report may know; runs in a thread."""
        return self.session.context(self.marks.frame if self.marks is not None else None)

    def on_mount(self) -> None:
        """Remember the application: what a thread still has to say once the screen is gone, it says there."""
        self._application = self.app

    # What the parts have done

    def say(self, words: str) -> None:
        """Put a sentence in the status line; one that is said while the list is read stays beyond that."""
        if not self.settled:
            self._said = words
        self._say(words)

    def _say(self, words: str) -> None:
        for line in self.query(StatusLine):  # none when the screen is gone meanwhile
            line.say(words)

    def cover(self, sentence: str | None) -> None:
        """Put a sentence in the place of the report; None: the report is back."""
        if sentence is None:
            self._over.lift()
        else:
            self._over.put(sentence)

    def ask(self, window: Screen[Result], then: Callable[[Result | None], Any]) -> AwaitMount:
        """Open a window; `then` hears what it hands back."""
        return self.app.push_screen(window, then)

    def show(self, window: Screen[Any]) -> AwaitMount:
        """Open a window that hands nothing back."""
        return self.app.push_screen(window)

    def copy(self, text: str) -> None:
        """Send a text to the terminal's clipboard."""
        self.app.copy_to_clipboard(text)

    def wish(self, message: Message) -> None:
        """Wish for something that the application does although this screen may be gone."""
        self._application.post_message(message)

    def in_thread(self, work: Callable[[], None], *, group: str, exclusive: bool = False) -> None:
        """Do it in a thread; a failure is said."""
        self.run_worker(work, group=group, exclusive=exclusive, thread=True, exit_on_error=False)

    def in_window(self, reading: Coroutine[Any, Any, None]) -> None:
        """Read what a window needs and open it; keys that are typed meanwhile wait for it."""
        self.run_worker(reading, group=WINDOW, exclusive=True, exit_on_error=False)

    def from_thread(self, then: Callable[..., Any], *args: Any) -> Any:
        """Call something that touches widgets, from a thread, and wait for it."""
        return self._application.call_from_thread(then, *args)

    def query_filter(self) -> str:
        """The filter in force."""
        return self.query_one(FilterBar).text

    def filter_by(self, text: str) -> None:
        """Filter the list by a text, as if it had been typed."""
        bar = self.query_one(FilterBar)
        bar.set_text(text)
        bar.display = False
        self.table.filter(text)

    @on(Marks.Read)
    def _marked(self, event: Marks.Read) -> None:
        event.stop()
        if self.marks is not None:
            self.marks.take(event)

    @on(Worker.StateChanged)
    def _say_failure(self, event: Worker.StateChanged) -> None:
        say_failure(self, event)

    # Keys that mean the same everywhere

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the parts offer now."""
        if not self.gate.offers(action) or (self.marks is not None and not self.marks.offers(action)):
            return False
        return super().check_action(action, parameters)

    def action_refresh_report(self) -> None:
        """Ask again, the office database too."""
        self.reload(whole=True)

    def action_columns(self) -> None:
        """Which columns are shown, in which order and how wide."""
        self.column_layout.arrange()

    def action_views(self) -> None:
        """The saved views: show one, keep this one, share, delete, open on."""
        self.view_menu.open()

    async def action_export(self) -> None:
        """Write the list to a file."""
        await self.exports.ask()

    def action_yank(self) -> None:
        """Copy the row under the cursor."""
        self.exports.copy_row()

    async def action_yank_more(self) -> None:
        """Copy one cell of the row, or the whole list."""
        await self.exports.copy_more()

    async def action_mark(self) -> None:
        """Say something of the selected items, or of the one under the cursor."""
        if self.marks is not None:
            await self.marks.mark()

    def action_select(self) -> None:
        """Select the row, or not any more."""
        if self.marks is not None:
            self.marks.select()

    async def action_several(self) -> None:
        """Select rows that belong together."""
        if self.marks is not None:
            await select_several(self, self.marks)

    def action_undo(self) -> None:
        """Take back the last thing this reader marked."""
        if self.marks is not None:
            self.marks.undo()

    def action_redo(self) -> None:
        """Make again what was taken back last."""
        if self.marks is not None:
            self.marks.redo()

    def action_which(self) -> None:
        """Show everything, or only some by their marks."""
        if self.marks is not None:
            self.marks.choose_which()

    async def action_note(self) -> None:
        """Write a note on the child."""
        if self.notes is not None:
            await self.notes.write()

    def action_filter(self) -> None:
        """Open the filter in the place of the keys, so that nothing else moves."""
        self.query_one(KeyLine).display = False
        self.query_one(FilterBar).open()
        self.table.get_ready_to_filter()

    def action_back(self) -> None:
        """Clear the selection first, then the filter; then go back to the screen beneath."""
        bar = self.query_one(FilterBar)
        if self.marks is not None and self.marks.select_none():
            return
        if bar.text:
            bar.clear()
        elif len(self.app.screen_stack) > 2:  # beneath lie the home screen and Textual's own
            self.app.pop_screen()

    def action_help(self) -> None:
        """The keys of this screen, and the report's guidance."""
        self.post_message(HelpWanted(self.report_key))
