"""Saved views: a report as somebody wants to see it again, for themselves or shared with a team."""

from __future__ import annotations

import json
import uuid
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError

if TYPE_CHECKING:
    from data.office.office import Office

VERSION = 1
"""Of what `SavedView.state` may hold."""
UNREAD = "it was saved by a newer fcl-tui, or is damaged: save it again"
SILENT = "the office database does not answer"
LONGEST = 60
"""Characters a view's name may have."""


@dataclass(frozen=True)
class SavedView:
    """One view. `state` holds what narrows, filters and sorts the list, as the report's screen told it."""

    name: str
    report: str
    owner: str
    state: dict[str, Any]
    shared_with: str | None = None
    """The team it is shared with; None: its owner alone sees it"""
    fault: str = ""
    """Why it cannot be shown; empty when it can"""
    view_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > LONGEST:
            raise DataError(f"A view needs a name of 1 to {LONGEST} characters.")


EVERYONE = "everyone"
"""Shared with all of the office."""


def views(
    office: Office, who: str, teams: frozenset[str] | None = None
) -> tuple[list[SavedView], str | None]:
    """A reader's own views and then those shared with teams, each by name; and the id of the one to open on.

    Args:
        teams: the teams whose shared views the reader sees; None: of all.

    Raises:
        DataError: the office database cannot be read now; says so in a sentence.
    """
    if not office.in_use("views"):
        return [], None
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import ChosenViewRow, ViewRow

    seen = sa.or_(ViewRow.owner == who, ViewRow.shared_with.is_not(None))
    wanted = (
        sa.select(
            ViewRow.name, ViewRow.report, ViewRow.owner, ViewRow.body, ViewRow.shared_with, ViewRow.view_id
        )
        .where(ViewRow.removed_at.is_(None), seen)
        .order_by(ViewRow.owner != who, sa.func.lower(ViewRow.name), ViewRow.seq)
    )
    with transaction(office, f"No saved views: {SILENT}") as connection:
        rows = connection.execute(wanted).all()
        chosen = connection.scalar(sa.select(ChosenViewRow.view_id).where(ChosenViewRow.who == who))
    found = [
        SavedView(name, report, owner, state or {}, team, "" if state is not None else UNREAD, view_id)
        for name, report, owner, body, team, view_id in rows
        for state in [_state(body)]
        if owner == who or teams is None or team in {*teams, EVERYONE}
    ]
    return found, chosen if any(view.view_id == chosen for view in found) else None


def save(office: Office, view: SavedView) -> None:
    """Keep a view; one of the same owner and name is replaced.

    A view that is shared is kept without what was typed to filter: it may be a child's name.

    Raises:
        DataError: it could not be kept; says so in a sentence.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import ChosenViewRow, ViewRow

    same = (ViewRow.owner == view.owner, ViewRow.name == view.name, ViewRow.removed_at.is_(None))
    state = view.state if view.shared_with is None else view.state | {"filter": ""}
    with transaction(office, f"NOT saved: {SILENT}", writes=True) as connection:
        before = connection.scalars(sa.select(ViewRow.view_id).where(*same)).all()
        connection.execute(sa.update(ViewRow).where(*same).values(removed_at=_now()))
        connection.execute(
            sa.insert(ViewRow).values(
                view_id=view.view_id,
                name=view.name,
                report=view.report,
                owner=view.owner,
                shared_with=view.shared_with,
                body=json.dumps({"version": VERSION, "state": state}),
                made_at=_now(),
            )
        )
        moved = sa.update(ChosenViewRow).where(ChosenViewRow.view_id.in_(before))
        connection.execute(moved.values(view_id=view.view_id))


def remove(office: Office, view: SavedView) -> None:
    """Take a view of one's own away. DataError as `save`."""
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import ViewRow

    change = sa.update(ViewRow).where(ViewRow.view_id == view.view_id, ViewRow.owner == view.owner)
    with transaction(office, f"The view could not be changed: {SILENT}", writes=True) as connection:
        connection.execute(change.values(removed_at=_now()))


def open_on(office: Office, who: str, view_id: str | None) -> None:
    """Say which view a reader's session opens on; None: on the home screen. DataError as `save`."""
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import ChosenViewRow

    with transaction(office, f"NOT changed: {SILENT}", writes=True) as connection:
        connection.execute(sa.delete(ChosenViewRow).where(ChosenViewRow.who == who))
        if view_id is not None:
            connection.execute(sa.insert(ChosenViewRow).values(who=who, view_id=view_id))


def named(found: list[SavedView], name: str) -> SavedView:
    """The view of that name, whatever its case; one's own before one that is shared.

    Raises:
        DataError: there is none; says which there are.
    """
    for view in found:
        if view.name.casefold() == name.strip().casefold():
            return view
    there = ", ".join(view.name for view in found) or "none yet; v in the application saves one"
    raise DataError(f"There is no saved view {name!r}. There are: {there}.")


def _state(body: str) -> dict[str, Any] | None:
    """What a view holds; None when a newer program wrote it, or it cannot be understood."""
    try:
        told = json.loads(body)
        state = told["state"] if told["version"] == VERSION else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return state if isinstance(state, dict) else None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
