"""Drawing the cases of a quarter: from the whole authority, kept with its rules and checksum, and
repeatable.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.desk import REPORT, Desk
from fcl_tui.access.readers.duties import require_duty
from fcl_tui.access.readers.roles import QA
from fcl_tui.access.seen.memory import in_force
from fcl_tui.definitions.days.periods import months_before
from fcl_tui.quality import current
from fcl_tui.quality.population import SEALED, Rules, population
from fcl_tui.quality.rounds import KINDS, QUARTERLY, quarter
from fcl_tui.quality.sampling import METHOD, SELECTED, Draw, draw, seed_of
from fcl_tui.quality.states import ASSIGNED, DRAWN, REPLACED

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from data.snapshots.reader import Snapshot


@dataclass(frozen=True)
class Preview:
    """A draw before it is kept, or one drawn again to be compared."""

    period: str
    number: int
    draw: Draw
    rules: Rules
    snapshot_id: str
    as_at: date


def rules_of(desk: Desk) -> Rules:
    """The authority's rules of a draw."""
    own = desk.rules
    return Rules(own.cases, own.strata, own.months_without_repeat, own.weeks_open, own.teams_left_out)


def _drawn(
    desk: Desk,
    snapshot: Snapshot,
    as_at: date,
    rules: Rules,
    seed: str,
    *,
    round_id: str | None,
    restricted: Collection[str],
    until: datetime | None = None,
) -> Draw:
    """Draw from a snapshot, with what was kept before a moment (none: now).

    Cases of earlier draws of the round go if they are not begun: they take no place and bar no child.
    """
    tables = desk.tables("audit_draws", "audit_cases", "audit_events")
    if until is not None:
        tables = {name: frame.filter(pl.col("made_at") < until) for name, frame in tables.items()}
    state = current.latest(tables["audit_events"], "case_id").select("case_id", "to_state")
    cases = tables["audit_cases"].join(state, on="case_id", how="left")
    mine = pl.lit(value=False) if round_id is None else pl.col("round_id") == round_id
    waiting = mine & pl.col("to_state").is_in([DRAWN, ASSIGNED])
    kept = cases.filter(mine, ~pl.col("to_state").is_in([DRAWN, ASSIGNED, REPLACED]))
    tables["audit_cases"] = cases.filter(~waiting).drop("to_state")
    since = months_before(as_at, rules.months_without_repeat)
    audited = collect(current.audited_since(tables, since))["person_id"].to_list()
    children = population(snapshot.scan, as_at, rules, restricted=restricted, audited=audited)
    return draw(collect(children), max(0, rules.places - collect(kept).height), seed)


def _draws(desk: Desk, period: str) -> pl.DataFrame:
    """The draws kept for a quarter, oldest first."""
    tables = desk.tables("audit_rounds", "audit_draws")
    rounds = tables["audit_rounds"].filter(pl.col("period") == period, pl.col("kind") == QUARTERLY)
    return collect(
        tables["audit_draws"].join(rounds.select("round_id"), on="round_id", how="semi").sort("seq")
    )


def preview(desk: Desk, period: str) -> Preview:
    """What would be drawn for a quarter, on the desk's day.

    Raises:
        DataError: the reader does not manage quality assurance, it is no quarter, or nothing can be read.
    """
    require_duty(desk.door, QA, to="draw cases for audit", report=REPORT)
    name = quarter(period).name
    before = _draws(desk, name)
    number, round_id = before.height + 1, before["round_id"][0] if before.height else None
    snapshot, rules = desk.whole(), rules_of(desk)
    memory = log.AccessLog(desk.door.home, desk.door.settings.office_url).memory()
    restricted = in_force(desk.door.home, snapshot, memory).person_ids
    seed = seed_of(name, number)
    told = _drawn(desk, snapshot, desk.as_at, rules, seed, round_id=round_id, restricted=restricted)
    return Preview(name, number, told, rules, snapshot.manifest.id, desk.as_at)


