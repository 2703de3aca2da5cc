"""The record of one child, opened because of an audit: to be read, for its time, every look written down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.office import access_log as log
from fcl_tui.access.gate import Door
from fcl_tui.access.quality.cases import case_of
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.seen.memory import in_force
from fcl_tui.quality.states import ASSIGNED, AUDITOR, IN_PROGRESS, MODERATED, POD_MANAGER, REOPENED, SUBMITTED

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk

OPENS = "client-summary"
"""The one report that an audit opens"""
TO_READ = "An audit opens this record to be read: it is not exported, copied or marked."
OVER = "The audit no longer opens this record."


def restricted_to_others(desk: Desk, person_id: str, user: str) -> bool:
    """Whether the record is restricted, and not open to the user by name."""
    memory = log.AccessLog(desk.door.home, desk.door.settings.office_url).memory()
    seals = in_force(desk.door.home, desk.whole(), memory).seals
    return person_id in seals and not seals[person_id].open_to(user)


def still_open(desk: Desk, case: Case) -> bool:
    """Whether the audit opens the child's record to the reader on this day."""
    if not case.parts & {AUDITOR, POD_MANAGER}:
        return False
    if case.state in (ASSIGNED, IN_PROGRESS, SUBMITTED, REOPENED):
        return True
    moderated = case.row["moderated_at"]
    if case.state != MODERATED or moderated is None:
        return False
    return bool(desk.as_at <= moderated.date() + timedelta(days=desk.rules.grant_days))


class CaseDoor(Door):
    """A door to the record of one child, beside the reader's own."""

    def __init__(self, desk: Desk, case_id: str, person_id: str) -> None:
        super().__init__(desk.door.home, desk.door.settings, desk.door.reader, logs=False)
        self.log = desk.door.log
        self._desk, self._case_id, self._person_id = desk, case_id, person_id

    def renew(self) -> bool:
        """Ask again whether the reader may be here, and whether the audit still opens the record."""
        changed = self._desk.door.renew()
        if not still_open(self._desk, case_of(self._desk, self._case_id)):
            raise DataError(OVER)
        if restricted_to_others(self._desk, self._person_id, self._desk.who):
            raise DataError("The record has been restricted, so the audit does not open it any more.")
        return changed

    def allows(self, report: str) -> bool:
        """The summary of the child alone."""
        return report == OPENS

    @property
    def may_mark(self) -> bool:
        """The auditor reads."""
        return False

    @property
    def may_break_glass(self) -> bool:
        """An audit breaks no glass."""
        return False

    def record(
        self,
        action: str,
        *,
        report: str | None = None,
        person_id: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Every look is written down as one for an audit; nothing leaves."""
        if action in (log.EXPORTED, log.COPIED, log.PRINTED):
            self._desk.door.record(log.REFUSED, report=report, person_id=self._person_id, detail=TO_READ)
            raise DataError(TO_READ)
        looked = log.AUDITED if action in (log.OPENED, log.REPORT) else action
        told = f"for audit {self._case_id[:8]}" + (f"; {detail}" if detail else "")
        self._desk.door.record(looked, report=report, person_id=person_id, detail=told)

    def _narrow(self) -> bool:
        """This child alone, unless the record is restricted; everyone else is outside."""
        assert self._whole is not None
        if self.reader is None or self._snapshot is None:
            return super()._narrow()
        return self._snapshot.view.become((), pl.Series([self._person_id], dtype=pl.String), 0)


def opened(desk: Desk, case_id: str) -> tuple[CaseDoor, Snapshot]:
    """The door to the child of an audit, and the snapshot with that child alone.

    Raises:
        DataError: the audit does not open the record to the reader, or it is restricted; written down.
    """
    case = case_of(desk, case_id)
    if not still_open(desk, case):
        desk.door.refuse(OVER, report=REPORT, person_id=case.person_id)
    if restricted_to_others(desk, case.person_id, desk.who):
        desk.door.refuse(
            "The record is restricted: an audit does not open it. Ask for the case to be replaced.",
            report=REPORT,
            person_id=case.person_id,
        )
    door = CaseDoor(desk, case_id, case.person_id)
    return door, door.narrowed(desk.whole())


def facts(desk: Desk, case: Case) -> dict[str, str]:
    """Figures beside the standards, in words by their names: never a grade.

    Empty where they cannot be known.
    """
    try:
        _, snapshot = opened(desk, case.case_id)
    except DataError:
        return {}
    from fcl_tui.quality.facts import facts as worked_out

    since = desk.as_at - timedelta(days=round(365.25 * case.tool.look_back_months / 12))
    told: dict[str, str] = worked_out(snapshot.scan, case.person_id, since, desk.as_at)
    return told


def told(case: Case) -> dict[str, Any]:
    """What is shown of the case over the form."""
    return {name: case.row[name] for name in ("person_id", "pod", "status", "period", "title", "due", "days")}
