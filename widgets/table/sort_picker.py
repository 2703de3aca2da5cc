"""Choosing the column that a table is sorted by, with the keys every terminal sends."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, digits
from typing import Literal

from data.dataclass import dataclass
from widgets.cells.column import Column

# Every key that means something while choosing. Each is a binding, so that keys in a burst keep their order.
KEYS = ("left", "right", "enter", "escape", *ascii_lowercase, *digits)
Outcome = Literal["moved", "picked", "left", "unknown"]


@dataclass
class SortPicker:
    """The state of choosing: the columns on offer and the one pointed at.

    Arrows (or h and l) point, enter or s picks, a number picks that column, a letter the next column whose
    title begins with it; escape leaves. Picking the column already sorted by reverses the order.
    """

    columns: Sequence[Column]
    at: int = 0

    def press(self, key: str) -> Outcome:
        """Take one key and say what came of it."""
        if key in {"escape", "q"}:
            return "left"
        if key in {"enter", "s"}:
            return "picked"
        if key in {"left", "h", "right", "l"}:
            self.at = (self.at + (1 if key in {"right", "l"} else -1)) % len(self.columns)
            return "moved"
        if key.isdigit():
            return self._numbered((int(key) - 1) % 10)
        return self._lettered(key)

    def _numbered(self, number: int) -> Outcome:
        if number >= len(self.columns):
            return "unknown"
        self.at = number
        return "picked"

    def _lettered(self, letter: str) -> Outcome:
        count = len(self.columns)
        for step in range(count):
            number = (self.at + step) % count
            if self.columns[number].title.casefold().startswith(letter.casefold()):
                self.at = number
                return "picked"
        return "unknown"
