"""The window in which a mark is said: one letter for the kind, then a date or words, then enter."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from fcl_tui.config.date_input import day_of
from widgets.cells.plain import plain

LONGEST = 400


@dataclass(frozen=True)
class Said:
    """What the reader said."""

    kind: str
    day: date | None = None
    whom: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Ask:
    """One kind of mark: its letter, its words, what is asked for then, and whether that is needed."""

    letter: str
    kind: str
    words: str
    asks: str
    needs: bool
    dated: bool = False
    named: bool = False


ASKS = (
    Ask("c", "chased", "Chased", "with whom (may stay empty)", False, named=True),
    Ask("b", "booked", "Booked for a date", "date, then a note: 27/11, +3, fri", True, dated=True),
    Ask("d", "done", "Done, to be recorded", "note (may stay empty)", False),
    Ask("x", "not_needed", "Not needed", "reason", True),
    Ask("h", "handed", "Handed to a colleague", "to whom", True, named=True),
    Ask("s", "snoozed", "Snoozed until a date", "date, then a note: 27/11, +3, fri", True, dated=True),
    Ask("n", "note", "A note, nothing else", "note", True),
)


class MarkDialog(ModalScreen[Said | None]):
    """Hands back what was said, or None. What is pasted while a kind is chosen does nothing."""

    DEFAULT_CSS = """
    MarkDialog {
        align: center middle;
        & > Vertical { width: 64; max-width: 90%; height: 13; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #mark-title { background: $panel; text-style: bold; }
        & #mark-kinds { height: 8; padding: 1 0 0 0; }
        & #mark-heard { color: $warning; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; display: none; }
        & Input:focus { border: none; }
    }
    """
    AUTO_FOCUS = ""  # nothing takes keys until a kind is chosen
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="mark.close"),
        *(Binding(ask.letter, f"kind('{ask.letter}')", ask.words, show=False) for ask in ASKS),
    ]

    def __init__(self, title: str, today: date) -> None:
        super().__init__()
        self._title, self._today = title, today
        self._ask: Ask | None = None

    def compose(self) -> ComposeResult:
        """Title, the kinds, the line to type in, what was understood."""
        field = Input(compact=True, max_length=LONGEST)
        field.cursor_blink = False
        with Vertical():
            yield Static(f" {plain(self._title)}", id="mark-title", markup=False)
            kinds = "\n".join(f"  {ask.letter}  {ask.words}" for ask in ASKS)
            yield Static(kinds, id="mark-kinds", markup=False)
            yield field
            yield Static("Press a letter; esc cancels.", id="mark-heard", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter is a kind only until one is chosen; then it belongs to the line."""
        return self._ask is None if action == "kind" else super().check_action(action, parameters)

    def action_kind(self, letter: str) -> None:
        """Choose the kind, and ask for what belongs to it."""
        self._ask = chosen = next(ask for ask in ASKS if ask.letter == letter)
        self.query_one("#mark-kinds", Static).update(f"  {chosen.letter}  {chosen.words}")
        field = self.query_one(Input)
        field.placeholder = chosen.asks
        field.display = True
        self.set_focus(field)
        self._hear(chosen.asks.capitalize() + "; enter saves, esc goes back.")

    def action_close(self) -> None:
        """Back to the kinds; from there, away."""
        if self._ask is None:
            self.dismiss(None)
            return
        self._ask = None
        field = self.query_one(Input)
        field.value = ""
        field.display = False
        self.set_focus(None)
        self.query_one("#mark-kinds", Static).update("\n".join(f"  {a.letter}  {a.words}" for a in ASKS))
        self._hear("Press a letter; esc cancels.")

    def _hear(self, words: str) -> None:
        self.query_one("#mark-heard", Static).update(plain(words))

    @on(Input.Changed)
    def _read(self, event: Input.Changed) -> None:
        event.stop()
        if self._ask is not None and self._ask.dated and event.value.strip():
            day = day_of(event.value.split()[0], self._today)
            self._hear(f"{day:%A %d/%m/%Y}" if day else "A date first: 27/11, +3, fri")

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        event.stop()
        ask, text = self._ask, plain(event.value).strip() if event.value.strip() else ""
        if ask is None:
            return
        if ask.needs and not text:
            self._hear(f"Needed: {ask.asks}")
            return
        if not ask.dated:
            self.dismiss(
                Said(ask.kind, whom=text or None) if ask.named else Said(ask.kind, note=text or None)
            )
            return
        first, _, rest = text.partition(" ")
        day = day_of(first, self._today)
        if day is None:
            self._hear("A date first: 27/11, +3, fri")
        elif day < self._today:
            self._hear(f"{day:%d/%m/%Y} has passed already")
        else:
            self.dismiss(Said(ask.kind, day=day, note=rest.strip() or None))


class Confirm(ModalScreen[bool]):
    """Asks for enter before something is written; anything else leaves it."""

    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        & > Static { width: 64; max-width: 90%; height: auto; background: $panel; padding: 1 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Yes", id="confirm.yes"),
        Binding("escape", "answer(False)", "No", id="confirm.no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        yield Static(f"{plain(self._question)}\nenter: yes, esc: no", markup=False)

    def action_answer(self, yes: bool) -> None:
        """Hand the answer back."""
        self.dismiss(yes)
