"""Home: what waits today, the reader's saved views, and the reports of the four tiers."""

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import OptionList
from textual.worker import Worker, get_current_worker

from screens.home_rows import VIEW, first_lines, opens_at, tier_lines
from screens.messages import PageDrawn, ReportWanted, ViewWanted
from screens.report.asking.view_menu import AT_HAND, called
from screens.report.failures import say_failure
from screens.report.layout.status import tell_status
from widgets.key_line import KeyLine
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice, Menu
from widgets.status_line import StatusLine
from widgets.theme import tier_colour
from widgets.title_bar import TitleBar
from widgets.too_small import TooSmall

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from data.office.views import SavedView
    from screens.session import Session

LOG = logging.getLogger("fcl_tui")
WIDE = 110
"""Columns from which it is said who a tier is for"""


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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "views", "Views", id="home.views", tooltip="Saved views of lists"),
        Binding("B", "board", "Board", id="home.board", tooltip="The Performance Board"),
        *(Binding(str(tier), f"tier({tier})", show=False, id=f"home.tier{tier}") for tier in range(1, 5)),
    ]

    def __init__(self, session: "Session", *, beneath: bool = False) -> None:
        """A home screen; one beneath a report from the start is composed when it is gone back to."""
        super().__init__()
        self.session = session
        self._composed = not beneath
        self._views: list[SavedView] = []
        self._chosen: str | None = None
        self._counted, self._counted_of = "", ()
        self._left = False

    def compose(self) -> ComposeResult:
        """The tiers as one list."""
        if not self._composed:
            return
        demo = "DEMO: no real child" if self.session.snapshot.manifest.demo else ""
        yield TitleBar("Families, Children & Learning", note=demo)
        yield StatusLine(id="status")
        yield ReportList(*self._options(), id="reports", markup=False)
        yield KeyLine(("home.open", "home.views", "home.board", "app.find", "app.quit", "app.help"))
        yield TooSmall()

    def on_mount(self) -> None:
        """The cursor on the first line."""
        if self._composed:
            self.query_one(OptionList).focus()
            self.call_after_refresh(self._read_views, open_first=True)  # its imports would delay the lines

    def on_resize(self, event: Resize) -> None:
        """Say who the tiers are for where there is room, and what size is needed where there is none."""
        for window in self.query(TooSmall):
            window.fit(event.size)
        self._list()

    async def on_screen_resume(self) -> None:
        """Say the as-at day again: a saved view may have brought another; count again what has changed."""
        if not self._composed:
            if self.app.screen is not self:
                return
            self._composed = True
            await self.recompose()
            self.query_one(OptionList).focus()
            self._read_views(open_first=False)
        elif self._left:
            self._read_views(open_first=False)
        self._left = False
        self._tell()

    def on_screen_suspend(self) -> None:
        """What another screen changes is counted when it is left."""
        self._left = True

    def _tell(self) -> None:
        for line in self.query(StatusLine):
            team = self.session.team
            tell_status(line, self.session, report="Home", chosen=f"your team: {team}" if team else "")

    # What is read in threads

    @work(thread=True, exclusive=True, group="views", exit_on_error=False)
    def _read_views(self, *, open_first: bool) -> None:
        """The reader's views, the one to open on if any, and how much waits."""
        from data.errors import DataError
        from data.office.views import named, views

        session, view, worker = self.session, None, get_current_worker()
        try:
            if session.office is not None:
                found, chosen = views(session.office, session.who, session.door.teams)
                if session.opens is not None and open_first:
                    view = named(found, session.opens)
                elif open_first:
                    view = next((one for one in found if one.view_id == chosen), None)
                self.app.call_from_thread(self._show_views, found, chosen)
        except DataError as error:
            self.app.call_from_thread(self.query_one(StatusLine).say, str(error))
        if view is not None:
            self.app.call_from_thread(self._open_view, view)
        elif not worker.is_cancelled:
            self._count()

    def _count(self) -> None:
        """How much waits in My day; nothing is said where the reader may not have it. Runs in a thread."""
        from data.errors import DataError
        from screens.home_counts import stands_for, waiting

        session, worker = self.session, get_current_worker()
        try:
            if not session.door.allows("my-day"):
                return
            if self._counted and self._counted_of == stands_for(session):
                return
            told = waiting(session)
        except DataError:
            told = ""
        except Exception as error:  # whatever it is: My day itself says what is wrong
            LOG.warning("home: %s", type(error).__name__)
            told = ""
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_counts, told, stands_for(session))

    def _show_views(self, found: "list[SavedView]", chosen: str | None) -> None:
        changed, self._views, self._chosen = found != self._views, found, chosen
        if changed:
            self._list()

    def _show_counts(self, told: str, of: tuple[Any, ...]) -> None:
        self._counted, self._counted_of = told, of
        self._list()
        self._tell()
        self.call_after_refresh(self.post_message, PageDrawn())

    # Views

    def _open_view(self, view: "SavedView") -> None:
        """Open it, unless the reader is somewhere else already."""
        say = self.query_one(StatusLine).say
        if view.fault:
            say(f"! {view.name}: {view.fault}")
        else:
            self.post_message(ViewWanted(view, say, over=self))

    def action_views(self) -> None:
        """The saved views, by digit."""
        if not self._views:
            self.query_one(StatusLine).say("No saved view yet: v s in a list saves one")
            return
        who = self.session.who
        words = [called(view, who, self._chosen) for view in self._views]
        by_key = {view.view_id: view for view in self._views}

        def chosen(key: str | None) -> None:
            if key is not None:
                self._open_view(by_key[key] if key in by_key else self._views[AT_HAND.index(key)])

        if len(self._views) > len(AT_HAND):
            listed = [Choice(key, told) for key, told in zip(by_key, words, strict=True)]
            self.app.push_screen(Menu("Saved views", listed), chosen)
        else:
            letters = [Choice(key, told) for key, told in zip(AT_HAND, words, strict=False)]
            self.app.push_screen(LetterMenu("Saved views", letters), chosen)

    # The list

    def _options(self) -> "list[Option]":
        from fcl_tui.reports.framework import TIERS

        allows, wide = self.session.door.allows, self.app.size.width >= WIDE
        aside = self.app.theme_variables.get("secondary", "")
        options = first_lines(allows, self._views, self._counted)
        for tier in TIERS:
            # Rich calls the terminal's own colours by shorter names than Textual does
            colour = tier_colour(self.app, tier.number).removeprefix("ansi_")
            options += tier_lines(tier, colour, aside.removeprefix("ansi_"), allows, wide=wide)
        return options

    def _list(self) -> None:
        """Draw the lines anew; the cursor stays on what it is on."""
        for listed in self.query(ReportList):
            at = listed.highlighted
            here = listed.get_option_at_index(at).id if at is not None else None
            options = self._options()
            listed.set_options(options)
            ids = [option.id for option in options]
            listed.highlighted = ids.index(here) if here in ids else at

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The Board is for those who may have it."""
        if action == "board" and not self.session.door.allows("board"):
            return False
        return super().check_action(action, parameters)

    def action_board(self) -> None:
        """Open the Performance Board."""
        self.post_message(ReportWanted("board"))

    def action_tier(self, tier: int) -> None:
        """Open the one report of a tier, or go to the first of several; with none, the menu says why."""
        keys = opens_at(tier, self.session.door.allows)
        if not keys:
            self.app.action_tier(tier)  # type: ignore[attr-defined]
        elif len(keys) == 1:
            self.post_message(ReportWanted(keys[0]))
        else:
            listed = self.query_one(ReportList)
            listed.highlighted = listed.get_option_index(keys[0])
            listed.scroll_to(y=listed.highlighted - 1, animate=False)  # the heading and as many as fit

    @on(Worker.StateChanged)
    def _say_failure(self, event: Worker.StateChanged) -> None:
        say_failure(self, event)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = event.option_id
        if chosen is None:
            return
        if chosen == VIEW:
            self.action_views()
        elif chosen.startswith(VIEW):
            self._open_view(next(one for one in self._views if VIEW + one.view_id == chosen))
        else:
            self.post_message(ReportWanted(chosen))
