"""The registers beside audits: entered by who manages quality assurance, read into briefings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access import access_list as rosters
from fcl_tui.access.duties import require_duty
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.config.registers import CHOICES, headings

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk


def enter(desk: Desk, register: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows to a register, all of them or none. What teaches something becomes a learning point too.

    Raises:
        DataError: the reader does not manage quality assurance, or they cannot be saved.
    """
    require_duty(desk.door, rosters.QA, to="enter registers of quality assurance", report=REPORT)
    headings(register)
    kept = [row | {_key(register): store.new_id()} for row in rows]
    points = [
        {
            "source_kind": register,
            "source_id": row[_key(register)],
            "theme": row.get("themes") or "Practice",
            "text": row["learning"],
            "audience": "social_work",
        }
        for row in kept
        if row.get("learning")
    ]
    desk.door.record(log.ENTERED, report=REPORT, detail=f"{register}: {len(rows)} rows")
    store.add(
        desk.office, desk.who, {register: kept, "learning_points": points} if points else {register: kept}
    )


def _key(register: str) -> str:
    from data.office.quality.shapes import key_of

    return key_of(register)


def listed(desk: Desk, register: str) -> pl.DataFrame:
    """A register, newest first; a child only where the reader sees them.

    Raises:
        DataError: the reader does not manage quality assurance, or it cannot be read.
    """
    require_duty(desk.door, rosters.QA, to="read registers of quality assurance", report=REPORT)
    rows = collect(desk.tables(register)[register].sort("seq", descending=True).select(*headings(register)))
    if "person_id" not in rows.columns:
        return rows
    seen = desk.door.seen_of(rows["person_id"].drop_nulls())
    return rows.with_columns(person_id=pl.when(pl.col("person_id").is_in(seen.implode())).then("person_id"))


def all_of(desk: Desk) -> dict[str, pl.LazyFrame]:
    """Every register, for a briefing: no child's number in it."""
    frames = desk.tables(*CHOICES, "recommendation_events")
    return {name: frame.drop("person_id") if name == "feedback" else frame for name, frame in frames.items()}
