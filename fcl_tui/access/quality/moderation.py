"""What follows once an audit is handed in: returned, moderated, reopened, challenged. Each as `steps`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.access.quality.confirming import WAITS, is_needed, propose
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.steps import Rows, check, event, granted, save
from fcl_tui.quality.current import latest
from fcl_tui.quality.grades import GRADES
from fcl_tui.quality.states import CLOSED, IN_PROGRESS, MODERATED, POD_MANAGER, QA, REOPENED, SUBMITTED

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk


def give_back(desk: Desk, case: Case, reason: str) -> None:
    """Return an audit to its auditor, with a sentence; what they wrote is their draft again."""
    check(desk, case, IN_PROGRESS, reason)
    if case.row["to_confirm"]:
        raise DataError(WAITS)
    save(desk, case, {"audit_events": [event(case, IN_PROGRESS, POD_MANAGER, reason)]}, "audit returned")


def moderate(desk: Desk, case: Case, grade: int | None = None, reason: str = "") -> str:
    """Validate the overall grade and the plan: agree, or with `grade` change it, for a reason.

    An Inadequate audit, and one in ten of the others, is to be audited again, blind. Where the authority
    wants it, the head of service confirms an Inadequate first.

    Returns:
        what became of it, in words.

    Raises:
        DataError: the reader may not, a changed grade has no reason, or an action lacks its owner or day.
    """
    check(desk, case, MODERATED, reason or ("agreed" if case.state == SUBMITTED else ""))
    if POD_MANAGER not in case.parts:
        desk.door.refuse("Only the manager of the child's pod validates the grade.", report=REPORT)
    if case.row["to_confirm"]:
        raise DataError(WAITS)
    first = case.row["auditor_grade"]
    validated = first if grade is None else grade
    if validated not in GRADES:
        raise DataError("Give one of the four grades.")
    if validated != first and not reason.strip():
        raise DataError(f"The auditor gave {GRADES[first]}. Say in a sentence why {GRADES[validated]}.")
    _plan_is_complete(desk, case)
    head = {
        "case_id": case.case_id,
        "stage": "correction" if case.state == REOPENED else "moderation",
        "overall_grade": validated,
        "suggested_grade": case.row["suggested_grade"],
        "reason_for_difference": reason.strip() or None,
        "supersedes": case.row["revision_id"],
    }
    if is_needed(desk, case, validated):
        propose(desk, case, head)
        return "The head of service confirms it now"
    rows = validated_rows(desk, case, head, event(case, MODERATED, POD_MANAGER, reason))
    save(desk, case, rows, f"audit moderated: {GRADES[validated]}")
    return "Validated"


def validated_rows(desk: Desk, case: Case, head: dict[str, Any], step: dict[str, Any]) -> Rows:
    """What is kept with a validated grade: its revision, the step, how long the record stays open, and of a
    first audit the one that follows it.
    """
    until = desk.as_at + timedelta(days=desk.rules.grant_days)
    readers = {case.row["auditor"], desk.who} - {None}
    rows: Rows = {
        "audit_revisions": [head],
        "audit_events": [step],
        "audit_grants": [granted(case, str(one), "closed", until) for one in sorted(readers)],
    }
    if case.state == SUBMITTED:
        from fcl_tui.access.quality.again import audit_again

        for name, each in audit_again(desk, case, head["overall_grade"]).items():
            rows[name] = [*rows.get(name, []), *each]
    return rows


def _plan_is_complete(desk: Desk, case: Case) -> None:
    kept = collect(
        latest(
            desk.tables("audit_actions")["audit_actions"].filter(pl.col("case_id") == case.case_id),
            "action_id",
        )
    )
    lacking = kept.filter(pl.col("owner").is_null() | pl.col("due").is_null())
    if lacking.height:
        raise DataError(
            f"{lacking.height} of {kept.height} actions lack an owner or a day. Return "
            "the audit, or set them first."
        )


def reopen(desk: Desk, case: Case, reason: str) -> None:
    """Open a moderated audit again; the pod manager then corrects it. What was written stays."""
    check(desk, case, REOPENED, reason)
    save(desk, case, {"audit_events": [event(case, REOPENED, QA, reason)]}, "audit reopened")


def challenge(desk: Desk, case: Case, grade: int, words: str) -> None:
    """Challenge a validated grade: it stays the pod manager's, who answers.

    Raises:
        DataError: the reader does not manage quality assurance, or the audit is not moderated.
    """
    desk.door.renew()
    if QA not in case.parts:
        desk.door.refuse("Only the quality manager can challenge a grade.", report=REPORT)
    if case.state not in (MODERATED, CLOSED) or grade not in GRADES or not words.strip():
        raise DataError("A challenge names a grade and says why, of an audit that is moderated.")
    head = {
        "case_id": case.case_id,
        "stage": "challenge",
        "overall_grade": grade,
        "reason_for_difference": words.strip(),
        "supersedes": case.row["revision_id"],
    }
    save(desk, case, {"audit_revisions": [head]}, "audit challenged")
