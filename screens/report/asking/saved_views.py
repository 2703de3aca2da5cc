"""Saved views: capture a screen's parameters, filter, sort and columns, and restore them."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from screens.messages import ListsChanged

if TYPE_CHECKING:
    from data.office.views import SavedView
    from screens.report.host import ReportHost
    from screens.report.layout.column_layout import ColumnLayout


UNTOUCHED: dict[str, Any] = {"filter": "", "sort": None, "columns": None, "as_at": None}
"""What a view says that does not say it"""


class SavedViews:
    """A report's narrowing, filter, order and columns under a name.

    The state is a dict as JSON can hold it: `view` and `which` are the host's own, then `filter` (text),
    `sort` ([column, descending] or None), `columns` (see `Arrangement.told`) and `as_at` (an ISO day;
    None: today, whichever day that is).
    """

    def __init__(self, host: "ReportHost", columns: "ColumnLayout") -> None:
        self._host, self._columns = host, columns
        self.shown: SavedView | None = None
        """The view on the screen, changed since or not"""
        self._taken_up: dict[str, Any] = {}
        """Its state as the host has taken it up: that of an earlier version in the words of this one"""
        self._trouble = ""
        self._to_finish: dict[str, Any] | None = None

    def get_state(self) -> dict[str, Any] | None:
        """How the list is seen now; None: this report has no views."""
        own, session, table = self._host.get_state(), self._host.session, self._host.table
        if own is None:
            return None
        return own | {
            "filter": table.filter_text,
            "sort": list(table.sorted) if table.sorted else None,
            "columns": self._columns.get_state(),
            "as_at": session.given_day.isoformat() if session.given_day is not None else None,
        }

    @property
    def finished(self) -> bool:
        """Whether the rows of the view are there, in its order and with its filter."""
        return self._to_finish is None

    @property
    def trouble(self) -> str:
        """Why the list does not show what its view promises; empty once the reader narrows it otherwise."""
        own = self._host.get_state() or {}
        if self.shown is None or own.get("view") != self._taken_up.get("view"):
            return ""
        return self._trouble

    def in_words(self) -> str:
        """The name of the view on the screen, and whether it has been changed since; empty without one."""
        if self.shown is None:
            return ""
        changed = self.finished and self.get_state() != UNTOUCHED | self._taken_up
        return f"view {self.shown.name}{' (changed)' if changed else ''}"

    def saved_as(self, view: "SavedView") -> None:
        """What is on the screen has become this view."""
        self.shown, self._taken_up, self._trouble = view, view.state, ""

    # Showing a view

    def show(self, view: "SavedView") -> None:
        """Show a view of this report; on a screen that is not open yet, when it opens."""
        state = view.state
        self.shown, self._trouble, self._to_finish = view, "", state
        self._host.set_state(state)
        self._taken_up = state | (self._host.get_state() or {})
        self._as_at(state.get("as_at"))
        self._host.reload(whole=True)
        told = self._taken_up.get("view")
        narrowed = told if isinstance(told, dict) else {}
        self._host.in_thread(lambda: self._look_for(narrowed), group="views")

    def finish(self) -> None:
        """Filter and sort, once the rows of the view are there."""
        state, self._to_finish = self._to_finish, None
        if state is None:
            return
        table, text, sort = self._host.table, state.get("filter"), state.get("sort")
        self._columns.set_state(state.get("columns"))
        self._host.filter_by(text if isinstance(text, str) else "")
        match sort:
            case [str(column), bool(descending)] if column in {one.key for one in table.columns}:
                table.sort(column, descending)
            case None:
                table.sort(None)
            case _:
                self._trouble = self._trouble or "This list has no such column to sort by any more"

    def _as_at(self, day: object) -> None:
        """A view kept as at a day is shown as at that day, any other as at today; the screens beneath too."""
        session = self._host.session
        try:
            given = date.fromisoformat(day) if isinstance(day, str) else None
        except ValueError:
            given, self._trouble = None, "The day of this view cannot be read: shown as at today"
        before, session.given_day = session.as_at, given
        session.as_at = given or date.today()
        if session.as_at != before:
            self._host.post_message(ListsChanged(but=self._host))

    def _look_for(self, told: dict[str, Any]) -> None:
        """Say so when the view's team or worker holds nobody on the day: an empty list would not tell."""
        from data.frames import collect
        from fcl_tui.definitions.choices import teams, workers

        scan, day = self._host.session.scan_open, self._host.session.as_at
        team, worker = told.get("team"), told.get("worker")
        missing = ""
        if isinstance(team, str) and team not in set(collect(teams(scan, day))["team"].to_list()):
            missing = f"No team {team} on this day"
        elif isinstance(worker, str):
            there = collect(workers(scan, day, team if isinstance(team, str) else None))["worker"].to_list()
            missing = "" if worker in set(there) else f"{worker} has no children on this day"
        if missing:
            self._host.from_thread(self._missing, missing)

    def _missing(self, what: str) -> None:
        self._trouble = what
        if self._host.settled:
            self._host.tell()


def anew(view: "SavedView", shared_with: str | None) -> "SavedView":
    """The view shared or not; what was typed to filter is not shared, for it may be a child's name."""
    import uuid

    state = view.state | {"filter": ""} if shared_with is not None else view.state
    return replace(view, state=state, shared_with=shared_with, view_id=uuid.uuid4().hex)
