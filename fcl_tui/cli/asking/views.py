"""Saved views for the command line: the list of them, and a report narrowed as one of them is."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from data.office.views import SavedView, named, views
from fcl_tui.access.office import office_of
from fcl_tui.reports.question.saved import values_of

if TYPE_CHECKING:
    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.reports.spec import Report


PERIOD_DAYS = ("period", "from", "to")


def _known(session: "CommandSession") -> tuple[list[SavedView], str | None]:
    door, settings = session.door, session.settings
    who = door.reader.user if door.reader is not None else settings.who
    return views(office_of(settings, demo=session.snapshot.manifest.demo), who, door.teams)


def listed(session: "CommandSession") -> list[str]:
    """The views this reader can show, a line each."""
    found, chosen = _known(session)
    lines = []
    for view in found:
        told = [view.name, view.report, f"saved by {view.owner}"]
        told += [f"shared with {view.shared_with}"] if view.shared_with is not None else []
        told += ["fcl-tui opens on it"] if view.view_id == chosen else []
        lines.append("; ".join([*told, *([view.fault] if view.fault else [])]))
    return lines or ["There are no saved views yet. Press v in a list to save one."]


def with_saved_view(
    session: "CommandSession",
    report: "Report",
    name: str,
    typed: Mapping[str, Any],
    *,
    day_given: bool,
) -> dict[str, Any]:
    """What was typed, with what a saved view narrows to beneath it: what is typed wins.

    What only a screen has (filter, order) is said on standard error and not applied.

    Raises:
        DataError: there is no such view, or it is of another report.
    """
    view = named(_known(session)[0], name)
    if view.fault:
        raise DataError(f"The view {view.name} cannot be used: {view.fault}.")
    if view.report != report.key:
        raise DataError(f"The view {view.name} is of {view.report}, not of {report.key}.")
    day = view.state.get("as_at")
    if not day_given and isinstance(day, str):
        try:
            session.as_at = date.fromisoformat(day)
        except ValueError:
            raise DataError(f"The day of the view {view.name} cannot be read. Save it again.") from None
    left = [words for name, words in {"filter": "filter", "sort": "order"}.items() if view.state.get(name)]
    if left:
        sys.stderr.write(f"Not applied here, only on the screen: the view's {', '.join(left)}.\n")
    own = {name: value for name, value in typed.items() if value}
    kept = values_of(report, view.state)
    if own.get("by"):
        kept.pop("detail", None)
    if not own.keys().isdisjoint(PERIOD_DAYS):  # a period typed takes the place of the view's
        kept = {name: value for name, value in kept.items() if name not in PERIOD_DAYS}
    return kept | own
