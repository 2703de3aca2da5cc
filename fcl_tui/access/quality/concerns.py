"""Beside the grade of an audit: an exemplar to learn from, and a concern about a child's safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.steps import save
from fcl_tui.quality.states import AUDITOR, POD_MANAGER, QA

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk


def flag(desk: Desk, case: Case, *, exemplar: bool, note: str = "") -> None:
    """Say that an audit is an exemplar to learn from, or no longer."""
    desk.door.renew()
    if QA not in case.parts:
        desk.door.refuse("Only the quality manager can name an exemplar.", report=REPORT)
    told = {"case_id": case.case_id, "flag": "exemplar", "is_on": exemplar, "note": note or None}
    save(desk, case, {"audit_flags": [told]}, "exemplar" if exemplar else "no longer an exemplar")


def concern(desk: Desk, case: Case, note: str, whom: str = "") -> None:
    """Say that a child may not be safe: at once, whatever the state of the audit; apart from the grade."""
    desk.door.renew()
    if not case.parts & {AUDITOR, QA, POD_MANAGER}:
        desk.door.refuse("Only the auditor or a manager can raise a concern in an audit.", report=REPORT)
    if not note.strip():
        raise DataError("Say what the concern is.")
    row = {
        "case_id": case.case_id,
        "event": "raised",
        "whom": whom or case.row["moderator"],
        "note": note.strip(),
    }
    save(desk, case, {"audit_concerns": [row]}, "concern about safety raised")


def answer_concern(desk: Desk, case: Case, note: str) -> None:
    """Say what was done about a concern."""
    desk.door.renew()
    if not case.parts & {QA, POD_MANAGER}:
        desk.door.refuse("Only a manager can answer a concern.", report=REPORT)
    if not note.strip():
        raise DataError("Say what was done.")
    save(desk, case, {"audit_concerns": [{"case_id": case.case_id, "event": "answered", "note":
    note.strip()}]},
         "concern answered")  # fmt: skip
