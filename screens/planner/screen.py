"""Planner: what is due on which day of the next eight weeks, and the list of each day."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from data.dataclass import dataclass
from fcl_tui.reports.operational.planner import REPORT
from fcl_tui.reports.parameters.shared import TEAM, WORKER
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.saved import state_of, values_of
from fcl_tui.reports.question.words import shown_words
from screens.messages import ClientWanted
from screens.planner.lines import (
    DAY_COLUMNS,
    EARLIER_COLUMNS,
    OFF_COLUMNS,
    beyond_line,
    caption_line,
    notes_line,
)
from screens.report.asking.own_team import OwnTeam
from screens.report.base import ReportScreen
from widgets.charts.week_grid import WeekGrid
from widgets.filter_bar import FilterBar
from widgets.table.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.spec import Value
    from screens.session import Session


@dataclass(frozen=True)
class Found:
    """The frames behind the screen."""

    items: "pl.DataFrame"
    days: "pl.DataFrame"
    totals: dict[str, int]
    left_out: "pl.DataFrame"
    beyond: "date | None"
    """The day from which what follows the next visit is missing"""


class PlannerScreen(ReportScreen[Found]):
    """The weeks above, the list of the day under the cursor below; enter goes into the list."""

    CSS_PATH = "screen.tcss"
    REPORT = "planner"
    KEYS = ("week.open", "table.open", "planner.team", "planner.worker", "planner.select", "planner.ics")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-fair"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "team", "Team", id="planner.team", tooltip="Choose a team"),
        Binding("o", "worker", "Worker", id="planner.worker", tooltip="Choose a worker"),
        Binding(
            "space", "choose_items", "Select", id="planner.select", tooltip="Select an item, or all of a day"
        ),
        Binding(
            "i", "calendar_file", "Calendar", id="planner.ics", tooltip="Write a calendar file: initials only"
        ),
        Binding("w", "why", "Why", id="planner.why", tooltip="Why this date"),
        Binding("a", "weeks", "Weeks", show=False, id="planner.weeks", tooltip="Back to the weeks"),
    ]

    def __init__(self, session: "Session", query: Query | None = None, *, own_team: bool = False) -> None:
        """With `own_team` it opens on the team that the reader chose last."""
        super().__init__(session)
        self.query_now = query or Query(REPORT.key, REPORT.first.key)
        self.own_team = OwnTeam(self, REPORT, asked=own_team)
        self.chosen_items: frozenset[str] = frozenset()
        self._found: Found | None = None

    def compose_body(self) -> ComposeResult:
        """The weeks, what falls on days off, what the day holds, and its list."""
        yield WeekGrid(id="weeks")
        yield Static(id="beyond", markup=False)
        yield Static(id="notes", markup=False)
        yield Static(id="caption", markup=False)
        yield ReportTable(empty="Nothing is due on this day.", id="planner")

    def begin(self) -> None:
        """The cursor is on the first day."""
        self.grid.focus()

    @property
    def grid(self) -> WeekGrid:
        """The weeks."""
        return self.query_one(WeekGrid)

    def _ask(self) -> None:
        """Ask, once it is known which team the reader works with."""
        if self.own_team.awaited(self._ask):
            self._asked += 1
            self.settled = False
            return
        if self.own_team.opens:
            self.query_now = self.own_team.opened(REPORT, self.query_now)
        self.own_team.opens = False
        super()._ask()

    def chosen(self) -> dict[str, str]:
        """Team and worker."""
        return shown_words(REPORT, self.query_now)

    def get_state(self) -> dict[str, Any]:
        """Team and worker, as a saved view keeps them."""
        return {"view": state_of(REPORT, self.query_now), "which": None}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Take up the team and worker of a saved view."""
        self.own_team.opens = False
        values = {name: value for name, value in values_of(REPORT, state).items() if name != "by"}
        self.query_now = Query(REPORT.key, REPORT.first.key).changed(**values)

    def gather(self) -> Found:
        """The items, and the days counted from them."""
        from fcl_tui.reports.run import run

        result = run(REPORT, self.context(), self.query_now)
        beyond = result.beside["foreseen"]["beyond"].first()
        return Found(
            result.beside["items"],
            result.beside["days"],
            result.beside["totals"].row(0, named=True),
            result.left_out,
            beyond if isinstance(beyond, date) else None,
        )

    def present(self, found: Found) -> None:
        """Days into the weeks, the day's items into the list."""
        from fcl_tui.records.planner.pick import marks_left, next_with_work, weeks

        self._found = found
        self.chosen_items = marks_left(found.items, self.chosen_items)
        earlier, overdue = found.totals["earlier"], found.totals["overdue"]
        late = "all overdue" if earlier and earlier == overdue else f"{overdue:,} of them overdue"
        days = weeks(found.days)
        self.grid.show(
            days,
            top=f"{earlier:,} due before {self.session.as_at:%d/%m/%Y}" + (f", {late}" if earlier else ""),
            top_count=earlier,
            start=next_with_work(days),
            beyond=found.beyond,
        )
        self.query_one("#notes", Static).update(notes_line(found.totals))
        more = self.query_one("#beyond", Static)
        more.display = found.beyond is not None
        more.update(beyond_line(found.beyond))
        self.tell_left_out(found.left_out)
        self._list_day()

    def _list_day(self) -> None:
        """The list of the day under the cursor, and the line that says what the day is."""
        from fcl_tui.records.planner.pick import about, of_day

        if self._found is None:
            return
        row = about(self._found.days, self.grid.day)
        columns = EARLIER_COLUMNS if row["date"] is None else OFF_COLUMNS if row["off"] else DAY_COLUMNS
        self.list_rows(of_day(self._found.items, row["day"], self.chosen_items), columns, "item_id")
        marked = f"{len(self.chosen_items):,} selected" if self.chosen_items else ""
        self.query_one("#caption", Static).update(caption_line(row, marked))

    # The day under the cursor

    @on(WeekGrid.Moved)
    def _follow(self, event: WeekGrid.Moved) -> None:
        event.stop()
        self._list_day()

    @on(WeekGrid.Opened)
    def _into_list(self, event: WeekGrid.Opened) -> None:
        event.stop()
        self.add_class("-listing")
        self.table.focus()

    def action_weeks(self) -> None:
        """Back to the weeks; the list and its place stay."""
        self.remove_class("-listing")
        self.grid.focus()

    def action_back(self) -> None:
        """Clear the filter first; then back to the weeks; then to the screen beneath."""
        if not self.query_one(FilterBar).text and self.has_class("-listing"):
            self.action_weeks()
        else:
            super().action_back()

    # Narrowing

    def action_team(self) -> None:
        """Choose a team; all workers of it."""

        def chosen(team: "Value | None") -> None:
            self.own_team.chose(team)
            self._narrow(self.query_now.changed(team=team, worker=None))

        self.parameters.choose(TEAM, self.query_now, chosen)

    def action_worker(self) -> None:
        """Choose a worker, of the chosen team or of all."""
        self.parameters.choose(
            WORKER, self.query_now, lambda worker: self._narrow(self.query_now.changed(worker=worker))
        )

    def _narrow(self, query: Query) -> None:
        self.query_now = query
        self.action_refresh_report()

    # One item

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.post_message(ClientWanted(str(self.table.cursor_row()["person_id"])))

    def action_why(self) -> None:
        """How the due date under the cursor was worked out."""
        row = self.table.cursor_row()
        if row:
            self.why.of_item(str(row["item_id"]))

    # Choosing items and taking them along

    def action_choose_items(self) -> None:
        """Select the item under the cursor; from the weeks, everything listed. Again gives it up."""
        shown = self.table.shown_frame()
        if shown is None or shown.is_empty():
            return
        in_list = self.table.has_focus
        items = {str(self.table.cursor_key)} if in_list else set(shown["item_id"].to_list())
        self.chosen_items = (
            self.chosen_items - items if items <= self.chosen_items else self.chosen_items | items
        )
        self._list_day()
        if in_list:
            self.table.action_move(1)

    def action_calendar_file(self) -> None:
        """Write the selected items, or all that is listed when none is, as a calendar file."""
        if self._found is None:
            return
        from fcl_tui.records.planner.pick import chosen_of

        shown = self.table.shown_frame()
        items = chosen_of(self._found.items, self.chosen_items) if self.chosen_items else shown
        if items is None or items.is_empty():
            self.say("Nothing is listed here to write")
            return
        self.in_thread(lambda: self._write(items), group="export")

    def _write(self, items: "pl.DataFrame") -> None:
        from data.errors import DataError
        from data.office import access_log as log
        from fcl_tui.export.ics import write_calendar

        session = self.session
        try:
            session.door.record(
                log.EXPORTED, report=self.REPORT, detail=f"ics, {self.gate.look()[2]}; {items.height} items"
            )
        except DataError as error:
            self.from_thread(self.say, str(error))
            return
        told = write_calendar(items, session.as_at, session.exports, session.restricted)
        self.from_thread(self.say, told)
