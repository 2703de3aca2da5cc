"""The days that a report of a period is about, by name, and those they are compared with.

Quarters and years are those of the financial year, which begins on 1 April. A period that has not ended yet
ends on the as-at day. Every period holds its first and its last day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

APRIL = 4
YEARS_OFFERED = 5
WORDS = {
    "last-month": "last month",
    "this-month": "this month",
    "last-quarter": "last quarter",
    "this-quarter": "this quarter",
    "year-to-date": "year to date",
    "last-12-months": "last 12 months",
}
"""The names of periods, as they are typed and saved, and as people read them; a year is 2025-26"""
STEP = {"this-month": 1, "last-month": 1, "this-quarter": 3, "last-quarter": 3}
"""Months back to the period that each is compared with; a year for the others"""
_YEAR = re.compile(r"(\d{4})[-/](\d{2})")


def twelve_months(as_at: date, first: date | None = None, last: date | None = None) -> tuple[date, date]:
    """The period asked for, both days in it, never later than the as-at day.

    Default: the twelve months ending on the last day, 1 April 2025 to 31 March 2026.
    """
    end = as_at if last is None else min(last, as_at)
    return first or _year_before(end + timedelta(days=1)), end


def _year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def offered(as_at: date) -> list[str]:
    """The names of the periods to choose from on a day, the years that have begun newest first."""
    begun = as_at.year - (as_at.month < APRIL)
    return [*WORDS, *(_year_name(year) for year in range(begun, begun - YEARS_OFFERED, -1))]


def named(name: str, as_at: date) -> tuple[date, date] | None:
    """The days of a period, both in it; None for a name that means none, or a year that has not begun.

    Args:
        name: one of WORDS, or a financial year: 2025-26 or 2025/26.
        as_at: the day it is named on; no period ends after it.
    """
    month = as_at.replace(day=1)
    quarter = _months_on(month, -((as_at.month - 1) % 3))
    before = timedelta(days=1)
    match name:
        case "this-month":
            return month, as_at
        case "last-month":
            return _months_on(month, -1), month - before
        case "this-quarter":
            return quarter, as_at
        case "last-quarter":
            return _months_on(quarter, -3), quarter - before
        case "year-to-date":
            return date(as_at.year - (as_at.month < APRIL), APRIL, 1), as_at
        case "last-12-months":
            return twelve_months(as_at)
    year = _YEAR.fullmatch(name)
    if year is None or _year_name(int(year[1])) != name.replace("/", "-"):
        return None
    first = date(int(year[1]), APRIL, 1)
    return (first, min(date(first.year + 1, APRIL - 1, 31), as_at)) if first <= as_at else None


def before(first: date, last: date, name: str | None = None) -> tuple[date, date]:
    """The period to compare with: as long, and as far into its month, quarter or year.

    Whole months are compared with as many whole months; days of one's own with as many days right before.
    """
    if name == "last-12-months":
        return _year_before(first), first - timedelta(days=1)
    whole = first.day == 1 and _ends_month(last)
    if name is None and not whole:
        return first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    months = (
        (last.year - first.year) * 12 + last.month - first.month + 1 if name is None else STEP.get(name, 12)
    )
    end = _months_on(last, -months)
    if _ends_month(last):
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return _months_on(first, -months), end


def in_words(name: str) -> str:
    """A period's name as people read it: last quarter, year 2025/26."""
    return WORDS.get(name) or f"year {name.replace('-', '/')}"


def days_in_words(first: date, last: date) -> str:
    """Its days, as short as they can be read: 1 Oct to 31 Dec 2025."""
    begins = f"{first.day} {first:%b}" + (f" {first.year}" if first.year != last.year else "")
    return f"{begins} to {last.day} {last:%b} {last.year}"


def _year_name(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    return _months_on(day, -months)


def _months_on(day: date, months: int) -> date:
    """The same day so many months later or earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
