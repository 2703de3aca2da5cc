"""Charts of one cell's height: figures over time as steps, and a total in shades of its parts.

Both are written as text, so that they filter, export and copy as their figures: a figure for each step or
part, a blank between them, a minus where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from widgets.cells.glyphs import glyphs

NONE = "-"
FLOOR, TOP = 60.0, 100.0
"""Percentages are drawn from here to there, where they differ; below the floor is the lowest step."""


def figures_of(text: str) -> list[float | None]:
    """The figures that a text holds; None for those that are missing or no figures."""
    return [_figure(one) for one in text.split()]


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def spark(text: str, width: int) -> str:
    """Percentages as steps, the latest at the right; a gap is marked where there was none."""
    marks = glyphs()
    steps = marks.steps
    top = len(steps) - 1
    drawn = ""
    for value in figures_of(text):
        if value is None:
            drawn += marks.gap
            continue
        share = (min(max(value, FLOOR), TOP) - FLOOR) / (TOP - FLOOR)
        drawn += steps[round(share * top)]
    return drawn[-width:] if width > 0 else ""


def trend(text: str, width: int) -> str:
    """Figures of any kind as steps between their lowest and highest, the latest at the right."""
    marks = glyphs()
    values = figures_of(text)[-width:] if width > 0 else []
    known = [value for value in values if value is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    top = len(marks.steps) - 1
    level = top // 2 if not span else None
    return "".join(
        marks.gap
        if value is None
        else marks.steps[level if level is not None else round((value - low) / span * top)]
        for value in values
    )


def bands(text: str, width: int) -> str:
    """Counts as one bar of at most `width` cells in shades, the lightest first; no part goes unseen."""
    counts = [max(0, int(value or 0)) for value in figures_of(text)]
    total = sum(counts)
    if not total or width <= 0:
        return ""
    shades = glyphs().shades
    cells = _shared(counts, min(width, total))
    return "".join(shades[min(number, len(shades) - 1)] * many for number, many in enumerate(cells))


def _shared(counts: Sequence[int], width: int) -> list[int]:
    """Share out cells by largest remainder, none of the parts without one where there is room."""
    total = sum(counts)
    cells = [max(1, count * width // total) if count else 0 for count in counts]
    left = width - sum(cells)
    order = sorted(range(len(counts)), key=lambda i: (-(counts[i] * width % total), i))
    for i in order * max(1, left):
        if left <= 0:
            break
        if counts[i]:
            cells[i] += 1
            left -= 1
    while sum(cells) > width and max(cells) > 1:
        cells[cells.index(max(cells))] -= 1
    return cells