def keep(desk: Desk, told: Preview, reason: str = "") -> str:
    """Keep a draw and its cases, all or none; write it into the access log first.

    Returns:
        the round's id.

    Raises:
        DataError: it is a second draw without a reason, no child can be drawn, or it cannot be saved.
    """
    require_duty(desk.door, QA, to="draw cases for audit", report=REPORT)
    before = _draws(desk, told.period)
    if before.height != told.number - 1:
        raise DataError("Another draw was kept meanwhile. Look at it first: fcl-tui audits list")
    if before.height and not reason.strip():
        last = before.row(-1, named=True)
        raise DataError(
            f"{told.period} was drawn on {last['made_at']:%d/%m/%Y} by {last['made_by']} (draw "
            f"{last['draw_no']}, as at {last['as_at']:%d/%m/%Y}). A second draw needs --reason; "
            "--verify checks the first."
        )
    if not told.draw.selected:
        if before.height:
            raise DataError(f"Every case of {told.period} has begun or is done: none is left to draw again.")
        raise DataError(f"No child can be drawn for {told.period}: {_left_out(told.draw)}.")
    desk.door.record(log.ENTERED, report=REPORT, detail=f"draw {told.number} for {told.period}")
    tool = _tool_rows(desk)
    round_id = before["round_id"][0] if before.height else store.new_id()
    rows: dict[str, list[dict[str, Any]]] = {"audit_tools": tool[1]}
    if not before.height:
        rows["audit_rounds"] = [_round(desk, told, round_id, tool[0])]
    draw_id = store.new_id()
    rows["audit_draws"] = [
        {
            "draw_id": draw_id,
            "round_id": round_id,
            "draw_no": told.number,
            "snapshot_id": told.snapshot_id,
            "as_at": told.as_at,
            "rules": json.dumps(asdict(told.rules)),
            "seed": told.draw.seed,
            "method_version": METHOD,
            "frame_size": told.draw.rows.height,
            "excluded": json.dumps(told.draw.excluded),
            "frame_sha256": told.draw.sha256,
            "reason": reason.strip() or None,
        }
    ]
    names = ("person_id", "pod", "stratum", "status", "sort_key", "place", "rank", "reason")
    frame = told.draw.rows
    rows["audit_frame"] = [{**row, "draw_id": draw_id} for row in frame.select(names).to_dicts()]
    cases, events = new_cases(frame.filter(pl.col("place") == SELECTED), round_id, draw_id)
    rows |= {"audit_cases": cases, "audit_events": events}
    if before.height:
        rows["audit_events"] = [*_replaced(desk, round_id, reason), *events]
    store.add(desk.office, desk.who, rows)
    return str(round_id)


