"""`fcl-tui digest`: what a team has to chase as plain text without a name, to print or to send by mail.

A mail leaves the building: it lies on servers and telephones. So it holds initials and numbers, and nothing
of children whose record is restricted.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.definitions.caseload import held_by
from fcl_tui.definitions.marks import marked
from fcl_tui.definitions.wording.privacy import initials
from fcl_tui.records.client_overview import client_overview
from fcl_tui.records.day.digest import WITHIN, digest, left_out
from fcl_tui.reports.parameters.shared import TEAM
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.resolve import match_name, names_of
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer


def told(home: Path, team: str, as_at: date | None, mail_to: str | None) -> str:
    """The digest of a team, or, where it was sent by mail, that it was.

    Raises:
        DataError: there is no such team, the reader may not have it, or the mail could not be sent.
    """
    session = CommandSession(home, as_at)
    session.door.require("digest")
    if mail_to is None:
        return _text(session, _answered(session, team, None))
    from fcl_tui.cli.sending.mail import address, send, server_of

    server, to = server_of(session.settings), address(mail_to)
    answer = _answered(session, team, to)
    send(server, to, _subject(answer), _text(session, answer) + "\n")
    return f"The digest of {plain(answer.parameters['team'])} was sent to {to}."


def _answered(session: CommandSession, team: str, to: str | None) -> "Answer":
    scan, calendar, as_at, manifest = (
        session.scan_open,
        session.calendar,
        session.as_at,
        session.snapshot.manifest,
    )
    names = names_of(TEAM, session.context(), Query("digest", "digest"))
    spelt = match_name(team, names, "team")
    marks = session.context().marks()
    listed = client_overview(held_by(scan, as_at, spelt), calendar, as_at, team=spelt)
    items = collect(marked(listed, marks, as_at, manifest.data_date)).lazy()
    rows = collect(digest(items, initials(scan), as_at))
    sealed = pl.col("person_id").is_in(session.restricted.person_ids)
    answer = session.answer(
        "digest",
        "Digest",
        rows.lazy().filter(~sealed),
        parameters={"team": spelt} | ({"mailed to": to} if to else {}),
        left_out=left_out(scan, items, as_at),
    )
    shut = rows.filter(sealed).height
    if shut:
        answer.left_out.append(
            {"count": shut, "what": "items", "reason": "of restricted records are not in it"}
        )
    return answer


def _counts(answer: "Answer") -> str:
    rows = answer.rows
    broken = rows["broken"].sum()
    return (
        f"{rows['overdue'].sum():,} overdue, {rows['due_in_7'].sum():,} due in {WITHIN} days, "
        f"{broken:,} missed booking{'' if broken == 1 else 's'}"
    )


def _subject(answer: "Answer") -> str:
    return f"{plain(answer.parameters['team'])}: {_counts(answer)}, as at {answer.as_at:%d/%m/%Y}"


def _text(session: CommandSession, answer: "Answer") -> str:
    from fcl_tui.definitions.wording.amounts import in_words

    demo = ["DEMO: no real child"] if session.snapshot.manifest.demo else []
    beside = [f"- {in_words(row)}" for row in answer.left_out]
    lines = [
        *demo,
        f"{answer.parameters['team']}, as at {answer.as_at:%d/%m/%Y}, data of {answer.data_date:%d/%m/%Y}",
        _counts(answer),
        "",
        *(answer.rows["line"].to_list() or ["Nothing is overdue or due in this time."]),
        *(["", "Besides:", *beside] if beside else []),
        *(["", "Only children in the sender's remit are included."] if session.door.remit else []),
        "",
        "Initials and numbers only; names are in fcl-tui (f, then the number).",
    ]
    return "\n".join(plain(line) if line else "" for line in lines)
