"""Horizontal bars, one a row of a small frame, with their figures and, where given, a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.column import Column, Kind
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain
from widgets.cells.states import TONES, state_of

if TYPE_CHECKING:
    import polars as pl

FIGURE = 8


class BarChart(Widget):
    """Bars that read without colour: each has its figure, and its state in words where there is one."""

    DEFAULT_CSS = """
    BarChart {
        height: auto; width: 1fr; background: $background; color: $foreground;
        & > .bar-chart--bar { color: $primary; }
        & > .bar-chart--bad { color: $error; }
        & > .bar-chart--warn { color: $warning; }
        & > .bar-chart--good { color: $success; }
        & > .bar-chart--quiet { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"bar-chart--{part}" for part in ("bar", *TONES)}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make a chart without bars."""
        super().__init__(id=id, classes=classes)
        self._bars: list[tuple[str, float | None, object]] = []
        self._exact: list[Any] = []  # the figures as they came, for their wording
        self._stated = False
        self._kind: Kind = "number"
        self._target: float | None = None
        self._most = 0.0

    def show(
        self,
        frame: pl.DataFrame,
        label: str,
        value: str,
        *,
        kind: Kind = "number",
        target: float | None = None,
        most: float | None = None,
        state: str | None = None,
    ) -> None:
        """Replace the bars.

        Args:
            frame: one row per bar, in the order drawn; a null value is a row without a bar.
            label: the column of names.
            value: the column of figures, not negative.
            kind: how figures are worded, as for a table's column.
            target: where a mark is drawn in each bar's line.
            most: the figure of a full bar; by default the greatest figure or the target.
            state: a column of states (see widgets.cells.states) that colours a bar and is written after it.
        """
        states: list[Any] = frame[state].to_list() if state is not None else [None] * frame.height
        values = [None if v is None else float(v) for v in frame[value].to_list()]
        figures = [v for v in values if v is not None] + ([target] if target is not None else [])
        self._bars = [
            (plain(name), number, shown)
            for name, number, shown in zip(frame[label].to_list(), values, states, strict=True)
        ]
        self._exact = frame[value].to_list()
        self._kind, self._target = kind, target
        self._most = most if most is not None else max(figures, default=0.0)
        self._stated = state is not None and frame[state].null_count() < frame.height
        self.refresh(layout=True)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:  # noqa: ARG002
        """One line per bar."""
        return max(1, len(self._bars))

    def render_line(self, y: int) -> Strip:
        """Draw one bar; when not all fit, the last line says how many more there are."""
        width, style = self.size.width, self.rich_style
        left = len(self._bars) - y
        if left <= 0:
            return Strip([Segment(" " * width, style)], width)
        if y == self.size.height - 1 and left > 1:
            return Strip([Segment(fit(f" {left} more", width), style)], width)
        name, value, state = self._bars[y]
        names = min(max(cell_len(bar[0]) for bar in self._bars), max(6, width // 3))
        words = state_of(state).label if self._stated else ""
        after = max(cell_len(state_of(bar[2]).label) for bar in self._bars) + 1 if self._stated else 0
        room = width - names - FIGURE - after - 3
        figure = Column("", "", FIGURE, kind=self._kind).text(self._exact[y])
        if room < 4:  # too narrow for a bar: the figure is what matters
            return Strip([Segment(fit(f" {fit(name, names)} {figure} {words}", width), style)], width)
        tone = state_of(state).tone if self._stated else "bar"
        drawn = Segment(self._bar(value, room), self.get_component_rich_style(f"bar-chart--{tone}"))
        segments = [Segment(f" {fit(name, names)} ", style), drawn, Segment(f"{figure} {words}", style)]
        return Strip(segments).adjust_cell_length(width, style)

    def _bar(self, value: float | None, room: int) -> str:
        marks = glyphs()
        halves = 0 if value is None or self._most <= 0 else round(min(1.0, value / self._most) * room * 2)
        if value and not halves:
            halves = 1  # a small figure is not none
        bar = fit(marks.bar * (halves // 2) + marks.bar_part * (halves % 2), room)
        if self._target is None or self._most <= 0:
            return bar
        at = min(room - 1, round(self._target / self._most * room))
        return bar[:at] + marks.bar_target + bar[at + 1 :]
