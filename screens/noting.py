"""Notes on the child under the cursor: write one, and read them where there is room."""

from datetime import date
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from screens.base import Found
from screens.marking import MarkingScreen
from widgets.detail_pane import DetailPane
from widgets.plain import plain
from widgets.status_line import StatusLine


def today() -> date:
    """The day a note is written, whatever day the report is of."""
    return date.today()


def noted_lines(notes: list[str], lines: list[str]) -> list[str]:
    """Notes above what else a pane says of a child."""
    return [*(f"Note: {plain(note)}" for note in notes), *([""] if notes and lines else []), *lines]


class NotingScreen(MarkingScreen[Found]):
    """A list whose rows belong to children by person_id."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "note",
            "Note",
            show=False,
            id="notes.note",
            tooltip="A note on the child, such as: ring before 10",
        ),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._noted: tuple[object, bool, dict[str, list[str]]] = (None, False, {})
        self._note_said = False

    # What is noted

    def noted_child(self) -> str | None:
        """Whose notes these are: the child under the cursor."""
        person = self.table.cursor_row().get("person_id")
        return str(person) if person is not None else None

    def notes_on(self, person_id: str | None) -> list[str]:
        """The notes in force on a child, newest first, as sentences; hidden when names are."""
        seen, masked = self.session.seen, self.session.masked
        if seen is None or person_id is None:
            return []
        if self._noted[0] is not seen or self._noted[1] != masked:
            from fcl_tui.reports.child_notes import child_notes, note_lines
            from fcl_tui.reports.frames import collect
            from fcl_tui.reports.privacy import masked as without_names

            notes = collect(child_notes(seen.marks.lazy(), self.session.as_at))
            self._noted = (seen, masked, note_lines(without_names(notes) if masked else notes))
        return self._noted[2].get(person_id, [])

    def tell_notes(self) -> bool:
        """Say the child's notes in the status line unless they are shown elsewhere; whether there are any."""
        if any(pane.size.width for pane in self.query(DetailPane)):
            return False
        notes = self.notes_on(self.noted_child())
        if notes:
            more = f" (+{len(notes) - 1} more: n)" if len(notes) > 1 else ""
            self.query_one(StatusLine).say(f"Note{more}: {notes[0]}")
        return bool(notes)

    def tell(self) -> None:
        """What is on the screen, and what is noted of the child under the cursor."""
        super().tell()
        self._note_said = not self._words and self.tell_notes()

    def moved_on(self) -> None:
        """The notes of the child that the cursor is on now, if there are any."""
        if self._words or self._note_said:
            self._words = ""
            self.tell()
        else:
            self._note_said = self.tell_notes()

    # Keys

    def note_title(self) -> str:
        """Whom the window is about, as the list calls them."""
        row = self.table.cursor_row()
        number = f"id {row['person_id']}"
        name = row.get("name") or number
        return f"Note on {name}" + (f", {number}" if name != number else "")

    async def action_note(self) -> None:
        """Write a note on the child."""
        person_id = self.noted_child()
        if person_id is None:
            self.query_one(StatusLine).say("A note belongs to a child: there is none under the cursor")
            return
        if self._shut([person_id]):
            return
        from screens.note_dialog import NoteDialog

        def said(what: tuple[str, int] | None) -> None:
            if what is not None:
                self._keep_note(person_id, *what)

        # awaited: what is typed in the same burst waits for the window
        await self.app.push_screen(NoteDialog(self.note_title(), self.notes_on(person_id)), said)

    def _keep_note(self, person_id: str, text: str, days: int) -> None:
        from data.office.marks import note_on

        note = note_on(person_id, text, self.session.who, today=today(), days=days)
        self.query_one(StatusLine).say("Saving the note ...")
        self._office([note], f"Noted until {note.day:%d/%m/%Y}; u takes it back")
