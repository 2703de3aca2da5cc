"""The menu of saved views: show one, save one, share, delete, open on."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from screens.messages import WINDOW, ViewWanted
from screens.report.asking.saved_views import anew
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from data.office.views import SavedView
    from screens.report.asking.parameters import Parameters
    from screens.report.asking.saved_views import SavedViews
    from screens.report.host import ReportHost

AT_HAND = "123456789"
HOME = "\0home"
"""The key of the home screen among views to open on."""
NOT_KEPT = ("selected", "only")
"""What narrows a list and is in no view: the rows selected; one value of a column, perhaps a child's name"""


def named_by(narrowed: Mapping[str, str], taken: set[str], longest: int) -> str:
    """A name for what a view keeps of the screen, and a number where a view is called so already.

    What was typed to filter is not in it: it may be a child's name, and a view can be shared.
    """
    kept = (words for name, words in narrowed.items() if words and name not in NOT_KEPT)
    words = ", ".join(dict.fromkeys(kept))
    words = words[:1].upper() + words[1:]
    numbered = (f" {number}" if number > 1 else "" for number in count(1))
    names = (f"{words[: longest - len(end)].rstrip()}{end}" for end in numbered)
    return next(name for name in names if name not in taken) if words else ""


class ViewMenu:
    """The windows behind the key v."""

    def __init__(self, host: "ReportHost", views: "SavedViews", parameters: "Parameters") -> None:
        self._host, self._views, self._parameters = host, views, parameters
        self._unsaved_name = ""

    @property
    def _who(self) -> str:
        return self._host.session.who

    def open(self) -> None:
        """Open the menu, where views are kept and the report has any."""
        if self._host.get_state() is None:
            self._host.say("This list has no saved views")
        elif self._host.session.office is not None:
            self._host.in_thread(self._read, group=WINDOW)

    def _read(self) -> None:
        from data.errors import DataError
        from data.office.views import views

        session = self._host.session
        assert session.office is not None
        try:
            found, chosen = views(session.office, session.who, session.door.teams)
        except DataError as error:
            self._host.from_thread(self._host.say, str(error))
            return
        self._host.from_thread(self._menu, found, chosen)

    def _change(
        self, change: Callable[..., None], *what: Any, words: str, then: Callable[[], None] | None = None
    ) -> None:
        """Change the views in a thread; say the words when that is done, or why it could not be."""

        def work() -> None:
            from data.errors import DataError

            try:
                change(self._host.session.office, *what)
            except DataError as error:
                self._host.from_thread(self._host.say, str(error))
                return
            if then is not None:
                self._host.from_thread(then)
            self._host.from_thread(self._host.say, words)

        self._host.in_thread(work, group="views")

    def _menu(self, found: "list[SavedView]", chosen: str | None) -> None:
        from widgets.menus.letter_menu import LetterMenu

        choices = [
            Choice(key, called(view, self._who, chosen)) for key, view in zip(AT_HAND, found, strict=False)
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
                self._show(found[AT_HAND.index(key)])
            else:
                self._do(key, found, chosen)

        self._host.ask(LetterMenu("Saved views", choices), picked)

    def _do(self, key: str, found: "list[SavedView]", chosen: str | None) -> None:
        mine = [view for view in found if view.owner == self._who]
        if key == "s":
            self._ask_name({view.name for view in mine})
        elif key == "m":
            self._pick("Which view?", found, self._show)
        elif key == "o":
            home = [Choice(HOME, "The home screen")]
            self._pick("Open fcl-tui on which?", found, self._open_on, before=home, selected=chosen or HOME)
        elif key == "t":
            self._pick("Share which of your views?", mine, self._share)
        elif key == "d":
            self._pick("Delete which of your views?", mine, self._delete)

    def _pick(
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
            self._host.say("You have no saved views yet. Press v, then s, to save this one")
            return

        def picked(key: str | None) -> None:
            if key is not None:
                then(by_id.get(key))

        self._host.ask(Menu(title, choices, selected), picked)

    def _show(self, view: "SavedView | None") -> None:
        if view is None:
            return
        if view.fault:
            self._host.say(f"! {view.name}: {view.fault}")
        elif view.report == self._host.report_key:
            self._views.show(view)
        else:
            self._host.post_message(ViewWanted(view, self._host.say))

    def _ask_name(self, taken: set[str]) -> None:
        from data.office.views import LONGEST
        from screens.dialogs.name import NameDialog

        shown = self._views.shown
        known = self._unsaved_name or (shown.name if shown is not None and shown.owner == self._who else "")
        known = known or named_by(self._host.chosen(), taken, LONGEST)
        note = "Enter saves it; a view of yours with the same name is replaced. Esc cancels."
        dialog = NameDialog("Save this view as", note, longest=LONGEST, value=known)
        self._host.ask(dialog, self._save)

    def _save(self, name: str | None) -> None:
        from data.office.views import SavedView, save

        state = self._views.get_state()
        if name is None or state is None:
            return
        shown, who = self._views.shown, self._who
        mine = shown is not None and shown.owner == who and shown.name == name
        shared = shown.shared_with if mine and shown is not None else None
        if shared is not None:
            state["filter"] = ""  # not shared: it may be a child's name
        view = SavedView(name, self._host.report_key, who, state, shared)
        self._unsaved_name = name

        def saved() -> None:
            self._unsaved_name = ""
            self._views.saved_as(view)

        self._change(save, view, words=f"Saved as {name}; v shows it again", then=saved)

    def _share(self, view: "SavedView | None") -> None:
        from data.office.views import EVERYONE, save
        from fcl_tui.reports.parameters.shared import TEAM
        from fcl_tui.reports.question.query import Query

        if view is None:
            return
        if view.shared_with is not None:
            self._change(save, anew(view, None), words=f"{view.name} is yours alone now")
            return

        def then(team: object) -> None:
            team = team if isinstance(team, str) else None
            words = f"{view.name} is shared with {team or EVERYONE}; its filter is not"
            self._change(save, anew(view, team or EVERYONE), words=words)

        self._parameters.choose(TEAM, Query(self._host.report_key, ""), then)

    def _delete(self, view: "SavedView | None") -> None:
        from data.office.views import remove
        from screens.dialogs.mark import Confirm

        if view is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._change(remove, view, words=f"Deleted: {view.name}")

        self._host.ask(Confirm(f"Delete the view {view.name}?"), answered)

    def _open_on(self, view: "SavedView | None") -> None:
        from data.office.views import open_on

        words = f"fcl-tui opens on {view.name if view is not None else 'the home screen'} from now on"
        self._change(open_on, self._who, view.view_id if view is not None else None, words=words)


def called(view: "SavedView", who: str, chosen: str | None) -> str:
    """A view as menus name it: its report, whom it is shared with, whether fcl-tui opens on it."""
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
