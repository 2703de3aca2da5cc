"""Saved views: what a screen tells of itself, and how it is seen so again."""

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from textual import work

from screens.arranging import ArrangingScreen
from widgets.arrangement import understood
from widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from data.office.views import SavedView


class ViewingScreen(ArrangingScreen):
    """A screen whose narrowing, filter and order can be kept under a name."""

    KEPT: ClassVar[tuple[str, ...] | None] = None
    """The fields of `view` that a saved view keeps; None is all that are text or yes and no."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: SavedView | None = None
        self._trouble = ""
        self._to_finish: dict[str, Any] | None = None

    # What the screen tells and takes

    def narrowing(self) -> dict[str, Any] | None:
        """What narrows the list, by name; None: this screen has no views."""
        view: Any = getattr(self, "view", None)
        if view is None:
            return None
        values = {name: getattr(view, name) for name in self.KEPT or [one.name for one in fields(view)]}
        kept = (str, bool, type(None))
        return {name: value for name, value in values.items() if isinstance(value, kept)}

    def narrow_to(self, told: dict[str, Any]) -> None:
        """Take up what `narrowing` told, as far as it is of the right kind."""
        view: Any = getattr(self, "view", None)
        if view is not None:
            kinds = get_type_hints(type(view))
            vars(self)["view"] = replace(
                view, **{name: one for name, one in told.items() if name in kinds and _fits(one, kinds[name])}
            )

    def _view_state(self) -> dict[str, Any]:
        session = self.session
        return {
            "view": self.narrowing(),
            "which": getattr(self, "which", None),
            "filter": self.table.filter_text,
            "sort": list(self.table.sorted) if self.table.sorted else None,
            "columns": self.table.arrangement.told(),
            "as_at": session.given_day.isoformat() if session.given_day is not None else None,
        }

    @property
    def view_trouble(self) -> str:
        """Why the list does not show what its view promises; empty once the reader narrows it otherwise."""
        if self._shown is None or self.narrowing() != self._shown.state.get("view"):
            return ""
        return self._trouble

    def shown_view(self) -> str:
        """The name of the view on the screen, and whether it has been changed since; empty without one."""
        if self._shown is None:
            return ""
        changed = self._to_finish is None and self._view_state() != {"columns": None} | self._shown.state
        return f"view {self._shown.name}{' (changed)' if changed else ''}"

    # Showing a view

    def show_view(self, view: "SavedView") -> None:
        """Show a view of this screen's report."""
        state = view.state
        self._shown, self._trouble, self._to_finish = view, "", state
        told = state.get("view")
        self.narrow_to(told if isinstance(told, dict) else {})
        which = state.get("which")
        if hasattr(self, "which") and (which is None or isinstance(which, str)):
            vars(self)["which"] = which
        self._view_as_at(state.get("as_at"))
        if self.is_mounted:
            self.action_refresh_report()
        self._view_look_for(told if isinstance(told, dict) else {})

    def action_refresh_report(self) -> None:
        """Ask again."""
        raise NotImplementedError

    def finish_view(self) -> None:
        """Filter and sort, once the rows of the view are there."""
        state, self._to_finish = self._to_finish, None
        if state is None:
            return
        text, sort = state.get("filter"), state.get("sort")
        self.table.arrange_columns(understood(state.get("columns")))
        bar = self.query_one(FilterBar)
        bar.set_text(text if isinstance(text, str) else "")
        bar.display = False
        self.table.filter(text if isinstance(text, str) else "")
        match sort:
            case [str(column), bool(descending)] if column in {one.key for one in self.table.columns}:
                self.table.sort(column, descending)
            case None:
                self.table.sort(None)
            case _:
                self._trouble = self._trouble or "This list has no such column to sort by any more"

    def _view_as_at(self, day: object) -> None:
        """A view kept as at a day is shown as at that day, any other as at today; the screens beneath too."""
        session = self.session
        try:
            given = date.fromisoformat(day) if isinstance(day, str) else None
        except ValueError:
            given, self._trouble = None, "The day of this view cannot be read: shown as at today"
        before, session.given_day = session.as_at, given
        session.as_at = given or date.today()
        for screen in self.app.screen_stack if session.as_at != before else ():
            refresh = getattr(screen, "action_refresh_report", None)
            if refresh is not None and screen is not self:
                refresh()

    @work(thread=True, group="views", exit_on_error=False)
    def _view_look_for(self, told: dict[str, Any]) -> None:
        """Say so when the view's team or worker holds nobody on the day: an empty list would not tell."""
        from fcl_tui.reports.choices import teams, workers
        from fcl_tui.reports.frames import collect

        scan, day = self.session.scan_open, self.session.as_at
        team, worker = told.get("team"), told.get("worker") or told.get("adviser")
        missing = ""
        if isinstance(team, str) and team not in set(collect(teams(scan, day))["team"].to_list()):
            missing = f"No team {team} on this day"
        elif isinstance(worker, str):
            there = collect(workers(scan, day, team if isinstance(team, str) else None))["worker"].to_list()
            missing = "" if worker in set(there) else f"Nobody is with {worker} on this day"
        if missing:
            self._trouble = missing
            self.app.call_from_thread(self.say_again)


def _fits(value: object, kind: Any) -> bool:
    """Whether a value that was kept is of the kind the screen takes now."""
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    allowed = get_args(kind) or (kind,)
    return isinstance(value, tuple(one for one in allowed if isinstance(one, type)))
