"""What is kept when a grade becomes the validated one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from fcl_tui.access.quality.again import audit_again
from fcl_tui.access.quality.steps import Rows, granted
from fcl_tui.quality.states import SUBMITTED

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk


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
        for name, each in audit_again(desk, case, head["overall_grade"]).items():
            rows[name] = [*rows.get(name, []), *each]
    return rows
