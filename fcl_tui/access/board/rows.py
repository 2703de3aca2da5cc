"""The Board as a reader may see it and act on it: everyone in its tier reads, those with a duty write."""

from __future__ import annotations

import json
import uuid
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from data.office import access_log as log
from data.office import board as kept
from fcl_tui.access.office import office_of
from fcl_tui.access.quality.registers import for_the_board
from fcl_tui.access.readers.duties import has_duty, require_duty
from fcl_tui.access.readers.roles import BOARD, KPI_OWNER
from fcl_tui.definitions.board.registers import RESTRICTED
from fcl_tui.records.board.events import owners
from fcl_tui.reports.context import BoardRows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.access.gate import Door

REPORT = "board"


def board_rows(
    door: Door, snapshot_id: str, *, demo: bool, memory: dict[str, pl.DataFrame] | None = None
) -> BoardRows:
    """What the office keeps for the Board; lines of a restricted register only with the duty board.

    Args:
        memory: where the session keeps what was worked out of the data; None: it keeps nothing.

    Raises:
        DataError: the office database cannot be read now.
    """
    office = office_of(door.settings, demo=demo)
    told = kept.read(office, memory=memory)
    own = told.pop("items")

    @cache
    def items() -> pl.LazyFrame:
        every = for_the_board(office, own)
        return every.filter(has_duty(door, BOARD) | ~pl.col("register").is_in(RESTRICTED)).lazy()

    return BoardRows(
        **{name: frame.lazy() for name, frame in told.items()},
        items=items,
        snapshot_id=snapshot_id,
        scope=f"{who(door)} {door.opened}",
        memory={} if memory is None else memory,
    )


def who(door: Door) -> str:
    """The name that what the reader does is kept under."""
    return door.reader.user if door.reader is not None else door.settings.who


def written_by_others(door: Door, rows: BoardRows) -> dict[int, str]:
    """The owner of each indicator that the reader may not write for; none with the duty board."""
    if has_duty(door, BOARD):
        return {}
    me = who(door).casefold()
    owned = owners(rows.events).collect()
    return {no: owner for no, owner in owned.rows() if owner and owner.casefold() != me}


def event(
    kind: str,
    what: str,
    body: Mapping[str, str | None] | None = None,
    *,
    subject: str | None = None,
    no: int | None = None,
    period: str | None = None,
) -> dict[str, Any]:
    """A row of events; of a new subject where none is named. Texts that are empty are left out."""
    said = {name: words for name, words in (body or {}).items() if words}
    return {
        "event_id": uuid.uuid4().hex,
        "kind": kind,
        "subject": subject or uuid.uuid4().hex,
        "no": no,
        "period": period,
        "event": what,
        "body": json.dumps(said, ensure_ascii=False),
    }


def enter(
    door: Door,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    said: str,
    *,
    demo: bool,
    duties: Sequence[str] = (KPI_OWNER, BOARD),
    to: str = "enter values of indicators",
) -> None:
    """Write it into the access log, then save all of the rows or none.

    Args:
        said: what is done, for the log: never the texts themselves.
        duties: one of them is needed. to: what for, in words.

    Raises:
        DataError: the reader may not, or it could not be written down or saved; nothing was saved.
    """
    door.require(REPORT)
    require_duty(door, *duties, to=to, report=REPORT)
    door.record(log.ENTERED, report=REPORT, detail=said)
    kept.add(office_of(door.settings, demo=demo), rows, who(door))
