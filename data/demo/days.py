"""Days as the demo's people live them: working days of England, as expressions."""

from datetime import date
from functools import cache, cached_property

import polars as pl

from data.dataclass import dataclass


@cache
def _holidays(first: int, last: int) -> tuple[date, ...]:
    import holidays

    return tuple(sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1))))


@dataclass(frozen=True)
class Days:
    """The demo's calendar: its as-at day and the working days around it."""

    as_at: date
    years: int = 6
    """how far back referrals go"""

    @property
    def today(self) -> pl.Expr:
        """The as-at day."""
        return pl.lit(self.as_at, dtype=pl.Date)

    @property
    def _first(self) -> date:
        return date(self.as_at.year - 28, 1, 1)

    @cached_property
    def _calendar(self) -> tuple[pl.Series, pl.Series, pl.Series]:
        """The working days, and for each calendar day the next and the last of them by number."""
        last = date(self.as_at.year + 2, 12, 31)
        free = _holidays(self._first.year, last.year)
        every = pl.date_range(self._first, last, eager=True).alias("day").to_frame()
        open_days = (pl.col("day").dt.weekday() <= 5) & pl.col("day").is_in(list(free)).not_()
        every = every.with_columns(open=open_days, last=open_days.cum_sum().cast(pl.Int64) - 1)
        following = every["last"] + (~every["open"]).cast(pl.Int64)
        return every.filter("open")["day"], following, every["last"]

    def _number(self, day: pl.Expr, numbers: pl.Series) -> pl.Expr:
        return pl.lit(numbers).gather((day - pl.lit(self._first)).dt.total_days().clip(0, numbers.len() - 1))

    def _dated(self, number: pl.Expr) -> pl.Expr:
        dates, _, _ = self._calendar
        return pl.lit(dates).gather(number.clip(0, dates.len() - 1))

    def working(self, day: pl.Expr | str, days: int | pl.Expr = 0) -> pl.Expr:
        """`days` working days after `day`; a day that is none is first moved on to the next."""
        _, following, _ = self._calendar
        day = pl.col(day) if isinstance(day, str) else day
        return self._dated(self._number(day, following) + days)

    def working_before(self, day: pl.Expr, days: int | pl.Expr = 0) -> pl.Expr:
        """`days` working days before `day`; a day that is none is first moved back."""
        _, _, last = self._calendar
        return self._dated(self._number(day, last) - days)

    def working_days_between(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        """Working days after `start`, up to and including `end`."""
        _, _, last = self._calendar
        return self._number(end, last) - self._number(start, last)


def after(day: pl.Expr, days: int | pl.Expr) -> pl.Expr:
    """`days` calendar days after `day`."""
    return day + pl.duration(days=days)


def days_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Calendar days from `start` to `end`."""
    return (end - start).dt.total_days()


def months(day: pl.Expr, count: int | pl.Expr) -> pl.Expr:
    """The same day `count` months later, or that month's last day."""
    if isinstance(count, int):
        return day.dt.offset_by(f"{count}mo")
    return day.dt.offset_by(pl.format("{}mo", count))
