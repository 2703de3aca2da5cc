"""Client Summary: one child in depth. Who, what happened, who matters, what was assessed, what is due."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import ContentSwitcher, Static

from fcl_tui.reports.question.query import Query
from screens.client_summary.break_glass import GLASS_KEYS, BreakGlass
from screens.client_summary.court_export import Child, CourtExport
from screens.client_summary.facts import LOW, fact_lines, folded_lines, row_lines, row_title
from screens.client_summary.gathered import SECTIONS, Found, gathered
from screens.client_summary.keys import FIRST, SUMMARY_KEYS
from screens.messages import ClientWanted, ListsChanged, ReportWanted
from screens.report.base import ReportScreen
from screens.report.files.exports import Exports
from screens.report.marking.marks import MARK_KEYS, Marks
from screens.report.marking.notes import NOTE_KEYS, Notes
from screens.report.why.looks import Looks
from widgets.cells.plain import plain
from widgets.charts import DensityStrip
from widgets.menus.menu import Choice, Menu
from widgets.section_bar import SectionBar
from widgets.table.report_table import ReportTable
from widgets.text.window import Reader

if TYPE_CHECKING:
    from screens.session import Session


class ClientSummaryScreen(ReportScreen[Found]):
    """Facts on top, four sections below; tab goes from one to the next."""

    CSS_PATH = "screen.tcss"
    REPORT = "client-summary"
    KEYS = FIRST
    BINDINGS: ClassVar[list[BindingType]] = [*MARK_KEYS, *NOTE_KEYS, *GLASS_KEYS, *SUMMARY_KEYS]

    marks: Marks
    notes: Notes

    def __init__(self, session: "Session", person_id: str) -> None:
        super().__init__(session)
        self.marks = Marks(self, items=lambda keys: list(keys) if self.section == "due" else [])
        self.notes = Notes(
            self,
            self.marks,
            child=lambda: self.person_id,  # whoever the row under the cursor is about
            title=lambda: f"Note on this child, id {self.person_id}",
            elsewhere=lambda: True,  # they are on top
        )
        court = CourtExport(self, self._child)
        self.exports = Exports(self, self.gate, documents=court.documents())
        self.glass = BreakGlass(self, self.gate, lambda: self.person_id, self._opened)
        door = session.door  # a list made before the record was opened has its token still
        self.person_id = person_id if door.sealed(person_id) else door.number(person_id) or person_id
        self.section = "chronology"
        self.everything = False
        self.kind: str | None = None
        self._found: Found | None = None
        self._facts: dict[str, Any] = {}
        self.whole = False
        """The facts are shown whole where there is little room, too"""

    def compose_body(self) -> ComposeResult:
        """Facts, the bar of sections, and a table each."""
        yield Static(id="facts", markup=False)
        yield Static(id="notes", markup=False)
        yield SectionBar(id="sections")
        with ContentSwitcher(initial="chronology"):
            with Vertical(id="chronology"):
                yield DensityStrip(id="density")
                yield ReportTable(empty="No events; press e for everything.", id="chronology-table")
            for name in ("relationships", "assessments", "due"):
                with Vertical(id=name):
                    yield ReportTable(empty="None in this source.", id=f"{name}-table")

    @property
    def table(self) -> ReportTable:
        """The table of the section on the screen."""
        return self.query_one(f"#{self.section}-table", ReportTable)

    def on_mount(self) -> None:
        """Newest first; a reader who looks a child up wants to know what happened last."""
        self.table.sort("date", True)

    def chosen(self) -> dict[str, str]:
        """The child's number, and which events."""
        told = {"client": self.person_id}
        if self.section == "chronology":
            told["shown"] = self.kind_name or ("everything" if self.everything else "significant events")
        else:
            told["shown"] = SECTIONS[self.section].title.lower()
        return told | self.marks.chosen()

    def looked_at(self) -> tuple[str, str | None]:
        """One child."""
        return self.REPORT, self.person_id

    @property
    def kind_name(self) -> str:
        """The kind of events chosen, in words."""
        return self.kind.replace("_", " ") if self.kind else ""

    def gather(self) -> Found:
        """The child's frames."""
        query = Query(self.REPORT, "chronology").changed(
            client=self.person_id, kinds=self.kind, everything=self.everything
        )
        return gathered(self.context(), query)

    def present(self, found: Found) -> None:
        """Facts to their lines, rows to their tables."""
        from fcl_tui.definitions.wording.privacy import masked

        self._found = found
        facts = found.overview
        if self.session.masked:
            import polars as pl

            facts = facts | masked(pl.DataFrame([facts]).select("name", "date_of_birth")).row(0, named=True)
        self._facts = facts
        self._show_facts()
        self._show_notes()
        for name, frame in found.frames.items():
            self.list_rows(
                frame,
                SECTIONS[name].columns,
                SECTIONS[name].row_key,
                table=self.query_one(f"#{name}-table", ReportTable),
            )
        days = found.frames["chronology"]["date"]
        self.query_one(DensityStrip).show(days, None, self.session.as_at)
        self.tell_left_out(found.left_out)
        self._point()
        self._bar()

    def _show_facts(self) -> None:
        """Who the child is and what is next, in two lines where there is no room for more."""
        if self._found is None:
            return
        sealed, found = self.person_id in self.session.restricted, self._found
        due = found.frames["due"].select("item", "rule", "state", "due_date").to_dicts()
        box = self.query_one("#facts", Static)
        folded = self.app.size.height < LOW and not self.whole
        lines = folded_lines if folded else fact_lines
        box.update("\n".join(lines(self._facts, due, sealed=sealed, not_known=found.not_known)))

    def on_resize(self, event: Resize) -> None:
        """Fold the facts, or show them whole, as there is room."""
        super().on_resize(event)
        self._show_facts()

    def action_facts(self) -> None:
        """All that is known of the child on a low screen, or two lines again."""
        self.whole = not self.whole
        self._show_facts()

    def _show_notes(self) -> None:
        """The newest note whole, and how many more there are: they must leave room for the chronology."""
        notes = self.notes.on(self.person_id)
        more = [f"and {len(notes) - 1} more (n shows them)"] if len(notes) > 1 else []
        box = self.query_one("#notes", Static)
        box.display = bool(notes)
        box.update("\n".join([*(f"Note: {plain(note)}" for note in notes[:1]), *more]))

    def _bar(self) -> None:
        counts = self._found.frames if self._found else {}
        self.query_one(SectionBar).show(
            [(SECTIONS[name].title, counts[name].height if name in counts else None) for name in SECTIONS],
            list(SECTIONS).index(self.section),
        )

    # From part to part

    def action_section(self, way: int) -> None:
        """Show the next part; each keeps its own place."""
        names = list(SECTIONS)
        self.section = names[(names.index(self.section) + way) % len(names)]
        self.query_one(ContentSwitcher).current = self.section
        self.table.focus()
        self.table.filter(self.query_filter())
        self.marks.forget_selection()
        self.query_one("#due-table", ReportTable).select(())
        self._bar()
        self.tell()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the chronology only where it is on the screen."""
        if action == "break_glass":
            return self.glass.offered()
        if action in {"everything", "kinds", "year", "latest"} and not self.gate.withheld:
            return self.section == "chronology"
        if action in {"why", "mark", "select"} and self.section != "due":
            return False
        return super().check_action(action, parameters)

    # The chronology

    def action_everything(self) -> None:
        """Every event, or the significant ones."""
        self.everything, self.kind = not self.everything, None
        self.action_refresh_report()

    def action_kinds(self) -> None:
        """Only events of one kind."""
        from fcl_tui.definitions.event_kinds import KINDS

        choices = [Choice("\0all", "All kinds"), *(Choice(kind, kind.replace("_", " ")) for kind in KINDS)]

        def then(kind: str | None) -> None:
            if kind is not None:
                self.kind = None if kind == "\0all" else kind
                self.action_refresh_report()

        self.ask(Menu("Which events?", choices, self.kind or "\0all"), then)

    def action_year(self, way: int) -> None:
        """Go to the newest event of the year before, or of the year after."""
        from fcl_tui.records.child.labels import year_away

        here = self.table.cursor_row().get("date")
        if self._found is not None and isinstance(here, date):
            key = year_away(self._found.frames["chronology"], here, way)
            if key is not None:
                self.table.select_key(key)

    def action_latest(self) -> None:
        """Go to the latest event."""
        self.table.action_go_first()

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        event.stop()
        if event.table.id == "chronology-table":
            self._point()

    def _point(self) -> None:
        day = self.query_one("#chronology-table", ReportTable).cursor_row().get("date")
        self.query_one(DensityStrip).mark(day if isinstance(day, date) else None)

    # Going in

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        row = event.table.cursor_row()
        if self.section == "due":
            self.action_why()
        elif self.section == "relationships":
            if row.get("person_id"):
                self.post_message(ClientWanted(str(row["person_id"])))
        else:
            self.show(Reader(row_title(row), row_lines(row)))

    def action_why(self) -> None:
        """How the due date under the cursor was worked out."""
        if (key := self.table.cursor_key) is not None:
            self.why.of_item(key, self.marks.frame())

    def action_review(self) -> None:
        """The Review Summary of this child."""
        self.post_message(ReportWanted("review-summary", {"client": self.person_id}))

    def action_looks(self) -> None:
        """Who has looked at this record."""
        Looks(self).at(self.person_id)

    async def action_break_glass(self) -> None:
        """Open a record that is shut, with a reason."""
        await self.glass.ask()

    def _opened(self, number: str) -> None:
        """The record is open: the lists beneath hold its token still."""
        self.person_id = number
        self.reload(whole=True)
        self.post_message(ListsChanged(but=self))

    def _child(self) -> Child | None:
        found = self._found
        return Child(self.person_id, found.overview, found.left_out) if found is not None else None
