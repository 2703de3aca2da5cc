"""Client Overview: a caseload and when its visits, reviews and assessments are due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from screens.messages import ClientWanted, ReportWanted
from screens.report.base import ReportScreen
from screens.report.marks import MARK_KEYS, Marks
from screens.report.notes import NOTE_KEYS, Notes, noted_lines
from widgets.columns import Column
from widgets.detail_pane import DetailPane
from widgets.plain import plain
from widgets.rag import state_of
from widgets.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session

ITEM_COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("days_shown", "Days", 11, align="right", priority=3, sort_by="days"),
    Column("name", "Name", 13, frozen=True, stretch=True),
    Column("item", "Due item", 15, priority=2, stretch=True),
    Column("due_date", "Due", 10, kind="date", priority=1),
    Column("mark_shown", "Mark", 12, priority=2),
    Column("worker", "Worker", 18, priority=4),
    Column("team", "Team", 18, priority=6),
    Column("last_date", "Last done", 10, kind="date", priority=5),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("person_id", "Id", 8, priority=9),
)
CHILD_COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 18, frozen=True, stretch=True),
    Column("overdue", "Over", 4, kind="number", priority=2),
    Column("visit_shown", "Visit", 13, priority=1, sort_by="visit_due"),
    Column("review_shown", "Review", 13, priority=1, sort_by="review_due"),
    Column("assessment_shown", "Assessment", 13, priority=3, sort_by="assessment_due"),
    Column("marked", "Marked", 8, priority=4),
    Column("other_shown", "Other", 13, priority=4, sort_by="other_due"),
    Column("worker", "Worker", 18, priority=5),
    Column("team", "Team", 18, priority=6),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("not_known", "Not known", 24, priority=9),
)


REST = 0.12
"""Seconds the cursor rests before the pane beside the list follows it."""


@dataclass(frozen=True)
class View:
    """What the reader narrowed the caseload to."""

    by: Literal["item", "child"] = "item"
    team: str | None = None
    worker: str | None = None
    overdue_only: bool = False


@dataclass(frozen=True)
class Found:
    """The frames behind the screen."""

    view: View
    rows: "pl.DataFrame"
    items: "pl.DataFrame"
    """every due item of the caseload, for the pane beside the list"""
    totals: "pl.DataFrame"
    left_out: "pl.DataFrame"


class ClientOverviewScreen(ReportScreen[Found]):
    """One row a due item, or one row a child; the totals on top follow team and worker."""

    CSS_PATH = "client_overview.tcss"
    REPORT = "client-overview"
    KEYS = (
        "table.open",
        "overview.team",
        "overview.worker",
        "overview.overdue",
        "marks.mark",
        "overview.why",
        "overview.pivot",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *MARK_KEYS,
        *NOTE_KEYS,
        Binding("t", "team", "Team", id="overview.team", tooltip="Choose a team"),
        Binding("o", "worker", "Worker", id="overview.worker", tooltip="Choose a worker"),
        Binding("d", "overdue", "Overdue", id="overview.overdue", tooltip="Only what is overdue, or all"),
        Binding("c", "pivot", "By child", id="overview.pivot", tooltip="One row a child, or a due item"),
        Binding("w", "why", "Why", id="overview.why", tooltip="Why this date"),
        Binding(
            "a", "planner", "Planner", show=False, id="overview.planner", tooltip="Calendar of this caseload"
        ),
    ]

    view: View
    marks: Marks
    notes: Notes

    def __init__(self, session: "Session", view: View | None = None) -> None:
        super().__init__(session, view or View())
        self.marks = Marks(self, items=self._items)
        self.notes = Notes(self, self.marks, elsewhere=self._has_pane)
        self._found: Found | None = None

    def on_mount(self) -> None:
        """Follow the cursor with the pane, once it rests."""
        self._resting = self.set_interval(REST, self._rested, pause=True)

    def compose_body(self) -> ComposeResult:
        """Totals, the list, and the child under the cursor where there is room."""
        yield Static(id="totals", markup=False)
        with Horizontal():
            yield ReportTable(empty="Nothing is due here.", id="overview")
            yield DetailPane(id="detail")

    def chosen(self) -> dict[str, str]:
        """Team, worker, overdue only."""
        view = self.view
        named = {"team": view.team, "worker": view.worker}
        told = {name: value for name, value in named.items() if value}
        if not told:
            told["team"] = "all teams"
        if view.overdue_only:
            told["shown"] = "overdue only"
        return told | self.marks.chosen()

    def _items(self, keys: Sequence[str]) -> list[str]:
        """Marks belong to items, not to children."""
        return list(keys) if self.view.by == "item" else []

    def _has_pane(self) -> bool:
        return bool(self.query_one(DetailPane).size.width)

    def gather(self) -> Found:
        """The rows, the totals over them, and what they leave out."""
        from fcl_tui.reports.caseload import held_by
        from fcl_tui.reports.client_overview import client_overview, left_out, on_the_day, totals
        from fcl_tui.reports.frames import collect
        from fcl_tui.reports.marks import counted, marked, only

        view, session = self.view, self.session
        calendar, as_at = session.calendar, session.as_at
        scope: dict[str, Any] = {"team": view.team, "worker": view.worker}
        scan = held_by(session.scan_open, as_at, **scope)
        scope["known"] = on_the_day(scan, calendar, as_at, once=True)
        marks = self.marks.frame().lazy()
        items = collect(
            marked(client_overview(scan, calendar, as_at, **scope), marks, as_at, session.data_date)
        )
        rows = items
        if view.by == "child":
            children = client_overview(
                scan, calendar, as_at, by="child", overdue_only=view.overdue_only, **scope
            )
            rows = collect(
                children.join(counted(items).lazy(), on="person_id", how="left", maintain_order="left")
            )
        elif view.overdue_only:
            rows = items.filter(items["state"] == "overdue")
        if view.by == "item":
            rows = only(rows, self.marks.which, session.who)
        return Found(
            view,
            rows,
            items,
            collect(totals(scan, calendar, as_at, **scope)),
            collect(left_out(scan, calendar, as_at, **scope)),
        )

    def present(self, found: Found) -> None:
        """Totals into their line, rows into the table."""
        self._found = found
        by_item = found.view.by == "item"
        columns: Sequence[Column] = ITEM_COLUMNS if by_item else CHILD_COLUMNS
        self.list_rows(found.rows, columns, "item_id" if by_item else "person_id")
        self.tell_left_out(found.left_out)
        self.query_one("#totals", Static).update(totals_line(found.totals))
        self._rested()

    # Narrowing

    def _narrow(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self.action_refresh_report()

    def action_team(self) -> None:
        """Choose a team; all workers of it."""
        self.pickers.team(lambda team: self._narrow(team=team, worker=None), selected=self.view.team)

    def action_worker(self) -> None:
        """Choose a worker, of the chosen team or of all."""
        view = self.view
        self.pickers.worker(lambda worker: self._narrow(worker=worker), selected=view.worker, team=view.team)

    def action_overdue(self) -> None:
        """Only what is overdue, or everything again."""
        self._narrow(overdue_only=not self.view.overdue_only)

    def action_pivot(self) -> None:
        """One row a child, or one row a due item."""
        self._narrow(by="child" if self.view.by == "item" else "item")

    # Going in

    def action_planner(self) -> None:
        """The same team and worker as a calendar."""
        self.post_message(ReportWanted("planner", {"team": self.view.team, "worker": self.view.worker}))

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.post_message(ClientWanted(str(self.table.cursor_row()["person_id"])))

    def action_why(self) -> None:
        """How the due date under the cursor came about."""
        row = self.table.cursor_row()
        if self.view.by == "child" and row:
            self.why.of_child(str(row["person_id"]))
        elif row:
            self.why.of_item(str(row["item_id"]), self.marks.frame())

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        event.stop()
        if self._has_pane():
            self._resting.reset()
            self._resting.resume()

    def _rested(self) -> None:
        """The cursor has come to rest: only then is the pane drawn, which costs more than the row."""
        self._resting.pause()
        row = self.table.cursor_row()
        if row and self._found is not None:
            from fcl_tui.reports.client_overview import items_of

            self._tell_detail(row, items_of(self._found.items, str(row["person_id"])))

    def _tell_detail(self, row: dict[str, object], items: "pl.DataFrame") -> None:
        facts = {
            "Id": row["person_id"],
            "Born": row["date_of_birth"],
            "Age": row["age"],
            "Status": str(row["status"]).replace("_", " "),
            "Also": row["also"],
            "Legal": row["legal_status"],
            "Team": row["team"],
            "Worker": row["worker"],
            "Adviser": row["personal_adviser"],
        }
        lines = [
            f"{state_of(item['state']).label}: {item['item']} {plain(item['due_date'])}"
            for item in items.iter_rows(named=True)
        ]
        lines = noted_lines(self.notes.on(str(row["person_id"])), lines)
        known = {label: value for label, value in facts.items() if value is not None}
        self.query_one(DetailPane).show_facts(str(row["name"] or "Name not in this source"), known, lines)


def totals_line(totals: "pl.DataFrame") -> str:
    """The totals of a caseload as one line, the most needed first: a narrow screen cuts the end."""
    by_kind = {row["kind"]: row for row in totals.iter_rows(named=True)}
    whole = by_kind["all"]
    kinds = ", ".join(
        f"{kind} {row['overdue']:,}" for kind, row in by_kind.items() if kind != "all" and row["overdue"]
    )
    return (
        f" !! {whole['overdue']:,} overdue"
        f"   ! due in 7 days {whole['due_in_7']:,}, in 14 {whole['due_in_14']:,}"
        + f"   {whole['clients']:,} clients"
        + (f"   overdue: {kinds}" if kinds else "")
    )
