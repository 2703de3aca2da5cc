"""Quarters of the financial year by name: 2026-27Q1 is April to June 2026."""

from __future__ import annotations

import re
from datetime import date, timedelta

from data.errors import DataError

_NAME = re.compile(r"(\d{4})-(\d{2})Q([1-4])")


def quarter(name: str) -> tuple[date, date]:
    """The days of a quarter, both in it.

    Raises:
        DataError: it is not the name of a quarter.
    """
    told = _NAME.fullmatch(name.strip())
    if told is None or (int(told[1]) + 1) % 100 != int(told[2]) or not 1900 <= int(told[1]) <= 2200:
        raise DataError(f"{name!r} is not a quarter. Write it as 2026-27Q1: April to June 2026.")
    number = int(told[3])
    first = date(int(told[1]) + number // 4, 1 if number == 4 else 1 + 3 * number, 1)
    return first, _next(first) - timedelta(days=1)


def _next(first: date) -> date:
    return date(first.year + (first.month >= 10), first.month + 3 if first.month < 10 else 1, 1)


def name_of(day: date) -> str:
    """The name of the quarter that a day is in."""
    year = day.year - (day.month < 4)
    return f"{year}-{(year + 1) % 100:02}Q{(day.month - 4) % 12 // 3 + 1}"


def before(name: str, steps: int = 1) -> str:
    """The name of the quarter so many before."""
    first, _ = quarter(name)
    for _ in range(steps):
        first = quarter(name_of(first - timedelta(days=1)))[0]
    return name_of(first)
