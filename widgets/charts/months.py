"""Columns side by side, one a month (or any other step), oldest at the left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.column import Column, Kind
from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain
from widgets.cells.states import TONES, state_of

if TYPE_CHECKING:
    import polars as pl

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AXIS = 7
NARROWEST, WIDEST = 3, 8


class MonthColumns(Widget):
    """A small column chart: the figures stand below the columns wherever they have room."""

    DEFAULT_CSS = """
    MonthColumns {
        height: 10; width: 1fr; background: $background; color: $foreground;
        & > .month-columns--bar { color: $primary; }
        & > .month-columns--bad { color: $error; }
        & > .month-columns--warn { color: $warning; }
        & > .month-columns--good { color: $success; }
        & > .month-columns--quiet { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"month-columns--{part}" for part in ("bar", *TONES)}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make a chart without columns."""
        super().__init__(id=id, classes=classes)
        self._months: list[tuple[object, Any, object]] = []
        self._kind: Kind = "number"
        self._target: float | None = None
        self._most = self._least = 0.0
        self._stated = False

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
        least: float | None = None,
    ) -> None:
        """Replace the columns.

        Args:
            frame: one row per column, oldest first; where not all fit the latest are drawn.
            label: dates (drawn as month and year) or short texts.
            value: figures, not negative; null leaves a gap that is marked.
            kind, target, most, state: as for BarChart; a state is drawn as its shape below the column.
            least: the figure at the foot, so that what differs can be seen; lowered to the next ten below the
                lowest figure.
        """
        values = frame[value].to_list()
        states: list[Any] = frame[state].to_list() if state is not None else [None] * frame.height
        self._months = list(zip(frame[label].to_list(), values, states, strict=True))
        figures = [float(v) for v in values if v is not None] + ([target] if target is not None else [])
        self._kind, self._target, self._stated = kind, target, state is not None
        self._most = most if most is not None else max(figures, default=0.0)
        self._least = 0.0 if least is None else max(0.0, min([least, *(v // 10 * 10 for v in figures)]))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line: the columns, then figures, states, months and years."""
        feet = ["figure", *(["state"] if self._stated else []), "month", "year"]
        high = self.size.height - len(feet)
        if high < 1:
            feet, high = (
                feet[-1:] if self.size.height < 2 else ["figure", "month"],
                max(0, self.size.height - 2),
            )
        shown, cells = self._fitted()
        segments = [Segment(self._axis(y, high), self.rich_style)]
        before: object = None
        for label, value, state in shown:
            tone = state_of(state).tone if self._stated else "bar"
            if y < high:
                style = self.get_component_rich_style(f"month-columns--{tone}")
                segments.append(Segment(self._cell(value, high - 1 - y, high, cells), style))
            elif y - high < len(feet):
                text = self._foot(feet[y - high], (label, value, state), cells, before)
                segments.append(Segment(fit(text, cells - 1, "centre") + " ", self.rich_style))
            before = label
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style)

    def _fitted(self) -> tuple[list[tuple[object, Any, object]], int]:
        room = self.size.width - AXIS
        cells = max(NARROWEST, min(WIDEST, room // max(1, len(self._months))))
        return self._months[-max(1, room // cells) :], cells

    def _axis(self, y: int, high: int) -> str:
        column = Column("", "", AXIS - 1, kind="percent" if self._kind == "percent" else "number")
        target = None if self._target is None else self._level(self._target, high)
        if y < high and self._target is not None and high - 1 - y == target:
            return fit(f"aim {self._target:.0f}", AXIS - 1, "right") + " "
        if y == 0 and high:
            return column.text(round(self._most) if self._kind != "percent" else self._most) + " "
        return fit(f"{self._least:.0f}", AXIS - 1, "right") + " " if y == high - 1 else " " * AXIS

    def _level(self, value: float, high: int) -> int:
        """Return the line, from the bottom, that a figure's top is on."""
        return min(high - 1, int(self._share(value) * high))

    def _share(self, value: float) -> float:
        """Return how high a figure stands between the foot and the top, 0 to 1."""
        span = self._most - self._least
        return 0.0 if span <= 0 else min(1.0, max(0.0, (value - self._least) / span))

    def _cell(self, value: float | None, level: int, high: int, cells: int) -> str:
        marks = glyphs()
        aimed = self._target is not None and level == self._level(self._target, high)
        empty = marks.rule if aimed else " "
        if value is None:
            return (fit(marks.gap, cells - 1, "centre") if level == 0 else empty * (cells - 1)) + empty
        eighths = round(self._share(value) * high * 8)
        eighths = max(eighths, 1) if value else eighths
        full = max(0, min(8, eighths - level * 8))
        return (marks.steps[full - 1] if full else empty) * (cells - 1) + empty

    def _foot(self, foot: str, month: tuple[object, Any, object], cells: int, before: object) -> str:
        label, value, state = month
        if foot == "figure":
            figure = Column("", "", cells - 1, kind=self._kind).words(value, cells - 1)
            if len(figure) > cells - 1 and isinstance(value, float):
                figure = f"{value:.0f}"
            return figure if len(figure) < cells else ""
        if foot == "state":
            return state_of(state).shape
        if not isinstance(label, date):
            return plain(label) if foot == "month" else ""
        if foot == "month":
            return NAMES[label.month - 1][: cells - 1]
        new_year = not isinstance(before, date) or before.year != label.year
        return (f"{label.year}" if cells > 4 else f"{label.year % 100:02}") if new_year else ""
