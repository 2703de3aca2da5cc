"""Working days, months and birthdays, as Polars expressions.

The day something starts is day 0. A working day is Monday to Friday and not a bank holiday in England
(nor a local closure day). A start on a weekend or a holiday is still day 0, so the first working day
after it is day 1. Weeks and days are calendar days. Months keep the day of the month, or take the last
day of a shorter month. Due dates are never moved off a weekend or a holiday.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.dataclass import dataclass
from data.schema.fields import Field, schema_of

FIELDS = (
    Field("date", "Date", "kept", "a day that is not worked, besides weekends"),
    Field("name", "String", "kept", "what it is called; empty when unknown"),
)
"""The prepared frame `holidays`: one row per day. It holds no child."""

LEAP_MONTH, LEAP_DAY = 2, 29


@dataclass(frozen=True)
class Calendar:
    """The days that are not worked, besides weekends.

    Attributes:
        holidays: bank holidays and local closure days, in order.
        last_year: the last year whose holidays are known; due dates after it may still move.
        names: what each day of `holidays` is called, in the same order; empty when unknown.
    """

    holidays: tuple[date, ...]
    last_year: int
    names: tuple[str, ...] = ()

    @classmethod
    def england(cls, first_year: int, last_year: int, closures: Iterable[date] = ()) -> "Calendar":
        """The bank holidays of England for these years, one-off ones included, and local closures."""
        import holidays as library

        known = library.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
        days = dict.fromkeys(closures, "Local closure") | dict(known.items())
        ordered = sorted(days)
        return cls(tuple(ordered), last_year, tuple(days[day] for day in ordered))

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Calendar":
        """The calendar stored in the prepared frame `holidays` (date Date, name String)."""
        rows = sorted(frame.select("date", "name").drop_nulls("date").iter_rows())
        last_year = max((day.year for day, _ in rows), default=0)
        return cls(tuple(day for day, _ in rows), last_year, tuple(name or "" for _, name in rows))

    def frame(self) -> pl.DataFrame:
        """One row per day not worked, in the columns of `FIELDS`: the prepared frame `holidays`."""
        names = self.names or ("",) * len(self.holidays)
        return pl.DataFrame({"date": list(self.holidays), "name": list(names)}, schema=schema_of(FIELDS))

    def add_working_days(self, start: pl.Expr, days: pl.Expr | int) -> pl.Expr:
        """The working day that is `days` working days after `start`, which is day 0."""
        return start.dt.add_business_days(days, holidays=self.holidays, roll="backward")

    def working_days_between(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        """Working days after `start` up to and including `end` (Int64); negative when `end` is earlier."""
        first, last = pl.min_horizontal(start, end), pl.max_horizontal(start, end)
        day = pl.duration(days=1)
        days = pl.business_day_count(first + day, last + day, holidays=self.holidays).cast(pl.Int64)
        both = start.is_not_null() & end.is_not_null()
        return pl.when(both & (end < start)).then(-days).when(both).then(days)


def add_months(start: pl.Expr, months: pl.Expr | int) -> pl.Expr:
    """The same day of the month, `months` later; the last day of the month when there is no such day."""
    count = pl.lit(months) if isinstance(months, int) else months
    total = start.dt.year().cast(pl.Int32) * 12 + start.dt.month().cast(pl.Int32) - 1 + count.cast(pl.Int32)
    first = pl.date(total // 12, total % 12 + 1, 1)
    day = pl.min_horizontal(start.dt.day(), first.dt.month_end().dt.day())
    return first + pl.duration(days=day.cast(pl.Int64) - 1)


def birthday(dob: pl.Expr, years: int) -> pl.Expr:
    """The birthday on which this age is reached; 1 March in common years for those born on 29 February."""
    same = add_months(dob, years * 12)
    leapling = (dob.dt.month() == LEAP_MONTH) & (dob.dt.day() == LEAP_DAY) & (same.dt.day() != LEAP_DAY)
    return pl.when(leapling).then(same + pl.duration(days=1)).otherwise(same)


def age_on(dob: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whole years of age at the start of `day` (Int32); null before birth or without a date of birth."""
    years = day.dt.year() - dob.dt.year()
    not_yet = day.dt.month().cast(pl.Int32) * 100 + day.dt.day() < (
        dob.dt.month().cast(pl.Int32) * 100 + dob.dt.day()
    )
    return pl.when(day >= dob).then(years - not_yet.cast(pl.Int32))