def new_cases(
    drawn: pl.DataFrame, round_id: str, draw_id: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of audit_cases for children drawn, and of audit_events that say so."""
    cases = [
        {
            "case_id": store.new_id(),
            "round_id": round_id,
            "draw_id": draw_id,
            "allocated_worker": row["worker"],
            **{name: row[name] for name in ("person_id", "pod", "stratum", "status")},
        }
        for row in drawn.iter_rows(named=True)
    ]
    return cases, [{"case_id": one["case_id"], "to_state": DRAWN, "part": "qa"} for one in cases]


def _replaced(desk: Desk, round_id: str, reason: str) -> list[dict[str, Any]]:
    """What ends the cases of the draws before; those in progress or later stay."""
    told = collect(current.cases(desk.tables(*current.NEEDED), desk.as_at))
    theirs = told.filter(pl.col("round_id") == round_id, pl.col("state").is_in([DRAWN, ASSIGNED]))
    return [
        {"case_id": case, "from_state": state, "to_state": REPLACED, "part": "qa", "reason": reason}
        for case, state in theirs.select("case_id", "state").rows()
    ]


def _round(desk: Desk, told: Preview, round_id: str, tool_id: str) -> dict[str, Any]:
    audits = told.as_at + timedelta(weeks=desk.rules.audit_weeks)
    moderation = audits + timedelta(weeks=desk.rules.moderation_weeks)
    return {
        "round_id": round_id,
        "kind": QUARTERLY,
        "title": f"{KINDS[QUARTERLY]} {told.period}",
        "period": told.period,
        "tool_id": tool_id,
        "audits_due": audits,
        "moderation_due": moderation,
        "briefing_due": moderation + timedelta(weeks=2),
    }


def _tool_rows(desk: Desk) -> tuple[str, list[dict[str, Any]]]:
    from fcl_tui.access.quality.tools import frozen

    return frozen(desk)


def verify(desk: Desk, period: str) -> list[tuple[str, bool]]:
    """Draw every kept draw of a quarter again from its snapshot, and compare.

    Returns:
        a sentence for each draw, and whether it came out the same.

    Raises:
        DataError: nothing was drawn for the quarter, or the snapshot it was drawn from is gone.
    """
    require_duty(desk.door, QA, to="verify a draw", report=REPORT)
    name = quarter(period).name
    kept = _draws(desk, name)
    if kept.is_empty():
        raise DataError(f"Nothing was drawn for {name} yet. fcl-tui audits draw --period {name} draws.")
    desk.door.record(log.PRINTED, report=REPORT, detail=f"draws of {name} verified")
    return [_verified(desk, row) for row in kept.iter_rows(named=True)]


def _verified(desk: Desk, row: dict[str, Any]) -> tuple[str, bool]:
    called = f"Draw {row['draw_no']} as at {row['as_at']:%d/%m/%Y}"
    if row["method_version"] != METHOD:
        return f"{called}: made by method {row['method_version']}; this fcl-tui has method {METHOD}.", False
    here = desk.whole()
    snapshot = here if here.manifest.id == row["snapshot_id"] else here.sibling(row["snapshot_id"])
    told = json.loads(row["rules"])
    rules = Rules(**told | {"teams_left_out": tuple(told["teams_left_out"])})
    frame = collect(desk.tables("audit_frame")["audit_frame"].filter(pl.col("draw_id") == row["draw_id"]))
    again = _drawn(
        desk,
        snapshot,
        row["as_at"],
        rules,
        row["seed"],
        round_id=row["round_id"],
        restricted=frame.filter(pl.col("reason") == SEALED)["person_id"].to_list(),
        until=row["made_at"],
    )
    if again.sha256 == row["frame_sha256"]:
        return (
            f"{called}: the same {again.selected} of {row['frame_size']} children, seed {row['seed']}.",
            True,
        )
    return f"{called}: NOT the same. The snapshot or the rows kept have changed since.", False


def frame_of(desk: Desk, draw_id: str) -> pl.DataFrame:
    """Every child considered in a kept draw, as the reader may see them."""
    rows = collect(desk.tables("audit_frame")["audit_frame"].filter(pl.col("draw_id") == draw_id))
    return shown(desk, rows)


def shown(desk: Desk, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a draw without the numbers of children whom the reader may not know.

    Those drawn are known to who manages quality assurance; others only where they are in the remit. A
    restricted record has the token that the reader's lists have.
    """
    seen = desk.door.seen_of(rows["person_id"])
    known = (pl.col("place") == SELECTED) | pl.col("person_id").is_in(seen.implode())
    tokens = {one: desk.door.shown(one) for one in rows.filter(pl.col("reason") == SEALED)["person_id"]}
    number = pl.col("person_id").replace(tokens)
    known |= pl.col("person_id").is_in([one for one, token in tokens.items() if token != one])
    return rows.with_columns(person_id=pl.when(known).then(number))


def _left_out(told: Draw) -> str:
    return (
        "; ".join(f"{count} {reason}" for reason, count in told.excluded.items()) or "there is no open case"
    )


def by_stratum(told: Draw) -> list[tuple[str, int, int]]:
    """Each stratum with how many children are drawn and how many are in reserve."""
    rows = told.rows.filter(pl.col("place") != "excluded")
    counted = rows.group_by("stratum").agg(
        drawn=(pl.col("place") == SELECTED).sum().cast(pl.Int64),
        spare=(pl.col("place") != SELECTED).sum().cast(pl.Int64),
    )
    return [(str(name), int(drawn), int(spare)) for name, drawn, spare in counted.sort("stratum").rows()]
