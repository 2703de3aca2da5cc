"""The application: goes from screen to screen, and leaves the terminal as it found it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from data.errors import DataError
from data.snapshots.reader import Snapshot
from fcl_tui.access.gate import Door
from fcl_tui.access.session_end import CUT, Ending
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.crash import FailsQuietly
from fcl_tui.terminal.file_writing import WritesFiles
from fcl_tui.terminal.idle import IdleWatch
from fcl_tui.terminal.lockdown import ShutDoors
from fcl_tui.terminal.redraw import DrawsChanges
from fcl_tui.terminal.session import session_of
from fcl_tui.terminal.setup import (
    collect_garbage_again,
    leave_cleanly_on_hangup,
    quick_driver,
    read_with_care,
)
from fcl_tui.terminal.style_sheet import ReadOnce
from screens.messages import (
    AuditedChildWanted,
    AuditWanted,
    ClientWanted,
    HelpWanted,
    ListsChanged,
    PageDrawn,
    ReportWanted,
    ViewWanted,
)
from screens.palette import Actions, Places
from widgets.cells.glyphs import KEYS, is_ascii, use_ascii
from widgets.table.report_table import ReportTable
from widgets.theme import VARIABLES, use_theme

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Query


class FclApp(ShutDoors, IdleWatch, FailsQuietly, WritesFiles, DrawsChanges):
    """The four tiers of reports on one snapshot."""

    TITLE = "fcl-tui"
    COMMANDS = {Actions, Places}
    CSS = """
    CommandPalette SearchIcon { display: none; }  /* a sign that not every terminal can draw */
    CommandList > .option-list--option-highlighted { text-style: underline; }  /* told without colour too */
    Input > .input--placeholder { color: $secondary; text-style: none; }
    Input:ansi > .input--placeholder { color: $secondary; background: $surface; text-style: none; }
    Screen:ansi { color: $foreground; }
    Input:ansi { color: $foreground; background: $surface; text-style: underline; }
    /* Of sixteen colours none is left for grounds: lines tell a field and a window from what is behind. */
    ModalScreen > Vertical:ansi { outline-left: solid $border; outline-right: solid $border; }
    """
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(tier), f"tier({tier})", f"Tier {tier}", show=False, id=f"app.tier{tier}", tooltip=tooltip
            )
            for tier, tooltip in enumerate(
                ("Individual client", "Worker and operational", "Management", "Strategic"), start=1
            )
        ),
        Binding("f", "find", "Find", id="app.find", tooltip="Find a client anywhere"),
        Binding(
            "p", "privacy", "Privacy", show=False, id="app.privacy", tooltip="Mask names and birth dates"
        ),
        *(
            Binding(key, f"report('{report}')", name, show=False, id=f"app.{words}", tooltip=tooltip)
            for key, report, name, words, tooltip in (
                ("T", "my-day", "My day", "my_day", "What to chase today"),
                ("a", "planner", "Planner", "planner", "Calendar of the next eight weeks"),
                ("D", "data-quality", "Data quality", "quality", "What to fix in the data"),
            )
        ),
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Keys and guidance"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Leave fcl-tui"),
    ]

    def __init__(
        self,
        snapshot: Snapshot,
        settings: Settings,
        *,
        as_at: date | None = None,
        first: str | None = None,
        door: Door | None = None,
        notices: Sequence[str] = (),
    ) -> None:
        read_with_care()
        super().__init__(driver_class=quick_driver())
        self.stylesheet = ReadOnce(variables=self.get_css_variables())
        self._settings = settings
        self.session = session_of(snapshot, settings, as_at, door)
        self.ending = Ending(self.session.door)
        self._first, self._notices = first, notices
        renewal = self.session.door.renewal
        renewal.when_changed = lambda: self.call_later(self._ask_again, ListsChanged())
        renewal.when_over = lambda error: self.call_later(self._let_out, error)
        use_theme(self, ansi=settings.over_ssh)
        ReportTable.half_page_scroll = settings.over_ssh  # a sixth of the bytes
        if settings.theme in self.available_themes:
            self.theme = settings.theme
        self.animation_level = "none"
        if settings.ascii is not None:
            use_ascii(settings.ascii)

    def on_mount(self) -> None:
        """Go home, and on to the first report if one was asked for."""
        if not self.is_headless:
            leave_cleanly_on_hangup(self._line_cut, self.ending.cut)
            self.set_timer(1.0, collect_garbage_again)
        self.first_page.begin()
        self.watch_for_idleness(self._settings.idle_minutes, self._settings.end_minutes)
        from screens.home import HomeScreen

        self.push_screen(HomeScreen(self.session, beneath=self._first is not None))
        if self._first:
            self._go(self._first)
        if self._notices:
            from screens.notices import notices

            self.push_screen(notices(self._notices))

    @on(PageDrawn)
    def _page_drawn(self, event: PageDrawn) -> None:
        event.stop()
        self.first_page.whole()

    def _line_cut(self) -> None:
        self.ending.how = CUT
        self.exit()

    # From screen to screen

    def _go(self, report: str, values: Mapping[str, Any] | None = None, query: "Query | None" = None) -> None:
        from screens.catalogue import screen_for

        screen = screen_for(report, self.session, values, query)
        if screen is None:
            self._find(report)
        else:
            self.push_screen(screen)

    @on(ReportWanted)
    def _open_report(self, event: ReportWanted) -> None:
        self._go(event.report, event.values, event.query)

    @on(ViewWanted)
    def _open_view(self, event: ViewWanted) -> None:
        from screens.catalogue import screen_for

        if event.over is not None and event.over is not self.screen:  # the reader has gone on
            return
        try:
            screen = screen_for(event.view.report, self.session)
        except LookupError:
            screen = None
        if screen is None or screen.get_state() is None:
            event.tell(f"This view needs the report {event.view.report}, which this version does not have")
        else:
            screen.views.show(event.view)
            self.push_screen(screen)

    @on(ClientWanted)
    def _open_client(self, event: ClientWanted) -> None:
        self._go("client-summary", {"client": event.person_id})

    @on(AuditWanted)
    def _open_audit(self, event: AuditWanted) -> None:
        from screens.quality.form import FormScreen

        self.push_screen(FormScreen(self.session, event.case_id))

    @on(AuditedChildWanted)
    def _open_audited_child(self, event: AuditedChildWanted) -> None:
        from screens.client_summary.screen import ClientSummaryScreen

        self.push_screen(ClientSummaryScreen(event.session, event.person_id))

    def action_tier(self, tier: int) -> None:
        """Show the reports of a tier."""
        from screens.home_tiers import tier_menu

        def chosen(report: str | None) -> None:
            if report is not None:
                self._go(report)

        self.push_screen(tier_menu(tier, self.session.door.allows), chosen)

    def action_find(self, text: str = "") -> None:
        """Find a client, and open the Client Summary; `text` is typed already."""
        self._find("client-summary", text)

    def _find(self, report: str, text: str = "") -> None:
        """Ask for a client, and open a report of one child."""
        from screens.find import FindScreen

        def chosen(person_id: str | None) -> None:
            if person_id is not None:
                self._go(report, {"client": person_id})

        self.push_screen(FindScreen(self.session, text), chosen)

    def action_report(self, report: str) -> None:
        """Show a report that has a key of its own; where it is on the screen already, all of it again."""
        from screens.report.screen import DeclaredScreen

        if isinstance(self.screen, DeclaredScreen) and self.screen.report_key == report:
            self.screen.begin_again()
        else:
            self._go(report)

    def action_help(self) -> None:
        """Keys of this screen and general guidance."""
        self._help(None)

    @on(HelpWanted)
    def _open_help(self, event: HelpWanted) -> None:
        self._help(event.report)

    def _help(self, report: str | None) -> None:
        from screens.help import Action, help_for

        def chosen(one: Action | None) -> None:
            if one is not None:
                self.call_later(self.run_action, one.action, one.node)

        self.push_screen(help_for(self.screen, report), chosen)

    def action_privacy(self) -> None:
        """Mask or show names on every screen."""
        self.session.masked = not self.session.masked
        self._ask_again(ListsChanged())

    @on(ListsChanged)
    def _ask_again(self, event: ListsChanged) -> None:
        from screens.report.base import ReportScreen

        for screen in self.screen_stack:
            if isinstance(screen, ReportScreen) and screen is not event.but:
                screen.reload(whole=True)

    def get_key_display(self, binding: Binding) -> str:
        """A key by its name where its sign cannot be shown."""
        if is_ascii() and not binding.key_display and binding.key in KEYS:
            return KEYS[binding.key]
        return super().get_key_display(binding)

    def _let_out(self, reason: DataError) -> None:
        """A reader who may not be here any more: the sentence is printed once the screens are gone."""
        self.fault = self.fault or reason
        self.exit()

    # What leaves with the application

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Tier and RAG colours under any theme."""
        return VARIABLES
