"""Days as people type them: 27/11, 27/11/2026, 2026-11-27, +3, 2w, fri, today, tomorrow."""

import re
from datetime import date, timedelta

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that can be asked for; what is worked out from them (weeks, years) is still in the calendar."""

SOON = 3
"""Days ahead of today that an example of a date lies"""
FAR = 270
"""Days ahead from which a date without a year is more likely one that has just passed"""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_of(text: str, today: date, *, short: bool = False) -> date | None:
    """The day that is meant, or None. A day without a year is the next such day, a weekday the next one.

    Args:
        short: a weekday may be as short as tells it from the others: f, tu.
    """
    word = text.strip().casefold()
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if re.fullmatch(r"\+\d{1,3}", word):
        return today + timedelta(days=int(word))
    if weeks := re.fullmatch(r"\+?(\d{1,2})w", word):
        return today + timedelta(weeks=int(weeks[1]))
    if word.isalpha() and (weekday := _weekday(word, 1 if short else 3)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word)
    if found:
        return _day(*(int(part) for part in found.groups()))
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?", word)
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
    years = (_day(today.year + ahead, month, day) for ahead in range(9))  # 29/02 comes back within eight
    return next((one for one in years if one is not None and one >= today), None)


def day_ahead(text: str, today: date, *, short: bool = False) -> tuple[date | None, str]:
    """The day that is meant for something still to be done, and what is said of it; `short` as `day_of`.

    Returns:
        the day with its name in words ("Friday 04/12/2026"); or None and why it will not do: it is no day, it
        has passed, or it would be next year's although nobody typed a year.
    """
    word = text.strip().casefold()
    if word == "yesterday":
        return None, f"{today - timedelta(days=1):%d/%m/%Y} has passed already"
    day = day_of(word, today, short=short)
    if day is None:
        return None, f"A date first: {today + timedelta(days=SOON):%d/%m}, +{SOON}, fri"
    if day < today:
        return None, f"{day:%d/%m/%Y} has passed already"
    if day > today + timedelta(days=FAR) and re.fullmatch(r"\d{1,2}[/.]\d{1,2}", word):
        return None, f"{day:%d/%m} has passed; for next year type {day:%d/%m/%Y}"
    return day, f"{day:%A %d/%m/%Y}"


def day_behind(text: str, today: date) -> tuple[date | None, str]:
    """The day that is meant for something that has been done, and what is said of it.

    A day without a year is the latest such day, a weekday the last one; today is among them.

    Returns:
        the day with its name in words ("Friday 27/11/2026"); or None and why it will not do: it is no day, or
        it is still to come.
    """
    word = text.strip().casefold()
    if word == "yesterday":
        day: date | None = today - timedelta(days=1)
    elif word.isalpha() and (weekday := _weekday(word, 3)) is not None:
        day = today - timedelta(days=(today.weekday() - weekday) % 7)
    elif found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})", word):
        years = (_day(today.year - back, int(found[2]), int(found[1])) for back in range(9))
        day = next((one for one in years if one is not None and one <= today), None)
    else:
        day = day_of(word, today)
    if day is None:
        return None, f"{text.strip()} is not a day; type one as {today:%d/%m/%Y}"
    if day > today:
        return None, f"{day:%d/%m/%Y} is still to come"
    return day, f"{day:%A %d/%m/%Y}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _weekday(word: str, least: int) -> int | None:
    """The weekday that begins so, 0 for Monday, where at least so many letters tell it from the others."""
    begun = [number for number, name in enumerate(WEEKDAYS) if name.startswith(word[:3])]
    return begun[0] if len(begun) == 1 and len(word) >= least else None
