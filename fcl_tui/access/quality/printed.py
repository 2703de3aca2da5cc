"""One audit as lines in reading order, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from fcl_tui.access.quality.cases import UNKNOWN, case_of, history, written_in
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.quality.form import lines, shown
from fcl_tui.quality.states import WORDS

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk

SHORTEST = 6
"""Characters of an id that must be given"""


def full_id(desk: Desk, given: str) -> str:
    """The id of the one audit whose id begins so. DataError: none, or several."""
    told = collect(desk.tables("audit_cases")["audit_cases"].select("case_id"))["case_id"]
    found = told.filter(told.str.starts_with(given.strip().lower())).unique()
    if len(given.strip()) < SHORTEST or found.len() != 1:
        raise DataError(UNKNOWN if found.len() != 1 else f"Give at least {SHORTEST} characters of the id.")
    return str(found[0])


def printed(desk: Desk, given: str) -> list[str]:
    """The lines of an audit; that it was read is written down.

    Raises:
        DataError: there is no such audit that the reader may see.
    """
    case = case_of(desk, full_id(desk, given))
    desk.door.record(log.PRINTED, report=REPORT, person_id=case.person_id, detail=f"audit {case.case_id[:8]}")
    row = case.row
    told = [
        f"Audit {case.case_id}",
        f"{row['title']}: child {row['person_id']}, {row['status']}, {row['pod']}",
        WORDS[case.state],
        f"auditor {row['auditor'] or '-'}, moderator {row['moderator'] or '-'}",
        "",
    ]
    draft = written_in(desk, case)
    if draft is not None:
        for key, kind, name in lines(case.tool):
            entry = draft.entry(key)
            if entry.answered or entry.text:
                told.append(f"{name}: {shown(kind, entry, case.tool.scale) or ''}".rstrip(": "))
                told += [f"    {line}" for line in entry.text.splitlines()]
        told += [f"Action: {one.words}" for one in draft.actions]
        told.append("")
    return [*told, *(f"{one.at:%d/%m/%Y %H:%M} {one.who}: {one.words}" for one in history(desk, case))]
