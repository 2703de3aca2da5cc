"""Periods of the Board's indicators by their names: 2026-09, 2026-27Q2, 2026-27T1, 2026-27FY, 2025/26AY."""

from __future__ import annotations

import re
from datetime import date, timedelta

from data.dataclass import dataclass

QUARTERS = {1: 4, 2: 7, 3: 10, 4: 1}
"""The month that each quarter of a financial year begins with"""
KINDS = {
    "month": ("2026-09", r"(\d{4})-(\d\d)"),
    "quarter": ("2026-27Q2", r"(\d{4})-(\d\d)Q([1-4])"),
    "term": ("2026-27T1", r"(\d{4})-(\d\d)T([1-3])"),
    "year": ("2026-27FY", r"(\d{4})-(\d\d)FY"),
    "academic": ("2025/26AY", r"(\d{4})/(\d\d)AY"),
    "rolling": ("R12@2026-09", r"R12@(\d{4})-(\d\d)"),
}
"""How each kind is written: an example, and its pattern"""


@dataclass(frozen=True)
class Period:
    """A period with its first and last day, both in it."""

    name: str
    kind: str
    """of KINDS"""
    first: date
    last: date

    @property
    def year(self) -> str:
        """The name of the year that its target belongs to: 2026-27FY, or 2025/26AY."""
        if self.kind in ("academic", "term"):
            begun = self.first.year - (self.first.month < 9)
            return f"{begun}/{(begun + 1) % 100:02}AY"
        return financial_year(self.last)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def financial_year(day: date) -> str:
    """The financial year that a day is in: 2026-27FY from 1 April 2026."""
    begun = day.year - (day.month < 4)
    return f"{begun}-{(begun + 1) % 100:02}FY"


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def period(name: str) -> Period | None:
    """The period of this name; None: it names none (2026-28FY, 2026-13).

    Terms: autumn September to December, spring January to Easter Sunday, summer from the day after to August.
    """
    for kind, (_, pattern) in KINDS.items():
        found = re.fullmatch(pattern, name.strip())
        if found is not None:
            return _period(name.strip(), kind, [int(one) for one in found.groups()])
    return None


def _period(name: str, kind: str, told: list[int]) -> Period | None:
    year = told[0]
    if not 1990 <= year <= 2100:
        return None
    if kind in ("month", "rolling"):
        if not 1 <= told[1] <= 12:
            return None
        last = last_of_month(year, told[1])
        first = date(year, told[1], 1)
        if kind == "rolling":
            first = last_of_month(year - 1, told[1]) + timedelta(days=1)
        return Period(name, kind, first, last)
    if told[1] != (year + 1) % 100:
        return None
    if kind == "quarter":
        month = QUARTERS[told[2]]
        begun = year + (told[2] == 4)
        return Period(name, kind, date(begun, month, 1), last_of_month(begun, month + 2))
    if kind == "term":
        spring = easter(year + 1)
        days = {
            1: (date(year, 9, 1), date(year, 12, 31)),
            2: (date(year + 1, 1, 1), spring),
            3: (spring + timedelta(days=1), date(year + 1, 8, 31)),
        }[told[2]]
        return Period(name, kind, *days)
    month = 4 if kind == "year" else 9
    return Period(name, kind, date(year, month, 1), last_of_month(year + 1, month - 1))


def month_of(day: date) -> Period:
    """The month that a day is in."""
    return Period(f"{day:%Y-%m}", "month", day.replace(day=1), last_of_month(day.year, day.month))


def quarter_of(day: date) -> Period:
    """The quarter of the financial year that a day is in."""
    begun = day.year - (day.month < 4)
    number = (day.month - 4) % 12 // 3 + 1
    found = period(f"{begun}-{(begun + 1) % 100:02}Q{number}")
    assert found is not None
    return found


def last_quarter(day: date) -> Period:
    """The newest quarter that has ended on a day: what the Board looks at."""
    here = quarter_of(day)
    return here if here.last == day else quarter_of(here.first - timedelta(days=1))


def quarters_to(day: date, count: int) -> list[Period]:
    """So many quarters, oldest first, the last the newest that has ended on a day."""
    found = [last_quarter(day)]
    while len(found) < count:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return found[::-1]


def months_to(day: date, count: int) -> list[Period]:
    """So many months, oldest first, the last the newest that has ended on a day."""
    here = month_of(day)
    found = [here if here.last == day else month_of(here.first - timedelta(days=1))]
    while len(found) < count:
        found.append(month_of(found[-1].first - timedelta(days=1)))
    return found[::-1]


def kinds_of(frequency: str, calendar: str) -> tuple[str, ...]:
    """The kinds of period that an indicator may have values for, the usual first."""
    if calendar == "rolling12":
        return ("rolling",)
    if frequency == "annual":
        return ("academic",) if calendar == "academic" else ("year",)
    return {"monthly": ("month", "quarter"), "quarterly": ("quarter",), "termly": ("term",)}[frequency]


def newest_due(frequency: str, calendar: str, lag_days: int, as_at: date) -> Period:
    """The newest period whose value is due on a day: it ended `lag_days` before or earlier."""
    ended = as_at - timedelta(days=lag_days)
    kind = kinds_of(frequency, calendar)[0]
    if kind == "month":
        return months_to(ended, 1)[0]
    if kind == "quarter":
        return last_quarter(ended)
    if kind == "rolling":  # the Board looks at those that end with a quarter
        rolling = period(f"R12@{last_quarter(ended).last:%Y-%m}")
        assert rolling is not None
        return rolling
    years = [ended.year - back for back in range(3)]
    names = {
        "term": [f"{year}-{(year + 1) % 100:02}T{term}" for year in years for term in (3, 2, 1)],
        "year": [f"{year}-{(year + 1) % 100:02}FY" for year in years],
        "academic": [f"{year}/{(year + 1) % 100:02}AY" for year in years],
    }[kind]
    found = (period(name) for name in names)
    return next(one for one in found if one is not None and one.last <= ended)
