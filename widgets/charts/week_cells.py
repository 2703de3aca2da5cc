"""How one day of a calendar is written: its number, its letter, a bar and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.dataclass import dataclass
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit

WIDE, SLIM, LEAST = 11, 8, 5  # cells of a weekday, of a day of the weekend, and of any day at the very least
WORKED, WEEK = 5, 7


@dataclass(frozen=True)
class Day:
    """One day: how much it holds, and a letter that says what kind of day it is (empty for a plain one)."""

    date: date
    count: int
    mark: str


def widths(room: int) -> Sequence[int]:
    """Share out cells among Monday to Sunday; the weekend is narrow, and all days are where room is short."""
    if room < WEEK * SLIM:
        return [max(LEAST, room // WEEK)] * WEEK
    wide = min(WIDE, (room - (WEEK - WORKED) * SLIM) // WORKED)
    return (*[wide] * WORKED, *[SLIM] * (WEEK - WORKED))


def column_at(x: int, cells: Sequence[int]) -> int | None:
    """Return which of the days a cell belongs to, or None when it is beside them."""
    start = 0
    for number, width in enumerate(cells):
        if start <= x < start + width:
            return number
        start += width
    return None


def cell(day: Day, width: int, step: int, *, here: bool) -> str:
    """Write a day in exactly `width` cells; `here` puts the cursor's mark before it."""
    marks = glyphs()
    bar = marks.steps[step] if day.count else marks.gap
    lead = f"{marks.cursor if here else ' '}{day.date.day:>2}{day.mark or ' '}"
    figure = f"{day.count:,}" if day.count else ""
    spaced = width >= WIDE - 1 or len(lead) + 1 + len(bar) + len(figure) <= width
    words = f"{lead} {bar}" if spaced else f"{lead}{bar}"
    room = max(0, width - len(words))
    return fit(words + fit(compact(day.count, room) if day.count else "", room), width)


def step_of(count: int, most: int) -> int:
    """Return which step of the bar a figure has; the most there is fills it, where there are many."""
    top = len(glyphs().steps) - 1
    if not count:
        return 0
    return min(top, count - 1) if most <= top else min(top, count * top // most)


def compact(count: int, room: int) -> str:
    """Write a figure in at most `room` cells, in thousands or millions (rounded down) where it must be."""
    if len(f"{count:,}") <= room:
        return f"{count:,}"
    for size, letter in ((1, ""), (1_000, "k"), (1_000_000, "m")):
        text = f"{count // size}{letter}"
        if count >= size and len(text) <= room:
            return text
    return glyphs().ellipsis[:room]
