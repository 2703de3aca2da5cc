"""What a total is made of, as a bar of 100% for each row; parts are numbered, and named below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from widgets.cells.glyphs import glyphs
from widgets.cells.pictures.canvas import Canvas, Lines, cut, figure

TOTAL = 8
"""Cells at the right for the total"""


def stacked(
    rows: Sequence[tuple[str, Mapping[str, float]]], parts: Sequence[str], width: int, height: int
) -> Lines:
    """Draw a bar per row, and a legend with the share of each part in the last row.

    Args:
        rows: label and value by part; a part that a row has not is 0.
        parts: in the order in which they are drawn.
    """
    canvas = Canvas(width, height)
    legend = _legend(rows[-1][1] if rows else {}, parts, width)
    room = max(1, height - len(legend))
    label = min(16, max((len(name) for name, _ in rows), default=0) + 1, max(4, width // 4))
    wide = max(4, width - label - TOTAL)
    for row, (name, values) in enumerate(rows[-room:]):
        canvas.put(0, row, cut(name, label - 1))
        _bar(canvas, label, row, wide, [max(0.0, values.get(part, 0.0)) for part in parts])
        canvas.put(label + wide + 1, row, f"{figure(sum(values.values()))}"[: TOTAL - 1])
    for row, text in enumerate(legend, start=min(len(rows), room)):
        canvas.put(0, row, cut(text, width))
    return canvas.lines()


def _bar(canvas: Canvas, left: int, row: int, wide: int, values: Sequence[float]) -> None:
    total = sum(values)
    if not total:
        canvas.put(left, row, "no figures", "quiet")
        return
    shades = glyphs().shades
    past, begin = 0.0, 0
    for number, value in enumerate(values, start=1):
        past += value
        end = round(past / total * wide)
        cells = end - begin
        if cells <= 0:
            continue
        text = shades[(number - 1) % len(shades)] * cells
        name = str(number)
        if cells >= len(name) + 2:  # the number stands in its part, with a blank on both sides
            at = (cells - len(name) - 2) // 2
            text = f"{text[:at]} {name} {text[at + len(name) + 2 :]}"
        canvas.put(left + begin, row, text, "bar" if number % 2 else "quiet")
        begin = end


def _legend(values: Mapping[str, float], parts: Sequence[str], width: int) -> list[str]:
    total = sum(values.values())
    shades = glyphs().shades
    told = []
    for number, part in enumerate(parts, start=1):
        share = f" {values.get(part, 0.0) / total * 100:.1f}%" if total else ""
        told.append(f"{number} {shades[(number - 1) % len(shades)]} {part}{share}")
    lines: list[str] = []
    for one in told:
        if lines and len(lines[-1]) + 3 + len(one) <= width:
            lines[-1] += f"   {one}"
        else:
            lines.append(one)
    return lines
