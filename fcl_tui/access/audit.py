"""The access log as an answer, and whether it is intact."""

from datetime import date
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.office import access_log as log
from fcl_tui.access.gate import Door
from fcl_tui.access.readers.sign_in import administering, at_the_door
from fcl_tui.access.seen.memory import owned_by
from fcl_tui.access.seen.restricted_records import alike
from fcl_tui.config import identity
from fcl_tui.config.settings import read
from fcl_tui.definitions.marks import local
from fcl_tui.reports.answer import Answer
from widgets.cells.plain import plain


class Audit(Answer):
    """An answer from the access log; it has no snapshot."""

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
    told = {"who": who, "client": client, "from": first, "to": last, "owner": owner}
    chosen = {name: str(value) for name, value in told.items() if value is not None}
    said = ", ".join(f"{name} {value}" for name, value in chosen.items())
    door.record(log.REPORT, report="audit", person_id=client, detail=said or None)
    kept = _log(door)
    owned = None if owner is None else owned_by(home, owner, kept.memory())
    rows = kept.rows(who=who, client=client, first=first, last=last)
    if owned is not None:  # the list may have a number in another case than the data
        numbers = [one for one in rows["person_id"].drop_nulls().unique() if alike(one) in owned]
        rows = rows.filter(pl.col("person_id").is_in(numbers))
    rows = rows.with_columns(pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S"))
    today = date.today()
    return Audit("audit", "Access log", today, "", today, rows, parameters=chosen)


NEWEST = 10_000
"""Rows that the screen lists"""
ON_ONE = 200
"""Looks at one child that its page lists"""


def newest(kept: log.AccessLog) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The newest rows of the log for a list, and what is not in it.

    Returns:
        the columns of `AccessLog.rows`, key (String, unique), at_shown (String: local time);
        count (Int64), what, reason (String), a row when there are more.
    """
    rows = kept.rows(newest=NEWEST)
    older = kept.count() - rows.height
    rows = rows.with_columns(
        key=pl.col("seq").cast(pl.String), at_shown=local(pl.col("at")).dt.strftime("%d/%m/%Y %H:%M:%S")
    )
    how = "are not listed here: fcl-tui audit list --from DAY --to DAY"
    told = [(older, "older rows", how)] if older > 0 else []
    return rows, pl.DataFrame(
        told, schema={"count": pl.Int64, "what": pl.String, "reason": pl.String}, orient="row"
    )


def looks_at(door: Door, person_id: str) -> list[str]:
    """Who has looked at a child's record, newest first, a line each; for anyone who may open the record.

    Raises:
        DataError: no log is kept, the reader may not open the record, or the log cannot be read or written.
    """
    if door.log is None:
        raise DataError("No access log is kept here.")
    door.require("client-summary")
    door.admit(person_id)
    number = door.number(person_id)
    door.record(log.OPENED, report="who-has-looked", person_id=number)
    rows = door.log.rows(client=number, newest=ON_ONE + 1)
    told = rows.head(ON_ONE).select(
        pl.format(
            "{}  {} ({})  {}{}{}",
            local(pl.col("at")).dt.strftime("%d/%m/%Y %H:%M"),
            "who",
            "role",
            "action",
            pl.concat_str(pl.lit(" "), pl.col("report").str.replace_all("-", " ")).fill_null(""),
            pl.concat_str(pl.lit(": "), pl.col("detail")).fill_null(""),
        )
    )
    older = [f"Older looks are not listed; the newest {ON_ONE} are."] if rows.height > ON_ONE else []
    return [plain(one) for one in told.to_series()] + older


def verified(home: Path) -> tuple[list[str], bool]:
    """What to tell about the log, and whether it is intact; other homes may write into the same one."""
    kept = _log(administering(home))
    count, faults = kept.verify()
    since = kept.joined_at()
    joined = f", which joined it after row {since:,}" if since else ""
    if faults:
        comma = "," if joined else ""
        return [f"As the home {home}{joined}{comma} knows it, the access log is not intact.", *faults], False
    told = [f"The access log is intact: {count:,} rows, each bound to the one before."]
    if kept.url is not None:
        told.append(f"Compared with the home {home}{joined}; verify it in each home that writes into it.")
    return told, True
