"""The steps of an audit: each is checked, written into the access log, and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from data.office import access_log as log
from data.office.quality import drafts, store
from fcl_tui.access.quality.cases import Case, case_of
from fcl_tui.access.quality.desk import REPORT, Desk, same
from fcl_tui.access.readers.reader import reader_of
from fcl_tui.quality.form import OUTCOME, OVERALL, TEXTS, Draft, missing, values_of
from fcl_tui.quality.states import (
    ASSIGNED,
    AUDITOR,
    IN_PROGRESS,
    POD_MANAGER,
    QA,
    SUBMITTED,
    refusal,
)
from fcl_tui.quality.suggestion import suggested
from fcl_tui.reports.framework import FRONT_LINE_MANAGER, SENIOR_MANAGER, SOCIAL_WORKER

if TYPE_CHECKING:
    from fcl_tui.access.readers.access_list import Person

AUDIT = "audit"
"""The stage of a first revision, and of the draft that becomes it"""
Rows = dict[str, list[dict[str, Any]]]


def check(desk: Desk, case: Case, end: str, reason: str = "") -> None:
    """Refuse a step that this reader may not do, and write the refusal down. DataError: the sentence."""
    desk.door.renew()
    why = refusal(case.state, end, case.parts, reason)
    if why:
        desk.door.refuse(why, report=REPORT, person_id=case.person_id)


def event(case: Case, end: str, part: str, reason: str = "") -> dict[str, Any]:
    """The row that says an audit is in another state."""
    return {
        "case_id": case.case_id,
        "from_state": case.state,
        "to_state": end,
        "part": part,
        "reason": reason.strip() or None,
    }


def part_for(case: Case, *parts: str) -> str:
    """The part in which the reader does it: the first of these that they have."""
    return next((one for one in parts if one in case.parts), parts[0])


def save(
    desk: Desk, case: Case, rows: Mapping[str, Sequence[Mapping[str, Any]]], words: str, **more: Any
) -> None:
    """Write it into the access log, then save all of it while the audit is in the state it was seen in."""
    desk.door.record(log.ENTERED, report=REPORT, person_id=case.person_id, detail=words)
    store.add(desk.office, desk.who, rows, expected=[store.Expected(case.case_id, case.state)], **more)


def assign(
    desk: Desk, case: Case, auditor: str, *, moderator: str = "", due: date | None = None, reason: str = ""
) -> None:
    """Give an audit to an auditor, in place of one who had it before.

    The auditor is on the list of who may come in, is not the child's own worker and not the moderator, and
    the record is not restricted to others.

    Raises:
        DataError: the reader may not, or the auditor cannot be.
    """
    check(desk, case, ASSIGNED, reason)
    name = " ".join(auditor.split())
    if not name:
        raise DataError("Name the auditor, by the account they sign in with.")
    if same(name, moderator):
        raise DataError("The auditor cannot moderate their own audit. Name another moderator.")
    if same(name, case.row["allocated_worker"]):
        raise DataError(f"{name} is the child's own worker. Choose an auditor from another team.")
    person = desk.person(name)
    if person is not None:
        _can_audit(desk, case, person)
        name = person.user
    elif desk.door.reader is not None:
        raise DataError(f"{name} is not on the list of who may come in. fcl-tui access add adds them.")
    given = {
        "case_id": case.case_id,
        "auditor": name,
        "moderator": moderator or None,
        "due": due,
        "reason": reason or None,
    }
    rows: Rows = {
        "audit_allocations": [given],
        "audit_events": [event(case, ASSIGNED, part_for(case, QA, POD_MANAGER), reason)],
        "audit_grants": [granted(case, name, "opened")],
    }
    save(desk, case, rows, f"audit assigned to {name}")


def _can_audit(desk: Desk, case: Case, person: Person) -> None:
    if person.role not in (SOCIAL_WORKER, FRONT_LINE_MANAGER, SENIOR_MANAGER):
        raise DataError(f"{person.user} is a {person.role}, who does not audit cases.")
    if case.row["allocated_worker"] in person.workers:
        raise DataError(f"{person.user} is the child's own worker. Choose an auditor from another team.")
    from fcl_tui.access.quality.look import restricted_to_others
    from fcl_tui.access.readers import access_list as rosters

    roster = rosters.read(desk.door.home)
    assert roster is not None
    reader = reader_of(roster, person, desk.as_at)
    if restricted_to_others(desk, case.person_id, reader.user):
        raise DataError(f"The record is restricted and not open to {person.user}. Replace the case.")


def granted(case: Case, reader: str, what: str, until: date | None = None) -> dict[str, Any]:
    """The row that says that the child's record is open to a reader, or until when."""
    return {
        "case_id": case.case_id, "reader": reader, "person_id": case.person_id, "event": what, "until": until,
    }  # fmt: skip


