"""One audit: where it stands, what was written in each revision, and whether the reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.frames import collect
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.tools import of_round
from fcl_tui.quality import current
from fcl_tui.quality.form import OUTCOME, OVERALL, TEXTS, Action, Draft, Entry
from fcl_tui.quality.states import (
    ASSIGNED,
    AUDITOR,
    CLOSED,
    DRAWN,
    MODERATED,
    POD_MANAGER,
    QA,
    REOPENED,
    SUBMITTED,
)

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.quality.tool import Tool

UNKNOWN = "There is no such audit that you may see."
READ = "reader"
"""The part of a child's worker, who reads the moderated audit, and of a senior manager of the pod"""


@dataclass(frozen=True)
class Case:
    """One audit as it is now."""

    row: dict[str, Any]
    """of `current.cases`"""
    parts: frozenset[str]
    """what the reader is in it; READ for who reads it alone"""
    tool: Tool

    @property
    def case_id(self) -> str:
        """Its id."""
        return str(self.row["case_id"])

    @property
    def state(self) -> str:
        """Its state."""
        return str(self.row["state"])

    @property
    def person_id(self) -> str:
        """The child's number."""
        return str(self.row["person_id"])


def case_of(desk: Desk, case_id: str) -> Case:
    """One audit that the reader has a part in.

    Raises:
        DataError: there is none, the reader may not see it (which is written down), or it cannot be read.
    """
    told = collect(current.cases(desk.tables(*current.NEEDED), desk.as_at))
    rows = told.filter(pl.col("case_id") == case_id)
    if rows.is_empty():
        raise DataError(UNKNOWN)
    row = rows.row(0, named=True)
    parts = desk.parts(row)
    if not parts and _reads(desk, row):
        parts = frozenset((READ,))
    if not parts:
        desk.door.refuse(UNKNOWN, report=REPORT, person_id=row["person_id"])
    rounds = desk.tables("audit_rounds")["audit_rounds"]
    tool_id = collect(rounds.filter(pl.col("round_id") == row["round_id"]).select("tool_id")).item()
    return Case(row, parts, of_round(desk, tool_id))


def _reads(desk: Desk, row: dict[str, Any]) -> bool:
    """The child's own worker reads it once moderated; a senior manager those of teams in their entry."""
    reader = desk.door.reader
    if reader is None:
        return True
    own = row["allocated_worker"] in reader.scope.workers and row["state"] in (MODERATED, CLOSED)
    return own or (desk.leads and row["pod"] in desk.pods)


def written_in(desk: Desk, case: Case) -> Draft | None:
    """What the auditor handed in, or what was corrected later; None where nothing was, or it is not to be
    seen.

    An auditor who grades again does not see the first grading; others see a first one once it is handed in.
    """
    tables = desk.tables("audit_revisions", "audit_ratings", "audit_outcomes", "audit_actions")
    mine = tables["audit_revisions"].filter(
        pl.col("case_id") == case.case_id, pl.col("stage").is_in(["audit", "correction"])
    )
    rows = collect(mine.sort("seq"))
    if rows.is_empty() or case.state in (DRAWN, ASSIGNED):
        return None
    full = rows.filter(pl.col("stage") == "audit").row(-1, named=True)
    of_it = pl.col("revision_id") == full["revision_id"]
    entries: dict[str, Entry] = {}
    for one in collect(tables["audit_ratings"].filter(of_it)).iter_rows(named=True):
        entries[one["standard_key"]] = Entry(
            value=one["value"],
            not_applicable=one["not_applicable_reason"],
            text=one["evidence"] or "",
            no_action=one["no_action"] or "",
        )
    for one in collect(tables["audit_outcomes"].filter(of_it)).iter_rows(named=True):
        entries[OUTCOME + one["area"]] = Entry(outcome=one["outcome"], text=one["evidence"] or "")
    entries[OVERALL] = Entry(value=full["overall_grade"], text=full["reason_for_difference"] or "")
    entries |= {name: Entry(text=full[name]) for name in TEXTS if full[name]}
    actions = collect(
        current.latest(tables["audit_actions"].filter(pl.col("case_id") == case.case_id), "action_id")
    )
    return Draft(entries, tuple(_action(one) for one in actions.iter_rows(named=True)))


def _action(row: dict[str, Any]) -> Action:
    return Action(
        row["standard_key"] or "",
        row["text"] or "",
        row["owner"] or "",
        row["due"].isoformat() if row["due"] else "",
        row["kind"] or "child",
        row["priority"] or "normal",
    )


@dataclass(frozen=True)
class Said:
    """One thing in the history of an audit."""

    at: Any
    who: str
    words: str


def history(desk: Desk, case: Case) -> list[Said]:
    """Every step and revision of an audit, the oldest first."""
    from fcl_tui.quality.grades import words
    from fcl_tui.quality.states import WORDS

    tables = desk.tables("audit_events", "audit_revisions", "audit_concerns")
    mine = pl.col("case_id") == case.case_id
    told = [
        (row["made_at"], row["seq"], Said(row["made_at"], row["made_by"], _step_words(row, WORDS)))
        for row in collect(tables["audit_events"].filter(mine)).iter_rows(named=True)
    ]
    shows_grade = case.state in (SUBMITTED, MODERATED, CLOSED, REOPENED)
    told += [
        (
            row["made_at"],
            row["seq"],
            Said(
                row["made_at"],
                row["made_by"],
                f"{row['stage']}: {words(row['overall_grade'])}"
                + (f": {row['reason_for_difference']}" if row["reason_for_difference"] else ""),
            ),
        )
        for row in collect(tables["audit_revisions"].filter(mine)).iter_rows(named=True)
        if shows_grade
    ]
    told += [
        (
            row["made_at"],
            row["seq"],
            Said(row["made_at"], row["made_by"], f"concern {row['event']}: {row['note'] or ''}"),
        )
        for row in collect(tables["audit_concerns"].filter(mine)).iter_rows(named=True)
        if case.parts & {QA, AUDITOR, POD_MANAGER}
    ]
    return [one for *_, one in sorted(told, key=lambda each: (each[0], each[1]))]


def _step_words(row: dict[str, Any], words: dict[str, str]) -> str:
    told = words[row["to_state"]].lower()
    if row["from_state"] == SUBMITTED and row["to_state"] == "in_progress":
        told = "returned"
    return f"{told}: {row['reason']}" if row["reason"] else told
