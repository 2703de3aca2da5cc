"""The days that a report of a period is about."""

from datetime import date, timedelta


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
