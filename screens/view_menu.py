"""The key v of every list: show a saved view, save one, share, delete, open on."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from screens.messages import WINDOW
from screens.viewing import ViewingScreen
from widgets.menu import Choice, Menu
from widgets.status_line import StatusLine

if TYPE_CHECKING:
    from data.office.views import SavedView

AT_HAND = "123456789"
HOME = "\0home"
"""The key of the home screen among views to open on."""


class ViewMenuScreen(ViewingScreen):
    """A screen with the menu of saved views."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "views", "Views", id="views.menu", show=False, tooltip="Saved views of lists")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._unsaved_name = ""

    def action_views(self) -> None:
        """The saved views: show one, keep this one, share, delete, open on."""
        if self.session.office is not None and self.narrowing() is not None:
            self._view_read(self._view_menu)

    @work(thread=True, group=WINDOW, exit_on_error=False)
    def _view_read(self, then: "Callable[[list[SavedView], str | None], None]") -> None:
        from data.errors import DataError
        from data.office.views import views

        office = self.session.office
        assert office is not None
        try:
            found, chosen = views(office, self.session.who, self.session.door.teams)
        except DataError as error:
            self.app.call_from_thread(self.query_one(StatusLine).say, str(error))
            return
        self.app.call_from_thread(then, found, chosen)

    @work(thread=True, group="views", exit_on_error=False)
    def _view_change(
        self, change: Callable[..., None], *what: Any, words: str, then: Callable[[], None] | None = None
    ) -> None:
        from data.errors import DataError

        try:
            change(self.session.office, *what)
        except DataError as error:
            words, then = str(error), None
        if then is not None:
            self.app.call_from_thread(then)
        self.app.call_from_thread(self.query_one(StatusLine).say, words)

    def _view_menu(self, found: "list[SavedView]", chosen: str | None) -> None:
        from widgets.letter_menu import LetterMenu

        choices = [
            Choice(key, _called(view, self.session.who, chosen))
            for key, view in zip(AT_HAND, found, strict=False)
        ]
        choices.append(Choice("s", "Save what is on the screen as a view"))
        if found:
            choices += [
                Choice("o", "Open fcl-tui on a view"),
                Choice("t", "Share a view with a team, or stop sharing it"),
                Choice("d", "Delete a view"),
            ]
        if len(found) > len(AT_HAND):
            choices.append(Choice("m", f"More views ({len(found)})"))

        def picked(key: str | None) -> None:
            if key is None:
                return
            if key in AT_HAND:
                self._view_show(found[AT_HAND.index(key)])
            else:
                self._view_do(key, found, chosen)

        self.app.push_screen(LetterMenu("Saved views", choices), picked)

    def _view_do(self, key: str, found: "list[SavedView]", chosen: str | None) -> None:
        who = self.session.who
        mine = [view for view in found if view.owner == who]
        if key == "s":
            self._view_ask_name()
        elif key == "m":
            self._view_pick("Which view?", found, self._view_show)
        elif key == "o":
            home = [Choice(HOME, "The home screen")]
            self._view_pick(
                "Open fcl-tui on which?", found, self._view_open_on, before=home, selected=chosen or HOME
            )
        elif key == "t":
            self._view_pick("Share which of your views?", mine, self._view_share)
        elif key == "d":
            self._view_pick("Delete which of your views?", mine, self._view_delete)

    def _view_pick(
        self,
        title: str,
        of: "list[SavedView]",
        then: "Callable[[SavedView | None], None]",
        *,
        before: list[Choice] | None = None,
        selected: str | None = None,
    ) -> None:
        by_id = {view.view_id: view for view in of}
        choices = (before or []) + [Choice(view.view_id, view.name, view.shared_with or "") for view in of]
        if not choices:
            self.query_one(StatusLine).say("You have no view of your own yet: v s saves one")
            return

        def picked(key: str | None) -> None:
            if key is not None:
                then(by_id.get(key))

        self.app.push_screen(Menu(title, choices, selected), picked)

    def _view_show(self, view: "SavedView | None") -> None:
        from screens.catalogue import screen_for

        if view is None:
            return
        if view.fault:
            self.query_one(StatusLine).say(f"! {view.name}: {view.fault}")
            return
        if view.report == self.REPORT:
            self.show_view(view)
            return
        try:
            screen = screen_for(view.report, self.session)
        except LookupError:
            screen = None
        if isinstance(screen, ViewingScreen):
            screen.show_view(view)
            self.app.push_screen(screen)
        else:
            self.query_one(StatusLine).say(f"The report of this view, {view.report}, is not in this fcl-tui")

    def _view_ask_name(self) -> None:
        from data.office.views import LONGEST
        from screens.name_dialog import NameDialog

        mine = self._shown if self._shown is not None and self._shown.owner == self.session.who else None
        known = self._unsaved_name or (mine.name if mine is not None else "")
        note = "Enter saves it; a view of yours with the same name is replaced. Esc cancels."
        dialog = NameDialog("Save this view as", note, longest=LONGEST, value=known)
        self.app.push_screen(dialog, self._view_save)

    def _view_save(self, name: str | None) -> None:
        from data.office.views import SavedView, save

        if name is None:
            return
        shown, who, state = self._shown, self.session.who, self._view_state()
        mine = shown is not None and shown.owner == who and shown.name == name
        shared = shown.shared_with if mine and shown is not None else None
        if shared is not None:
            state["filter"] = ""  # not shared: it may be a child's name
        view = SavedView(name, self.REPORT, who, state, shared)
        self._unsaved_name = name

        def saved() -> None:
            self._unsaved_name = ""
            self._shown, self._trouble = view, ""

        self._view_change(save, view, words=f"Saved as {name}; v shows it again", then=saved)

    def _view_share(self, view: "SavedView | None") -> None:
        from data.office.views import EVERYONE, save
        from screens.choosing import choose_team

        if view is None:
            return
        if view.shared_with is not None:
            self._view_change(save, _anew(view, None), words=f"{view.name} is yours alone now")
            return

        def then(team: str | None) -> None:
            words = f"{view.name} is shared with {team or EVERYONE}; its filter is not"
            self._view_change(save, _anew(view, team or EVERYONE), words=words)

        choose_team(self, then)  # type: ignore[arg-type]

    def _view_delete(self, view: "SavedView | None") -> None:
        from data.office.views import remove
        from screens.mark_dialog import Confirm

        if view is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._view_change(remove, view, words=f"Deleted: {view.name}")

        self.app.push_screen(Confirm(f"Delete the view {view.name}?"), answered)

    def _view_open_on(self, view: "SavedView | None") -> None:
        from data.office.views import open_on

        words = f"fcl-tui opens on {view.name if view is not None else 'the home screen'} from now on"
        self._view_change(open_on, self.session.who, view.view_id if view is not None else None, words=words)


def _called(view: "SavedView", who: str, chosen: str | None) -> str:
    from fcl_tui.reports.catalogue import report

    try:
        title = report(view.report).title
    except KeyError:
        title = view.report
    told = [view.name, title]
    if view.shared_with is not None:
        told.append(f"shared with {view.shared_with}" + ("" if view.owner == who else f" by {view.owner}"))
    if view.view_id == chosen:
        told.append("opens first")
    return " - ".join(told)


def _anew(view: "SavedView", shared_with: str | None) -> "SavedView":
    """The view shared or not; what was typed to filter is not shared, for it may be a child's name."""
    import uuid

    state = view.state | {"filter": ""} if shared_with is not None else view.state
    return replace(view, state=state, shared_with=shared_with, view_id=uuid.uuid4().hex)
