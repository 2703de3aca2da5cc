"""Weeks down, days across: how much each day holds, by a figure and a bar, and one cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain
from widgets.charts.week_cells import Day, cell, column_at, step_of, widths

if TYPE_CHECKING:
    import polars as pl

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LABEL = 8  # cells of the week's own name
WEEK = 7
HEAVY = 6  # steps of the bar from which a day is drawn bold


class WeekGrid(Widget, can_focus=True):
    """A calendar with one line for what came before it and a line a week, Monday first.

    A day reads: its number, its letter, a bar that is taller for more, and the figure.
    """

    TOP = "earlier"
    """The key of the line above the weeks."""

    DEFAULT_CSS = """
    WeekGrid {
        height: auto; width: 1fr; background: $background; color: $foreground;
        & > .week-grid--header { background: $panel; color: $foreground; text-style: bold; }
        & > .week-grid--label { color: $secondary; }
        & > .week-grid--bar { color: $primary; }
        & > .week-grid--heavy { color: $primary; text-style: bold; }
        & > .week-grid--marked { color: $warning; }
        & > .week-grid--top { color: $error; text-style: bold; }
        & > .week-grid--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .week-grid--blurred { background: $panel; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"week-grid--{part}"
        for part in ("header", "label", "bar", "heavy", "marked", "top", "cursor", "blurred")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "day(-1)", "Day before", show=False, id="week.left"),
        Binding("right,l", "day(1)", "Day after", show=False, id="week.right"),
        Binding("up,k", "week(-1)", "Week before", show=False, id="week.up"),
        Binding("down,j", "week(1)", "Week after", show=False, id="week.down"),
        Binding("pageup", "week(-1)", "Week before", show=False, id="week.page_up"),
        Binding("pagedown", "week(1)", "Week after", show=False, id="week.page_down"),
        Binding("home,g", "first", "First day", show=False, id="week.first"),
        Binding("end,G", "last", "Last day", show=False, id="week.last"),
        Binding("enter", "open", "Open", id="week.open", tooltip="The list of the day"),
    ]

    class Moved(Message):
        """The cursor came to another day (2026-12-24, or TOP); of several in a burst the last is heard."""

        def __init__(self, grid: WeekGrid, day: str) -> None:
            super().__init__()
            self.grid, self.day = grid, day

        def can_replace(self, message: Message) -> bool:
            """Replace an earlier move that nobody has heard yet."""
            return isinstance(message, WeekGrid.Moved) and message.grid is self.grid

    class Opened(Message):
        """The reader chose a day."""

        def __init__(self, day: str) -> None:
            super().__init__()
            self.day = day

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make a calendar without days."""
        super().__init__(id=id, classes=classes)
        self._days: dict[date, Day] = {}
        self._first = self._last = self._monday = date.min
        self._most = 0
        self._top, self._top_count = "", 0
        self._beyond: date | None = None
        self._at: date | None = None  # None is the line above the weeks
        self._column = 0

    # What the screen asks and says

    def show(
        self,
        days: pl.DataFrame,
        *,
        top: str = "",
        top_count: int = 0,
        start: date | None = None,
        beyond: date | None = None,
    ) -> None:
        """Replace the days; the cursor stays on its day if that is still there, else it goes to the start.

        Args:
            days: one row per day in order, without gaps: date (Date), count (not negative), mark (String, one
                letter, or null).
            top: words for the line above the weeks.
            top_count: how much that line holds; it can be opened even when that is nothing.
            start: where the cursor begins; None: on the first day.
            beyond: from this day on the figures are incomplete: drawn quietly, the week's name with a "?".
        """
        begun = bool(self._days)
        listed = [
            Day(day, int(count or 0), plain(mark)[:1] if mark else "")
            for day, count, mark in days.select("date", "count", "mark").iter_rows()
        ]
        self._days = {day.date: day for day in listed}
        self._most = max((day.count for day in listed), default=0)
        self._top, self._top_count = plain(top) if top else "", top_count
        self._beyond = beyond
        if listed:
            self._first, self._last = listed[0].date, listed[-1].date
            self._monday = self._first - timedelta(days=self._first.weekday())
            lost = self._at is not None and self._at not in self._days
            if not begun or lost:
                self._at = start if start in self._days else self._first
                self._column = self._at.weekday()
        self.refresh(layout=True)

    @property
    def day(self) -> str:
        """The key of the day under the cursor: 2026-12-24, or TOP."""
        return self.TOP if self._at is None else self._at.isoformat()

    def select(self, day: date | None) -> None:
        """Put the cursor on a day, or (None) on the line above the weeks."""
        if day is None or day in self._days:
            self._go(day)

    @property
    def weeks(self) -> int:
        """How many lines of weeks there are."""
        return (self._last - self._monday).days // WEEK + 1 if self._days else 0

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """A line of names, the line above the weeks, and the weeks."""
        return 2 + self.weeks

    # Keys

    def action_day(self, by: int) -> None:
        """Move by days; from the line above the weeks into the first day."""
        if self._at is None:
            if by > 0:
                self._go(self._first, keep_column=False)
            return
        target = self._at + timedelta(days=by)
        if target in self._days:
            self._go(target, keep_column=False)
        elif target < self._first:
            self._go(None)

    def action_week(self, by: int) -> None:
        """Move by weeks in the same column, as far as there are days."""
        if not self._days:
            return
        if self._at is None:
            if by > 0:
                self._go(max(self._first, self._monday + timedelta(days=self._column)))
            return
        target = self._monday_of(self._at) + timedelta(days=by * WEEK + self._column)
        if by < 0 and self._monday_of(self._at) == self._monday:
            self._go(None)
        elif self._monday_of(target) <= self._monday_of(self._last):
            self._go(min(max(target, self._first), self._last))

    def action_first(self) -> None:
        """Go to the first day."""
        if self._days:
            self._go(self._first, keep_column=False)

    def action_last(self) -> None:
        """Go to the last day."""
        if self._days:
            self._go(self._last, keep_column=False)

    def action_open(self) -> None:
        """Tell the screen which day was chosen."""
        self.post_message(self.Opened(self.day))

    def on_click(self, event: events.Click) -> None:
        """Go to a day; open the one that the cursor is on."""
        hit = self._hit(event.x, event.y)
        if hit and hit == self.day:
            self.action_open()
        elif hit:
            self._go(None if hit == self.TOP else date.fromisoformat(hit), keep_column=False)

    def on_focus(self) -> None:
        """Show the cursor as live."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh()

    def _monday_of(self, day: date) -> date:
        return day - timedelta(days=day.weekday())

    def _go(self, day: date | None, *, keep_column: bool = True) -> None:
        if day == self._at:
            return
        before, self._at = self._at, day
        if day is not None and not keep_column:
            self._column = day.weekday()
        for one in (before, day):
            self.refresh(Region(0, self._line_of(one), self.size.width, 1))
        self.post_message(self.Moved(self, self.day))

    def _line_of(self, day: date | None) -> int:
        return 1 if day is None else 2 + (day - self._monday).days // WEEK

    def _hit(self, x: int, y: int) -> str:
        """Return the key of the day drawn at a cell, empty where there is none."""
        if y == 1:
            return self.TOP
        number = column_at(x - LABEL, self._cells())
        if number is None or y < 2:
            return ""
        day = self._monday + timedelta(days=(y - 2) * WEEK + number)
        return day.isoformat() if day in self._days else ""

    # Drawing

    def _cells(self) -> Sequence[int]:
        return widths(self.size.width - LABEL)

    def render_line(self, y: int) -> Strip:
        """Draw the names, the line above the weeks, or a week."""
        width, style = self.size.width, self.rich_style
        if y == 0:
            return Strip([Segment(fit(self._names(), width), self._part("header"))], width)
        if y == 1:
            segments = [Segment(*self._top_line(width))]
        elif y - 2 < self.weeks:
            segments = self._week(self._monday + timedelta(days=(y - 2) * WEEK))
        else:
            segments = []
        return Strip(segments).simplify().adjust_cell_length(width, style)

    def _names(self) -> str:
        return fit("Week of", LABEL) + "".join(
            fit(f" {name}", cells) for name, cells in zip(NAMES, self._cells(), strict=True)
        )

    def _top_line(self, width: int) -> tuple[str, Style]:
        here = self._at is None
        text = fit("Earlier", LABEL - 1) + " " + (glyphs().cursor if here else " ") + self._top
        return fit(text, width), self._live("top" if self._top_count else "label", here)

    def _week(self, monday: date) -> list[Segment]:
        unsure = self._beyond is not None and monday + timedelta(days=WEEK - 1) >= self._beyond
        named = fit(f"{monday.day:>2} {MONTHS[monday.month - 1]}{' ?' if unsure else ''}", LABEL)
        segments = [Segment(named, self._part("label"))]
        for number, cells in enumerate(self._cells()):
            day = self._days.get(monday + timedelta(days=number))
            if day is None:
                segments.append(Segment(" " * cells, self.rich_style))
                continue
            here = day.date == self._at
            step = step_of(day.count, self._most)
            beyond = self._beyond is not None and day.date >= self._beyond
            part = "label" if not day.count or beyond else "heavy" if step >= HEAVY else "bar"
            segments.append(Segment(cell(day, cells, step, here=here), self._live(
                "marked" if day.mark and day.count else part, here
            )))  # fmt: skip
        return segments

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"week-grid--{name}")

    def _live(self, part: str, here: bool) -> Style:
        if not here:
            return self._part(part)
        return self._part("cursor" if self.has_focus else "blurred")
