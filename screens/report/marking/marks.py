"""Marking due items from a list of them: select, mark, take back, and show only some."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from fcl_tui.definitions.wording.amounts import amount
from screens.report.marking.keys import LIST_FIRST, MARK_KEYS, OF_ITEMS, RETRY, WHICH
from screens.report.marking.words import as_marks, called
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from data.office.marks import Mark
    from data.office.office import Seen
    from screens.dialogs.mark import MarkDialog, Said
    from screens.report.host import ReportHost

LOG = logging.getLogger("fcl_tui")


class Marks:
    """What people marked on due items, as far as it is known, and the reader's selection.

    Args:
        host: the report on the screen. Keys of its rows begin with the child's number and `|`.
        items: gives the due items behind rows, by their keys; where it gives none, `refusal` is said.
            None: the list never has any; only notes are made there, and taken back.
        refusal: why a row cannot be marked.
    """

    class Read(Message):
        """The office database has answered. The screen hands it to `take`."""

        def __init__(self, seen: "Seen", words: str) -> None:
            super().__init__()
            self.seen, self.words = seen, words

    def __init__(
        self,
        host: "ReportHost",
        *,
        items: Callable[[Sequence[str]], list[str]] | None = list,
        refusal: Callable[[], str] = lambda: LIST_FIRST,
    ) -> None:
        self._host, self._items, self._refusal = host, items, refusal
        self.selected: set[str] = set()
        """Keys of the rows that the next mark is for"""
        self.which: str | None = None
        """Only these items are listed: a key of `WHICH`; None: all"""
        self.words = ""
        """What became of the last mark; said until the cursor moves on"""
        self._taken: list[list[Mark]] = []
        """What was taken back here, the newest last"""
        self._names: list[str] | None = None

    # What the report asks

    def frame(self) -> "pl.DataFrame":
        """All marks as far as they are known."""
        return self._host.session.marks()

    def chosen(self) -> dict[str, str]:
        """What marks and selection narrow, for the status line."""
        told = {"marks": WHICH[self.which].lower()} if self.which else {}
        return told | ({"selected": f"{len(self.selected)} selected"} if self.selected else {})

    def offers(self, action: str) -> bool:
        """Whether a key may act on this list."""
        return self._items is not None or action not in OF_ITEMS

    def get_state(self) -> str | None:
        """Which items are listed, as a saved view keeps it."""
        return self.which

    def set_state(self, state: object) -> None:
        """List those items."""
        if state is None or (isinstance(state, str) and state in WHICH):
            self.which = None if state == "all" else state

    # The office database, in a thread

    def read(self) -> None:
        """Read the marks."""
        self._office(None, "")

    def retry(self) -> None:
        """Read and save again while some marks are not saved."""
        if self._host.session.seen is not None and self._host.session.seen.unsaved:
            self.read()

    def keep(self, marks: "list[Mark]", words: str) -> None:
        """Keep marks or notes; say the words when they are saved."""
        self._office(marks, words)

    def _office(self, marks: "list[Mark] | None", words: str, undo: bool = False) -> None:
        def work() -> None:
            office = self._host.session.office
            if office is None or (marks is None and not office.in_use("marks")):
                return
            try:
                if marks is None:
                    seen = office.read()
                elif undo:
                    seen = office.undo(marks, self._host.session.who)
                else:
                    seen = office.save(marks)
            except Exception as error:
                LOG.warning("marks: %s", type(error).__name__)
                self._host.from_thread(self._host.say, "! The mark was NOT saved. Run fcl-tui doctor.")
                return
            self._host.post_message(self.Read(seen, words))

        self._host.in_thread(work, group="marks")

    def take(self, event: Read) -> None:
        """Show what the office database holds."""
        session = self._host.session
        before, session.seen = session.seen, event.seen
        self.words = event.seen.trouble or event.words
        if event.words or before is None or not before.marks.equals(event.seen.marks):
            self._host.reload()
        elif self._host.settled:
            self._host.tell()

    # What is said of the last mark

    def tell(self) -> None:
        """Say what became of the last mark."""
        if self.words:
            self._host.say(self.words)

    def moved_on(self) -> bool:
        """The cursor is on another row: what was said has been read. Whether anything was."""
        said, self.words = bool(self.words), ""
        return said

    # Keys

    def _keys(self) -> list[str]:
        if self.selected:
            return sorted(self.selected)
        key = self._host.table.cursor_key
        return [key] if key is not None else []

    def _items_here(self) -> list[str]:
        return self._items(self._keys()) if self._items is not None else []

    def shut(self, items: Sequence[str]) -> bool:
        """Say, and True, when the reader may not mark these: items, row keys, or numbers of children."""
        door = self._host.session.door
        if not door.may_mark:
            self._host.say("Marking is not for your role")
        elif any(door.number(item.partition("|")[0]) != item.partition("|")[0] for item in items):
            self._host.say("This record is restricted: only people named on it can mark it")
        else:
            return False
        return True

    def select(self) -> None:
        """Select the row, or not any more, and go on to the next."""
        key = self._host.table.cursor_key
        owed = self._items_here()
        if self.shut([key] if key is not None and owed else []):
            return
        if key is None or not owed:
            self._host.say(self._refusal())
            return
        self.selected ^= {key}
        self._show_selection()
        self._host.table.action_move(1)

    def select_also(self, keys: Sequence[str]) -> None:
        """Select these rows too."""
        self.selected |= set(keys)
        self._show_selection()

    def may_select(self, key: str) -> bool:
        """Whether a due item stands behind the row, and the record is open to the reader."""
        number = key.partition("|")[0]
        return bool(self._items and self._items([key])) and self._host.session.door.number(number) == number

    def select_none(self) -> bool:
        """Take the selection back; whether there was one."""
        if not self.selected:
            return False
        self.selected = set()
        self._show_selection()
        return True

    def forget_selection(self) -> None:
        """Nothing is selected any more; the screen goes on to another list."""
        self.selected = set()

    def _show_selection(self) -> None:
        self._host.table.select(self.selected)
        self.words = ""
        if self._host.settled:
            self._host.tell()

    async def mark(self) -> None:
        """Say something of the selected items, or of the one under the cursor."""
        host, items = self._host, self._items_here()
        if not items:
            host.say(self._refusal())
            return
        if self.shut(items):
            return
        from screens.dialogs.mark import MarkDialog

        row = host.table.cursor_row()
        who = row.get("name") or f"id {row.get('person_id')}"
        about = amount(len(items), "items") if self.selected else f"{who}: {row.get('item') or 'this item'}"

        def said(what: "Said | None") -> None:
            if what is not None:
                self._keep(items, what)

        window = MarkDialog(f"Mark {about}", host.session.as_at, self._again())
        # awaited: what is typed in the same burst waits for the window
        await host.ask(window, said)
        host.in_thread(lambda: self._tell_names(window), group="names", exclusive=True)

    def _again(self) -> "date | None":
        """The day to chase again what is chased now; None where the calendar is not known yet."""
        from fcl_tui.access.context_sources import chase_again

        session = self._host.session
        return chase_again(session.calendar, session.figures, session.as_at) if self._host.settled else None

    def _tell_names(self, window: "MarkDialog") -> None:
        """Read who can be named in a mark; in a thread, since the window is there already."""
        from fcl_tui.access.context_sources import colleagues

        session = self._host.session
        if self._names is None:
            self._names = colleagues(session.scan_open, self.frame(), session.office)
        self._host.from_thread(window.know, self._names)

    def _keep(self, items: list[str], what: "Said") -> None:
        from data.office.marks import same

        host = self._host
        marks = same(items, what.kind, host.session.who, day=what.day, whom=what.whom, note=what.note)
        self.selected = set()
        self._taken = []
        host.table.select(self.selected)
        number = amount(len(items), "items")
        host.say(f"Saving the mark on {number} ...")
        self.keep(marks, f"{number} marked; u takes it back")

    def undo(self) -> None:
        """Take back the last thing this reader marked; `redo` makes it again."""
        from fcl_tui.definitions.marks import clock, last_batch

        if self.shut(()):
            return
        rows = last_batch(self.frame(), self._host.session.who)
        if rows.is_empty():
            self._host.say("There is no mark of yours to take back")
            return
        taken = as_marks(rows)
        self._taken.append(taken)
        at = f"{clock(rows['made_at'][0]):%d/%m %H:%M}"
        self._office(taken, f"Taken back: {called(taken)} ({at}); U redoes", undo=True)

    def redo(self) -> None:
        """Mark again what was taken back last."""
        if self.shut(()):
            return
        if not self._taken:
            self._host.say("Nothing was taken back here since you opened it")
            return
        from data.office.marks import again

        marks = again(self._taken.pop())
        self.keep(marks, f"Marked again: {called(marks)}; u takes it back")

    def choose_which(self) -> None:
        """Show everything, or only some by their marks."""
        choices = [Choice(key, words) for key, words in WHICH.items()]

        def then(which: str | None) -> None:
            if which is not None:
                self.which = None if which == "all" else which
                self._host.reload()

        self._host.ask(Menu("Which items?", choices, self.which or "all"), then)


__all__ = ["LIST_FIRST", "MARK_KEYS", "RETRY", "WHICH", "Marks"]
