"""A slow second opinion in plain Python: days are stepped one at a time, histories are walked in order.

It shares nothing with the engine but the rules' meaning. Here: days, months and birthdays, how an item
stands on a day, and the chain of visits, reviews and checks. `oracle_rules` holds the rules with a logic of
their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


def working(day: date, holidays: set[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(start: date, count: int, holidays: set[date]) -> date:
    day = start
    while count:
        day += DAY
        if working(day, holidays):
            count -= 1
    return day


def add_months(start: date, count: int) -> date:
    """Walk day by day until the wanted month, then to the wanted day or the month's last."""
    year, month = start.year, start.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, 1)
    while day.day < start.day and (day + DAY).month == month:
        day += DAY
    return day


def birthday(dob: date, years: int) -> date:
    try:
        return dob.replace(year=dob.year + years)
    except ValueError:
        return date(dob.year + years, 3, 1)


def age(dob: date, day: date) -> int:
    years = 0
    while birthday(dob, years + 1) <= day:
        years += 1
    return years


def after(start: date, every: int, unit: str, holidays: set[date]) -> date:
    if unit == "wd":
        return add_working_days(start, every, holidays)
    if unit == "m":
        return add_months(start, every)
    return start + timedelta(days=every * (7 if unit == "w" else 1))


@dataclass(frozen=True)
class Item:
    """One cycle as the oracle sees it."""

    rule: str
    cycle: int
    started: date | None
    due: date | None
    done: date | None
    ended: date | None
    limit: date | None
    waived: bool = False
    soft: bool = False
    known: date | None = None
    """the day it became known that it is owed, where that is later than its start"""

    def there(self, as_at: date) -> bool:
        """Whether anybody could know of it on a day."""
        return all(day <= as_at for day in (self.started, self.known) if day)

    def state(self, as_at: date) -> tuple[str | None, int | None]:
        """How it stands on a day, and the calendar days late."""
        done = self.done if self.done and self.done <= as_at else None
        ended = self.ended if self.ended and self.ended <= as_at else None
        if self.due is None:
            return ("not_required" if ended else None), None
        if self.limit and self.due >= self.limit:
            return "not_required", None
        if done:
            return ("on_time", 0) if done <= self.due else ("late", (done - self.due).days)
        if ended:
            if ended <= self.due or self.waived:
                return "not_required", None
            return "missed", (ended - self.due).days
        if as_at > self.due:
            return ("due" if self.soft else "overdue"), (as_at - self.due).days
        return "due", 0


def chain(rule_of, interval_of, start, end, events, limit, holidays, first_start=None):
    """Walk the history: each event on or after the start closes one cycle and opens the next.

    rule_of(cycle) names the rule; interval_of(cycle, started) is (every, unit).
    """
    days = sorted({day for day in events if day >= start and (end is None or day <= end)})
    items, begun = [], start
    for cycle, done in enumerate([*days, None], 1):
        since = first_start if cycle == 1 and first_start else begun
        every, unit = interval_of(cycle, begun)
        items.append(
            Item(rule_of(cycle), cycle, since, after(since, every, unit, holidays), done, end, limit)
        )
        begun = done
    return items
