"""Home: the four coloured tiers, their reports and who they are for, what is built and what is planned."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from textual.worker import Worker

from screens.messages import ReportWanted, ViewWanted
from screens.report.failures import say_failure
from screens.report.status import tell_status
from widgets.cells.plain import fit
from widgets.key_line import KeyLine
from widgets.status_line import StatusLine
from widgets.theme import tier_colour
from widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from data.office.views import SavedView
    from screens.session import Session


class ReportList(OptionList):
    """The reports; moves with the keys of every other list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="home.open", tooltip="Open the report"),
        Binding("j", "cursor_down", show=False, id="home.down"),
        Binding("k", "cursor_up", show=False, id="home.up"),
    ]


class HomeScreen(Screen[None]):
    """Enter opens a report; 1 to 4 go to a tier from anywhere."""

    CSS_PATH = "home.tcss"

    def __init__(self, session: "Session", *, beneath: bool = False) -> None:
        """A home screen; one beneath a report from the start is composed when it is gone back to."""
        super().__init__()
        self.session = session
        self._composed = not beneath

    def compose(self) -> ComposeResult:
        """The tiers as one list; planned reports can be read but not chosen."""
        if not self._composed:
            return
        demo = "DEMO: no real child" if self.session.snapshot.manifest.demo else ""
        yield TitleBar("Families, Children & Learning", note=demo)
        yield StatusLine(id="status")
        yield ReportList(*self._options(), id="reports", markup=False)
        yield KeyLine(("home.open", "app.find", "app.quit", "app.help"))

    def on_mount(self) -> None:
        """The cursor on the first report that is built."""
        if self._composed:
            self.query_one(OptionList).focus()
            self._find_view()

    async def on_screen_resume(self) -> None:
        """Say the as-at day again: a saved view may have brought another."""
        if not self._composed:
            if self.app.screen is not self:
                return
            self._composed = True
            await self.recompose()
            self.query_one(OptionList).focus()
        tell_status(self.query_one(StatusLine), self.session, report="Home")

    @work(thread=True, group="views", exit_on_error=False)
    def _find_view(self) -> None:
        """The view to open on: the one asked for, else the one the reader chose, if any."""
        from data.errors import DataError
        from data.office.views import named, views

        session = self.session
        if session.office is None:
            return
        try:
            found, chosen = views(session.office, session.who, session.door.teams)
            if session.opens is not None:
                view = named(found, session.opens)
            else:
                view = next((one for one in found if one.view_id == chosen), None)  # type: ignore[assignment]
        except DataError as error:
            self.app.call_from_thread(self.query_one(StatusLine).say, str(error))
            return
        if view is not None:
            self.app.call_from_thread(self._open_view, view)

    def _open_view(self, view: "SavedView") -> None:
        """Open it, unless the reader is somewhere else already."""
        say = self.query_one(StatusLine).say
        if view.fault:
            say(f"! {view.name}: {view.fault}")
        else:
            self.post_message(ViewWanted(view, say, over=self))

    @on(Worker.StateChanged)
    def _say_failure(self, event: Worker.StateChanged) -> None:
        say_failure(self, event)

    def _options(self) -> list[Option]:
        from fcl_tui.reports.catalogue import TIERS, of_tier, report

        day = report("my-day")
        allows = self.session.door.allows
        first = Text.assemble("   ", (fit(day.title, 28), "bold"), f"{day.summary} (T)", no_wrap=True)
        options = [Option(first, id=day.key)] if allows(day.key) else []
        log = report("access-log")
        if allows(log.key):
            line = Text.assemble("   ", (fit(log.title, 28), "bold"), log.summary, no_wrap=True)
            options.append(Option(line, id=log.key))
        for tier in TIERS:
            # Rich calls the terminal's own colours by shorter names than Textual does
            colour = f"black on {tier_colour(self.app, tier.number).removeprefix('ansi_')} bold"
            heading = Text.assemble((f" {tier.number} ", colour), (f" {tier.name}: {tier.purpose}", "bold"))
            audience = ", ".join(f"{one}s" for one in tier.audience)
            heading.append(f"  ({audience})", "dim")
            heading.no_wrap = True
            options.append(Option(heading, disabled=True))
            for entry in of_tier(tier.number):
                line = Text("   ", no_wrap=True)
                open_ = entry.built and allows(entry.key)
                line.append(fit(entry.title, 28), "bold" if open_ else "dim")
                shut = "not for your role" if entry.built else "planned"
                line.append(entry.summary if open_ else f"{shut}: {entry.summary}", "" if open_ else "dim")
                options.append(Option(line, id=entry.key, disabled=not open_))
        return options

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(ReportWanted(event.option_id))
