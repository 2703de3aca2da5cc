"""The population that rates are worked out with, and how a count of some months becomes one of a year.

Source: mid-year estimates of children aged 0 to 17. A figure of the year to 31 March is held against the
estimate of the middle of that year, as in the national tables; where that one is not known yet, against the
newest before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context

NEEDED = "population"
"""Among a measure's needs: without one it is not known"""
UNKNOWN = "no population known"
PER = 10_000
APRIL = 4
MONTH = 365.25 / 12


def people(context: Context, day: date) -> int | None:
    """The children aged 0 to 17 that a rate of this day is out of; None: no population known."""
    known: Mapping[int, int] = context.population()
    year = estimate(known, day)
    return None if year is None else known[year]


def mid_year(day: date) -> int:
    """The mid-year whose estimate a rate of this day is out of: 2024 for 31 March 2025, then 2025."""
    return day.year - (day.month < APRIL)


def estimate(known: Mapping[int, int], day: date) -> int | None:
    """The mid-year that is used for a day: the one wanted, else the newest before it; None: there is none."""
    return max((one for one in known if one <= mid_year(day)), default=None)


def in_words(context: Context, day: date) -> str:
    """Which population a rate of this day is out of: 46,612 children aged 0 to 17 in mid-2024."""
    known: Mapping[int, int] = context.population()
    year = estimate(known, day)
    if year is None:
        return UNKNOWN
    told = f"{known[year]:,} children aged 0 to 17 in mid-{year}"
    return told if year == mid_year(day) else f"{told}; mid-{mid_year(day)} is not loaded"


def yearly(first: date, last: date) -> float:
    """What a count of a period is multiplied with to be one of a year; 1.0 for a day as it is."""
    if first == last:
        return 1.0
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day == first.day and months:
        return 12 / months
    return 12 / ((after - first).days / MONTH)
