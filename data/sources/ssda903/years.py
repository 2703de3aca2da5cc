"""Which year a return is for: the year that ends on 31 March."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from data.dates import moments

HAPPENED = {
    "episodes": ("DECOM", "DEC"),
    "reviews": ("REVIEW",),
    "missing": ("MIS_START", "MIS_END"),
    "sw_episodes": ("SW_DECOM",),
}
"""Dates of what has happened by the day a return speaks for."""

_SPAN = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SHARE = 0.01
"""The part of all dates that must lie in a year for it to be the year of return, so that one typing error
does not make it."""

_QUIET = timedelta(days=90)
"""A whole year's return tells of something in its last three months."""


def year_in_name(name: str) -> int | None:
    """The year of return that a file's or folder's name says: 2025 in "header_2025.csv" and "903 2024-25"."""
    spans = {int(first) + 1 for first, last in _SPAN.findall(name) if (int(first) + 1) % 100 == int(last)}
    if len(spans) == 1:
        return spans.pop()
    singles = {int(year) for year in _SINGLE.findall(name)}
    return singles.pop() if not spans and len(singles) == 1 else None


def end_of(year: int) -> date:
    """The last day of a year of return."""
    return date(year, 3, 31)


def happened(frames: Iterable[tuple[str, pl.DataFrame]], today: date) -> pl.Series:
    """The dates of what has happened (Date), of some files' rows by kind; those after `today` are errors."""
    found = [
        moments(frame[name]).cast(pl.Date).alias("day")
        for kind, frame in frames
        for name in HAPPENED.get(kind, ())
    ]
    days = pl.concat([pl.Series("day", [], dtype=pl.Date), *found]).drop_nulls()
    return days.filter(days <= today)


def year_of(days: pl.Series) -> int | None:
    """The year of return that dates speak of: the latest with more than a few; None where there are none."""
    if days.is_empty():
        return None
    counts = _years(days).value_counts(sort=False).sort("day", descending=True)
    enough = counts.filter(pl.col("count") >= max(len(days) * _SHARE, 1))
    return int(enough["day"][0])


def is_whole(days: pl.Series, year: int) -> bool:
    """Whether the dates reach so near the end of the year that the whole of it can be there."""
    within = days.filter(days <= end_of(year))
    latest = within.max()
    return isinstance(latest, date) and latest >= end_of(year) - _QUIET


def _years(days: pl.Series) -> pl.Series:
    return days.dt.year() + (days.dt.month() > 3).cast(pl.Int32)
