"""Every report of the framework: its tier, colour, audience, guidance, and the module that declares it."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fcl_tui.reports.entries import BESIDES, REPORTS
from fcl_tui.reports.framework import Entry

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Report


@cache
def _by_key() -> dict[str, Entry]:
    return {report.key: report for report in (*REPORTS, *BESIDES)}


def report(key: str) -> Entry:
    """The report of this key.

    Raises:
        KeyError: no report has it.
    """
    return _by_key()[key]


def of_tier(number: int) -> tuple[Entry, ...]:
    """The reports of a tier."""
    return tuple(one for one in REPORTS if one.tier == number)


def every() -> tuple[Entry, ...]:
    """Every report that can be opened, of the framework and beside it."""
    return (*REPORTS, *BESIDES)


def load(key: str) -> "Report":
    """The declaration of a report, imported when it is asked for.

    Raises:
        DataError: there is no such report; the sentence names those there are.
    """
    from importlib import import_module

    from data.errors import DataError

    entry = _by_key().get(key)
    if entry is None:
        known = ", ".join(one.key for one in every())
        raise DataError(f"There is no report {key!r}. There are: {known}.")
    declared: Report = import_module(f"fcl_tui.reports.{entry.module}").REPORT
    return declared


def guidance(page: str = "general") -> str:
    """The Markdown text of a guidance page: "general", or the `guidance` of a report.

    Raises:
        FileNotFoundError: there is no such page.
    """
    return files("fcl_tui").joinpath("guidance", f"{page}.md").read_text(encoding="utf-8")
