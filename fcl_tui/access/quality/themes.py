"""Thematic and multi-agency audits: a theme, its children from a filter, and what other agencies give
back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.drawing import new_cases, rules_of
from fcl_tui.access.quality.tools import frozen, of_round
from fcl_tui.access.readers.duties import require_duty
from fcl_tui.access.readers.roles import QA
from fcl_tui.access.seen.memory import in_force
from fcl_tui.quality.population import population
from fcl_tui.quality.rounds import MULTI_AGENCY, THEMATIC, quarter
from fcl_tui.quality.sampling import METHOD, SELECTED, draw

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.quality.tool import Tool

AGENCIES = ("police", "health", "education", "social_care", "youth_justice", "other")
USUAL = 12
"""Cases of a theme"""
NOT_HERE = "no open case on that day"


def begin(
    desk: Desk,
    title: str,
    period: str,
    people: Sequence[str],
    *,
    places: int = USUAL,
    agencies: Mapping[str, str] | None = None,
    tool: str | None = None,
) -> tuple[int, dict[str, int]]:
    """Begin an audit of a theme: draw its cases from the children given, and keep them as a round.

    Args:
        title: the theme, as it is called.
        people: the children of its population, from a filter; those without an open case are counted.
        agencies: who else gives a return, and who leads it there; with any it is a multi-agency audit.

    Returns:
        how many cases were drawn, and how many children were left out, by reason.

    Raises:
        DataError: the reader does not manage quality assurance, there is such a round, or no child is left.
    """
    require_duty(desk.door, QA, to="begin a thematic audit", report=REPORT)
    name, called = quarter(period).name, " ".join(title.split())
    others = dict(agencies or {})
    for one in others:
        if one not in AGENCIES:
            raise DataError(f"There is no agency {one!r}. There are: {', '.join(AGENCIES)}.")
    rounds = collect(desk.tables("audit_rounds")["audit_rounds"])
    if not called or rounds.filter(pl.col("title") == called).height:
        raise DataError(f"Give the theme a name of its own; {called or 'an empty one'} is taken.")
    snapshot, rules = desk.whole(), replace(rules_of(desk), places=places)
    memory = log.AccessLog(desk.door.home, desk.door.settings.office_url).memory()
    restricted = in_force(desk.door.home, snapshot, memory).person_ids
    every = collect(population(snapshot.scan, desk.as_at, rules, restricted=restricted, audited=()))
    wanted = list(dict.fromkeys(people))
    mine = every.filter(pl.col("person_id").is_in(wanted))
    told = draw(mine, places, f"{name}|{called}|1")
    left_out = told.excluded
    missing = len(set(wanted) - set(mine["person_id"]))
    if missing:
        left_out[NOT_HERE] = missing
    if not told.selected:
        raise DataError(f"None of the {len(wanted)} children can be audited: {left_out}.")
    round_id, draw_id = store.new_id(), store.new_id()
    tool_id, tool_rows = frozen(desk, tool)
    due = desk.as_at + timedelta(weeks=desk.rules.audit_weeks)
    cases, events = new_cases(told.rows.filter(pl.col("place") == SELECTED), round_id, draw_id)
    names = ("person_id", "pod", "stratum", "status", "sort_key", "place", "rank", "reason")
    rows: dict[str, list[dict[str, Any]]] = {
        "audit_tools": tool_rows,
        "audit_rounds": [
            {
                "round_id": round_id,
                "kind": MULTI_AGENCY if others else THEMATIC,
                "title": called,
                "theme": called,
                "period": name,
                "tool_id": tool_id,
                "audits_due": due,
                "moderation_due": due + timedelta(weeks=desk.rules.moderation_weeks),
            }
        ],
        "audit_draws": [
            {
                "draw_id": draw_id,
                "round_id": round_id,
                "draw_no": 1,
                "as_at": desk.as_at,
                "snapshot_id": snapshot.manifest.id,
                "rules": json.dumps(asdict(rules)),
                "seed": told.seed,
                "method_version": METHOD,
                "frame_size": told.rows.height,
                "excluded": json.dumps(left_out),
                "frame_sha256": told.sha256,
            }
        ],
        "audit_frame": [{**row, "draw_id": draw_id} for row in told.rows.select(names).to_dicts()],
        "audit_cases": cases,
        "audit_events": events,
        "round_agencies": [
            {"round_id": round_id, "agency": one, "lead": lead or None, "return_due": due}
            for one, lead in others.items()
        ],
    }
    desk.door.record(log.ENTERED, report=REPORT, detail=f"thematic audit begun: {told.selected} cases")
    store.add(desk.office, desk.who, rows)
    return told.selected, left_out


def round_of(desk: Desk, title: str) -> dict[str, Any]:
    """The round of this name. DataError: there is none."""
    rows = collect(desk.tables("audit_rounds")["audit_rounds"].filter(pl.col("title") == title))
    if rows.is_empty():
        known = collect(desk.tables("audit_rounds")["audit_rounds"].select("title"))["title"].to_list()
        raise DataError(f"There is no round {title!r}. There are: {'; '.join(known[-8:])}.")
    return rows.row(0, named=True)


def form_for(desk: Desk, title: str, agency: str) -> tuple[Tool, list[str]]:
    """What an agency's form holds: the tool, and a pseudonym per case; written down.

    No number and no name is in it: the list that says who is who goes by a secure route of its own.

    Raises:
        DataError: the reader does not manage quality assurance, or the agency is not part of the round.
    """
    require_duty(desk.door, QA, to="export returns", report=REPORT)
    told = round_of(desk, title)
    known = collect(
        desk.tables("round_agencies")["round_agencies"].filter(pl.col("round_id") == told["round_id"])
    )["agency"].to_list()
    if agency not in known:
        raise DataError(f"{agency} is not part of {title}. There are: {', '.join(known) or 'none'}.")
    cases = _cases(desk, told["round_id"])
    desk.door.record(log.EXPORTED, report=REPORT, detail=f"return form of {title} for {agency}")
    return of_round(desk, told["tool_id"]), [pseudonym(one) for one in cases]


def pseudonym(case_id: str) -> str:
    """How a case is called outside the authority."""
    return f"C-{case_id[:8].upper()}"


def _cases(desk: Desk, round_id: str) -> list[str]:
    told = desk.tables("audit_cases")["audit_cases"].filter(pl.col("round_id") == round_id)
    return [str(one) for one in collect(told.select("case_id"))["case_id"]]


def take(desk: Desk, title: str, agency: str, body: bytes, rows: Sequence[Mapping[str, Any]]) -> int:
    """Save an agency's return, all of it or nothing; a later one takes its place.

    Args:
        rows: pseudonym, grade (1 to 4 or None), findings, ratings (by standard).

    Returns:
        how many cases it is about.

    Raises:
        DataError: a pseudonym is not one of the round, or the return was taken already.
    """
    form_for(desk, title, agency)
    round_id = round_of(desk, title)["round_id"]
    cases = {pseudonym(one): one for one in _cases(desk, round_id)}
    digest = hashlib.sha256(body).hexdigest()
    before = collect(desk.tables("agency_returns")["agency_returns"].select("file_sha256"))
    if digest in before["file_sha256"].to_list():
        raise DataError("This very file was taken already; nothing was saved again.")
    kept = []
    for row in rows:
        if row["pseudonym"] not in cases:
            raise DataError(f"{row['pseudonym']!r} is no case of {title}. Use the form that was exported.")
        kept.append(
            {
                "case_id": cases[row["pseudonym"]],
                "agency": agency,
                "received_at": desk.as_at,
                "file_sha256": digest,
                "ratings": json.dumps(row["ratings"], sort_keys=True),
                "grade": row["grade"],
                "findings": row["findings"],
            }
        )
    if not kept:
        raise DataError("There is no case in the file.")
    desk.door.record(log.ENTERED, report=REPORT, detail=f"return of {agency} for {title}: {len(kept)} cases")
    store.add(desk.office, desk.who, {"agency_returns": kept})
    return len(kept)
