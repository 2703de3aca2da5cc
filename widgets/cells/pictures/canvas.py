"""A grid of cells to draw on: text, and below it dots of which a cell has eight (or one, in plain ASCII)."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from widgets.cells.glyphs import is_ascii
from widgets.cells.plain import fit, plain

BRAILLE = 0x2800
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a cell, by row and column"""


class Span(NamedTuple):
    """Text of one tone: of `states.TONES`, or bar (our own figure), quiet or nothing."""

    text: str
    tone: str = ""


Line: TypeAlias = "list[Span]"
Lines: TypeAlias = "list[Line]"


def as_text(lines: Lines) -> str:
    """The picture without its colours."""
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


class Canvas:
    """Cells by column and row from the top left; what is written later covers what was."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(0, width), max(0, height)
        self._cells = [[(" ", "")] * self.width for _ in range(self.height)]
        self._dots: dict[tuple[int, int], tuple[int, str]] = {}

    @property
    def dots(self) -> tuple[int, int]:
        """Dots of a cell across and down."""
        return (1, 1) if is_ascii() else (2, 4)

    def put(self, x: int, y: int, text: str, tone: str = "") -> None:
        """Write text from a cell on; what goes beyond the edge is cut off."""
        if not 0 <= y < self.height:
            return
        for offset, sign in enumerate(text):
            if 0 <= x + offset < self.width:
                self._cells[y][x + offset] = (sign, tone)

    def blank(self, x: int, y: int) -> bool:
        """Whether nothing is in the cell."""
        return self._cells[y][x][0] == " " and (x, y) not in self._dots

    def dot(self, x: int, y: int, tone: str, mark: str = "*") -> None:
        """Set a dot, counted in dots; in ASCII the mark is written."""
        across, down = self.dots
        cell = (x // across, y // down)
        if not (0 <= cell[0] < self.width and 0 <= cell[1] < self.height):
            return
        if is_ascii():
            self.put(*cell, mark, tone)
            return
        bits, _ = self._dots.get(cell, (0, tone))
        self._dots[cell] = (bits | BITS[y % down][x % across], tone)

    def lines(self) -> Lines:
        """What was drawn; text covers dots."""
        for (x, y), (bits, tone) in self._dots.items():
            if self._cells[y][x][0] == " ":
                self._cells[y][x] = (chr(BRAILLE + bits), tone)
        self._dots.clear()
        made: Lines = []
        for row in self._cells:
            line: Line = []
            for sign, tone in row:
                if line and line[-1].tone == tone:
                    line[-1] = Span(line[-1].text + sign, tone)
                else:
                    line.append(Span(sign, tone))
            made.append(line)
        return made


def cut(text: object, width: int) -> str:
    """Text from the data, without anything that could act, in exactly so many cells."""
    return fit(plain(text), max(0, width), "left") if width > 0 else ""


def figure(value: float | None, unit: str = "number") -> str:
    """A figure in words: 12, 12.5, 12.5%; a minus for none."""
    if value is None:
        return "-"
    whole = abs(value - round(value)) < 0.05
    told = f"{round(value):,}" if whole else f"{value:,.1f}"
    return f"{told}%" if unit == "percent" else told
