"""An Inadequate grade: the pod manager's, and validated once the head of service has confirmed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.access.quality.desk import REPORT, same
from fcl_tui.access.quality.steps import check, event, save
from fcl_tui.access.quality.validated import validated_rows
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.quality.current import CONFIRM, PROPOSAL
from fcl_tui.quality.grades import GRADES, INADEQUATE
from fcl_tui.quality.states import HEAD, MODERATED, SUBMITTED
from fcl_tui.reports.framework import SENIOR_MANAGER

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk

WAITS = "This audit waits for the head of service, who confirms that it is Inadequate."


def heads_of(desk: Desk, pod: str | None) -> list[str]:
    """The senior managers whose entry names the pod: its heads of service, the reader not among them."""
    roster = rosters.read(desk.door.home)
    if roster is None or pod is None:
        return []
    teams = collect(
        desk.whole().scan("allocations").filter(pl.col("team") == pod).select("team", "team_id").unique()
    )
    called = {pod, *teams["team_id"].drop_nulls()}
    people = [one for one in roster.people if one.role == SENIOR_MANAGER and called & set(one.teams)]
    return sorted(one.user for one in people if not same(one.user, desk.who))


def is_needed(desk: Desk, case: Case, grade: int) -> bool:
    """Whether the grade is validated only once the head of service of the pod has confirmed it.

    Where no head of service is listed nobody can, and the pod manager's grade stands.
    """
    wanted = grade == INADEQUATE and case.state == SUBMITTED and desk.rules.inadequate_is_confirmed
    return wanted and desk.door.reader is not None and bool(heads_of(desk, case.row["pod"]))


def propose(desk: Desk, case: Case, head: dict[str, Any]) -> None:
    """Keep the pod manager's grade, and ask the head of service."""
    flag = {"case_id": case.case_id, "flag": CONFIRM, "is_on": True}
    rows = {"audit_revisions": [head | {"stage": PROPOSAL}], "audit_flags": [flag]}
    save(desk, case, rows, f"audit to be confirmed: {GRADES[head['overall_grade']]}")


def confirm(desk: Desk, case: Case) -> None:
    """Confirm the pod manager's Inadequate: it is validated, and the child's case is audited again.

    Raises:
        DataError: the reader is not the head of service of the pod, or nothing is to be confirmed.
    """
    _may(desk, case)
    head = _proposed(desk, case) | {"stage": "moderation"}
    rows = validated_rows(desk, case, head, event(case, MODERATED, HEAD, "confirmed"))
    rows["audit_flags"] = [{"case_id": case.case_id, "flag": CONFIRM, "is_on": False}]
    save(desk, case, rows, "Inadequate confirmed")


def do_not_confirm(desk: Desk, case: Case, reason: str) -> None:
    """Give the audit back to the pod manager, with a sentence; the grade stays theirs to give.

    Raises:
        DataError: as `confirm`, or there is no sentence.
    """
    _may(desk, case)
    if not reason.strip():
        raise DataError("Say why, in a sentence.")
    flag = {"case_id": case.case_id, "flag": CONFIRM, "is_on": False, "note": reason.strip()}
    save(desk, case, {"audit_flags": [flag]}, "Inadequate not confirmed")


def _may(desk: Desk, case: Case) -> None:
    check(desk, case, MODERATED)
    if HEAD not in case.parts:
        desk.door.refuse("Only the head of service of the pod can confirm it.", report=REPORT)
    if not case.row["to_confirm"]:
        raise DataError("There is nothing to confirm in this audit.")


def _proposed(desk: Desk, case: Case) -> dict[str, Any]:
    kept = desk.tables("audit_revisions")["audit_revisions"].filter(
        pl.col("case_id") == case.case_id, pl.col("stage") == PROPOSAL
    )
    row = collect(kept.sort("seq")).row(-1, named=True)
    names = ("case_id", "overall_grade", "suggested_grade", "reason_for_difference", "supersedes")
    return {name: row[name] for name in names}
