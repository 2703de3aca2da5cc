"""Cases that follow from others: a reserve in place of one replaced, re-audits, the yearly
consistency check.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.steps import check, event, save
from fcl_tui.access.readers import roles
from fcl_tui.access.readers.duties import require_duty
from fcl_tui.definitions.board.periods import quarter_of
from fcl_tui.quality import current
from fcl_tui.quality.grades import INADEQUATE
from fcl_tui.quality.rounds import CONSISTENCY, DIP, KINDS, QUARTERLY, quarter
from fcl_tui.quality.sampling import RESERVE
from fcl_tui.quality.states import ASSIGNED, DRAWN, QA, REASONS_TO_REPLACE, REPLACED

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk

ONE_IN = 10
"""Of the audits that are not Inadequate, the share that is audited again"""
COPIED = ("person_id", "pod", "stratum", "status", "allocated_worker")


def replace(desk: Desk, case: Case, reason: str) -> str | None:
    """Take a case out; the next reserve of the same stratum takes its place.

    Returns:
        the new case's id; None: the stratum has no reserve left.

    Raises:
        DataError: the reader may not, the reason is not one of `REASONS_TO_REPLACE`, or it cannot be saved.
    """
    check(desk, case, REPLACED, reason)
    if reason not in REASONS_TO_REPLACE.values():  # a briefing prints it: no words about a child
        raise DataError(f"A case is replaced because: {'; '.join(REASONS_TO_REPLACE.values())}.")
    rows: dict[str, list[dict[str, Any]]] = {"audit_events": [event(case, REPLACED, QA, reason)]}
    new = _next_reserve(desk, case)
    if new is not None:
        rows["audit_cases"] = [new]
        rows["audit_events"].append({"case_id": new["case_id"], "to_state": DRAWN, "part": QA})
    save(desk, case, rows, f"case replaced: {reason}")
    return None if new is None else str(new["case_id"])


def _next_reserve(desk: Desk, case: Case) -> dict[str, Any] | None:
    tables = desk.tables("audit_frame", "audit_cases")
    taken = tables["audit_cases"].filter(pl.col("draw_id") == case.row["draw_id"]).select("person_id")
    rows = collect(
        tables["audit_frame"]
        .filter(
            pl.col("draw_id") == case.row["draw_id"],
            pl.col("stratum") == case.row["stratum"],
            pl.col("place") == RESERVE,
        )
        .join(taken, on="person_id", how="anti")
        .sort("rank")
        .head(1)
    )
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    told = {name: row[name] for name in ("person_id", "pod", "stratum", "status", "draw_id")}
    return told | {
        "case_id": store.new_id(),
        "round_id": case.row["round_id"],
        "allocated_worker": _worker_of(desk, row["person_id"]),
        "replaces_case_id": case.case_id,
    }


def _worker_of(desk: Desk, person_id: str) -> str | None:
    from fcl_tui.definitions.caseload import holders_at

    held = holders_at(desk.whole().scan, desk.as_at).filter(pl.col("person_id") == person_id)
    workers = collect(held.select("worker"))["worker"]
    return workers[0] if workers.len() else None


def chosen_again(case_id: str) -> bool:
    """Whether an audit is one of the random share that is audited again."""
    return int(hashlib.sha256(case_id.encode()).hexdigest()[:8], 16) % ONE_IN == 0


def audit_again(desk: Desk, case: Case, grade: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of a re-audit, blind to the first grade; none where it is not to be audited again."""
    if case.row["kind"] != QUARTERLY or not (grade == INADEQUATE or chosen_again(case.case_id)):
        return {}
    due = _months_on(desk.as_at, desk.rules.reaudit_months)
    period = quarter_of(due).name
    rounds = collect(desk.tables("audit_rounds")["audit_rounds"])
    there = rounds.filter(pl.col("kind") == DIP, pl.col("period") == period)
    rows: dict[str, list[dict[str, Any]]] = {}
    if there.is_empty():
        first = rounds.filter(pl.col("round_id") == case.row["round_id"]).row(0, named=True)
        round_id = store.new_id()
        rows["audit_rounds"] = [
            {
                "round_id": round_id,
                "kind": DIP,
                "title": f"Re-audits {period}",
                "period": period,
                "tool_id": first["tool_id"],
                "audits_due": due,
                "moderation_due": due + timedelta(weeks=desk.rules.moderation_weeks),
            }
        ]
    else:
        round_id = there["round_id"][0]
    new = {name: case.row[name] for name in COPIED} | {
        "case_id": store.new_id(),
        "round_id": round_id,
        "reaudit_of_case_id": case.case_id,
        "blind": True,
    }
    rows["audit_cases"] = [new]
    rows["audit_events"] = [{"case_id": new["case_id"], "to_state": DRAWN, "part": "system"}]
    return rows


def _months_on(day: date, months: int) -> date:
    from fcl_tui.definitions.days.periods import months_before

    return months_before(day, -months)


def check_consistency(desk: Desk, period: str) -> int:
    """Make the yearly check of a quarter: every moderated audit of it is graded again, blind, by the reader.

    Returns:
        how many cases there are.

    Raises:
        DataError: the reader does not manage quality assurance, nothing is moderated, or it was made before.
    """
    require_duty(desk.door, roles.QA, to="check the consistency of audits", report=REPORT)
    name = quarter(period).name
    tables = desk.tables(*current.NEEDED)
    rounds = collect(tables["audit_rounds"].filter(pl.col("period") == name))
    first = rounds.filter(pl.col("kind") == QUARTERLY)
    if first.is_empty():
        raise DataError(f"There is no round of audits for {name}.")
    if rounds.filter(pl.col("kind") == CONSISTENCY).height:
        raise DataError(f"The consistency of {name} is being checked already. See: report audits --by pair")
    mine = current.standing(current.cases(tables, desk.as_at)).filter(
        pl.col("round_id") == first["round_id"][0]
    )
    done = collect(mine.sort("pod", "person_id"))
    if done.is_empty():
        raise DataError(f"No audit of {name} is moderated yet.")
    desk.door.record(log.ENTERED, report=REPORT, detail=f"consistency check of {name}: {done.height} audits")
    round_id, due = store.new_id(), desk.as_at + timedelta(weeks=6)
    cases = [
        {name: row[name] for name in COPIED}
        | {"case_id": store.new_id(), "round_id": round_id, "checks_case_id": row["case_id"], "blind": True}
        for row in done.iter_rows(named=True)
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "audit_rounds": [
            {
                "round_id": round_id,
                "kind": CONSISTENCY,
                "title": f"{KINDS[CONSISTENCY]} {name}",
                "period": name,
                "tool_id": first["tool_id"][0],
                "audits_due": due,
                "checks_round_id": first["round_id"][0],
            }
        ],
        "audit_cases": cases,
        "audit_allocations": [{"case_id": one["case_id"], "auditor": desk.who, "due": due} for one in cases],
        "audit_events": [
            {"case_id": one["case_id"], "from_state": start, "to_state": end, "part": QA}
            for one in cases
            for start, end in ((None, DRAWN), (DRAWN, ASSIGNED))
        ],
        "audit_grants": [
            {"case_id": one["case_id"], "reader": desk.who, "person_id": one["person_id"], "event": "opened"}
            for one in cases
        ],
    }
    store.add(desk.office, desk.who, rows)
    return len(cases)
