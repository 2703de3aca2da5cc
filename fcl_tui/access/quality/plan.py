"""Actions of audits: done by the owner, verified by another, and the audit closed with the last of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.cases import case_of
from fcl_tui.access.quality.desk import REPORT, same
from fcl_tui.access.quality.steps import event as step_event
from fcl_tui.quality import current
from fcl_tui.quality.states import CLOSED, MODERATED, POD_MANAGER, QA, SYSTEM

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk

EVENTS = {
    "progress": "Progress",
    "extended": "More time",
    "done": "Done",
    "verified": "Verified",
    "not_done": "Not done",
    "reopened": "Open again",
}
NEEDS_NOTE = ("progress", "extended", "done", "not_done", "reopened")


def action_of(desk: Desk, action_id: str) -> dict[str, Any]:
    """One action as it is now. DataError: there is none."""
    rows = collect(
        current.actions(desk.tables("audit_actions", "audit_action_events"), desk.as_at).filter(
            pl.col("action_id") == action_id
        )
    )
    if rows.is_empty():
        raise DataError("There is no such action.")
    return rows.row(0, named=True)


def tell(desk: Desk, action_id: str, what: str, note: str = "", new_due: date | None = None) -> None:
    """Say something of an action.

    The owner says that it is done, with what shows it; the pod manager or the quality manager, who is not the
    owner and did not say that it is done, verifies it. With the last child's action verified the audit is
    closed.

    Raises:
        DataError: the reader may not, or words are missing.
    """
    desk.door.renew()
    action = action_of(desk, action_id)
    case = case_of(desk, action["case_id"]) if action["case_id"] and not _owns(desk, action) else None
    parts = case.parts if case is not None else frozenset()
    if desk.door.reader is None and action["case_id"]:
        case = case_of(desk, action["case_id"])
        parts = case.parts
    why = _refusal(desk, action, parts, what)
    if why:
        desk.door.refuse(why, report=REPORT)
    if what in NEEDS_NOTE and not note.strip():
        raise DataError("Say in a sentence what was done, or why.")
    if what == "extended" and new_due is None:
        raise DataError("Give the new day.")
    rows: dict[str, list[dict[str, Any]]] = {
        "audit_action_events": [
            {"action_id": action_id, "event": what, "note": note.strip() or None, "new_due": new_due}
        ]
    }
    expected = []
    if what == "verified" and case is not None and case.state == MODERATED and _last_one(desk, action):
        part = POD_MANAGER if POD_MANAGER in case.parts else SYSTEM
        rows["audit_events"] = [step_event(case, CLOSED, part, "all actions for the child are verified")]
        expected = [store.Expected(case.case_id, MODERATED)]
    desk.door.record(log.ENTERED, report=REPORT, detail=f"action {EVENTS[what].lower()}")
    store.add(desk.office, desk.who, rows, expected=expected)


def _owns(desk: Desk, action: dict[str, Any]) -> bool:
    return same(action["owner"], desk.who)


def _refusal(desk: Desk, action: dict[str, Any], parts: frozenset[str], what: str) -> str:
    if what not in EVENTS:
        return "There is no such thing to say of an action."
    owns, leads = _owns(desk, action), bool(parts & {QA, POD_MANAGER})
    alone = desk.door.reader is None
    state = action["state"]
    if what == "verified":
        if state != "done":
            return "Only an action that is done can be verified."
        if not leads and not alone:
            return "The pod manager or the quality manager verifies an action."
        if not alone and (owns or same(action["done_by"], desk.who)):
            return "Another person than the one who did it verifies an action."
        return ""
    if what == "reopened":
        return "" if state != "open" and (leads or alone) else "Only a manager can open an action again."
    if state != "open":
        return f"The action is {state.replace('_', ' ')} already."
    if what in ("extended", "not_done"):
        return "" if leads or alone else "Only a manager can give more time or end an action."
    return "" if owns or leads or alone else "The owner says that an action is done."


def _last_one(desk: Desk, action: dict[str, Any]) -> bool:
    """Whether no other action for the child is waiting to be verified."""
    others = current.actions(desk.tables("audit_actions", "audit_action_events"), desk.as_at).filter(
        pl.col("case_id") == action["case_id"],
        pl.col("action_id") != action["action_id"],
        pl.col("kind") == "child",
        ~pl.col("state").is_in(["verified", "not_done"]),
    )
    return collect(others).is_empty()
