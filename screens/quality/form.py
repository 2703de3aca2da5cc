"""The form of one audit: a table of lines, the grade column under the cursor, what is asked beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from fcl_tui.quality.form import LONGEST, Draft, Entry
from fcl_tui.quality.states import WORDS
from screens.quality.drafting import Drafting
from screens.quality.form_keys import CONFIRMS, FIRST, FORM_KEYS, MODERATES, WRITES
from screens.quality.form_lines import COLUMNS, beside, grade_line, head_line, history_lines, rows_of
from screens.quality.grading import Grading
from screens.quality.loaded import Loaded, writes
from screens.quality.moderating import Moderating
from screens.quality.text_dialog import TextDialog
from screens.quality.writing import Writing
from screens.report.base import ReportScreen
from widgets.table.report_table import ReportTable
from widgets.text.pane import TextPane
from widgets.text.window import Reader

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk
    from screens.session import Session


class FormScreen(ReportScreen[Loaded]):
    """An audit to write, to moderate or to read, as the reader's part in it is."""

    CSS_PATH = "form.tcss"
    REPORT = "audits"
    KEYS = FIRST
    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, session: Session, case_id: str) -> None:
        super().__init__(session)
        self.case_id = case_id
        self.loaded: Loaded | None = None
        self.drafting = Drafting(self)
        self.grading = Grading(self)
        self.writing = Writing(self)
        self.moderating = Moderating(self)

    def desk(self) -> Desk:
        """The reader at the quality assurance of this home."""
        from fcl_tui.access.quality.desk import Desk as Made

        session = self.session
        return Made(session.door, session.as_at, session.snapshot.manifest.demo)

    def compose_body(self) -> ComposeResult:
        """Whose audit it is, the lines, and what is asked."""
        yield Static(id="case", markup=False)
        with Horizontal(id="middle"):
            yield ReportTable(empty="This tool has no standards.", id="form")
            yield TextPane(id="beside")

    def chosen(self) -> dict[str, str]:
        """One audit."""
        return {"audit": f"child {self.loaded.case.person_id}" if self.loaded is not None else "one audit"}

    # Reading

    def gather(self) -> Loaded:
        """The audit, what was written, and the figures beside it. Runs in a thread."""
        from data.office import access_log as log
        from fcl_tui.access.quality import cases, look
        from fcl_tui.access.quality.rows import waiting

        desk = self.desk()
        case = cases.case_of(desk, self.case_id)
        if self.loaded is None or self.loaded.case.case_id != case.case_id:
            desk.door.record(
                log.AUDITED, report=self.REPORT, person_id=case.person_id, detail=f"audit {case.case_id[:8]}"
            )
        written = cases.written_in(desk, case)
        draft = written or Draft()
        if writes(case):
            draft = self.drafting.kept(desk, case.case_id) or draft
        facts = look.facts(desk, case) if self.loaded is None else self.loaded.facts
        return Loaded(case, draft, cases.history(desk, case), facts, waiting(desk))

    def present(self, found: Loaded) -> None:
        """Lines into the table."""
        here = self.loaded
        if here is None or here.case.case_id != found.case.case_id:
            self.drafting.forget()
        elif here.writes and found.writes:
            found = replace(found, draft=here.draft)  # what was typed while it was read is newer
        self.loaded = found
        self._list()
        self.refresh_bindings()

    @property
    def writes(self) -> bool:
        """Whether the reader writes this audit now."""
        return self.loaded is not None and self.loaded.writes

    @property
    def moderates(self) -> bool:
        """Whether the reader moderates this audit now."""
        return self.loaded is not None and self.loaded.moderates

    @property
    def confirms(self) -> bool:
        """Whether the reader confirms an Inadequate now."""
        return self.loaded is not None and self.loaded.confirms

    def show_draft(self, draft: Draft) -> None:
        """Show what the audit has become."""
        if self.loaded is not None:
            self.loaded = replace(self.loaded, draft=draft)
            self._list()

    def _list(self) -> None:
        """The lines as they are now; the cursor stays."""
        if self.loaded is None:
            return
        case = self.loaded.case
        rows = rows_of(case.tool, self.loaded.draft)
        if not self.writes:
            import polars as pl

            rows = rows.with_columns(missing=pl.lit(None, pl.String))
        self.list_rows(rows, COLUMNS, "key", group_by="part")
        head = head_line(case.row, WORDS[case.state].lower(), sorted(case.parts))
        grades = grade_line(case.row)
        self.query_one("#case", Static).update(f" {head}" + (f"\n {grades}" if grades else ""))
        self._ask_beside()

    @property
    def line(self) -> str:
        """The key of the line under the cursor."""
        return str(self.table.cursor_key or "")

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        event.stop()
        self._ask_beside()

    def _ask_beside(self) -> None:
        if self.loaded is not None and self.line:
            case = self.loaded.case
            told = beside(case.tool, self.loaded.draft, self.line, self.loaded.facts)
            self.query_one("#beside", TextPane).show(told)

    # Writing

    def on_unmount(self) -> None:
        """Whatever ends the session, the newest draft is on the disk."""
        self.drafting.close()

    def action_grade(self, value: int) -> None:
        """Grade the line under the cursor and go on."""
        self.grading.grade(value)

    def action_not_applicable(self) -> None:
        """Say why a standard does not apply."""
        self.grading.not_applicable()

    def action_next_missing(self, way: int) -> None:
        """Go to the next line that lacks something."""
        self.grading.next_missing(way)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.drafting.undo()

    @on(ReportTable.Opened)
    def _write(self, event: ReportTable.Opened) -> None:
        event.stop()
        if self.loaded is None:
            return
        key, tool = self.line, self.loaded.case.tool
        if not self.writes:
            told = beside(tool, self.loaded.draft, key, self.loaded.facts)
            self.show(Reader(str(self.table.cursor_row()["name"]), told))
            return
        self.writing.text(key)

    # What else can be done

    def action_history(self) -> None:
        """Every step and revision of this audit."""
        if self.loaded is not None:
            self.show(Reader("History", history_lines(self.loaded.history)))

    def action_child(self) -> None:
        """The child's record, opened because of this audit."""
        self.writing.child()

    def action_concern(self) -> None:
        """A concern about the child's safety, told at once."""
        self.writing.concern()

    def action_add_action(self) -> None:
        """Add an action to the standard under the cursor."""
        self.writing.action()

    def action_no_action(self) -> None:
        """Say why a standard below Good needs no action."""
        self.writing.no_action()

    def action_submit(self) -> None:
        """Hand the audit in, or list what is missing."""
        self.writing.submit()

    def action_agree(self) -> None:
        """Validate the auditor's grade and the plan."""
        self.moderating.agree()

    def action_other_grade(self) -> None:
        """Validate another grade, for a reason."""
        self.moderating.other_grade()

    def action_give_back(self) -> None:
        """Return the audit."""
        self.moderating.give_back()

    def action_waiting(self, way: int) -> None:
        """The next audit that waits to be moderated."""
        self.moderating.waiting(way)

    def open_case(self, case_id: str) -> None:
        """Show another audit in the place of this one."""
        self.case_id = case_id
        self.drafting.forget()
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the reader's part in the audit allows."""
        if action in WRITES and not self.writes:
            return False
        if action in MODERATES and not self.moderates and not (action in CONFIRMS and self.confirms):
            return False
        if action == "waiting" and (self.loaded is None or not self.loaded.waiting):
            return False
        if action in ("yank", "yank_more", "export", "columns", "views"):
            return False
        return super().check_action(action, parameters)

    def entry(self, key: str) -> Entry:
        """What a line holds."""
        return self.loaded.draft.entry(key) if self.loaded is not None else Entry()

    def edit(self, title: str, note: str, value: str, then: Any) -> None:
        """Open the pane to write in; `then` hears the text, while it is written and at the end."""
        self.ask(
            TextDialog(title, note, value, then, longest=LONGEST),
            lambda text: then(text) if text is not None else None,
        )
