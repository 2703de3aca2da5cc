"""Leaving Care Supervision: the young people of a personal adviser, what needs talking about first on top."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from screens.messages import ClientWanted
from screens.report.base import ReportScreen
from screens.report.exports import Exports, FileKind
from screens.report.marks import MARK_KEYS, Marks
from screens.report.notes import NOTE_KEYS, Notes, noted_lines
from widgets.columns import Column
from widgets.detail_pane import DetailPane
from widgets.rag import state_of
from widgets.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session

COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 20, frozen=True),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("contact_due", "Contact due", 11, kind="date", priority=2),
    Column("pathway_review_due", "Plan review", 11, kind="date", priority=2),
    Column("concerns", "To talk about", 16, priority=1),
    Column("in_touch", "In touch", 12, priority=4),
    Column("accommodation_suitable", "Home", 10, priority=5),
    Column("eet", "EET", 5, priority=5),
    Column("latest_contact", "Last seen", 10, kind="date", priority=6),
    Column("pathway_plan_date", "Plan date", 10, kind="date", priority=7),
    Column("eligibility", "Eligibility", 15, priority=8),
)


@dataclass(frozen=True)
class View:
    """Whose young people."""

    team: str | None = None
    adviser: str | None = None
    overdue_only: bool = False


@dataclass(frozen=True)
class Found:
    """The young people, and the sums by adviser."""

    rows: "pl.DataFrame"
    advisers: "pl.DataFrame"
    left_out: "pl.DataFrame"


class LeavingCareScreen(ReportScreen[Found]):
    """A heading an adviser; the order under it is the order to talk in."""

    CSS_PATH = "leaving_care.tcss"
    REPORT = "leaving-care"
    KEYS = ("table.open", "leaving.team", "leaving.worker", "leaving.overdue", "leaving.why")
    BINDINGS: ClassVar[list[BindingType]] = [
        *MARK_KEYS,
        *NOTE_KEYS,
        Binding("t", "team", "Team", id="leaving.team", tooltip="Choose a team"),
        Binding("o", "worker", "Adviser", id="leaving.worker", tooltip="Choose a personal adviser"),
        Binding(
            "d", "overdue", "Overdue", id="leaving.overdue", tooltip="Only with something overdue, or all"
        ),
        Binding("w", "why", "Why", id="leaving.why", tooltip="Why a date"),
    ]

    view: View
    notes: Notes

    def __init__(self, session: "Session", view: View | None = None) -> None:
        """A row is a young person and no item: only a note can be made here, and taken back."""
        super().__init__(session, view or View())
        self.marks = Marks(self, items=None)
        self.notes = Notes(self, self.marks, elsewhere=lambda: bool(self.query_one(DetailPane).size.width))
        sheet = FileKind(
            "w",
            "Word, supervision sheet with room to write",
            lambda: self.exports.write_list("docx", whole_rows=True),  # it needs more than the list shows
        )
        self.exports = Exports(self, self.gate, documents=[sheet])

    def compose_body(self) -> ComposeResult:
        """Sums of the adviser under the cursor, the list, the young person where there is room."""
        yield Static(id="totals", markup=False)
        with Horizontal():
            yield ReportTable(empty="No young people here.", id="leaving")
            yield DetailPane(id="detail")

    def chosen(self) -> dict[str, str]:
        """Team, adviser, overdue only."""
        view = self.view
        told = {"team": view.team or "", "personal adviser": view.adviser or ""}
        told = {name: value for name, value in told.items() if value} or {"team": "all advisers"}
        if view.overdue_only:
            told["shown"] = "overdue only"
        return told

    def gather(self) -> Found:
        """The young people of the team or adviser."""
        import polars as pl

        from fcl_tui.reports.frames import collect
        from fcl_tui.reports.leaving_care import advisers, leaving_care, left_out

        view, session = self.view, self.session
        rows = leaving_care(
            session.scan_open, session.calendar, session.as_at, team=view.team, worker=view.adviser
        )
        if view.overdue_only:
            rows = rows.filter(pl.col("state") == "overdue")
        found = collect(rows)
        beside = collect(left_out(session.scan_open, session.as_at))
        return Found(found, collect(advisers(found.lazy())), beside)

    def present(self, found: Found) -> None:
        """Rows into the table, under their advisers."""
        self.list_rows(found.rows, COLUMNS, "person_id", group_by="personal_adviser")
        self.tell_left_out(found.left_out)
        self._tell_detail()
        sums = found.advisers.sum()
        self.query_one("#totals", Static).update(
            " {young_people:,} young people, {to_talk_about:,} to talk about   "
            "!! {contact_overdue:,} contact overdue  !! {pathway_overdue:,} plan overdue   "
            "{not_in_touch:,} not in touch  {unsuitable:,} unsuitable  {not_in_eet:,} not in EET".format(
                **{name: sums[name][0] or 0 for name in sums.columns[1:]}
            )
        )

    def action_team(self) -> None:
        """Choose a team."""

        def then(team: str | None) -> None:
            self.view = replace(self.view, team=team, adviser=None)
            self.action_refresh_report()

        self.pickers.team(then, selected=self.view.team)

    def action_worker(self) -> None:
        """Choose a personal adviser."""

        def then(adviser: str | None) -> None:
            self.view = replace(self.view, adviser=adviser)
            self.action_refresh_report()

        self.pickers.worker(then, selected=self.view.adviser, team=self.view.team)

    def action_overdue(self) -> None:
        """Only those with something overdue, or all."""
        self.view = replace(self.view, overdue_only=not self.view.overdue_only)
        self.action_refresh_report()

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        self.post_message(ClientWanted(event.key))

    def action_why(self) -> None:
        """How one of the young person's due dates came about."""
        person_id = self.table.cursor_key
        if person_id is not None:
            self.why.of_child(person_id)

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        event.stop()
        self._tell_detail()

    def _tell_detail(self) -> None:
        row = self.table.cursor_row()
        if not row:
            return
        facts = {
            "Age": row.get("age"),
            "Eligibility": row.get("eligibility"),
            "Adviser": row.get("personal_adviser"),
            "Social worker": row.get("worker"),
            "Team": row.get("team"),
            "In touch": row.get("in_touch"),
            "Last contact": row.get("latest_contact"),
            "Contact": _state(row, "contact"),
            "Plan or review": row.get("pathway_plan_date"),
            "Next review": _state(row, "pathway"),
            "Lives": row.get("accommodation"),
            "Suitable": row.get("accommodation_suitable"),
            "Activity": row.get("activity"),
            "In EET": row.get("eet"),
        }
        lines = [f"- {concern}" for concern in str(row.get("concerns") or "").split(", ") if concern]
        if row.get("not_in_source"):
            lines.append(f"Not in this source: {row['not_in_source']}".replace("_", " "))
        lines = noted_lines(self.notes.on(self.notes.child()), lines)
        self.query_one(DetailPane).show_facts(str(row.get("name") or "Name not in this source"), facts, lines)


def _state(row: dict[str, object], part: str) -> str | None:
    state, due = (
        row.get(f"{part}_state"),
        row.get("contact_due" if part == "contact" else "pathway_review_due"),
    )
    if state is None:
        return None
    return f"{state_of(state).label}" + (f" {due:%d/%m/%Y}" if due is not None else "")
