"""What is asked of a report: a view of it, values of its parameters, and the figure gone into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    from fcl_tui.reports.parameters.parameter import Value


@dataclass(frozen=True)
class Drill:
    """The figure whose rows are wanted: a measure of one group of a breakdown."""

    view: str
    """the breakdown's key"""
    measure: str
    group: Mapping[str, Any] = field(default_factory=dict)
    """the group's values, by column; empty: all groups together"""
    words: str = ""
    """what the list is called: Pod 7, completed in time"""


@dataclass(frozen=True)
class Query:
    """One question to one report. Values are only those chosen: what is not in them is not narrowed."""

    report: str
    view: str
    values: Mapping[str, Value] = field(default_factory=dict)
    drill: Drill | None = None

    def text(self, name: str) -> str | None:
        """A value that is text, or None."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """A value that is a date, or None."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def flag(self, name: str) -> bool:
        """Whether a flag is on."""
        return self.values.get(name) is True

    def person_ids(self) -> list[str] | None:
        """The one client asked for, as the list that report functions take; None: everybody."""
        client = self.text("client")
        return None if client is None else [client]

    def changed(self, **values: Value | None) -> Query:
        """The same question with other values; None takes one away."""
        kept = {
            name: value for name, value in {**self.values, **values}.items() if value not in (None, False)
        }
        return replace(self, values={name: value for name, value in kept.items() if value is not None})
