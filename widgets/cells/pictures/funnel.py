"""Stages one after another: how many each has, and what share that is of the stage before."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.cells.glyphs import glyphs
from widgets.cells.pictures.canvas import Canvas, Lines, cut, figure

AFTER = 24
"""Cells at the right for the number and the share"""


def funnel(stages: Sequence[tuple[str, float | None]], width: int, height: int) -> Lines:
    """Draw a bar in the middle for each stage; a stage without a figure is said to have none."""
    canvas = Canvas(width, height)
    most = max((value for _, value in stages if value is not None), default=0.0)
    label = min(22, max((len(name) for name, _ in stages), default=0) + 1, max(6, width // 3))
    after = AFTER if width >= label + AFTER + 12 else 8
    wide = max(2, width - label - after)
    before: float | None = None
    for row, (name, value) in enumerate(stages[:height]):
        canvas.put(0, row, cut(name, label - 1))
        if value is not None and most:
            cells = max(1, round(value / most * wide)) if value else 0
            canvas.put(label + (wide - cells) // 2, row, glyphs().bar * cells, "bar")
        told = "no figure" if value is None else figure(value)
        if value is not None and before:
            told += f"  {figure(value / before * 100, 'percent')} of the above"
        canvas.put(label + wide + 1, row, told[: after - 1])
        before = value
    return canvas.lines()
