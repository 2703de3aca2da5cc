"""The access log as an answer, and whether it is whole."""

from datetime import date
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.office import access_log as log
from fcl_tui import identity
from fcl_tui.access.changing import administering
from fcl_tui.access.door import Door, at_the_door
from fcl_tui.access.sealed import restricted
from fcl_tui.export.answer import Answer
from fcl_tui.settings import read


class Audit(Answer):
    """What somebody did is no matter of a snapshot."""

    @property
    def headline(self) -> str:
        """The line that stands over every form of the answer."""
        chosen = "".join(f" · {name}: {value}" for name, value in self.parameters.items())
        return f"{self.title}{chosen} · as at {self.as_at:%d/%m/%Y} · times are UTC"


def _log(door: Door) -> log.AccessLog:
    return door.log or log.AccessLog(door.home, read(door.home).office_url)


def listed(
    home: Path,
    *,
    who: str | None = None,
    client: str | None = None,
    first: date | None = None,
    last: date | None = None,
    owner: str | None = None,
) -> Answer:
    """The rows of the log, newest first; that somebody read them is written down too.

    Args:
        who, client: the rows of this user, about this number.
        first, last: days (UTC), both included.
        owner: only about restricted records that this user owns; `me` is the reader, who then needs not
            be an administrator.

    Returns:
        the columns of `AccessLog.rows`; at as text, to the second.

    Raises:
        DataError: not allowed, or the log cannot be read.
    """
    if first is not None and last is not None and first > last:
        raise DataError("It ends before it begins: give --from the earlier day.")
    door = at_the_door(home) if owner == "me" else administering(home)
    owner = identity.current().user if owner == "me" else owner
    owned = None if owner is None else _owned(home, owner)
    told = {"who": who, "client": client, "from": first, "to": last, "owner": owner}
    chosen = {name: str(value) for name, value in told.items() if value is not None}
    said = ", ".join(f"{name} {value}" for name, value in chosen.items())
    door.record(log.REPORT, report="audit", person_id=client, detail=said or None)
    rows = _log(door).rows(who=who, client=client, clients=owned, first=first, last=last)
    rows = rows.with_columns(pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S"))
    today = date.today()
    return Audit("audit", "Access log", today, "", today, rows, parameters=chosen)


def _owned(home: Path, owner: str) -> list[str]:
    return [
        number
        for demo in (False, True)
        for number, seal in restricted(home, demo=demo).seals.items()
        if seal.owner == owner
    ]


def verified(home: Path) -> tuple[list[str], bool]:
    """What to tell about the log, and whether it is whole."""
    count, faults = _log(administering(home)).verify()
    if faults:
        return faults, False
    return [f"The access log is whole: {count:,} rows, each bound to the one before."], True
