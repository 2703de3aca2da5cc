"""Blanking free words of the quality assurance of practice once the time to keep them is over.

Grades, outcomes, states and dates stay, and so does the chain: it holds the digest of each text.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.office.quality.drafts import forget_here
from data.office.quality.shapes import TABLES, free_texts
from data.office.quality.store import CANNOT_SAVE, read

if TYPE_CHECKING:
    import sqlalchemy as sa

    from data.office.office import Office

OF_A_CASE = tuple(name for name, spec in TABLES.items() if "case_id" in spec and free_texts(name))
OF_A_ROW = {
    "audit_ratings": ("revision_id", "audit_revisions"),
    "audit_outcomes": ("revision_id", "audit_revisions"),
    "audit_action_events": ("action_id", "audit_actions"),
}
"""Tables whose rows belong to a row of another table, which belongs to a case"""
REGISTERS = ("observations", "feedback", "complaints")
"""What tells of a child or a worker; learning points and recommendations name nobody"""
OVER = ("moderated", "closed", "replaced")
"""States in which nobody writes any more"""
AT_ONCE = 500
"""Rows in one statement"""


@dataclass(frozen=True)
class Blanked:
    """How much was, or would be, blanked."""

    audits: int
    entries: int
    """of registers"""


def blank(
    office: Office, before: datetime, kept: Collection[str] | None, *, dry_run: bool = False
) -> Blanked:
    """Blank the words of audits and register entries that are over.

    Args:
        before: of audits whose last step, and entries that, were saved before this moment, UTC.
        kept: numbers of the children the data still holds: the words about any other go too, except of an
            audit that is still written or moderated. None: it is not known, so age alone counts.
        dry_run: count, and change nothing.

    Raises:
        DataError: the office database cannot be read or written; nothing was blanked.
    """
    if not office.in_use():
        return Blanked(0, 0)
    frames = read(office, *{*OF_A_CASE, *OF_A_ROW, *REGISTERS, "audit_cases", "audit_events"})
    cases = _over(frames, before, kept)
    ends = {name: _worded(name, frames[name]).join(cases, on="case_id", how="semi") for name in OF_A_CASE}
    for name, (key, of) in OF_A_ROW.items():
        mine = frames[of].join(cases, on="case_id", how="semi").select(key)
        ends[name] = _worded(name, frames[name]).join(mine, on=key, how="semi")
    entries = {name: _worded(name, frames[name]).filter(_ended(name, before, kept)) for name in REGISTERS}
    told = Blanked(_audits(frames, ends), sum(frame.height for frame in entries.values()))
    if not dry_run:
        _write(office, {name: rows["seq"].to_list() for name, rows in (ends | entries).items()}, cases)
    return told


def _over(frames: dict[str, pl.DataFrame], before: datetime, kept: Collection[str] | None) -> pl.DataFrame:
    """The cases whose words go: case_id."""
    now = frames["audit_events"].group_by("case_id").agg(pl.col("to_state", "made_at").sort_by("seq").last())
    cases = frames["audit_cases"].select("case_id", "person_id").join(now, on="case_id", how="left")
    gone = pl.lit(value=False) if kept is None else ~pl.col("person_id").is_in(list(kept))
    return cases.filter((pl.col("made_at") < before) | (gone & pl.col("to_state").is_in(OVER))).select(
        "case_id"
    )


def _worded(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that still have words."""
    return frame.filter(pl.any_horizontal(pl.col(free_texts(name)).is_not_null()))


def _ended(name: str, before: datetime, kept: Collection[str] | None) -> pl.Expr:
    old = pl.col("made_at") < before
    if kept is None or "person_id" not in TABLES[name]:
        return old
    return old | (pl.col("person_id").is_not_null() & ~pl.col("person_id").is_in(list(kept)))


def _audits(frames: dict[str, pl.DataFrame], ends: dict[str, pl.DataFrame]) -> int:
    """How many audits have words that go."""
    told = [ends[name].select("case_id") for name in OF_A_CASE]
    for name, (key, of) in OF_A_ROW.items():
        told.append(frames[of].join(ends[name], on=key, how="semi").select("case_id"))
    return pl.concat(told)["case_id"].n_unique()


def _write(office: Office, seqs: dict[str, list[int]], cases: pl.DataFrame) -> None:
    import sqlalchemy as sa

    from data.office.database import connect, forgetting
    from data.office.quality.tables import DRAFT, KEPT

    try:
        engine = connect(office.home, office.url)
        try:
            with forgetting(engine) as connection:
                for name, wanted in seqs.items():
                    nothing = dict.fromkeys(free_texts(name))
                    for at in range(0, len(wanted), AT_ONCE):
                        some = KEPT[name].c.seq.in_(wanted[at : at + AT_ONCE])
                        connection.execute(sa.update(KEPT[name]).where(some).values(nothing))
                drafts = connection.execute(sa.select(DRAFT.c.case_id, DRAFT.c.who, DRAFT.c.stage)).all()
                over = set(cases["case_id"])
                gone = [(one.case_id, one.who, one.stage) for one in drafts if one.case_id in over]
                _drop(connection, gone)
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DataError(CANNOT_SAVE) from error
    for case_id, who, stage in gone:
        forget_here(office, case_id, who, stage)


def _drop(connection: sa.Connection, drafts: list[tuple[str, str, str]]) -> None:
    import sqlalchemy as sa

    from data.office.quality.tables import DRAFT

    for case_id, who, stage in drafts:
        mine = (DRAFT.c.case_id == case_id, DRAFT.c.who == who, DRAFT.c.stage == stage)
        connection.execute(sa.delete(DRAFT).where(*mine))
