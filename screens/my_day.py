"""My day: what to chase this morning, what changed since the data before, and how the chasing stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher, Static

from screens.looking_back import LookingBack
from screens.messages import ClientWanted, ReportWanted
from screens.my_day_columns import COLUMNS, EMPTY, GROUPED, KEYS, NAMES, TEAM_FIRST, Section
from screens.my_day_gather import Found, View, chase, chasing, work_changes
from screens.report.base import ReportScreen
from screens.report.marks import MARK_KEYS, Marks
from screens.report.notes import NOTE_KEYS, Notes
from widgets.report_table import ReportTable
from widgets.section_bar import SectionBar

if TYPE_CHECKING:
    from screens.session import Session


class MyDayScreen(ReportScreen[Found]):
    """Tab goes from what to chase to what changed to how the chasing stands; t and o narrow all three."""

    CSS_PATH = "my_day.tcss"
    REPORT = "my-day"
    KEYS = (
        "table.open",
        "my_day.next",
        "my_day.team",
        "my_day.worker",
        "marks.mark",
        "my_day.why",
        "my_day.by",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *MARK_KEYS,
        *NOTE_KEYS,
        Binding(
            "tab", "section(1)", "Next part", id="my_day.next", tooltip="To chase, what changed, chasing"
        ),
        Binding("shift+tab", "section(-1)", "Part before", show=False, id="my_day.previous"),
        Binding("t", "team", "Team", id="my_day.team", tooltip="Choose a team"),
        Binding("o", "worker", "Worker", id="my_day.worker", tooltip="Choose a worker"),
        Binding("w", "why", "Why", id="my_day.why", tooltip="Why this date, and all marks on it"),
        Binding(
            "T", "section(0)", "To chase", show=False, id="my_day.first", tooltip="Back to what to chase"
        ),
        Binding("b", "turn", "By team", id="my_day.by", tooltip="One row a team, or a worker"),
    ]

    view: View
    marks: Marks

    def __init__(self, session: "Session", view: View | None = None) -> None:
        super().__init__(session, view or View())
        owed = "This is not owed any more: there is nothing to mark"
        self.marks = Marks(self, items=self._items, refusal=owed)
        self.notes = Notes(self, self.marks)
        self.looking_back = LookingBack(self, self.marks)
        self.parts: list[Section] = [
            name for name in NAMES if name != "chasing" or session.door.allows("chasing")
        ]
        self._found: Found | None = None

    def compose_body(self) -> ComposeResult:
        """The bar of parts, what there is to say of the part, and a table each."""
        yield SectionBar(id="sections")
        yield Static(id="said", markup=False)
        with ContentSwitcher(initial=self.section):
            for name in self.parts:
                yield ReportTable(empty=EMPTY[name], id=name)

    def on_mount(self) -> None:
        """Ask when the reader last looked."""
        self.looking_back.read()

    @property
    def section(self) -> Section:
        """The part on the screen."""
        return self.view.section

    @property
    def table(self) -> ReportTable:
        """The table of the part on the screen."""
        return self.query_one(f"#{self.section}", ReportTable)

    def chosen(self) -> dict[str, str]:
        """Team, worker, and which part."""
        named = {"team": self.view.team, "worker": self.view.worker}
        told = {name: value for name, value in named.items() if value} or {"team": "all teams"}
        return told | {"shown": NAMES[self.section].lower()} | self.marks.chosen()

    def looked_at(self) -> tuple[str, str | None]:
        """Each part is a report of its own."""
        return {"chase": self.REPORT, "changes": "work-changes"}.get(self.section, "chasing"), None

    # Asking and answering

    def gather(self) -> Found:
        """The frames of the part on the screen."""
        view, session, marks = self.view, self.session, self.marks
        if view.section == "changes":
            return work_changes(session, view, marks.frame(), marks.which)
        if view.section == "chasing":
            return chasing(session, view, marks.frame())
        known = self.looking_back.await_known()
        then = self.looking_back.compared()
        found = chase(session, view, marks.frame(), marks.which, then.since, then.earlier)
        return replace(found, look_known=known)

    def present(self, found: Found) -> None:
        """Rows into the table of their part, and what is said of them."""
        self._found = found
        section = self.section
        by_team = section == "chasing" and found.view.by == "team"
        self.list_rows(
            found.rows,
            TEAM_FIRST if by_team else COLUMNS[section],
            KEYS[section],
            group_by=GROUPED[section],
        )
        self.query_one("#said", Static).update("\n".join(f" {line}" for line in found.lines))
        self.tell_left_out(found.left_out)
        self._bar()
        if section == "chase":
            self.looking_back.keep()
        self._ask_again_with_look()

    @on(LookingBack.Read)
    def _look_was_read(self, event: LookingBack.Read) -> None:
        event.stop()
        self._ask_again_with_look()

    def _ask_again_with_look(self) -> None:
        """Ask again when the list was made before it was known when the reader last looked, and it is now."""
        if self._found is not None and not self._found.look_known and self.looking_back.known:
            self.reload()

    def _bar(self) -> None:
        found = self._found
        count = found.rows.height if found is not None and found.view.section == self.section else None
        self.query_one(SectionBar).show(
            [(NAMES[name], count if name == self.section else None) for name in self.parts],
            self.parts.index(self.section),
        )

    # From part to part, narrowing

    def action_section(self, way: int) -> None:
        """Show the next part, or the first with 0; each keeps its own place."""
        names = self.parts
        self.marks.forget_selection()
        self.table.select(())
        section = names[(names.index(self.section) + way) % len(names)] if way else names[0]
        self.view = replace(self.view, section=section)
        self.query_one(ContentSwitcher).current = self.section
        self.table.focus()
        self.table.filter(self.query_filter())
        self._bar()
        self.refresh_bindings()
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Marks and reasons belong to items; by team or worker only the chasing is counted."""
        if action == "turn":
            return self.section == "chasing"
        if action in {"why", "mark", "select", "which"} and self.section == "chasing":
            return False
        return super().check_action(action, parameters)

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Team, worker, and which part, if it is one of this reader's."""
        before = self.section
        super().set_state(state)
        if self.section not in self.parts:
            self.view = replace(self.view, section=before)
        for switcher in self.query(ContentSwitcher):
            switcher.current = self.section

    def _narrow(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self.reload()

    def action_team(self) -> None:
        """Choose a team; all workers of it."""
        self.pickers.team(lambda team: self._narrow(team=team, worker=None), selected=self.view.team)

    def action_worker(self) -> None:
        """Choose a worker, of the chosen team or of all."""
        self.pickers.worker(
            lambda worker: self._narrow(worker=worker),
            selected=self.view.worker,
            team=self.view.team,
        )

    def action_turn(self) -> None:
        """One row a team, or a worker."""
        self._narrow(by="team" if self.view.by == "worker" else "worker")

    # Marking: a row of what changed is an item and a change

    def _items(self, keys: Sequence[str]) -> list[str]:
        """What can be marked here: what is not owed any more cannot."""
        if self.section == "chase":
            return list(keys)
        found = self._found
        if self.section != "changes" or found is None or found.view.section != "changes" or not keys:
            return []
        from screens.my_day_gather import owed_items

        return owed_items(found.rows, keys)

    # Going in

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        row = self.table.cursor_row()
        if self.section == "chasing":
            of: dict[str, Any] = {name: row[name] for name in ("worker", "team") if name in row}
            self.post_message(ReportWanted("chasing", of))
        else:
            self.post_message(ClientWanted(str(row["person_id"])))

    def action_why(self) -> None:
        """How the due date under the cursor came about, and what was marked on it."""
        row = self.table.cursor_row()
        if row:
            self.why.of_item(str(row["item_id"]), self.marks.frame())
