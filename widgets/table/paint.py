"""Draws the lines of a table: heading, rows and group headings, in as few styles as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from data.dataclass import dataclass
from widgets.cells.column import GUTTER, Column, Layout, Place, last_first, lay_out
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain
from widgets.cells.states import state_of


@dataclass(frozen=True)
class TableStyles:
    """The styles of a table's parts; `tones` are those of the states."""

    row: Style
    cursor: Style
    resting: Style
    header: Style
    picked: Style
    group: Style
    tones: Mapping[str, Style]


class TablePaint:
    """Draws lines for one set of columns, one width and one sideways position.

    `kept` cells at the right are left free for the scroll bar, so that nothing moves when it comes.
    """

    def __init__(
        self, columns: Sequence[Column], width: int, first: int, styles: TableStyles, kept: int = 0
    ) -> None:
        self.columns, self.width, self.styles = columns, width, styles
        self.kept = min(kept, width)
        room = width - self.kept
        self.first = min(first, last_first(columns, room))
        self.layout: Layout = lay_out(columns, room, self.first)

    @property
    def keys(self) -> list[str]:
        """The columns of the frame that a row is drawn from."""
        return [place.column.key for place in self.layout.places]

    def shown(self) -> list[Column]:
        """Return the columns that are drawn."""
        return [place.column for place in self.layout.places]

    def place_at(self, x: int) -> Place | None:
        """Return the column drawn at a cell, or None between columns."""
        return next((p for p in self.layout.places if p.start <= x < p.start + p.width), None)

    def header(self, sort: tuple[str, bool] | None, picking: int | None) -> Strip:
        """Draw the headings, with the sort mark and, while choosing, a number before each."""
        marks = glyphs()
        segments = [Segment(marks.more_left if self.layout.more_left else " ", self.styles.header)]
        used = GUTTER
        for number, place in enumerate(self.layout.places):
            title = plain(place.column.title)
            if picking is not None and number < 10:
                title = f"{(number + 1) % 10} {title}"
            text = fit(title, place.width, place.column.side)
            if sort is not None and sort[0] == place.column.key:
                mark = marks.descending if sort[1] else marks.ascending
                text = self._marked(title, mark, place)
            style = self.styles.picked if picking == number else self.styles.header
            segments += [Segment(" " * (place.start - used), self.styles.header), Segment(text, style)]
            used = place.start + place.width
        return self._line(segments, used, self.styles.header, more=self.layout.more_right)

    def row(self, values: Sequence[object], cursor: Style | None = None, *, sign: str = "") -> Strip:
        """Draw one row; `values` are those of `keys`, `cursor` is the style of a row that has it.

        `sign` stands before a selected row.

        Only a state has a style of its own, and none in the row with the cursor: fewer bytes to write.
        """
        style = cursor or (self.styles.tones["warn"] if sign else self.styles.row)
        text = sign or (glyphs().cursor if cursor is not None else " ")
        segments: list[Segment] = []
        used = GUTTER
        for place, value in zip(self.layout.places, values, strict=True):
            text += " " * (place.start - used)
            cell = place.column.text(value, place.width)
            if place.column.kind == "state" and cursor is None:
                tone = self.styles.tones[state_of(value).tone]
                if text.strip(" "):
                    segments.append(Segment(text, style))
                    text = ""
                segments.append(Segment(text + cell, tone))  # blanks before it cost no style of their own
                text = ""
            else:
                text += cell
            used = place.start + place.width
        if text:
            segments.append(Segment(text, style))
        return self._line(segments, used, style)

    def heading(self, label: object, count: int) -> Strip:
        """Draw the heading of a group of `count` rows."""
        text = f" {plain(label)} ({count:,})"
        return Strip([Segment(fit(text, self.width), self.styles.group)], self.width)

    def message(self, text: str, line: int) -> Strip:
        """Draw one line of words in the place of rows; what does not fit goes on in the next."""
        lines = wrap(plain(text), max(1, self.width - 2))
        words = lines[line] if line < len(lines) else ""
        return Strip([Segment(fit(f" {words}", self.width), self.styles.row)], self.width)

    def blank(self) -> Strip:
        """Draw an empty line."""
        return Strip([Segment(" " * self.width, self.styles.row)], self.width)

    def _marked(self, title: str, mark: str, place: Place) -> str:
        if place.column.side == "right":
            return fit(f"{fit(title, min(len(title), place.width - 1))}{mark}", place.width, "right")
        return fit(title, min(len(title), place.width - 1)) + fit(mark, max(1, place.width - len(title)))

    def _line(self, segments: list[Segment], used: int, style: Style, more: bool = False) -> Strip:
        spare = self.width - used
        if spare > self.kept:
            end = glyphs().more_right if more else " "
            segments.append(Segment(" " * (spare - 1 - self.kept) + end + " " * self.kept, style))
        elif spare > 0:
            segments.append(Segment(" " * spare, style))
        strip = Strip(segments).simplify()
        if more and spare <= self.kept:
            strip = strip.crop(0, max(0, self.width - 1 - self.kept))
            return Strip([*strip, Segment(glyphs().more_right + " " * self.kept, style)]).crop(0, self.width)
        return strip if strip.cell_length == self.width else strip.crop(0, self.width)
