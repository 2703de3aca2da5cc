"""States of work as a shape, a word and a colour; any one of the three is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from data.dataclass import dataclass
from widgets.cells.plain import plain

SPARE = (" late", " left", " past")


@dataclass(frozen=True)
class State:
    """How one state looks: ASCII shape, word, tone (bad, warn, good or quiet) and rank, most urgent first."""

    shape: str
    word: str
    tone: str
    rank: int

    @property
    def label(self) -> str:
        """Shape and word in one text."""
        return f"{self.shape} {self.word}".strip()

    def label_in(self, width: int) -> str:
        """The same in so many cells, as far as it goes without "late", which the shape says already."""
        if len(self.label) > width and self.label.endswith(SPARE):
            return self.label.rpartition(" ")[0]
        return self.label


STATES: Final = {
    "overdue": State("!!", "Overdue", "bad", 0),
    "missed": State("!!", "Missed", "bad", 1),
    "below_target": State("!!", "Off target", "bad", 2),
    "late": State("!", "Late", "warn", 3),
    "due_soon": State("!", "Due soon", "warn", 4),
    "near_target": State("!", "Near target", "warn", 5),
    "to_talk_about": State("!", "To talk about", "warn", 5),
    "due": State("OK", "", "good", 6),
    "on_time": State("OK", "On time", "good", 7),
    "on_target": State("OK", "On target", "good", 8),
    "not_required": State("-", "Not required", "quiet", 9),
    "no_figure": State("-", "No figure", "quiet", 10),
    "too_few": State("-", "Too few", "quiet", 18),
    "error": State("!!", "Error", "bad", 11),
    "warning": State("!", "Warning", "warn", 12),
    "note": State("-", "Note", "quiet", 13),
    "over": State("!!", "Over limit", "bad", 14),
    "near": State("!", "Near limit", "warn", 15),
    "within": State("OK", "Within", "good", 16),
    "better": State("+", "Better", "good", 19),
    "worse": State("!", "Worse", "warn", 20),
    "same": State("=", "Same", "quiet", 21),
    "up": State("^", "Up", "quiet", 22),
    "down": State("v", "Down", "quiet", 23),
}
OWN_WORDS: Final = "|"
TONES: Final = ("bad", "warn", "good", "quiet")


def state_of(value: object) -> State:
    """Return how a state is shown; a value that is no known state is shown as its own word, quietly.

    A state and a bar before words of its own, overdue|27 wd late, is that state in those words.
    """
    if value is None:
        return State("", plain(None), "quiet", 99)
    key, bar, words = value.partition(OWN_WORDS) if isinstance(value, str) else ("", "", "")
    known = STATES.get(key)
    if known is not None and bar:
        return replace(known, word=plain(words))
    return known or State("", plain(value), "quiet", 98)
