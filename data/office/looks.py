"""When a reader looked at the day's work: added each time, so that the next day can say what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from data.errors import DataError

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

    from data.office.database import connect
    from data.office.models import LookRow

    midnight = datetime.combine(before, time.min).astimezone(UTC).replace(tzinfo=None)
    wanted = (
        sa.select(LookRow.who, LookRow.at, LookRow.snapshot_id)
        .where(LookRow.who == who, LookRow.at < midnight)
        .order_by(LookRow.at.desc(), LookRow.seq.desc())
        .limit(1)
    )
    try:
        engine = connect(office.home, office.url)
        try:
            with engine.connect() as connection:
                found = connection.execute(wanted).first()
        finally:
            engine.dispose()
    except DataError:
        raise
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DataError("Your last visit cannot be read from the office database.") from error
    return None if found is None else Look(*found)


def add_look(office: Office, look: Look) -> None:
    """Add a look.

    Raises:
        DataError: it could not be kept; says so in a sentence.
    """
    import sqlalchemy as sa

    from data.office.database import connect, writing
    from data.office.models import LookRow

    try:
        engine = connect(office.home, office.url)
        try:
            with writing(engine) as connection:
                connection.execute(
                    sa.insert(LookRow).values(who=look.who, at=look.at, snapshot_id=look.snapshot_id)
                )
        finally:
            engine.dispose()
    except DataError:
        raise
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DataError("Your visit could not be saved in the office database.") from error


def look_now(who: str, snapshot_id: str) -> Look:
    """A look at this moment."""
    return Look(who, datetime.now(UTC).replace(tzinfo=None), snapshot_id)
