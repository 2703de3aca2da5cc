"""How much waits in My day, for the home screen: counted as the report itself counts it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from data.office.day_counts import DayCounts, as_it_stands, keep, kept

if TYPE_CHECKING:
    from screens.session import Session

DETAIL = "counts on the home screen"


def waiting(session: Session) -> str:
    """What is on the reader's My day, in words: as it was counted last where nothing has changed since.

    Runs in a thread. DataError as `counted`.
    """
    office, team = session.office, session.team if session.team_known else "as kept"
    of = _unchanged(session, team)
    if office is None or of is None:
        return counted(session)
    known = kept(office, of)
    if known is None:
        known = DayCounts(counted(session), session.team)
        if _unchanged(session, team) == of:
            keep(office, of, known)
    session.team, session.team_known = known.team, True
    return known.told


def _unchanged(session: Session, team: str | None) -> str | None:
    """What is another as soon as the counts may be; None where they are counted each time.

    Where looks are written down each is in the log, and so in the office database: it always is another.
    """
    from fcl_tui import __version__
    from fcl_tui.access.readers.renewal import stamp
    from fcl_tui.config.settings import FILE

    office, home = session.office, session.door.home
    if office is None or office.url is not None or session.door.log is not None:
        return None
    day = (session.as_at, session.snapshot.id, session.who, team)
    files = (session.leave_file or home, home / FILE, home / "snapshots")
    return sha256(repr((__version__, day, stamp(home), as_it_stands(office, *files))).encode()).hexdigest()


def counted(session: Session) -> str:
    """What is on the reader's My day, in words: 54 to chase, 20 overdue. Runs in a thread.

    Only what the reader may see is counted, of the team their lists open on; it is in the access log before
    it is handed over.

    Raises:
        DataError: the reader may not have the report, or it cannot be written down.
    """
    from data.office import access_log as log
    from data.office.looks import last_look
    from fcl_tui.access import context_sources as sources
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.run import run

    report, team, office, look = load("my-day"), session.own_team(), session.office, None
    session.door.require(report.key)
    session.door.record(log.REPORT, report=report.key, detail=f"{f'team {team}, ' if team else ''}{DETAIL}")
    if office is not None:
        if session.seen is None and office.in_use("marks"):
            session.seen = office.read()
        look = last_look(office, session.who, session.as_at)
    context = session.context(last_visit=lambda: sources.compared_with(session.snapshot, look, session.as_at))
    query = Query(report.key, report.first.key).changed(team=team)
    rows = run(report, context, query).rows
    late = int((rows["state"] == "overdue").sum())
    told = f"{rows.height:,} to chase, {late:,} overdue"
    return told if team is None else f"{told}, {team}"


def stands_for(session: Session) -> tuple[Any, ...]:
    """What the counts follow from: they are counted again when it is another."""
    seen = session.seen
    return (
        session.as_at,
        session.team,
        session.door.opened,
        session.snapshot.id,
        0 if seen is None else seen.marks.height,
    )
