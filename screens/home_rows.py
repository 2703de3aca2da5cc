"""The lines of the home screen: the day's work and the reader's views first, then what works of each tier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets.option_list import Option

from widgets.cells.plain import fit, plain

if TYPE_CHECKING:
    from data.office.views import SavedView
    from fcl_tui.reports.framework import Entry, Tier

NAME = 28
"""Cells of a report's name"""
VIEWS = 5
"""Saved views that have a line of their own; v has all"""
VIEW = "view:"
"""How the ids of lines begin that are no report"""


def _line(name: str, words: str) -> Text:
    return Text.assemble("   ", (f"{fit(plain(name), NAME - 1)} ", "bold"), plain(words), no_wrap=True)


def first_lines(allows: Callable[[str], bool], views: Sequence[SavedView], counted: str) -> list[Option]:
    """My day with its counts, saved views, and the log for the roles that read it."""
    from fcl_tui.reports.catalogue import report

    day, log = report("my-day"), report("access-log")
    options = (
        [Option(_line(day.title, f"{counted or day.summary} (T)"), id=day.key)] if allows(day.key) else []
    )
    for view in views[:VIEWS]:
        told = f"view of {_title(view.report)}" + (f", {view.shared_with}" if view.shared_with else "")
        options.append(Option(_line(view.name, told), id=VIEW + view.view_id))
    if len(views) > VIEWS:
        options.append(Option(_line(f"{len(views) - VIEWS} more views", "v shows all"), id=VIEW))
    if allows(log.key):
        options.append(Option(_line(log.title, log.summary), id=log.key))
    return options


def _title(key: str) -> str:
    from fcl_tui.reports.catalogue import report

    try:
        return report(key).title
    except KeyError:
        return key


def tier_lines(
    tier: Tier,
    colour: str,
    aside: str,
    allows: Callable[[str], bool],
    *,
    wide: bool,
) -> list[Option]:
    """A tier: its heading, the reports that open, and in one line what is shut.

    Args:
        colour: of the heading's number. aside: of what can be read but not opened.
        wide: there is room for who the tier is for.
    """
    from fcl_tui.reports.catalogue import of_tier
    from fcl_tui.reports.framework import EVERYONE

    heading = Text.assemble(
        (f" {tier.number} ", f"black on {colour} bold"), (f" {tier.name}: {tier.purpose}", "bold")
    )
    if wide:
        whom = "everyone" if tier.audience == EVERYONE else ", ".join(f"{one}s" for one in tier.audience)
        heading.append(f"  ({whom})", aside)
    heading.no_wrap = True
    options = [Option(heading, disabled=True)]
    entries = of_tier(tier.number)
    options += [Option(_line(one.title, one.summary), id=one.key) for one in _open(entries, allows)]
    shut = [one.title for one in entries if not allows(one.key)]
    if shut:
        options.append(_aside(f"{', '.join(shut)}: not for your role", aside))
    return options


def _open(entries: Sequence[Entry], allows: Callable[[str], bool]) -> list[Entry]:
    return [one for one in entries if allows(one.key)]


def _aside(words: str, colour: str) -> Option:
    return Option(Text.assemble("   ", (words, colour), no_wrap=True), disabled=True)


def opens_at(number: int, allows: Callable[[str], bool]) -> list[str]:
    """The reports of a tier that the reader can open, by key."""
    from fcl_tui.reports.catalogue import of_tier

    return [one.key for one in _open(of_tier(number), allows)]
