"""Asking for the period of a report: by its name, or by the first and the last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from fcl_tui.reports.question.query import Query
    from screens.report.host import ReportHost

OPENING, OWN = "\0opening", "\0own"
NOTE = "Two days, as 1/4/2026 to 30/6/2026; one day alone is the first. Enter asks, esc cancels."


class PeriodPicker:
    """The windows behind the key for the period; `then` hears the question with the period chosen."""

    def __init__(self, host: ReportHost) -> None:
        self._host = host

    def choose(self, query: Query, then: Callable[[Query], None]) -> None:
        """Ask for one of the periods by name, or go on to days of the reader's own."""
        from fcl_tui.definitions.days.periods import days_in_words, in_words, named, offered

        as_at = self._host.session.as_at
        choices = [Choice(OPENING, "As the report opens")]
        for name in offered(as_at):
            days = named(name, as_at)
            words = in_words(name)
            choices.append(Choice(name, words[0].upper() + words[1:], days_in_words(*days) if days else ""))
        choices.append(Choice(OWN, "Days of your own ..."))
        own = query.text("period") is None and (query.day("from") or query.day("to"))

        def chosen(key: str | None) -> None:
            if key == OWN:
                self._ask_days(query, then)
            elif key is not None:
                name = None if key == OPENING else key
                then(query.changed(**{"period": name, "from": None, "to": None}))

        self._host.ask(
            Menu("Which period?", choices, query.text("period") or (OWN if own else OPENING)), chosen
        )

    def _ask_days(
        self, query: Query, then: Callable[[Query], None], typed: str = "", fault: str = ""
    ) -> None:
        from screens.dialogs.name import NameDialog

        first, last = query.day("from"), query.day("to")
        known = typed or " to ".join(f"{day:%d/%m/%Y}" for day in (first, last) if day is not None)

        def given(text: str | None) -> None:
            if text is None:
                return
            found = days_of(text, self._host.session.as_at)
            if isinstance(found, str):
                self._ask_days(query, then, text, found)
            else:
                then(query.changed(**{"period": None, "from": found[0], "to": found[1]}))

        self._host.ask(NameDialog("From which day to which?", fault or NOTE, longest=60, value=known), given)


def days_of(text: str, as_at: date) -> tuple[date, date] | str:
    """The two days that were typed, the last never after the as-at day; or a sentence why they are none.

    A day without a year is the latest such day that is not after the as-at day.
    """
    from fcl_tui.config.date_input import day_of

    words = [word for word in re.split(r"\s+(?:to\s+|-\s+)?", text.strip()) if word]
    found = [day_of(word, as_at - timedelta(days=364)) if word[0].isdigit() else None for word in words]
    days = [day for day in found if day is not None]
    if len(days) != len(words) or not 1 <= len(days) <= 2:
        return f"{text!r} is not two days. Type them as 1/4/2026 to 30/6/2026."
    first, last = days[0], min(days[-1] if len(days) > 1 else as_at, as_at)
    if first > as_at:
        return f"{first:%d/%m/%Y} is after the day of this report, {as_at:%d/%m/%Y}."
    if first > last:
        return f"The period ends ({last:%d/%m/%Y}) before it begins ({first:%d/%m/%Y})."
    return first, last
