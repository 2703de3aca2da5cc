"""Dates as people and systems write them, read without guessing: day before month, always."""

from __future__ import annotations

import polars as pl

_TIME = r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$"
_YEAR_FIRST = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME
_COMPACT = r"^(\d{4})(\d{2})(\d{2})" + _TIME
_DAY_FIRST = r"^(?:[A-Za-z]{3,9},? )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _TIME
_NAMED = r"^(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})" + _TIME
_SERIAL = r"^\d{5}(?:\.\d+)?$"
_MONTHS = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
CENTURY = 50
"""A year of two digits below this is in this century: 49 is 2049, 50 is 1950."""

FIRST_SERIAL, LAST_SERIAL = 367, 73_050
"""Excel's numbers for 1 January 1901 and 31 December 2099: a number outside them is not a date."""

EARLIEST, LATEST = 1901, 2199
"""Years outside these are a system's way of writing "no date" (1900-01-01, 9999-12-31)."""


def moments(values: pl.Series) -> pl.Series:
    """Read any column as Datetime("us"); null where a value cannot be read.

    Times with a zone become the local time in England; a time that is not there is midnight.
    """
    kind = values.dtype
    if isinstance(kind, pl.Datetime):
        if kind.time_zone is not None:
            values = values.dt.convert_time_zone("Europe/London").dt.replace_time_zone(None)
        return values.cast(pl.Datetime("us"))
    if kind == pl.Date:
        return values.cast(pl.Datetime("us"))
    if kind.is_numeric():
        return _serials(values)
    if kind != pl.String:
        return pl.repeat(None, len(values), dtype=pl.Datetime("us"), eager=True).alias(values.name)
    distinct = values.unique().drop_nulls()
    read = _texts(distinct)
    return (
        values.to_frame("text")
        .select(pl.col("text").replace_strict(distinct, read, default=None, return_dtype=pl.Datetime("us")))[
            "text"
        ]
        .alias(values.name)
    )


def _serials(values: pl.Series) -> pl.Series:
    """Excel's day numbers: 1 is 1 January 1900, with the leap day that never was."""
    days = pl.col("days").cast(pl.Float64, strict=False)
    known = pl.when(days.is_between(FIRST_SERIAL, LAST_SERIAL)).then(days)
    microseconds = (known * 86_400_000_000).round().cast(pl.Int64).cast(pl.Duration("us"))
    return values.to_frame("days").select((pl.datetime(1899, 12, 30) + microseconds).alias("days"))["days"]


def _texts(distinct: pl.Series) -> pl.Series:
    text = pl.col("text").str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars()
    frame = distinct.to_frame("text")
    year_first = frame.select(_assemble(_parts(text, _YEAR_FIRST, (1, 2, 3))).alias("read"))["read"]
    if not year_first.has_nulls():
        return year_first  # the way of databases: no need to try the others
    by_name = _parts(text, _NAMED, (3, 2, 1))
    month = by_name["month"].str.to_lowercase()
    named_month = month.str.slice(0, 3).replace_strict(_MONTHS, default=None, return_dtype=pl.String)
    full_names = ("january", "february", "march", "april", "june", "july", "august", "september", "sept")
    is_month = (month.str.len_chars() == 3) | month.is_in([*full_names, "october", "november", "december"])
    by_name["month"] = pl.when(is_month).then(named_month)
    readings = [
        _assemble(_parts(text, _COMPACT, (1, 2, 3))),
        _assemble(_parts(text, _DAY_FIRST, (3, 2, 1))),
        _assemble(by_name),
    ]
    read = year_first.fill_null(frame.select(pl.coalesce(readings).alias("read"))["read"])
    numbers = frame.select(pl.when(text.str.contains(_SERIAL)).then(text).cast(pl.Float64))["text"]
    return read.fill_null(_serials(numbers))


def _parts(text: pl.Expr, pattern: str, order: tuple[int, int, int]) -> dict[str, pl.Expr]:
    year, month, day = (text.str.extract(pattern, group) for group in order)
    hour, minute, second, half = (text.str.extract(pattern, group) for group in (4, 5, 6, 7))
    return {
        "year": year, "month": month, "day": day,
        "hour": hour, "minute": minute, "second": second, "half": half,
    }  # fmt: skip


def _assemble(parts: dict[str, pl.Expr]) -> pl.Expr:
    year = (
        pl.when(parts["year"].str.len_chars() == 2)
        .then(
            pl.when(parts["year"].cast(pl.Int32, strict=False) < CENTURY)
            .then(pl.lit("20"))
            .otherwise(pl.lit("19"))
            + parts["year"]
        )
        .otherwise(parts["year"])
    )
    day = pl.concat_str(
        year, pl.lit("-"), parts["month"].str.zfill(2), pl.lit("-"), parts["day"].str.zfill(2)
    )
    hour = parts["hour"].cast(pl.Int64, strict=False).fill_null(0)
    half = parts["half"].str.to_lowercase()
    hour = (
        pl.when((half == "pm") & (hour < 12)).then(hour + 12)
        .when((half == "am") & (hour == 12)).then(0)
        .otherwise(hour)
    )  # fmt: skip
    minute = parts["minute"].cast(pl.Int64, strict=False).fill_null(0)
    second = parts["second"].cast(pl.Int64, strict=False).fill_null(0)
    on_the_clock = (hour < 24) & (minute < 60) & (second < 60)
    moment = day.str.to_datetime("%Y-%m-%d", strict=False, time_unit="us")
    return pl.when(on_the_clock).then(moment + pl.duration(hours=hour, minutes=minute, seconds=second))
