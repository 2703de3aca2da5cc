"""When a reader looked at the day's work: added each time, so that the next day can say what is new."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from data.dataclass import dataclass

if TYPE_CHECKING:
    from data.office.office import Office


@dataclass(frozen=True)
class Look:
    """One look. `at` is UTC, without a zone."""

    who: str
    at: datetime
    snapshot_id: str

    @property
    def here(self) -> datetime:
        """When it was, by this machine's clock."""
        return self.at.replace(tzinfo=UTC).astimezone()


def last_look(office: Office, who: str, before: date) -> Look | None:
    """The latest look of a reader on a day before this one; None when there is none.

    Looks on the day itself do not count: who opens the list twice in a morning still sees what was new.

    Raises:
        DataError: the office database cannot be read now; says so in a sentence.
    """
    if not office.in_use("looks"):
        return None
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import LookRow

    midnight = datetime.combine(before, time.min).astimezone(UTC).replace(tzinfo=None)
    wanted = (
        sa.select(LookRow.who, LookRow.at, LookRow.snapshot_id)
        .where(LookRow.who == who, LookRow.at < midnight)
        .order_by(LookRow.at.desc(), LookRow.seq.desc())
        .limit(1)
    )
    with transaction(office, "Your last visit cannot be read from the office database.") as connection:
        found = connection.execute(wanted).first()
    return None if found is None else Look(*found)


def add_look(office: Office, look: Look) -> None:
    """Add a look.

    Raises:
        DataError: it could not be kept; says so in a sentence.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import LookRow

    with transaction(
        office, "Your visit could not be saved in the office database.", writes=True
    ) as connection:
        connection.execute(sa.insert(LookRow).values(who=look.who, at=look.at, snapshot_id=look.snapshot_id))


def look_now(who: str, snapshot_id: str) -> Look:
    """A look at this moment."""
    return Look(who, datetime.now(UTC).replace(tzinfo=None), snapshot_id)
