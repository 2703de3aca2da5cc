"""A strip of time: how much happened when, and where nothing did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.glyphs import glyphs

if TYPE_CHECKING:
    import polars as pl


def density(days: pl.Series, first: date, last: date, cells: int) -> list[int]:
    """Count days in `cells` equal stretches from `first` to `last`, both in it; nulls and others not."""
    import polars as pl

    counts = [0] * cells
    span = (last - first).days + 1
    if span <= 0 or cells <= 0:
        return counts
    kept = days.drop_nulls().cast(pl.Date)
    kept = kept.filter((kept >= first) & (kept <= last))
    cell = (kept - first).dt.total_days() * cells // span
    for number, count in cell.value_counts().iter_rows():
        counts[number] = count
    return counts


class DensityStrip(Widget):
    """Two lines: a mark a stretch of time, taller for more, and the years below. Gaps have their own mark."""

    DEFAULT_CSS = """
    DensityStrip {
        height: 2; width: 1fr; background: $background; color: $foreground;
        & > .density-strip--marks { color: $primary; }
        & > .density-strip--place { color: $warning; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"density-strip--marks", "density-strip--place"}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make an empty strip."""
        super().__init__(id=id, classes=classes)
        self._days: pl.Series | None = None
        self._first = self._last = self._place = None  # type: date | None

    def show(self, days: pl.Series, first: date | None = None, last: date | None = None) -> None:
        """Replace what is counted: a Date series, and the time it is drawn over (by default its own)."""
        kept = days.drop_nulls()
        self._days = kept
        lowest, highest = kept.min(), kept.max()
        self._first = first or (lowest if isinstance(lowest, date) else None)
        self._last = last or (highest if isinstance(highest, date) else None)
        self._place = None
        self.refresh()

    def mark(self, day: date | None) -> None:
        """Point at a day, e.g. that of the row under the cursor; None points at nothing."""
        if day != self._place:
            self._place = day
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the marks, or the years."""
        width, style = self.size.width, self.rich_style
        if self._days is None or self._first is None or self._last is None or self._last < self._first:
            return Strip([Segment(" " * width, style)], width)
        if y == 0:
            marks = self._marks(width)
            return Strip([Segment(marks, self.get_component_rich_style("density-strip--marks"))], width)
        if y > 1:
            return Strip([Segment(" " * width, style)], width)
        years = self._years(width)
        at = self._cell(self._place, width) if self._place is not None else None
        if at is None:
            return Strip([Segment(years, style)], width)
        start, end = years[:at].rfind(" ") + 1, years.find(" ", at)
        end = width if end < 0 else max(end, at + 1)
        years = years[:start] + " " * (end - start) + years[end:]  # half a year's digits would mislead
        place = Segment("^", self.get_component_rich_style("density-strip--place"))
        return Strip([Segment(years[:at], style), place, Segment(years[at + 1 :], style)], width)

    def _marks(self, width: int) -> str:
        if self._days is None or self._first is None or self._last is None:
            return " " * width
        counts = density(self._days, self._first, self._last, width)
        most, steps = max(counts, default=0), glyphs().steps
        top = len(steps) - 1
        return "".join(
            glyphs().gap if not count else steps[min(top, count - 1 if most <= top else count * top // most)]
            for count in counts
        )

    def _years(self, width: int) -> str:
        if self._first is None or self._last is None:
            return " " * width
        text = [" "] * width
        free = 0
        for year in range(self._first.year, self._last.year + 1):
            at = self._cell(max(self._first, date(year, 1, 1)), width)
            if at is not None and free <= at <= width - 4:
                text[at : at + 4] = str(year)
                free = at + 5
        return "".join(text)

    def _cell(self, day: date, width: int) -> int | None:
        if self._first is None or self._last is None or not self._first <= day <= self._last:
            return None
        span = (self._last - self._first) + timedelta(days=1)
        return (day - self._first).days * width // span.days
