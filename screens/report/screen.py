"""One screen for every declared report: it draws what the declaration says and asks what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult

from fcl_tui.reports.question.query import Query
from screens.messages import ReportWanted
from screens.report.asking.asked import gathered, narrowed_by
from screens.report.asking.own_team import OwnTeam
from screens.report.asking.questions import Questions
from screens.report.base import ReportScreen
from screens.report.declared_keys import applies, first_keys, keys_of
from screens.report.drill import DrillDown
from screens.report.extras.by_name import do as extra
from screens.report.files.documents import drawn, file_kinds
from screens.report.files.exports import Exports
from screens.report.frequency import Frequency
from screens.report.layout import body
from screens.report.layout.beside import Beside
from screens.report.layout.parts import SHARED, Parts
from screens.report.marking.last_visit import LastVisit
from screens.report.marking.row_marks import add_marks
from screens.report.why.figure import FigureWhy
from screens.report.why.row import why_here
from widgets.table.report_table import ReportTable

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Report, View
    from screens.session import Session

ELSEWHERE = {"w": "why", "m": "mark", "space": "select"}
"""Keys that people know from lists of due items"""
NOT_HERE = "Not on this list: its rows are no due items"


class DeclaredScreen(ReportScreen["Result"]):
    """A report, or several that share a screen; tab goes from one to the next."""

    CSS_PATH = "screen.tcss"

    def __init__(
        self, session: Session, report: Report, query: Query | None = None, *, own_team: bool = False
    ) -> None:
        """With `own_team` it opens on the team that the reader chose last, where it has teams."""
        self.parts = Parts(report, session.door.allows)
        super().__init__(session)
        self.own_team = OwnTeam(self, report, asked=own_team)
        self.drill = DrillDown(self, self._question)
        self.figure_why = FigureWhy(self, self.gate, self.context)
        self.beside = Beside(self)
        self.questions = Questions(self, self.parts, self.parameters, self.own_team, self._now_asked)
        self.frequency = Frequency(self)
        self.last_visit = add_marks(self)
        self._bind()
        if query is not None:
            self._begin_with(query)
        self.exports = Exports(
            self,
            self.gate,
            chart=lambda: drawn(self.result, self.session.figures),
            **file_kinds(self, report, self._question, self.context, lambda: self.exports),
        )

    def _begin_with(self, query: Query) -> None:
        """Which items are listed by their marks is the marks' own to say."""
        if self.marks is not None:
            self.marks.set_state(query.text("marks"))
        self.parts.keep(query.changed(marks=None))

    def _bind(self) -> None:
        """The keys that the reports on the screen declare."""
        self._bindings = self._bindings.copy()
        for key in keys_of(self.parts, marks=self.marks is not None):
            self._bindings.key_to_bindings[key.key] = [key]

    # What is on the screen

    @property
    def report(self) -> Report:
        """The report on the screen; of several the part that is shown."""
        return self.parts.report

    @property
    def report_key(self) -> str:
        """The report whose screen this is."""
        return self.parts.first.key

    @property
    def keys_first(self) -> tuple[str, ...]:
        """Ids of the bindings that stand first in the line of keys."""
        return first_keys(self.parts.first)

    def _question(self) -> tuple[Report, Query]:
        return self.report, self.query_now

    @property
    def query_now(self) -> Query:
        """What is asked of it."""
        return self.questions.now

    @property
    def shown_view(self) -> View:
        """The view on the screen."""
        return self.questions.view

    @property
    def result(self) -> Result | None:
        """The answer on the screen."""
        return self.parts.result

    @property
    def table(self) -> ReportTable:
        """The table of the part on the screen."""
        return self.query_one(f"#{body.table_of(self.parts.shown)}", ReportTable)

    @property
    def empty_words(self) -> str:
        """What the report says where there is nothing."""
        return self.shown_view.empty

    def compose_body(self) -> ComposeResult:
        """Headline, the list (one for each part), what is said beside or below it, and a chart."""
        yield from body.composed(self)

    def begin(self) -> None:
        """Ask when the reader was last here; begin in the list."""
        super().begin()
        self.beside.begin()
        if self.last_visit is not None:
            self.last_visit.read()

    def _ask(self) -> None:
        """Ask, once it is known which team the reader works with."""
        if self.own_team.awaited(self._ask):
            self._asked += 1
            self.settled = False
            return
        self.own_team.take_up(self.parts)
        super()._ask()

    def looked_at(self) -> tuple[str, str | None]:
        """Each part is a report of its own."""
        return self.report.key, self.query_now.text("client")

    def chosen(self) -> dict[str, str]:
        """What narrows the report, in words."""
        return narrowed_by(self)

    # Asking and answering

    def context(self) -> Context:
        """What the report may know; runs in a thread."""
        visit = self.last_visit.earlier if self.last_visit is not None else None
        return self.session.context(self.marks.frame if self.marks is not None else None, visit)

    def gather(self) -> Result:
        """Answer the question on the screen."""
        return gathered(self)

    def present(self, found: Result) -> None:
        """Rows into the table, the headline above, the rest beside."""
        self.parts.results[found.report.key] = found
        if found.report is not self.report:
            return
        body.answered(self, found)
        if self.last_visit is not None and found.report is self.parts.first:
            self.last_visit.keep()
            if not self.last_visit.was_known and self.last_visit.known:
                self.reload()

    def fail(self, reason: str) -> None:
        """Say why there is no answer, in the place of one: the list of another part says nothing of this."""
        if self.result is not None:  # an earlier answer stays on the screen
            super().fail(reason)
            return
        body.headline(self, reason, whole=True)
        self.table.empty = ""
        self.tell()

    @on(LastVisit.Read)
    def _visit_known(self, event: LastVisit.Read) -> None:
        event.stop()
        if self.last_visit is not None and self.settled and not self.last_visit.was_known:
            self.reload()

    def action_section(self, way: int) -> None:
        """Show the next part, or the first with 0; each keeps its own place."""
        if self.marks is not None:
            self.marks.forget_selection()
            self.table.select(())
        self.frequency.clear()
        self.parts.go_on(way)
        if not self.parts.sections:
            body.turned(self)
            self.table.focus()
            self.table.filter(self.query_filter())
            body.bar(self)
        self.refresh_bindings()
        self.reload()

    def begin_again(self) -> None:
        """The first part, everything of it: what the report's own key does where it is on the screen."""
        if self.parts.several:
            self.action_section(0)
        else:
            self.questions.again()

    def action_switch(self) -> None:
        """Another view of the same rows."""
        self.questions.switch()

    def action_choose(self, name: str) -> None:
        """Ask for a parameter."""
        self.questions.choose(name)

    def _now_asked(self, before: Query, query: Query) -> None:
        if query.view != before.view or query.drill != before.drill:
            self.frequency.clear()
        self.refresh_bindings()
        self.reload()

    def action_frequency(self) -> None:
        """How many rows have each value of a column; one of them narrows the list to it."""
        self.frequency.ask()

    def action_back(self) -> None:
        """Clear the selection, then the filter, then what the list is narrowed to; then go back."""
        selected = self.marks is not None and bool(self.marks.chosen().get("selected"))
        if self.frequency.narrows and not self.query_filter() and not selected:
            self.frequency.clear()
            self.reload()
        else:
            super().action_back()

    # Going in, and why

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.drill.open(event.table.cursor_row())

    @on(ReportTable.Filtered)
    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Filtered | ReportTable.Moved) -> None:
        if event.table is not self.table:
            return
        if isinstance(event, ReportTable.Moved):
            self.beside.moved()
        elif not event.count:
            self.beside.follow()

    def action_overdue(self) -> None:
        """The rows of the figure that the report calls overdue."""
        if self.report.overdue_figure is not None:
            self.drill.behind(self.report.overdue_figure)

    def action_why(self) -> None:
        """Why the date under the cursor is what it is, or how a figure is counted."""
        why_here(self)

    def action_planner(self) -> None:
        """The same team and worker as a calendar."""
        values = {name: value for name in SHARED if (value := self.query_now.text(name)) is not None}
        self.post_message(ReportWanted("planner", values))

    def action_extra(self, name: str) -> None:
        """What this report alone can do."""
        extra(name, self)

    def on_key(self, event: events.Key) -> None:
        """Say why a key that other lists have does nothing here."""
        extra = any(one.key == event.key for one in self.report.extras)  # here it means something else
        action = None if extra else ELSEWHERE.get(event.key)
        if action is not None and self.settled and self.check_action(action, ()) is False:
            self.say(NOT_HERE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the report on the screen declares."""
        declared = applies(action, parameters, self.report, self.shown_view)
        return declared and super().check_action(action, parameters)

    def get_state(self) -> dict[str, Any] | None:
        """What narrows it, as a saved view keeps it; neither a drill nor one child has a view."""
        told, which = self.parts.get_state(), self.marks.get_state() if self.marks is not None else None
        return None if told is None else {"view": told, "which": which}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up what `get_state` told, as far as it fits; it may come from another version."""
        self.own_team.opens = False
        which = self.parts.set_state(state.get("view"))
        if self.marks is not None:
            self.marks.set_state(state.get("which", which))
        body.turned(self)
