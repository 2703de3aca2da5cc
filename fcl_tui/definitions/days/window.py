"""What a figure of a day counts: the day itself, a period, or so many months up to it."""

from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

from data.dataclass import dataclass
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.figures.measure import Measure

MARCH, APRIL, DECEMBER = 3, 4, 12
Days: TypeAlias = "list[tuple[date, date, date]]"
"""Days with the window of each: day, first and last, both in it"""


@dataclass(frozen=True)
class Window:
    """What a figure of a day counts: how things are on it, its period, or so many months up to it."""

    kind: str
    """now, period or rolling"""
    months: int = 12
    """of a rolling window"""

    @classmethod
    def of(cls, measure: Measure) -> "Window":
        """The window that a measure declares."""
        return cls(measure.window, measure.months if measure.window == "rolling" else 12)

    def on(self, day: date, first: date | None = None, last: date | None = None) -> tuple[date, date]:
        """Its first and last day on an as-at day; a period is the one asked for, else twelve months."""
        if self.kind == "now":
            return day, day
        if self.kind == "rolling":
            return _months_before(day + timedelta(days=1), self.months), day
        return twelve_months(day, first, last)

    def monthly(self, first: date, last: date, months: int = 1) -> Days:
        """The month ends of a period, the last of them its last day; a period is each month's own days.

        Args:
            months: 3 or 12: the same of the quarters or the years of the financial calendar.
        """
        ends = [day for day in month_ends(first, last) if day == last or not (day.month - MARCH) % months]
        if self.kind == "period":
            return [(day, max(first, begin_of(day, months)), day) for day in ends]
        return [(day, *self.on(day)) for day in ends]


def window_of(measure: Measure) -> Window:
    """The window a strategic report shows a measure with: its own, and twelve months for a period."""
    own = Window.of(measure)
    return Window("rolling") if own.kind == "period" else own


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from the first day to the last, and the last day itself."""
    ends: list[date] = []
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        ends.append(min(date(year, month, monthrange(year, month)[1]), last))
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
    return ends


def months_to(as_at: date, count: int) -> tuple[date, date]:
    """The first and last day of so many months, the last of them the one of the as-at day."""
    year, month = divmod(as_at.year * 12 + as_at.month - 1 - (count - 1), 12)
    return date(year, month + 1, 1), as_at


def month_over(day: date) -> date:
    """The last day of the month that is reported on a day: the last that is over then."""
    after = day + timedelta(days=1)
    return day if after.day == 1 else day.replace(day=1) - timedelta(days=1)


def begin_of(day: date, months: int) -> date:
    """The first day of the month of a day, of its quarter (3) or of its year (12), which begins in April."""
    year, month = divmod(day.year * 12 + day.month - 1 - (day.month - APRIL) % months, 12)
    return date(year, month + 1, 1)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_before(day: date) -> date:
    """The same day a year earlier; the last of February for the 29th, and for the last of February."""
    after = day + timedelta(days=1)
    if after.day == 1:  # the end of a month is held against the end of a month
        return after.replace(year=after.year - 1) - timedelta(days=1)
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def trend_days(as_at: date, months: int) -> list[date]:
    """The ends of so many months, the last of them the as-at day."""
    return month_ends(*months_to(as_at, months))