def start(desk: Desk, case: Case) -> Case:
    """Begin an audit: at the auditor's first keystroke."""
    if case.state != ASSIGNED:
        return case
    check(desk, case, IN_PROGRESS)
    save(desk, case, {"audit_events": [event(case, IN_PROGRESS, AUDITOR)]}, "audit begun")
    return case_of(desk, case.case_id)


def submit(desk: Desk, case: Case, draft: Draft) -> None:
    """Hand an audit in: the draft becomes a revision that no one can change.

    Raises:
        DataError: the reader may not, or something is missing; the sentence names the first.
    """
    check(desk, case, SUBMITTED)
    gaps = missing(case.tool, draft)
    if gaps:
        more = f" ({len(gaps) - 1} more)" if len(gaps) > 1 else ""
        raise DataError(f"Not handed in. {gaps[0][1]}{more}.")
    rows = revision(desk, case, draft, AUDIT)
    rows["audit_events"] = [event(case, SUBMITTED, AUDITOR)]
    who = desk.who
    save(desk, case, rows, "audit handed in", drops_drafts=[(case.case_id, who, AUDIT)])
    drafts.forget_here(desk.office, case.case_id, who, AUDIT)


def revision(desk: Desk, case: Case, draft: Draft, stage: str) -> Rows:
    """The rows of a whole revision: the grades, the outcomes, the words and the actions."""
    revision_id = store.new_id()
    overall = draft.entry(OVERALL)
    head = {
        "revision_id": revision_id,
        "case_id": case.case_id,
        "stage": stage,
        "overall_grade": overall.value,
        "suggested_grade": suggested(case.tool, values_of(case.tool, draft))[0],
        "reason_for_difference": overall.text or None,
        "look_back_from": months_back(desk.as_at, case.tool.look_back_months),
        "look_back_to": desk.as_at,
        **{name: draft.entry(name).text or None for name in TEXTS},
    }
    ratings = [
        {
            "revision_id": revision_id,
            "standard_key": one.key,
            "value": entry.value,
            "not_applicable_reason": entry.not_applicable,
            "evidence": entry.text or None,
            "no_action": entry.no_action or None,
        }
        for one in case.tool.standards
        if (entry := draft.entry(one.key)) is not None
    ]
    outcomes = [
        {
            "revision_id": revision_id,
            "area": one.key,
            "outcome": entry.outcome,
            "evidence": entry.text or None,
        }
        for one in case.tool.outcomes
        if (entry := draft.entry(OUTCOME + one.key)).outcome is not None
    ]
    return {
        "audit_revisions": [head],
        "audit_ratings": ratings,
        "audit_outcomes": outcomes,
        "audit_actions": new_actions(desk, case, draft),
    }


def new_actions(desk: Desk, case: Case, draft: Draft) -> list[dict[str, Any]]:
    """Rows of the actions of a draft that are not kept yet."""
    from fcl_tui.access.quality.cases import written_in

    before = written_in(desk, case)
    known = set(before.actions) if before is not None else set()
    return [
        {
            "case_id": case.case_id,
            "standard_key": one.standard or None,
            "text": one.text,
            "owner": one.owner or None,
            "due": date.fromisoformat(one.due) if one.due else None,
            "priority": one.priority,
            "kind": one.kind,
        }
        for one in draft.actions
        if one not in known
    ]


def months_back(day: date, months: int) -> date:
    """The day that a look back begins on."""
    from fcl_tui.definitions.days.periods import months_before

    return months_before(day, months)
