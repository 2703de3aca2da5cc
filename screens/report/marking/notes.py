"""Notes on the child under the cursor: write one, and read them where there is room."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.binding import Binding

from widgets.cells.plain import plain

if TYPE_CHECKING:
    from screens.report.host import ReportHost
    from screens.report.marking.marks import Marks

NOTE_KEYS = (
    Binding(
        "n",
        "note",
        "Note",
        show=False,
        id="notes.note",
        tooltip="A note on the child, such as: ring before 10",
    ),
)
"""For the bindings of a screen that has notes"""


def today() -> date:
    """The day a note is written, whatever day the report is of."""
    return date.today()


def noted_lines(notes: list[str], lines: list[str]) -> list[str]:
    """Notes above what else a pane says of a child."""
    return [*(f"Note: {plain(note)}" for note in notes), *([""] if notes and lines else []), *lines]


class Notes:
    """Notes on children, said in the status line unless they are shown elsewhere.

    Args:
        host: the report on the screen.
        marks: keeps the notes, and knows who may write them.
        child: whose notes are meant; left out: the `person_id` of the row under the cursor.
        title: what the window is called; left out: after the row under the cursor.
        elsewhere: whether the notes are on the screen already, beside the list or above it.
    """

    def __init__(
        self,
        host: "ReportHost",
        marks: "Marks",
        *,
        child: Callable[[], str] | None = None,
        title: Callable[[], str] | None = None,
        elsewhere: Callable[[], bool] = lambda: False,
    ) -> None:
        self._host, self._marks = host, marks
        self._child, self._title, self._elsewhere = child, title, elsewhere
        self._read: tuple[object, bool, dict[str, list[str]]] = (None, False, {})
        self._said = False

    # What is noted

    def child(self) -> str | None:
        """Whose notes these are."""
        if self._child is not None:
            return self._child()
        person = self._host.table.cursor_row().get("person_id")
        return str(person) if person is not None else None

    def on(self, person_id: str | None) -> list[str]:
        """The notes in force on a child, newest first, as sentences; hidden when names are."""
        session = self._host.session
        seen, masked = session.seen, session.masked
        if seen is None or person_id is None:
            return []
        if self._read[0] is not seen or self._read[1] != masked:
            from data.frames import collect
            from fcl_tui.definitions.child_notes import child_notes, note_lines
            from fcl_tui.definitions.wording.privacy import masked as without_names

            notes = collect(child_notes(seen.marks.lazy(), session.as_at))
            self._read = (seen, masked, note_lines(without_names(notes) if masked else notes))
        return self._read[2].get(person_id, [])

    def tell(self) -> None:
        """Say the child's notes in the status line, where the last mark leaves room for them."""
        self._said = not self._marks.words and self._say()

    def _say(self) -> bool:
        if self._elsewhere():
            return False
        notes = self.on(self.child())
        if notes:
            more = f" (+{len(notes) - 1} more: n)" if len(notes) > 1 else ""
            self._host.say(f"Note{more}: {notes[0]}")
        return bool(notes)

    def moved_on(self) -> bool:
        """The cursor is on another row: whether notes of the one before are still in the status line."""
        return self._said

    # The key

    def _about(self) -> str:
        """Whom the window is about, as the list calls them."""
        if self._title is not None:
            return self._title()
        row = self._host.table.cursor_row()
        number = f"id {row['person_id']}"
        name = row.get("name") or number
        return f"Note on {name}" + (f", {number}" if name != number else "")

    async def write(self) -> None:
        """Write a note on the child."""
        person_id = self.child()
        if person_id is None:
            self._host.say("Move to a child's row to add a note")
            return
        if self._marks.shut([person_id]):
            return
        from screens.dialogs.note import NoteDialog

        def said(what: tuple[str, int] | None) -> None:
            if what is not None:
                self._keep(person_id, *what)

        # awaited: what is typed in the same burst waits for the window
        await self._host.ask(NoteDialog(self._about(), self.on(person_id)), said)

    def _keep(self, person_id: str, text: str, days: int) -> None:
        from data.office.marks import note_on

        note = note_on(person_id, text, self._host.session.who, today=today(), days=days)
        self._host.say("Saving the note ...")
        self._marks.keep([note], f"Noted until {note.day:%d/%m/%Y}; u takes it back")
