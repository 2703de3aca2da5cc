"""One screen for every declared report: it draws what the declaration says and asks what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Static

from fcl_tui.reports.named import function
from fcl_tui.reports.query import Query
from fcl_tui.reports.saved import state_of, values_of
from fcl_tui.reports.spec import Breakdown, Row
from fcl_tui.reports.words import shown_words
from screens.messages import ReportWanted
from screens.report.base import ReportScreen
from screens.report.beside import Beside
from screens.report.declared_keys import bindings_of
from screens.report.documents import file_kinds
from screens.report.drill import DrillDown
from screens.report.exports import Exports
from screens.report.extras import EXTRAS
from screens.report.figure_why import FigureWhy
from screens.report.last_visit import LastVisit
from screens.report.marks import MARK_KEYS, Marks
from screens.report.notes import NOTE_KEYS, Notes
from screens.report.sections import SECTION_KEYS, child_line, in_sections, section_bar, section_on
from widgets.cells.plain import plain
from widgets.menus.menu import Choice, Menu
from widgets.section_bar import SectionBar
from widgets.table.report_table import ReportTable

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Parameter, Report, Value, View
    from screens.session import Session

ONE_ROW_PER_ITEM = "Only due items can be marked: press c to list one row per item"
NOT_DUE = "No longer due: nothing to mark"
SHARED = ("team", "worker")
"""Parameters that all parts of a screen have in common"""


class DeclaredScreen(ReportScreen["Result"]):
    """A report, or several that share a screen; tab goes from one to the next."""

    CSS_PATH = "screen.tcss"

    def __init__(self, session: Session, report: Report, query: Query | None = None) -> None:
        from fcl_tui.reports.catalogue import load

        self._first = report
        super().__init__(session)
        beside = [load(key) for key in report.beside if session.door.allows(key)]
        self._parts = {one.key: one for one in (report, *beside)}
        self._part = report.key
        self._queries = {key: Query(key, one.first.key) for key, one in self._parts.items()}
        if query is not None:
            self._queries[report.key] = query
        self._results: dict[str, Result] = {}
        self.drill = DrillDown(self, lambda: (self.report, self.query_now))
        self.figure_why = FigureWhy(self, self.gate, self.context)
        self.beside = Beside(self)
        self._add_parts()
        self.exports = Exports(
            self,
            self.gate,
            **file_kinds(
                self, report, lambda: (self.report, self.query_now), self.context, self.exports_list
            ),
        )

    def _add_parts(self) -> None:
        """Marks, notes and the last visit, where the report has such rows; the keys it declares."""
        views = [view for one in self._parts.values() for view in one.views]
        has_marks = any(view.marks for view in views)
        of_children = any(view.row in (Row.ITEM, Row.CHILD) for view in views)
        keys: list[Binding] = [key for one in self._parts.values() for key in bindings_of(one)]
        if of_children:
            self.marks = Marks(self, items=self._items if has_marks else None, refusal=self._refusal)
            self.notes = Notes(self, self.marks, elsewhere=lambda: self.beside.shows_notes)
            keys += [*MARK_KEYS, *NOTE_KEYS]
        self.last_visit = LastVisit(self, self.marks) if self._first.since_last_visit and self.marks else None
        if len(self._parts) > 1:
            keys += [
                Binding("tab", "section(1)", "Next part", id="my_day.next", tooltip="The next part"),
                Binding("shift+tab", "section(-1)", "Part before", show=False, id="my_day.previous"),
                Binding("T", "section(0)", "First part", show=False, id="my_day.first"),
            ]
        elif in_sections(self._first):
            keys += SECTION_KEYS
        self._bindings = self._bindings.copy()
        for key in keys:
            self._bindings.key_to_bindings[key.key] = [key]

    # What is on the screen

    @property
    def report(self) -> Report:
        """The report on the screen; of several the part that is shown."""
        return self._parts[self._part]

    @property
    def report_key(self) -> str:
        """The report whose screen this is."""
        return self._first.key

    @property
    def keys_first(self) -> tuple[str, ...]:
        """Ids of the bindings that stand first in the line of keys."""
        return self._first.keys or (
            "table.open",
            "report.team",
            "report.worker",
            "report.overdue",
            "report.why",
        )

    @property
    def query_now(self) -> Query:
        """What is asked of it."""
        return self._queries[self._part]

    @property
    def shown_view(self) -> View:
        """The view on the screen."""
        return self.report.view(self.query_now.view)

    @property
    def result(self) -> Result | None:
        """The answer on the screen."""
        return self._results.get(self._part)

    @property
    def table(self) -> ReportTable:
        """The table of the part on the screen."""
        return self.query_one(f"#table-{self._part}", ReportTable)

    def exports_list(self) -> Exports:
        """What is listed, for files."""
        return self.exports

    def compose_body(self) -> ComposeResult:
        """Headline, the list (one for each part), what is said beside or below it, and a chart."""
        if len(self._parts) > 1 or in_sections(self._first):
            yield SectionBar(id="sections")
        yield Static(id="totals", markup=False)
        with Horizontal(id="middle"):
            if len(self._parts) > 1:
                with ContentSwitcher(initial=f"table-{self._part}"):
                    for key, one in self._parts.items():
                        yield ReportTable(empty=one.first.empty, id=f"table-{key}")
            else:
                yield ReportTable(empty=self.shown_view.empty, id=f"table-{self._part}")
            yield from self.beside.compose_pane(self._first)
        yield from self.beside.compose_below(self._first)

    def begin(self) -> None:
        """Ask when the reader was last here; begin in the list."""
        super().begin()
        self.beside.begin()
        if self.last_visit is not None:
            self.last_visit.read()

    def looked_at(self) -> tuple[str, str | None]:
        """Each part is a report of its own."""
        return self._part, self.query_now.text("client")

    def chosen(self) -> dict[str, str]:
        """What narrows the report, in words."""
        told = shown_words(self.report, self.query_now)
        if len(self._parts) > 1 or in_sections(self._first):
            title = self.report.view(self.query_now.view).title.lower()
            told["shown"] = ", ".join(filter(None, [title, told.get("shown")]))
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
        if self.last_visit is not None and report is self._first:
            self.last_visit.await_known()
        which = self.marks.which if self.marks is not None else None
        if report.parameter("marks") is not None and report.view(query.view).marks:
            query = query.changed(marks=which)
        return run(report, self.context(), query)

    def present(self, found: Result) -> None:
        """Rows into the table, the headline above, the rest beside."""
        key = found.report.key
        self._results[key] = found
        if key != self._part:
            return
        view, table = found.view, self.table
        table.empty = view.empty
        rows = found.rows
        discreet = getattr(view, "discreet", None)
        if self.session.masked and discreet:
            rows = function(str(discreet))(rows)
        self.list_rows(rows, found.columns, view.row_key, group_by=view.group_by, table=table)
        headline, said = self.query_one("#totals", Static), found.headline
        if found.report.of_one_child:
            said = f"{child_line(found, self.session)}\n{said}"
        headline.display = bool(said)
        headline.update("\n".join(f" {line}" for line in said.split("\n")))
        self.tell_left_out(found.left_out)
        self.beside.show(found)
        self._bar()
        if self.last_visit is not None and found.report is self._first:
            self.last_visit.keep()
            if not self.last_visit.was_known and self.last_visit.known:
                self.reload()

    def fail(self, reason: str) -> None:
        """Say why there is no answer, in the place of one: the list of another part says nothing of this."""
        if self._part in self._results:  # an earlier answer stays on the screen
            super().fail(reason)
            return
        headline = self.query_one("#totals", Static)
        headline.display = True
        headline.update(f" {plain(reason)}")
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
            if in_sections(self._first):
                bar.show(*section_bar(self.report, self.query_now, self._count(self._part)))
                continue
            names = [
                (one.first.title if key == self._first.key else self._named(one), self._count(key))
                for key, one in self._parts.items()
            ]
            bar.show(names, list(self._parts).index(self._part))

    def _named(self, report: Report) -> str:
        from fcl_tui.reports.catalogue import report as entry_of

        return entry_of(report.key).title

    def _count(self, key: str) -> int | None:
        result = self._results.get(key)
        return result.rows.height if result is not None and key == self._part else None

    def action_section(self, way: int) -> None:
        """Show the next part, or the first with 0; each keeps its own place."""
        if in_sections(self._first):
            self._ask_for(section_on(self.report, self.query_now, way))
            return
        keys = list(self._parts)
        if self.marks is not None:
            self.marks.forget_selection()
        self._part = keys[(keys.index(self._part) + way) % len(keys)] if way else keys[0]
        self.query_one(ContentSwitcher).current = f"table-{self._part}"
        self.table.focus()
        self.table.filter(self.query_filter())
        self._bar()
        self.refresh_bindings()
        self.reload()

    def action_switch(self) -> None:
        """Another view of the same rows: the next one, or one from a menu."""
        report = self.report
        views = {view.key: view for view in report.switchable}
        if report.switch == "toggle" or len(views) == len(SHARED):
            keys = list(views)
            now = self.query_now.view
            self._ask_for(replace(self.query_now, view=keys[(keys.index(now) + 1) % len(keys)], drill=None))
            return

        def then(key: str | None) -> None:
            if key is not None:
                self._ask_for(replace(self.query_now, view=key, drill=None))

        choices = [Choice(key, view.title) for key, view in views.items()]
        self.ask(Menu(report.switch_label, choices, self.query_now.view), then)

    def _ask_for(self, query: Query) -> None:
        self._queries[self._part] = query
        for key, other in self._queries.items():
            if key != self._part:
                self._queries[key] = other.changed(**{name: query.values.get(name) for name in SHARED})
        self.refresh_bindings()
        self.reload()

    def action_choose(self, name: str) -> None:
        """Ask for a parameter."""
        parameter = self.report.parameter(name)
        if parameter is not None:
            self.parameters.choose(parameter, self.query_now, lambda value: self._chose(parameter, value))

    def _chose(self, parameter: Parameter, value: Value | None) -> None:
        changes: dict[str, Value | None] = dict.fromkeys(parameter.resets)
        query = self.query_now.changed(**changes | {parameter.name: value})
        after = self.report.views_after.get(parameter.name)
        if after is not None and not self.shown_view.behind and self.query_now.view in after:
            query = replace(query, view=after[0] if value is not None else after[1])
        self._ask_for(query)

    # Going in, and why

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.drill.open(event.table.cursor_row())

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the report on the screen declares."""
        report, view = self.report, self.shown_view
        if action == "choose" and report.parameter(str(parameters[0])) is None:
            return False
        if action == "switch" and (view.behind or len(report.switchable) < len(SHARED)):
            return False
        if action == "why" and view.row not in (Row.ITEM, Row.CHILD) and not isinstance(view, Breakdown):
            return False
        if action in {"mark", "select", "which"} and not view.marks and len(self._parts) > 1:
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
        if self.query_now.drill is not None or self.report.of_one_child:
            return None
        told = state_of(self.report, self.query_now)
        if len(self._parts) > 1:
            told["section"] = self._part
        return {"view": told, "which": self.marks.get_state() if self.marks is not None else None}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up what `get_state` told, as far as it fits; it may come from another version."""
        told = state.get("view")
        section = told.get("section") if isinstance(told, Mapping) else None
        if section in self._parts:
            self._part = section
        values = values_of(self.report, {"view": told} if told else {})
        view = values.pop("by", self.report.first.key)
        self._queries[self._part] = Query(self._part, view).changed(**values)
        if self.marks is not None:
            self.marks.set_state(state.get("which"))
        for switcher in self.query(ContentSwitcher):
            switcher.current = f"table-{self._part}"
