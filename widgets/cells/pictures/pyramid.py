"""Ages as a pyramid: one side to the left, the other to the right, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.cells.glyphs import glyphs
from widgets.cells.pictures.canvas import Canvas, Lines, cut

FIGURE = 5


def pyramid(rows: Sequence[tuple[str, int, int]], sides: tuple[str, str], width: int, height: int) -> Lines:
    """Draw a bar to each side for every row, under a heading with the number and share of each side.

    Args:
        rows: label, left, right, in the order from the top; where not all fit, neighbours are put together.
    """
    left_all, right_all = sum(one for _, one, _ in rows), sum(one for _, _, one in rows)
    shown = _fitting(rows, max(1, height - 1))
    canvas = Canvas(width, height)
    label = max((len(name) for name, _, _ in shown), default=1) + 2
    side = max(1, (width - label - 2 * FIGURE) // 2)
    middle = FIGURE + side
    most = max((max(one, other) for _, one, other in shown), default=0)
    heads = [
        _head(sides[0], left_all, left_all + right_all),
        _head(sides[1], right_all, left_all + right_all),
    ]
    canvas.put(max(0, middle - len(heads[0]) - 1), 0, heads[0])
    canvas.put(middle + label + 1, 0, heads[1])
    for row, (name, left, right) in enumerate(shown, start=1):
        canvas.put(middle + (label - len(name)) // 2, row, cut(name, label).rstrip())
        for value, to_left in ((left, True), (right, False)):
            cells = max(1, round(value / most * side)) if value and most else 0
            begin = middle - cells if to_left else middle + label
            canvas.put(begin, row, glyphs().bar * cells, "bar" if to_left else "quiet")
            told = str(value)
            canvas.put(begin - len(told) - 1 if to_left else begin + cells + 1, row, told)
    return canvas.lines()


def _head(name: str, number: int, whole: int) -> str:
    return f"{name} {number:,}" + (f" ({number / whole * 100:.0f}%)" if whole else "")


def _fitting(rows: Sequence[tuple[str, int, int]], most: int) -> list[tuple[str, int, int]]:
    """As many rows as fit: of so many that follow one another one is made, named by its first and last."""
    together = -(-len(rows) // most) if rows else 1
    made = []
    for first in range(0, len(rows), together):
        some = rows[first : first + together]
        ends = (some[0][0], some[-1][0])
        name = ends[0] if ends[0] == ends[1] else "-".join(sorted(ends, key=_number))
        made.append((name, sum(one for _, one, _ in some), sum(one for _, _, one in some)))
    return made


def _number(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdigit() else (1_000, text)
