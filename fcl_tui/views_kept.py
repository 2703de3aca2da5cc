"""Saved views for the command line: the list of them, and a report narrowed as one of them is."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office.views import SavedView, named, views
from fcl_tui.marks_kept import office_of

if TYPE_CHECKING:
    from fcl_tui.asked import Asked, Request


def _known(asked: "Asked") -> tuple[list[SavedView], str | None]:
    door, settings = asked.door, asked.settings
    who = door.reader.user if door.reader is not None else settings.who
    return views(office_of(settings, demo=asked.snapshot.manifest.demo), who, door.teams)


def listed(home: Path) -> list[str]:
    """The views this reader can show, a line each."""
    from fcl_tui.asked import Asked

    found, chosen = _known(Asked(home, None))
    lines = []
    for view in found:
        told = [view.name, view.report, f"saved by {view.owner}"]
        told += [f"shared with {view.shared_with}"] if view.shared_with is not None else []
        told += ["fcl-tui opens on it"] if view.view_id == chosen else []
        lines.append("; ".join([*told, *([view.fault] if view.fault else [])]))
    return lines or ["There is no saved view yet; v in a list saves one."]


def narrowed(asked: "Asked", request: "Request") -> "Request":
    """The request with what a saved view narrows to: team, worker, by and overdue; what is asked for wins.

    What only a screen has (filter, order, marks) is said on standard error and not applied.

    Raises:
        DataError: there is no such view, or it is of another report.
    """
    assert request.view is not None
    view = named(_known(asked)[0], request.view)
    if view.fault:
        raise DataError(f"The view {view.name} cannot be used: {view.fault}.")
    if view.report != request.report:
        raise DataError(f"The view {view.name} is of {view.report}, not of {request.report}.")
    kept = view.state.get("view")
    told = kept if isinstance(kept, dict) else {}
    texts = {name: one for name, one in told.items() if isinstance(one, str)}
    day = view.state.get("as_at")
    if request.as_at is None and isinstance(day, str):
        try:
            asked.as_at = date.fromisoformat(day)
        except ValueError:
            raise DataError(f"The day of the view {view.name} cannot be read. Save it again.") from None
    screens = {"filter": "filter", "sort": "order", "which": "marks"}
    left = [words for name, words in screens.items() if view.state.get(name)]
    if left:
        sys.stderr.write(f"Not applied here, only on the screen: the view's {', '.join(left)}.\n")
    return replace(
        request,
        team=request.team or texts.get("team"),
        worker=request.worker or texts.get("worker") or texts.get("adviser"),
        by=request.by or (texts.get("by") if request.report != "my-day" else None),
        overdue=request.overdue or told.get("overdue_only") is True,
    )
