"""Which year a return is for: the year that ends on 31 March."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import polars as pl

from data.schema.dates import moments

EPISODES = "episodes"
HAPPENED = {
    EPISODES: ("DECOM", "DEC"),
    "reviews": ("REVIEW",),
    "missing": ("MIS_START", "MIS_END"),
    "sw_episodes": ("SW_DECOM",),
}
"""Dates of what has happened by the date of a return."""

_CHANGED = (
    ("episodes", "REC", ("E43", "E44"), ("E45", "E46", "E47", "E48"), 2018),
    ("oc3", "ACTIV", ("F3", "P3"), ("F4", "F5", "P4", "P5"), 2021),
    ("header", "SEX", ("1", "2"), ("M", "F", "U"), 2024),
    ("episodes", "PLACE", ("H5", "P2", "Z1"), ("Z11", "Z12", "Z13", "Z14"), 2025),
)
"""File, column, codes of the old layout, codes of the new one, the last year of the old. A return with old
codes and no new one is of that year or an earlier one."""

_SPAN = re.compile(r"(?<!\d)(20\d\d)[-_/ ]?(?:20)?(\d\d)(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SHARE = 0.05
"""How many dates a year must have, against the year with most, to be the year of return: that some dates were
typed wrong does not make it."""

_STRANGE = 0.25
"""As many, for a year that the codes of the return do not fit or before which a year has no date at all."""

_FAR = 9999
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


def told_by(frames: Sequence[tuple[str, pl.DataFrame]], today: date, limit: int | None = None) -> int | None:
    """The year of return that some files' rows speak of, None where they have no dates.

    Episodes decide where there are any: every child of the year has one. Other files' dates are asked only
    without them, and then not for a year after `limit`.
    """
    episodes = happened([(kind, frame) for kind, frame in frames if kind == EPISODES], today)
    if len(episodes):
        return year_of(episodes, last_of_layout(frames))
    days = happened(frames, today)
    return year_of(days if limit is None else days.filter(days <= end_of(limit)), last_of_layout(frames))


def last_of_layout(frames: Iterable[tuple[str, pl.DataFrame]]) -> int | None:
    """The last year in which returns were written with the codes of these; None where they do not tell."""
    written: dict[tuple[str, str], set[str]] = {}
    for kind, frame in frames:
        for name in {column for file, column, *_ in _CHANGED if file == kind} & set(frame.columns):
            found = frame[name].drop_nulls().unique().str.strip_chars().str.to_uppercase()
            written.setdefault((kind, name), set()).update(found.str.replace(r"\.0+$", "").to_list())
    return min(
        (
            last
            for kind, name, old, new, last in _CHANGED
            if (codes := written.get((kind, name), set())) & set(old) and not codes & set(new)
        ),
        default=None,
    )  # fmt: skip


def year_of(days: pl.Series, layout: int | None = None) -> int | None:
    """The year of return that dates speak of: the latest with more than a few; None where there are none.

    Args:
        days: Date, no nulls.
        layout: the last year that the codes of the return fit, if they tell (`last_of_layout`).
    """
    if days.is_empty():
        return None
    years = pl.col("day")
    strange = (years - years.shift() > 1).fill_null(value=False) | (years > (layout or _FAR))
    counts = (
        _years(days)
        .value_counts(sort=False)
        .sort("day")
        .with_columns(share=pl.col("count") / pl.col("count").max())
        .filter(pl.col("share") >= pl.when(strange).then(_STRANGE).otherwise(_SHARE))
    )
    return int(counts["day"][-1])


def is_whole(days: pl.Series, year: int) -> bool:
    """Whether the dates reach so near the end of the year that the whole of it can be there."""
    within = days.filter(days <= end_of(year))
    latest = within.max()
    return isinstance(latest, date) and latest >= end_of(year) - _QUIET


def _years(days: pl.Series) -> pl.Series:
    return days.dt.year() + (days.dt.month() > 3).cast(pl.Int32)
