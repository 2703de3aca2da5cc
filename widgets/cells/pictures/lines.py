"""Figures over time as a line, with a target and comparators; each named where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from data.dataclass import dataclass
from widgets.cells.glyphs import glyphs
from widgets.cells.pictures.canvas import Canvas, Line, Lines, Span, cut, figure

AXIS = 7
"""Cells at the left for the figures of the scale"""
NAMES = 22
"""Cells at the right for the names, where there is room"""
LEAST = (24, 4)
"""Cells in which a picture of lines is drawn at all"""


@dataclass(frozen=True)
class Series:
    """One line: a value for every label, None where there is none."""

    name: str
    values: Sequence[float | None]
    tone: str = "bar"
    mark: str = "*"
    """what it is drawn with in plain ASCII"""
    every: int = 1
    """of so many dots one is set: 1 a full line, 3 a dotted one"""

    @property
    def last(self) -> float | None:
        """The last value there is."""
        return next((value for value in reversed(self.values) if value is not None), None)


@dataclass(frozen=True)
class Scale:
    """Where a value stands between the foot and the top of a picture."""

    low: float
    high: float
    dots: int

    @classmethod
    def over(cls, values: Sequence[float], dots: int, unit: str, *, from_zero: bool = False) -> Scale:
        """The scale on which all these values are seen, with a little room; never beyond what can be."""
        low, high = min(values, default=0.0), max(values, default=1.0)
        room = (high - low) * 0.08 or max(1.0, abs(high) * 0.05)
        bottom = 0.0 if from_zero or low - room < 0 <= low else low - room
        top = min(100.0, high + room) if unit == "percent" and high <= 100 else high + room
        return cls(bottom, top, max(1, dots))

    def at(self, value: float) -> int:
        """The row of dots from the top."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round((1 - min(1.0, max(0.0, share))) * (self.dots - 1))


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    unit: str = "number",
    target: float | None = None,
) -> Lines:
    """Draw lines, the first of them over the others.

    Args:
        labels: one per value, oldest first: those at both ends and in the middle are written below.
        series: ours first.
    """
    known = [value for one in series for value in one.values if value is not None]
    if not known or width < LEAST[0] or height < LEAST[1]:
        return _in_words(series, width, height, unit)
    canvas = Canvas(width, height)
    right = min(NAMES, max(0, width // 3)) if width >= 44 else 0
    wide, high = width - AXIS - right, height - 1
    across, down = canvas.dots
    scale = Scale.over([*known, *([target] if target is not None else [])], high * down, unit)
    draw_axis(canvas, scale, high, unit)
    for one in reversed(series):
        draw_series(canvas, one, scale, AXIS, wide * across)
    if target is not None:
        draw_rule(canvas, scale.at(target) // down, AXIS, wide)
    named = [(one.last, one.name, one.tone) for one in series if one.last is not None]
    named += [(target, "Target", "quiet")] if target is not None else []
    draw_names(canvas, named, scale, AXIS + wide + 1, right - 1, unit)
    draw_labels(canvas, labels, AXIS, wide, height - 1)
    return canvas.lines()


def draw_axis(canvas: Canvas, scale: Scale, high: int, unit: str) -> None:
    """The figures at the top, the middle and the foot."""
    decimals = 1 if scale.high - scale.low < 10 and scale.high < 1000 else None
    for share, row in ((1.0, 0), (0.5, (high - 1) // 2), (0.0, high - 1)):
        value = scale.low + (scale.high - scale.low) * share
        canvas.put(0, row, f"{figure(round(value, decimals), unit)[: AXIS - 1]:>{AXIS - 1}} ", "quiet")


def draw_series(canvas: Canvas, one: Series, scale: Scale, left: int, dots: int) -> None:
    """A line from value to value; there is none where a value is missing."""
    across = canvas.dots[0]
    count = len(one.values)
    step = (dots - 1) / max(1, count - 1)
    before: tuple[int, int] | None = None
    for index, value in enumerate(one.values):
        if value is None:
            before = None
            continue
        x, y = round(index * step), scale.at(value)
        _stroke(canvas, before or (x, y), (x, y), one, left * across)
        before = (x, y)


def _stroke(canvas: Canvas, start: tuple[int, int], end: tuple[int, int], one: Series, left: int) -> None:
    (x0, y0), (x1, y1) = start, end
    previous = y0
    for x in range(x0, x1 + 1):
        y = round(y0 + (y1 - y0) * (x - x0) / (x1 - x0)) if x1 > x0 else y1
        step = 1 if y >= previous else -1
        rows = range(previous + step, y + step, step) if one.every == 1 and y != previous else (y,)
        for row in rows if x % one.every == 0 else ():
            canvas.dot(left + x, row, one.tone, one.mark)
        previous = y


def draw_rule(canvas: Canvas, row: int, left: int, wide: int, tone: str = "quiet") -> None:
    """A level line, where nothing else is."""
    for x in range(left, left + wide):
        if canvas.blank(x, row):
            canvas.put(x, row, glyphs().rule, tone)


def draw_names(
    canvas: Canvas,
    named: Sequence[tuple[float | None, str, str]],
    scale: Scale,
    left: int,
    wide: int,
    unit: str,
) -> None:
    """What each line is and its last figure, in the row where it ends or the nearest that is free."""
    if wide < 8:
        return
    down = canvas.dots[1]
    taken: set[int] = set()
    for value, name, tone in named:
        if value is None:
            continue
        wanted = scale.at(value) // down
        free = [one for one in range(canvas.height - 1) if one not in taken]
        row = min(free, key=[abs(one - wanted) for one in range(canvas.height)].__getitem__, default=None)
        if row is None:
            continue
        taken.add(row)
        told = figure(value, unit)
        canvas.put(left, row, f"{told} {cut(name, wide - len(told) - 1).rstrip()}", tone)


def draw_labels(canvas: Canvas, labels: Sequence[str], left: int, wide: int, row: int) -> None:
    """As many of the labels as fit below, the first and the last among them."""
    if not labels:
        return
    longest = max(len(label) for label in labels) + 2
    many = max(2, min(len(labels), wide // max(1, longest)))
    shown = {round(at * (len(labels) - 1) / max(1, many - 1)) for at in range(many)}
    taken: list[tuple[int, int]] = []
    first, last, *others = [*sorted(shown)[:1], *sorted(shown)[:0:-1]] if len(shown) > 1 else [0, 0]
    for index in dict.fromkeys((last, first, *others)):  # both ends before what is between them
        label = cut(labels[index], min(longest, wide)).rstrip()
        middle = left + round(index * (wide - 1) / max(1, len(labels) - 1))
        begin = max(left, min(middle - len(label) // 2, left + wide - len(label)))
        end = begin + len(label)
        if all(end < one or begin > other for one, other in taken):
            canvas.put(begin, row, label, "quiet")
            taken.append((begin, end))


def _in_words(series: Sequence[Series], width: int, height: int, unit: str) -> Lines:
    lines: list[Line] = [
        [Span(cut(f"{one.name} {figure(one.last, unit)}", width), one.tone)] for one in series
    ]
    return lines[: max(0, height)]
