"""The window in which a mark is said: one letter for the kind, then a date or words, then enter."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from data.dataclass import dataclass
from fcl_tui.config.date_input import day_ahead
from widgets.cells.folding import folded, words_of
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import plain
from widgets.text.field import Field

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
    Ask("b", "booked", "Booked for a date", "a date, then a note", True, dated=True),
    Ask("d", "done", "Done, to be recorded", "note (may stay empty)", False),
    Ask("x", "not_needed", "Not needed", "reason", True),
    Ask("h", "handed", "Handed to a colleague", "to whom", True, named=True),
    Ask("s", "snoozed", "Snoozed until a date", "a date, then a note", True, dated=True),
    Ask("n", "note", "A note, nothing else", "note", True),
)


KINDS = "\n".join(f"  {ask.letter}  {ask.words}" for ask in ASKS)
MOST_LISTED = 5
"""Names that are offered at a time"""


class MarkDialog(ModalScreen[Said | None]):
    """Hands back what was said, or None. What is pasted while a kind is chosen does nothing.

    Args:
        again: the day to chase again, where no other is typed.

    `know` gives the names that can be picked where a mark names somebody: typing narrows them, and what was
    typed itself comes last.
    """

    DEFAULT_CSS = """
    MarkDialog {
        align: center middle;
        & > Vertical { width: 64; max-width: 90%; height: auto; background: $surface; padding: 0 1; }
        & Static { width: 1fr; height: 1; }
        & #mark-title { background: $panel; text-style: bold; }
        & #mark-kinds { height: auto; padding: 1 0; }
        & #mark-people { height: auto; display: none; }
        & #mark-heard { color: $warning; height: auto; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; display: none; }
        & Input:focus { border: none; }
    }
    """
    AUTO_FOCUS = ""  # nothing takes keys until a kind is chosen
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="mark.close"),
        Binding("down", "pick(1)", show=False, id="mark.down"),
        Binding("up", "pick(-1)", show=False, id="mark.up"),
        *(Binding(ask.letter, f"kind('{ask.letter}')", ask.words, show=False) for ask in ASKS),
    ]

    def __init__(self, title: str, today: date, again: date | None = None) -> None:
        super().__init__()
        self._title, self._today, self._again = title, today, again
        self._names: list[tuple[str, str]] = []
        self._ask: Ask | None = None
        self._listed: list[str] = []
        self._at = 0

    def know(self, people: Sequence[str]) -> None:
        """Offer these names."""
        import polars as pl

        names = pl.Series(list(dict.fromkeys(people)), dtype=pl.String)
        self._names = list(zip(names.to_list(), folded(names).to_list(), strict=True))
        if self._ask is not None and self._ask.named:
            self._understand(self.query_one(Input).value)

    def compose(self) -> ComposeResult:
        """Title, the kinds, the line to type in, who can be picked, what was understood."""
        with Vertical():
            yield Static(f" {plain(self._title)}", id="mark-title", markup=False)
            yield Static(KINDS, id="mark-kinds", markup=False)
            yield Field(max_length=LONGEST)
            yield Static(id="mark-people", markup=False)
            yield Static("Press a letter; esc cancels.", id="mark-heard", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter is a kind only until one is chosen; then it belongs to the line."""
        return self._ask is None if action == "kind" else super().check_action(action, parameters)

    def action_kind(self, letter: str) -> None:
        """Choose the kind, and ask for what belongs to it."""
        self._ask = chosen = next(ask for ask in ASKS if ask.letter == letter)
        self.query_one("#mark-kinds", Static).update(f"  {chosen.letter}  {chosen.words}")
        field = self.query_one(Input)
        field.display = True
        self.set_focus(field)
        self._understand("")

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
        self.query_one("#mark-kinds", Static).update(KINDS)
        self._list([])
        self._hear("Press a letter; esc cancels.")

    def action_pick(self, by: int) -> None:
        """Go to another of the names below the line."""
        self._at = max(0, min(self._at + by, len(self._listed) - 1))
        self._draw()

    def _hear(self, words: str) -> None:
        self.query_one("#mark-heard", Static).update(plain(words))

    def _list(self, names: list[str]) -> None:
        self._listed, self._at = names, 0
        self._draw()

    def _draw(self) -> None:
        lines = [
            f"{glyphs().cursor if number == self._at else ' '} {plain(name)}"
            for number, name in enumerate(self._listed)
        ]
        people = self.query_one("#mark-people", Static)
        people.display = bool(lines)
        people.update("\n".join(lines))

    @on(Input.Changed)
    def _read(self, event: Input.Changed) -> None:
        event.stop()
        self._understand(event.value)

    def _understand(self, typed: str) -> None:
        """Say what enter would save."""
        ask = self._ask
        if ask is None:
            return
        if ask.dated:
            self._hear(self._dated(typed))
            return
        if not ask.named:
            self._hear(f"{ask.asks.capitalize()}; enter saves, esc goes back.")
            return
        whom, day = self._split(typed)
        self._list(self._matching(whom))
        again = ""
        if ask.kind == "chased" and day is not None:
            again = f"Chase again {day:%a %d/%m/%Y}; another day after the name: +5, fri. "
        self._hear(f"{ask.asks.capitalize()}. {again}enter saves, esc goes back.")

    def _dated(self, typed: str) -> str:
        if not typed.strip():
            return f"{day_ahead('', self._today)[1]}; then a note. enter saves, esc goes back."
        return day_ahead(typed.split(maxsplit=1)[0], self._today, short=True)[1]

    def _split(self, typed: str) -> tuple[str, date | None]:
        """Who, and the day to chase again: the last word, where it is a day, else the usual one."""
        before, _, last = typed.strip().rpartition(" ")
        day = (
            day_ahead(last, self._today)[0] if self._ask is not None and self._ask.kind == "chased" else None
        )
        return (before.strip(), day) if day is not None else (typed.strip(), self._again)

    def _matching(self, typed: str) -> list[str]:
        """The names in which a word begins with each that was typed; then what was typed, as it is."""
        words = _folded(typed).split()
        if not words:
            return []
        begun = [f" {word}" for word in words]  # never inside a word: Jo is not Banjo
        held = [name for name, known in self._names if all(word in f" {known}" for word in begun)]
        held.sort(key=lambda name: not _folded(name).startswith(words[0]))
        return [*held[:MOST_LISTED], *([] if typed in held else [typed])]

    @on(Input.Submitted)
    def _say(self, event: Input.Submitted) -> None:
        event.stop()
        ask, text = self._ask, plain(event.value).strip() if event.value.strip() else ""
        if ask is None:
            return
        if ask.needs and not text:
            self._hear(f"Needed: {ask.asks}")
        elif ask.dated:
            first, _, rest = text.partition(" ")
            day, words = day_ahead(first, self._today, short=True)
            if day is None:
                self._hear(words)
            else:
                self.dismiss(Said(ask.kind, day=day, note=rest.strip() or None))
        elif ask.named:
            whom, day = self._split(text)
            picked = self._listed[self._at] if self._listed else whom
            self.dismiss(Said(ask.kind, whom=picked or None, day=day if ask.kind == "chased" else None))
        else:
            self.dismiss(Said(ask.kind, note=text or None))


def _folded(text: str) -> str:
    return " ".join(words_of(text))


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
