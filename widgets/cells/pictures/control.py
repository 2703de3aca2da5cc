"""A control chart: the figures, their mean and limits, and a sign where the process has changed."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.cells.glyphs import is_ascii
from widgets.cells.pictures.canvas import Canvas, Lines, Span, cut
from widgets.cells.pictures.lines import (
    AXIS,
    LEAST,
    NAMES,
    Scale,
    Series,
    draw_axis,
    draw_labels,
    draw_names,
    draw_rule,
    draw_series,
)


def sign() -> str:
    """What a point with a signal is drawn as."""
    return "X" if is_ascii() else "\N{BLACK CIRCLE}"


def control_chart(
    labels: Sequence[str],
    values: Sequence[float | None],
    limits: tuple[Sequence[float | None], Sequence[float | None], Sequence[float | None]],
    signals: Sequence[str | None],
    width: int,
    height: int,
    *,
    unit: str = "number",
    tones: Sequence[str | None] = (),
    target: float | None = None,
    expected: tuple[str, Sequence[float | None]] | None = None,
) -> Lines:
    """Draw a control chart; nothing is worked out here.

    Args:
        limits: lower limit, mean and upper limit, a figure for every point.
        signals: in words, what each point shows; None: nothing. They are listed below, the latest first.
        tones: of each signal: good, bad, quiet.
        expected: what the values were said to become, drawn dotted: what it is called, and a figure for each
            point that has one.
    """
    lower, mean, upper = limits
    ahead = [] if expected is None else [expected]
    known = [one for row in (values, *limits, *(row for _, row in ahead)) for one in row if one is not None]
    if not known or width < LEAST[0] or height < LEAST[1] + 1:
        return [[Span(cut(_told(labels, signals), width))]][: max(0, height)]
    canvas = Canvas(width, height)
    right = min(NAMES, width // 3) if width >= 44 else 0
    wide, high = width - AXIS - right, height - 2
    across, down = canvas.dots
    scale = Scale.over([*known, *([target] if target is not None else [])], high * down, unit)
    draw_axis(canvas, scale, high, unit)
    for name, row, every, mark in (
        ("Upper", upper, 4, "."),
        ("Lower", lower, 4, "."),
        ("Mean", mean, 2, "-"),
    ):
        draw_series(canvas, Series(name, row, "quiet", mark, every), scale, AXIS, wide * across)
    for name, row in ahead:
        draw_series(canvas, Series(name, row, "quiet", name[:1].lower(), 3), scale, AXIS, wide * across)
    draw_series(canvas, Series("", values), scale, AXIS, wide * across)
    step = (wide * across - 1) / max(1, len(values) - 1)
    for index, value in enumerate(values):
        if value is not None and index < len(signals) and signals[index]:
            tone = (tones[index] if index < len(tones) else None) or "warn"
            canvas.put(AXIS + round(index * step) // across, scale.at(value) // down, sign(), tone)
    if target is not None:
        draw_rule(canvas, scale.at(target) // down, AXIS, wide)
    rows = (("Now", values), ("Upper limit", upper), ("Mean", mean), ("Lower limit", lower), *ahead)
    named = [(Series("", row).last, name, "bar" if name == "Now" else "quiet") for name, row in rows]
    draw_names(canvas, [*named, (target, "Target", "quiet")], scale, AXIS + wide + 1, right - 1, unit)
    draw_labels(canvas, labels, AXIS, wide, height - 2)
    canvas.put(0, height - 1, cut(_told(labels, signals), width))
    return canvas.lines()


def _told(labels: Sequence[str], signals: Sequence[str | None]) -> str:
    """The signals in words, the latest first."""
    told = [f"{label} {signal}" for label, signal in zip(labels, signals, strict=False) if signal]
    if not told:
        return "No signal: the figures vary as they have before"
    return f"{sign()} {'; '.join(reversed(told))}"
