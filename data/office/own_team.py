"""The team each reader chose last, so that their lists open on it. No one else is shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.office.office import Office


def kept_team(office: Office, who: str) -> str | None:
    """The team a reader chose last; None for all teams, or when none was chosen yet.

    Raises:
        DataError: the office database cannot be read now; says so in a sentence.
    """
    if not office.in_use("own_teams"):
        return None
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import OwnTeamRow

    with transaction(office, "Your team cannot be read from the office database.") as connection:
        return connection.scalar(sa.select(OwnTeamRow.team).where(OwnTeamRow.who == who))


def keep_team(office: Office, who: str, team: str | None) -> None:
    """Keep the team a reader chose; None: all teams.

    Raises:
        DataError: it could not be kept; says so in a sentence.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import OwnTeamRow

    with transaction(
        office, "Your team could not be kept in the office database.", writes=True
    ) as connection:
        connection.execute(sa.delete(OwnTeamRow).where(OwnTeamRow.who == who))
        if team is not None:
            connection.execute(sa.insert(OwnTeamRow).values(who=who, team=team))
