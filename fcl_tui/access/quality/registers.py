"""The registers beside audits: entered by who manages quality assurance, read into briefings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.readers.duties import require_duty
from fcl_tui.access.readers.roles import QA
from fcl_tui.config.registers import CHOICES, headings

if TYPE_CHECKING:
    from data.office.office import Office
    from fcl_tui.access.quality.desk import Desk


def enter(desk: Desk, register: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows to a register, all of them or none. What teaches something becomes a learning point too.

    Raises:
        DataError: the reader does not manage quality assurance, or they cannot be saved.
    """
    require_duty(desk.door, QA, to="enter registers of quality assurance", report=REPORT)
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
    require_duty(desk.door, QA, to="read registers of quality assurance", report=REPORT)
    first = ["recommendation_id"] if register == "recommendations" else []
    told = desk.tables(register)[register].sort("seq", descending=True)
    rows = collect(told.select(*first, *headings(register)))
    if "person_id" not in rows.columns:
        return rows
    seen = desk.door.seen_of(rows["person_id"].drop_nulls())
    return rows.with_columns(person_id=pl.when(pl.col("person_id").is_in(seen.implode())).then("person_id"))


def all_of(desk: Desk) -> dict[str, pl.LazyFrame]:
    """Every register, for a briefing: no child's number in it."""
    frames = desk.tables(*CHOICES, "recommendation_events")
    return {name: frame.drop("person_id") if name == "feedback" else frame for name, frame in frames.items()}


def for_the_board(office: Office, items: pl.DataFrame) -> pl.DataFrame:
    """The Board's registers with the recommendations of quality assurance among its audit recommendations.

    Args:
        items: the table `items` of the Board.

    Returns:
        the same columns: one row more per recommendation, done on the day it was said to be.
    """
    frames = store.read(office, "recommendations", "recommendation_events")
    if frames["recommendations"].is_empty():
        return items
    ended = (
        frames["recommendation_events"]
        .filter(pl.col("event").is_in(["done", "verified", "not_done"]))
        .group_by("recommendation_id")
        .agg(done=pl.col("made_at").dt.date().min())
    )
    rows = frames["recommendations"].join(ended, on="recommendation_id", how="left", maintain_order="left")
    told = rows.select(
        "seq", "made_by", "made_at", "owner", "due", "done", "rating",
        register=pl.lit("audit"), reference=pl.format("QA {}", pl.col("recommendation_id").str.head(8)),
        title=pl.col("text").str.head(400), received=pl.col("made_at").dt.date(),
    )  # fmt: skip
    return pl.concat(
        [items, told.select(one for one in told.columns if one in items.columns)], how="diagonal"
    )


def end(desk: Desk, recommendation: str, what: str, note: str) -> None:
    """Say of a recommendation that it is done, verified, not done, or has more time.

    Raises:
        DataError: the reader does not manage quality assurance, or there is none whose id begins so.
    """
    require_duty(desk.door, QA, to="end a recommendation", report=REPORT)
    known = collect(desk.tables("recommendations")["recommendations"].select("recommendation_id"))
    found = known["recommendation_id"].filter(
        known["recommendation_id"].str.starts_with(recommendation.lower())
    )
    if found.len() != 1 or len(recommendation) < 6:
        raise DataError("Give at least 6 characters of the id of one recommendation, as the register has it.")
    if what not in ("done", "verified", "not_done", "progress") or not note.strip():
        raise DataError("Say done, verified, not_done or progress, and in a sentence what shows it.")
    desk.door.record(log.ENTERED, report=REPORT, detail=f"recommendation {what}")
    row = {"recommendation_id": found[0], "event": what, "note": note.strip()}
    store.add(desk.office, desk.who, {"recommendation_events": [row]})
