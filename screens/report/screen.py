"""One screen for every declared report: it draws what the declaration says and asks what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher

from fcl_tui.reports.named import function
from fcl_tui.reports.period import spanned, to_period
from fcl_tui.reports.query import Query
from fcl_tui.reports.spec import Breakdown, Row
from fcl_tui.reports.words import shown_words
from screens.messages import ReportWanted
from screens.report.base import ReportScreen
from screens.report.beside import Beside
from screens.report.declared_keys import applies, keys_of
from screens.report.documents import drawn, file_kinds
from screens.report.drill import DrillDown
from screens.report.exports import Exports
from screens.report.extras import EXTRAS
from screens.report.figure_why import FigureWhy
from screens.report.frequency import Frequency
from screens.report.last_visit import LastVisit
from screens.report.marks import Marks
from screens.report.notes import Notes
from screens.report.own_team import OwnTeam
from screens.report.parts import SHARED, Parts
from screens.report.period import PeriodPicker
from screens.report.sections import child_line
from widgets.menus.menu import Choice, Menu
from widgets.phrase_lines import PhraseLines
from widgets.section_bar import SectionBar
from widgets.table.report_table import ReportTable

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Parameter, Report, Value, View
    from screens.session import Session

ONE_ROW_PER_ITEM = "Only due items can be marked: press c to list one row per item"
NOT_DUE = "No longer due: nothing to mark"
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
        self.own_team = OwnTeam(self, opens=own_team and report.parameter("team") is not None)
        self.drill = DrillDown(self, lambda: (self.report, self.query_now))
        self.figure_why = FigureWhy(self, self.gate, self.context)
        self.beside = Beside(self)
        self.period = PeriodPicker(self)
        self.frequency = Frequency(self)
        self._add_marks()
        self._bind()
        if query is not None:
            self._begin_with(query)
        self.exports = Exports(
            self,
            self.gate,
            chart=lambda: drawn(self.result, self.session.figures),
            **file_kinds(
                self, report, lambda: (self.report, self.query_now), self.context, self.exports_list
            ),
        )

    def _begin_with(self, query: Query) -> None:
        """Which items are listed by their marks is the marks' own to say."""
        if self.marks is not None:
            self.marks.set_state(query.text("marks"))
        self.parts.keep(query.changed(marks=None))

    def _add_marks(self) -> None:
        """Marks, notes and the last visit, where the report has such rows."""
        views = [view for one in self.parts.reports.values() for view in one.views]
        has_marks = any(view.marks for view in views)
        if any(view.row in (Row.ITEM, Row.CHILD) for view in views):
            self.marks = Marks(self, items=self._items if has_marks else None, refusal=self._refusal)
            self.notes = Notes(self, self.marks, elsewhere=lambda: self.beside.shows_notes)
        self.last_visit = None
        if self.parts.first.since_last_visit and self.marks is not None:
            self.last_visit = LastVisit(self, self.marks)

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
        keys = self.parts.first.keys or (
            "table.open",
            "report.team",
            "report.worker",
            "report.overdue",
            "report.why",
        )
        return (
            keys if self.parts.first.parameter("period") is None else (*keys[:2], "report.period", *keys[2:])
        )

    @property
    def query_now(self) -> Query:
        """What is asked of it."""
        return spanned(self.parts.query, self.session.as_at)

    @property
    def shown_view(self) -> View:
        """The view on the screen."""
        return self.report.view(self.query_now.view)

    @property
    def result(self) -> Result | None:
        """The answer on the screen."""
        return self.parts.result

    @property
    def table(self) -> ReportTable:
        """The table of the part on the screen."""
        return self.query_one(f"#table-{self.parts.shown}", ReportTable)

    def exports_list(self) -> Exports:
        """What is listed, for files."""
        return self.exports

    @property
    def empty_words(self) -> str:
        """What the report says where there is nothing."""
        return self.shown_view.empty

    def compose_body(self) -> ComposeResult:
        """Headline, the list (one for each part), what is said beside or below it, and a chart."""
        if self.parts.has_bar:
            yield SectionBar(id="sections")
        yield PhraseLines(id="totals")
        with Horizontal(id="middle"):
            if self.parts.several:
                with ContentSwitcher(initial=f"table-{self.parts.shown}"):
                    for key, one in self.parts.reports.items():
                        yield ReportTable(empty=one.first.empty, id=f"table-{key}")
            else:
                yield ReportTable(empty=self.shown_view.empty, id=f"table-{self.parts.shown}")
            yield from self.beside.compose_pane(self.parts.first)
        yield from self.beside.compose_below(self.parts.first)

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
        for key, one in self.parts.reports.items() if self.own_team.opens else ():
            self.parts.queries[key] = self.own_team.opened(one, self.parts.queries[key])
        self.own_team.opens = False
        super()._ask()

    def looked_at(self) -> tuple[str, str | None]:
        """Each part is a report of its own."""
        return self.report.key, self.query_now.text("client")

    def chosen(self) -> dict[str, str]:
        """What narrows the report, in words."""
        told = shown_words(self.report, self.query_now)
        if self.parts.has_bar:
            title = self.report.view(self.query_now.view).title.lower()
            told["shown"] = ", ".join(filter(None, [title, told.get("shown")]))
        told |= self.frequency.chosen()
        return told | (self.marks.chosen() if self.marks is not None else {})

    # Asking and answering

    def context(self) -> Context:
        """What the report may know; runs in a thread."""
        visit = self.last_visit.earlier if self.last_visit is not None else None
        return self.session.context(self.marks.frame if self.marks is not None else None, visit)

    def gather(self) -> Result:
        """Answer the question on the screen."""
        from fcl_tui.reports.run import run

        report, query = self.report, self.query_now
        if self.last_visit is not None and report is self.parts.first:
            self.last_visit.await_known()
        which = self.marks.which if self.marks is not None else None
        if report.parameter("marks") is not None and report.view(query.view).marks:
            query = query.changed(marks=which)
        return run(report, self.context(), query)

    def present(self, found: Result) -> None:
        """Rows into the table, the headline above, the rest beside."""
        self.parts.results[found.report.key] = found
        if found.report is not self.report:
            return
        view, table = found.view, self.table
        rows = self.frequency.narrowed(found.rows)
        discreet = getattr(view, "discreet", None)
        if self.session.masked and discreet:
            rows = function(str(discreet))(rows)
        self.list_rows(rows, found.columns, view.row_key, group_by=view.group_by, table=table)
        headline, said = self.query_one(PhraseLines), found.headline
        if found.report.of_one_child:
            said = f"{child_line(found, self.session)}\n{said}"
        headline.display = bool(said)
        headline.say(said)
        self.tell_left_out(found.left_out)
        self.beside.show(found)
        self._bar()
        if self.last_visit is not None and found.report is self.parts.first:
            self.last_visit.keep()
            if not self.last_visit.was_known and self.last_visit.known:
                self.reload()

    def fail(self, reason: str) -> None:
        """Say why there is no answer, in the place of one: the list of another part says nothing of this."""
        if self.result is not None:  # an earlier answer stays on the screen
            super().fail(reason)
            return
        headline = self.query_one(PhraseLines)
        headline.display = True
        headline.say(reason)
        self.table.empty = ""
        self.tell()

    @on(LastVisit.Read)
    def _visit_known(self, event: LastVisit.Read) -> None:
        event.stop()
        if self.last_visit is not None and self.settled and not self.last_visit.was_known:
            self.reload()

    # From part to part, from view to view

    def _bar(self) -> None:
        for bar in self.query(SectionBar):
            bar.show(*self.parts.bar())

    def action_section(self, way: int) -> None:
        """Show the next part, or the first with 0; each keeps its own place."""
        if self.marks is not None:
            self.marks.forget_selection()
            self.table.select(())
        self.frequency.clear()
        self.parts.go_on(way)
        if self.parts.sections:
            self.refresh_bindings()
            self.reload()
            return
        self.query_one(ContentSwitcher).current = f"table-{self.parts.shown}"
        self.table.focus()
        self.table.filter(self.query_filter())
        self._bar()
        self.refresh_bindings()
        self.reload()

    def begin_again(self) -> None:
        """The first part, everything of it: what the report's own key does where it is on the screen."""
        if self.parts.several:
            self.action_section(0)
        else:
            self._ask_for(Query(self.report_key, self.parts.first.first.key))

    def action_switch(self) -> None:
        """Another view of the same rows: the next one, or one from a menu."""
        report = self.report
        views = {view.key: view for view in report.switchable}
        if report.switch == "toggle" or len(views) == 2:
            keys = list(views)
            now = self.query_now.view
            self._ask_for(replace(self.query_now, view=keys[(keys.index(now) + 1) % len(keys)], drill=None))
            return

        def then(key: str | None) -> None:
            if key is not None:
                self._ask_for(replace(self._without_figure(), view=key, drill=None))

        choices = [Choice(key, view.title) for key, view in views.items()]
        self.ask(Menu(report.switch_label, choices, self.query_now.view), then)

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

    def _without_figure(self) -> Query:
        """The question without what only a figure narrowed it to: no key takes that away again."""
        if not self.shown_view.behind:
            return self.query_now
        keyless = [one for one in self.report.parameters if one.key is None and one.kind == "text"]
        return self.query_now.changed(**{one.name: None for one in keyless})

    def _ask_for(self, query: Query) -> None:
        if query.view != self.query_now.view or query.drill != self.query_now.drill:
            self.frequency.clear()
        self.parts.keep(query)
        self.refresh_bindings()
        self.reload()

    def action_choose(self, name: str) -> None:
        """Ask for a parameter."""
        parameter = self.report.parameter(name)
        if parameter is not None and parameter.kind == "period":
            self.period.choose(self.query_now, lambda query: self._ask_for(to_period(self.report, query)))
        elif parameter is not None:
            self.parameters.choose(parameter, self.query_now, lambda value: self._chose(parameter, value))

    def _chose(self, parameter: Parameter, value: Value | None) -> None:
        changes: dict[str, Value | None] = dict.fromkeys(parameter.resets)
        query = self.query_now.changed(**changes | {parameter.name: value})
        after = self.report.views_after.get(parameter.name)
        if after is not None and not self.shown_view.behind and self.query_now.view in after:
            query = replace(query, view=after[0] if value is not None else after[1])
        if parameter.name == "team":
            self.own_team.chose(value)
        self._ask_for(query)

    # Going in, and why

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.drill.open(event.table.cursor_row())

    @on(ReportTable.Filtered)
    def _emptied(self, event: ReportTable.Filtered) -> None:
        if event.table is self.table and not event.count:
            self.beside.follow()

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        if event.table is self.table:
            self.beside.moved()

    def action_overdue(self) -> None:
        """The rows of the figure that the report calls overdue."""
        if self.report.overdue_figure is not None:
            self.drill.behind(self.report.overdue_figure)

    def action_why(self) -> None:
        """Why the date under the cursor is what it is, or how a figure is counted."""
        view, row = self.shown_view, self.table.cursor_row()
        if not row:
            return
        if isinstance(view, Breakdown):
            self.figure_why.of_row(self.report, self.query_now, view, row)
        elif view.row is Row.FIGURE:
            self.figure_why.of_figure(row)
        elif view.row is Row.ITEM:
            self.why.of_item(str(row["item_id"]), self.marks.frame() if self.marks is not None else None)
        elif row.get("person_id") is not None:
            self.why.of_child(str(row["person_id"]))

    def action_planner(self) -> None:
        """The same team and worker as a calendar."""
        values = {name: value for name in SHARED if (value := self.query_now.text(name)) is not None}
        self.post_message(ReportWanted("planner", values))

    def action_extra(self, name: str) -> None:
        """What this report alone can do."""
        EXTRAS[name](self)

    def on_key(self, event: events.Key) -> None:
        """Say why a key that other lists have does nothing here."""
        action = ELSEWHERE.get(event.key)
        if any(one.key == event.key for one in self.report.extras):  # here it means something else
            return
        if action is not None and self.settled and self.check_action(action, ()) is False:
            self.say(NOT_HERE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the report on the screen declares."""
        if not applies(action, parameters, self.report, self.shown_view):
            return False
        return super().check_action(action, parameters)

    # Marking: a row may stand for an item, or for a change to one

    def _items(self, keys: Any) -> list[str]:
        view, result = self.shown_view, self.result
        if not view.marks or result is None:
            return []
        if view.row_key == "item_id":
            return list(keys)
        from fcl_tui.reports.marking import owed_items

        return owed_items(result.rows, view.row_key, keys)

    def _refusal(self) -> str:
        return NOT_DUE if self.shown_view.marks else ONE_ROW_PER_ITEM

    # Saved views

    def get_state(self) -> dict[str, Any] | None:
        """What narrows it, as a saved view keeps it; neither a drill nor one child has a view."""
        told = self.parts.get_state()
        if told is None:
            return None
        return {"view": told, "which": self.marks.get_state() if self.marks is not None else None}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up what `get_state` told, as far as it fits; it may come from another version."""
        self.own_team.opens = False
        which = self.parts.set_state(state.get("view"))
        if self.marks is not None:
            self.marks.set_state(state.get("which", which))
        for switcher in self.query(ContentSwitcher):
            switcher.current = f"table-{self.parts.shown}"
