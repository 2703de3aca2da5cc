"""What a column of a table is, how its cells read, and which columns fit a width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from data.dataclass import dataclass
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import Align, fit, plain
from widgets.cells.small_charts import bands, spark, trend
from widgets.cells.states import state_of

Kind = Literal[
    "text", "date", "number", "percent", "state", "days", "code", "unit", "spark", "trend", "bands"
]
DRAWN = {"spark": spark, "trend": trend, "bands": bands}
"""Kinds whose text is drawn on a screen and stands as figures in a file"""
RIGHT_ALIGNED = frozenset({"number", "percent", "days"})
WORKING = "wd"
"""The unit of a timescale in working days; one in weeks or months is early or late by calendar days"""
GUTTER = 1  # the cursor mark
GAP = 1  # between columns
CLAIMED = 30
"""Cells that a column takes from less important ones for its values, at most"""
SENTENCE = 32
"""Cells from which on a value is no name: others are shown whole before more of it"""


@dataclass(frozen=True)
class Column:
    """One column of a frame as a table shows it.

    `width` is in cells and fixed. `priority` 1 is kept longest; columns with higher numbers are left out
    first where the table is narrow. Frozen columns and states are never left out, and frozen ones stay in
    place when the others are moved sideways. `percent` values are 0 to 100; `days` are negative when late;
    `code` values are names in snake_case, read as words; `unit` values are the units of timescales. `spark`,
    `trend` and `bands` values are figures in one text (see `widgets.cells.small_charts`).
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
    """takes spare width first, up to its longest value (`natural`); what is left then goes to other texts"""
    natural: int = 0
    """cells its longest value needs, if measured"""
    usual: int = 0
    """cells nearly all of its values need: columns of low priority wait for those that stretch"""
    if_any: bool = False
    """left out while no row has a value"""
    stands_for: str = ""
    """a wider column that says the same: this one is drawn only where that one does not fit"""
    in_files: tuple[Column, ...] = ()
    """what a file has in its place: "27 wd late" is for eyes, a number and its unit can be sorted"""

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
        if self.kind in DRAWN and isinstance(value, str):
            return DRAWN[self.kind](value, width)
        if self.kind == "state":
            return state_of(value).label_in(width)
        if value is None and self.stands_for:
            return ""
        if self.kind == "unit":
            return "" if value is None else "working days" if value == WORKING else "calendar days"
        if value is None or isinstance(value, str | bool):
            return plain(value)
        if isinstance(value, int | float):
            return self._figure(value, width)
        return plain(value)

    def _figure(self, value: float, width: int) -> str:
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  (not a number)
            return glyphs().null
        if self.kind == "percent":
            return f"{value:.1f}%"
        number = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")
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
    return Layout(places, first > 0, bool(_hidden(columns, chosen) - set(loose[:first])))


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
    """The columns of highest priority that fit; none of priority 2 or more takes cells that a name needs."""
    kept = [i for i, c in enumerate(columns) if c.frozen or c.kind == "state"]
    others = sorted((i for i in range(len(columns)) if i not in kept), key=lambda i: columns[i].priority)
    full = False
    chosen = kept
    for index in others:
        if columns[index].stands_for and any(columns[i].key == columns[index].stands_for for i in chosen):
            continue
        wider = _swapped(columns, [*chosen, index])
        cells = sum(_short_of(columns[i], CLAIMED) for i in wider) if columns[index].priority > 1 else 0
        more = bool(_hidden(columns, wider))  # the mark for more columns has a cell of its own
        if full or _needed(columns, wider) + cells > width - more:
            full = True  # what is less important never comes in the place of what is more so
            continue
        chosen = wider
    return sorted(chosen)


def _swapped(columns: Sequence[Column], chosen: Sequence[int]) -> list[int]:
    """Without the columns whose wider form is there too."""
    keys = {columns[i].key for i in chosen}
    return [i for i in chosen if columns[i].stands_for not in keys]


def _hidden(columns: Sequence[Column], chosen: Sequence[int]) -> set[int]:
    """The columns that say something which none of the chosen says."""
    keys = {columns[i].key for i in chosen}
    return {i for i in range(len(columns)) if i not in chosen and columns[i].stands_for not in keys}


def _short_of(column: Column, most: int) -> int:
    """Cells that a column that stretches lacks to show its usual values, or `most` cells of them."""
    return max(0, min(most, column.usual) - column.width) if column.stretch else 0


def _from_the_left(columns: Sequence[Column], wanted: Sequence[int], width: int) -> list[int]:
    frozen = [i for i in wanted if columns[i].frozen]
    chosen = list(frozen)
    for index in (i for i in wanted if not columns[i].frozen):
        if _needed(columns, [*chosen, index]) > width and len(chosen) > len(frozen):
            break
        chosen.append(index)
    return sorted(chosen, key=lambda i: (not columns[i].frozen, i))


def _placed(columns: Sequence[Column], chosen: Sequence[int], width: int) -> tuple[Place, ...]:
    room = width - bool(_hidden(columns, chosen))
    extra = _shared(columns, chosen, max(0, room - _needed(columns, chosen)), width)
    places, start = [], GUTTER
    for index in chosen:
        cells = columns[index].width + extra.get(index, 0)
        cells = min(cells, max(0, width - start))
        if cells:
            places.append(Place(index, columns[index], start, cells))
        start += cells + GAP
    return tuple(places)


def _shared(columns: Sequence[Column], chosen: Sequence[int], spare: int, width: int) -> dict[int, int]:
    """Share out spare cells: to columns that stretch, as far as they need them, then to texts that would be
    cut; a sentence gets what they leave, and what nobody needs goes to the last of them."""
    growing = [i for i in chosen if columns[i].stretch]
    texts = [i for i in chosen if columns[i].kind == "text" and columns[i].side == "left"]
    extra = dict.fromkeys(growing, 0)
    cut = [i for i in texts if i not in growing]
    for some, most in ((growing, SENTENCE), (cut, SENTENCE), (growing, width), (cut, width)):
        needs = {
            i: max(0, min(most, columns[i].natural) - columns[i].width) for i in some if columns[i].natural
        }
        while spare and any(extra.get(i, 0) < need for i, need in needs.items()):
            for i in (i for i, need in needs.items() if extra.get(i, 0) < need):
                if spare:
                    extra[i] = extra.get(i, 0) + 1
                    spare -= 1
    loose = [i for i in growing if not columns[i].natural]
    last = loose or ([] if growing else texts[-1:])
    for number, i in enumerate(last):
        extra[i] = extra.get(i, 0) + spare // len(last) + (number == 0) * (spare % len(last))
    return extra
