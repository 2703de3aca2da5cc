"""The date of an Annex A workbook: the one that its ages fit, else the day the workbook was last saved.

A workbook is opened and saved again long after it was made. The ages that were worked out in it stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from data.dataclass import dataclass
from data.schema.dates import moments
from data.sources.annex_a.lists import Lists

BORN, AGE = "Date of Birth", "Age of Child (Years)"

CASES = (6, 7, 8, 9, 10)
"""Lists of cases: their ages are those on the day of the workbook. Others may give the age at the event."""

FEWEST = 3
"""Children whose ages have to be there."""

AGREE = 0.8
"""The part of them that one day has to fit."""

OLDEST = 30
"""Years; beyond that an age is an error."""


@dataclass(frozen=True)
class Day:
    """The day of the data and how it is known."""

    day: date | None
    told: str | None
    """one sentence; None when there is nothing to say"""
    by_ages: bool = False
    """the ages fit another day than the workbook's own date"""


def day_of(lists: Lists, saved: date | None, today: date) -> Day:
    """Tell the day of the data.

    The ages of several children leave a few days on which all of them are right. Where the day the workbook
    was saved is one of these it is the day; else the last of these that is not after the day it was saved.

    Args:
        lists: as read.
        saved: the day the workbook was last saved, by its own property.
    """
    span = _fitting(lists)
    if span is None:
        told = (
            None if saved is None else f"The data is of {_said(saved)}, the day the workbook was last saved."
        )
        return Day(saved, told)
    first, last = span
    if saved is not None and first <= saved <= last:
        told = f"The data is of {_said(saved)}, the day the workbook was last saved; the ages in it fit."
        return Day(saved, told)
    limit = min(saved, today) if saved is not None and saved >= first else today
    day = max(first, min(last, limit))
    instead = (
        "the workbook does not say when it was saved"
        if saved is None
        else f"not of {_said(saved)}, when the workbook was last saved"
    )
    return Day(day, f"The data is of {_said(day)}, by the ages in the lists; {instead}.", by_ages=True)


def _said(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _fitting(lists: Lists) -> tuple[date, date] | None:
    """The first and last of the days that most ages fit; None when the ages do not tell."""
    for wanted in (CASES, tuple(lists.rows)):
        found = list(_ages(lists, wanted))
        if not found:
            continue
        children = pl.concat(found).unique()
        if children.height >= FEWEST:
            return _most(children)
    return None


def _ages(lists: Lists, wanted: tuple[int, ...]) -> Iterator[pl.DataFrame]:
    """child, first (Date: the day of that age), until (Date: the next birthday)."""
    for list_no in wanted:
        if not (lists.has(list_no, BORN) and lists.has(list_no, AGE)):
            continue
        frame = lists.rows[list_no].frame
        age = pl.col(AGE).str.extract(r"^\s*(\d{1,2})(?:\.0+)?\s*$").cast(pl.Int64)
        rows = frame.select("child", age=age).with_columns(born=moments(frame[BORN]).cast(pl.Date))
        rows = rows.filter(pl.col("born").is_not_null(), pl.col("age") <= OLDEST)
        yield rows.select(
            "child",
            first=pl.col("born").dt.offset_by(pl.format("{}y", "age")),
            until=pl.col("born").dt.offset_by(pl.format("{}y", pl.col("age") + 1)),
        )


def _most(children: pl.DataFrame) -> tuple[date, date] | None:
    """The days that fit the most children, if those are nearly all; the latest such days of several."""
    steps = pl.concat(
        [children.select(day="first", step=pl.lit(1)), children.select(day="until", step=pl.lit(-1))]
    )
    days = (
        steps.group_by("day").agg(pl.col("step").sum()).sort("day")
        .with_columns(fit=pl.col("step").cum_sum(), until=pl.col("day").shift(-1))
    )  # fmt: skip
    best = days.filter(pl.col("fit") == pl.col("fit").max()).row(-1, named=True)
    if best["fit"] < AGREE * children.height:
        return None
    return best["day"], best["until"] - timedelta(days=1)
