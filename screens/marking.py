"""Marking due items from a list of them: select, mark, take back, and show only some."""

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from screens.base import Found, ReportScreen
from widgets.menu import Choice, Menu
from widgets.report_table import ReportTable
from widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from data.office.marks import Mark
    from data.office.office import Seen
    from screens.mark_dialog import Said

LOG = logging.getLogger("fcl_tui")

WHICH = {
    "all": "Everything",
    "unmarked": "Only unmarked",
    "mine": "Only mine",
    "broken": "Only broken promises",
}
RETRY = 60.0
"""Seconds after which marks that are not saved are tried again."""


class MarkingScreen(ReportScreen[Found]):
    """A report whose list holds due items by item_id."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m",
            "mark",
            "Mark",
            id="marks.mark",
            tooltip="Mark the item, or all that are selected",
        ),
        Binding("space", "select", "Select", show=False, id="marks.select", tooltip="Select this row"),
        Binding("u", "undo", "Undo mark", show=False, id="marks.undo", tooltip="Take back your last mark"),
        Binding("M", "which", "Marks", show=False, id="marks.which", tooltip="Only unmarked, mine, broken"),
    ]

    class Read(Message):
        """The office database has answered."""

        def __init__(self, seen: "Seen", words: str) -> None:
            super().__init__()
            self.seen, self.words = seen, words

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selected: set[str] = set()
        self.which: str | None = None
        self._words = ""
        self._told_at: str | None = None

    def on_mount(self) -> None:
        """Read the marks, and again while some are not saved."""
        self._office(None, "")
        self.set_interval(RETRY, self._retry)

    def _retry(self) -> None:
        if self.session.seen is not None and self.session.seen.unsaved:
            self._office(None, "")

    # What the report asks

    def can_mark(self) -> bool:
        """Whether the list on the screen is of due items."""
        return True

    def marks(self) -> "pl.DataFrame":
        """All marks as far as they are known."""
        from data.office.office import schema

        if self.session.seen is not None:
            return self.session.seen.marks
        import polars as pl

        return pl.DataFrame(schema=schema())

    def chosen_marks(self) -> dict[str, str]:
        """What marks and selection narrow, for the status line."""
        told = {"marks": WHICH[self.which].lower()} if self.which else {}
        return told | ({"selected": f"{len(self.selected)} selected"} if self.selected else {})

    # The office database, in a thread

    @work(thread=True, group="marks", exit_on_error=False)
    def _office(self, marks: "list[Mark] | None", words: str, undo: bool = False) -> None:
        office = self.session.office
        if office is None or (marks is None and not office.in_use()):
            return
        try:
            if marks is None:
                seen = office.read()
            elif undo:
                seen = office.undo(marks, self.session.who)
            else:
                seen = office.save(marks)
        except Exception as error:
            LOG.warning("marks: %s", type(error).__name__)
            self.app.call_from_thread(self._sorry)
            return
        self.post_message(self.Read(seen, words))

    def _sorry(self) -> None:
        self.query_one(StatusLine).say("! The mark was NOT saved. Run fcl-tui doctor.")

    def on_marking_screen_read(self, event: Read) -> None:
        """Show what the office database holds."""
        event.stop()
        before, seen = self.session.seen, event.seen
        self.session.seen = seen
        self._words = seen.trouble or event.words
        if event.words or before is None or not before.marks.equals(seen.marks):
            self._ask_again()
        elif self.settled:
            self.tell()

    def _ask_again(self) -> None:
        super().action_refresh_report()

    def action_refresh_report(self) -> None:
        """Ask again, the office database too."""
        self._words = ""
        self._ask_again()
        if self.is_mounted and self._asked > 1:
            self._office(None, "")

    def tell(self) -> None:
        """What is on the screen; until the cursor moves on, what became of the last mark."""
        super().tell()
        self._told_at = self.table.cursor_key
        if self._words:
            self.query_one(StatusLine).say(self._words)

    @on(ReportTable.Moved)
    def _moved(self, event: ReportTable.Moved) -> None:
        event.stop()
        if self.settled and self.table.cursor_key != self._told_at:  # a list drawn anew says Moved as well
            self._told_at = self.table.cursor_key
            self.moved_on()

    def moved_on(self) -> None:
        """The cursor is on another row: what was said of the last mark has been read."""
        if self._words:
            self._words = ""
            self.tell()

    # Keys

    def _items(self) -> list[str]:
        shown = self.table.shown_frame()
        if self.selected:
            return sorted(self.selected)
        key = self.table.cursor_key
        return [key] if key is not None and shown is not None else []

    def _shut(self, items: "Sequence[str]") -> bool:
        """Say, and True, when the reader may not mark these."""
        door = self.session.door
        if not door.may_mark:
            self.query_one(StatusLine).say("Marking is not for your role")
        elif any(door.number(item.partition("|")[0]) != item.partition("|")[0] for item in items):
            self.query_one(StatusLine).say("A restricted record is marked by those whom it is open to")
        else:
            return False
        return True

    def action_select(self) -> None:
        """Select the row, or not any more, and go on to the next."""
        key = self.table.cursor_key
        if self._shut([key] if key is not None and self.can_mark() else []):
            return
        if key is None or not self.can_mark():
            self._refuse()
            return
        self.selected ^= {key}
        self._show_selection()
        self.table.action_move(1)

    def _show_selection(self) -> None:
        self.table.select(self.selected)
        self._words = ""
        if self.settled:
            self.tell()

    def _refuse(self) -> None:
        self.query_one(StatusLine).say("Marks belong to due items: list one row an item first (c)")

    async def action_mark(self) -> None:
        """Say something of the selected items, or of the one under the cursor."""
        items = self._items()
        if not items or not self.can_mark():
            self._refuse()
            return
        if self._shut(items):
            return
        from screens.mark_dialog import MarkDialog

        row = self.table.cursor_row()
        who = row.get("name") or f"id {row.get('person_id')}"
        about = f"{len(items)} items" if self.selected else f"{who}: {row.get('item') or 'this item'}"

        def said(what: "Said | None") -> None:
            if what is not None:
                self._keep(items, what)

        # awaited: what is typed in the same burst waits for the window
        await self.app.push_screen(MarkDialog(f"Mark {about}", self.session.as_at), said)

    def _keep(self, items: list[str], what: "Said") -> None:
        from data.office.marks import same

        marks = same(items, what.kind, self.session.who, day=what.day, whom=what.whom, note=what.note)
        self.selected = set()
        self.table.select(self.selected)
        number = "1 item" if len(items) == 1 else f"{len(items)} items"
        self.query_one(StatusLine).say(f"Saving the mark on {number} ...")
        self._office(marks, f"{number} marked; u takes it back")

    def action_undo(self) -> None:
        """Take back the last thing this reader marked, after enter."""
        from data.office.marks import Mark
        from fcl_tui.reports.marks import last_batch
        from screens.mark_dialog import Confirm

        if self._shut(()):
            return
        rows = last_batch(self.marks(), self.session.who)
        if rows.is_empty():
            self.query_one(StatusLine).say("There is no mark of yours to take back")
            return
        taken = [
            Mark(row["item_id"], row["kind"], row["made_by"], mark_id=row["mark_id"])
            for row in rows.iter_rows(named=True)
        ]
        kind = "note on the child" if rows["kind"][0] == "child_note" else rows["kind"][0].replace("_", " ")
        at = rows["made_at"][0]

        number = "1 item" if len(taken) == 1 else f"{len(taken)} items"

        def answered(yes: bool | None) -> None:
            if yes:
                self._office(taken, f"Taken back: {kind}, {number}", undo=True)

        self.app.push_screen(Confirm(f"Take back '{kind}' on {number} ({at:%d/%m %H:%M} UTC)?"), answered)

    def action_which(self) -> None:
        """Show everything, or only some by their marks."""
        choices = [Choice(key, words) for key, words in WHICH.items()]

        def then(which: str | None) -> None:
            if which is not None:
                self.which = None if which == "all" else which
                self._ask_again()

        self.app.push_screen(Menu("Which items?", choices, self.which or "all"), then)

    def action_back(self) -> None:
        """Clear the selection first."""
        if self.selected:
            self.selected = set()
            self._show_selection()
        else:
            super().action_back()
