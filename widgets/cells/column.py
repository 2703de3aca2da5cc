"""What a column of a table is, how its cells read, and which columns fit a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from widgets.cells.glyphs import glyphs
from widgets.cells.plain import Align, fit, plain
from widgets.cells.states import state_of

Kind = Literal["text", "date", "number", "percent", "state", "days", "code", "unit"]
RIGHT_ALIGNED = frozenset({"number", "percent", "days"})
WORKING = "wd"
"""The unit of a timescale in working days; one in weeks or months is early or late by calendar days"""
GUTTER = 1  # the cursor mark
GAP = 1  # between columns


@dataclass(frozen=True)
class Column:
    """One column of a frame as a table shows it.

    `width` is in cells and fixed. `priority` 1 is kept longest; columns with higher numbers are left out
    first where the table is narrow. Frozen columns and states are never left out, and frozen ones stay in
    place when the others are moved sideways. `percent` values are 0 to 100; `days` are negative when late;
    `code` values are names in snake_case, read as words; `unit` values are the units of timescales.
    """

    key: str
    title: str
    width: int
    align: Align = "left"
    priority: int = 1
    frozen: bool = False
    kind: Kind = "text"
    sort_by: str = ""
    """another column of the frame that rows are sorted by in its place"""
    stretch: bool = False
    """takes spare width, shared with others that do; where none does, the last text column takes it"""
    in_files: tuple[Column, ...] = ()
    """what stands in a file in its place: "27 wd late" is for eyes, a number and its unit can be sorted"""

    @property
    def side(self) -> Align:
        """The side that cells and heading keep to."""
        return "right" if self.kind in RIGHT_ALIGNED else self.align

    def text(self, value: object, width: int | None = None) -> str:
        """Return a value as exactly `width` cells of safe text."""
        cells = self.width if width is None else width
        return fit(self.words(value, cells), cells, self.side)

    def words(self, value: object, width: int) -> str:
        """Return a value as safe text, not yet cut; a text in a column of figures stays as it is."""
        if self.kind == "code" and isinstance(value, str):
            return plain(value.replace("_", " ").capitalize())
        if self.kind == "unit":
            return "" if value is None else "working days" if value == WORKING else "calendar days"
        if value is None or isinstance(value, str | bool):
            return state_of(value).label if self.kind == "state" else plain(value)
        if isinstance(value, int | float):
            return self._figure(value, width)
        return plain(value)

    def _figure(self, value: float, width: int) -> str:
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  (not a number)
            return glyphs().null
        if self.kind == "percent":
            return f"{value:.1f}%"
        number = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        if self.kind != "days":
            return number
        words = "today" if value == 0 else f"{number.lstrip('-')} {'late' if value < 0 else 'left'}"
        return words if len(words) <= width else number


DAYS_IN_FILES = (
    Column("days", "Days to due date", 9, kind="number"),
    Column("unit", "Unit", 13, kind="unit"),
)
"""The days of a due item as a file has them: below zero is late"""


@dataclass(frozen=True)
class Place:
    """One column on the screen: its number in the table, where it starts and how wide it is drawn."""

    index: int
    column: Column
    start: int
    width: int


@dataclass(frozen=True)
class Layout:
    """The columns that are drawn, left to right, and whether there are more on either side."""

    places: tuple[Place, ...]
    more_left: bool
    more_right: bool


def lay_out(columns: Sequence[Column], width: int, first: int = 0) -> Layout:
    """Choose the columns that fit `width` cells.

    With `first` 0 the least important columns are left out until the rest fits. From 1 on nothing is chosen
    by importance: the frozen columns stay and the others follow in their order from number `first`.
    """
    loose = [index for index, column in enumerate(columns) if not column.frozen]
    if first > 0:
        left_out = set(loose[:first])
        chosen = _from_the_left(columns, [i for i in range(len(columns)) if i not in left_out], width)
    else:
        chosen = _most_important(columns, width)
    places = _placed(columns, chosen, width)
    hidden = set(range(len(columns))) - set(chosen)
    return Layout(places, first > 0, bool(hidden - set(loose[:first])))


def last_first(columns: Sequence[Column], width: int) -> int:
    """Return the furthest that the columns can be moved sideways: 0 when everything fits."""
    if not lay_out(columns, width).more_right:
        return 0
    loose = sum(not column.frozen for column in columns)
    for first in range(1, loose):
        if not lay_out(columns, width, first).more_right:
            return first
    return max(0, loose - 1)


def _needed(columns: Sequence[Column], chosen: Sequence[int]) -> int:
    return GUTTER + sum(columns[i].width for i in chosen) + GAP * max(0, len(chosen) - 1)


def _most_important(columns: Sequence[Column], width: int) -> list[int]:
    chosen = list(range(len(columns)))
    droppable = [i for i in chosen if not columns[i].frozen and columns[i].kind != "state"]
    droppable.sort(key=lambda i: (columns[i].priority, i))
    while droppable and _needed(columns, chosen) > width - (len(chosen) < len(columns)):  # the › has a cell
        chosen.remove(droppable.pop())
    return chosen


def _from_the_left(columns: Sequence[Column], wanted: Sequence[int], width: int) -> list[int]:
    frozen = [i for i in wanted if columns[i].frozen]
    chosen = list(frozen)
    for index in (i for i in wanted if not columns[i].frozen):
        if _needed(columns, [*chosen, index]) > width and len(chosen) > len(frozen):
            break
        chosen.append(index)
    return sorted(chosen, key=lambda i: (not columns[i].frozen, i))


def _placed(columns: Sequence[Column], chosen: Sequence[int], width: int) -> tuple[Place, ...]:
    room = width - (len(chosen) < len(columns))  # the mark for more columns has a cell of its own
    spare = max(0, room - _needed(columns, chosen))
    texts = [i for i in chosen if columns[i].kind == "text" and columns[i].side == "left"]
    growing = [i for i in chosen if columns[i].stretch] or texts[-1:]
    extra = {i: spare // len(growing) for i in growing}
    if growing:
        extra[growing[0]] += spare % len(growing)
    places, start = [], GUTTER
    for index in chosen:
        cells = columns[index].width + extra.get(index, 0)
        cells = min(cells, max(0, width - start))
        if cells:
            places.append(Place(index, columns[index], start, cells))
        start += cells + GAP
    return tuple(places)
