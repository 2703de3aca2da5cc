"""Saving and reading what is kept of the quality assurance of practice.

Each row holds the SHA-256 of itself, with the digest of its free words in their place, and of the row before,
so that a row that was changed, removed or moved is found.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError
from data.office.quality.shapes import LONGEST, TABLES, as_text, free_texts, key_of, schema

if TYPE_CHECKING:
    import polars as pl
    import sqlalchemy as sa

    from data.office.office import Office

NOTHING = "0" * 64
"""What the first row of a table holds as the hash before it"""
CANNOT_READ = "The quality assurance records cannot be read from the office database. Try again later."
CANNOT_SAVE = "This could not be saved in the office database; nothing of it was. Try again."


class ChangedError(DataError):
    """Another person was quicker: the audit is no longer in the state it was in on the screen."""


@dataclass(frozen=True)
class Expected:
    """The state an audit must still be in when rows are saved."""

    case_id: str
    state: str


@dataclass(frozen=True)
class Saved:
    """Rows that are saved together: by whom, when (UTC), and what, by table."""

    made_by: str
    made_at: datetime
    rows: Mapping[str, Sequence[Mapping[str, Any]]]


def new_id() -> str:
    """A 32-character id."""
    return uuid.uuid4().hex


def add(
    office: Office,
    made_by: str,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    expected: Sequence[Expected] = (),
    drops_drafts: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Add rows to tables, all of them or none.

    Args:
        rows: by table; a row without its own id gets one.
        expected: states that must hold in the same transaction.
        drops_drafts: (case_id, who, stage) of drafts that have become rows.

    Raises:
        ChangedError: an audit is in another state.
        DataError: a text is too long, or they could not be saved; none was.
    """
    from data.office.database import transaction

    told = _told(Saved(made_by, datetime.now(UTC).replace(tzinfo=None), rows))
    with transaction(office, CANNOT_SAVE, writes=True) as connection:
        for one in expected:
            _check_state(connection, one)
        _append_all(connection, told)
        for case_id, who, stage in drops_drafts:
            _drop_draft(connection, case_id, who, stage)


def add_past(office: Office, saved: Sequence[Saved]) -> None:
    """Add what was saved one after the other, all of it or nothing: the demo has a past.

    Raises:
        DataError: as of `add`.
    """
    from data.office.database import transaction

    told = [_told(one) for one in saved]
    with transaction(office, CANNOT_SAVE, writes=True) as connection:
        for one in told:
            _append_all(connection, one)


def read(office: Office, *tables: str) -> dict[str, pl.DataFrame]:
    """Whole tables, in the order of saving: the columns of `schema`.

    Raises:
        DataError: the office database cannot be read now.
    """
    import polars as pl

    if not office.in_use():
        return {name: pl.DataFrame(schema=schema(name)) for name in tables}
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.quality.tables import KEPT

    told: dict[str, pl.DataFrame] = {}
    with transaction(office, CANNOT_READ) as connection:
        for name in tables:
            table = KEPT[name]
            wanted = sa.select(*(table.c[column] for column in schema(name))).order_by(table.c.seq)
            rows = [tuple(row) for row in connection.execute(wanted)]
            told[name] = pl.DataFrame(rows, schema=schema(name), orient="row")
    return told


def verify(office: Office) -> tuple[int, list[str]]:
    """Follow the chain of every table.

    Returns:
        how many rows there are, and one sentence for each table that is not intact.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.quality.tables import KEPT

    if not office.in_use():
        return 0, []
    count, faults = 0, []
    with transaction(office, CANNOT_READ) as connection:
        for name, table in KEPT.items():
            previous, fault = NOTHING, ""
            for row in connection.execute(sa.select(table).order_by(table.c.seq)).mappings():
                count += 1
                fault = fault or _fault(name, dict(row), previous)
                previous = row["hash"]
            faults += [fault] if fault else []
    return count, faults


def _fault(name: str, row: dict[str, Any], previous: str) -> str:
    digests = json.loads(row["digests"])
    words = {column: row[column] for column in free_texts(name) if row[column] is not None}
    if row["previous"] != previous:
        return f"{name}: row {row['seq']} does not follow the one before: rows are missing or moved."
    if chained(name, row) != row["hash"] or any(
        digests.get(one) != _digest(text) for one, text in words.items()
    ):
        return f"{name}: row {row['seq']} was changed after it was written."
    return ""


def chained(name: str, row: Mapping[str, Any]) -> str:
    """The hash of a row: its values, the digests in place of free words, and the hash before it."""
    texts = free_texts(name)
    told = {column: as_text(row[column]) for column in TABLES[name] if column not in texts}
    told |= {one: as_text(row[one]) for one in ("made_by", "made_at", "digests")}
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{row['previous']}\n{text}".encode("ascii")).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _told(saved: Saved) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [_row(name, row, saved.made_by, saved.made_at) for row in each]
        for name, each in saved.rows.items()
        if each
    }


def _row(name: str, given: Mapping[str, Any], made_by: str, at: datetime) -> dict[str, Any]:
    unknown = given.keys() - TABLES[name].keys()
    if unknown:
        raise KeyError(f"{name} has no {', '.join(sorted(unknown))}")
    row = {column: _clean(given.get(column), column) for column in TABLES[name]}
    row[key_of(name)] = row[key_of(name)] or new_id()
    digests = {one: _digest(row[one]) for one in free_texts(name) if row[one] is not None}
    return row | {
        "made_by": made_by[:400],
        "made_at": at,
        "digests": json.dumps(digests, sort_keys=True, separators=(",", ":")),
    }


def _clean(value: Any, column: str) -> Any:
    """Text as any database holds it. DataError: it is too long."""
    if not isinstance(value, str):
        return value
    if column not in ("body", "rules", "excluded", "figures", "ratings") and len(value) > LONGEST:
        raise DataError(f"A text has {len(value):,} characters; it can have {LONGEST:,}. Shorten it.")
    if value.isascii() and "\0" not in value:
        return value
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _append_all(connection: sa.Connection, told: Mapping[str, list[dict[str, Any]]]) -> None:
    for name, each in told.items():
        _append(connection, name, each)


def _append(connection: sa.Connection, name: str, rows: list[dict[str, Any]]) -> None:
    import sqlalchemy as sa

    from data.office.quality.tables import KEPT

    table = KEPT[name]
    newest = connection.execute(sa.select(table.c.hash).order_by(table.c.seq.desc()).limit(1)).scalar()
    previous = newest or NOTHING
    for row in rows:
        row["previous"] = previous
        row["hash"] = previous = chained(name, row)
    connection.execute(sa.insert(table), rows)


def _check_state(connection: sa.Connection, wanted: Expected) -> None:
    import sqlalchemy as sa

    from data.office.quality.tables import KEPT

    events = KEPT["audit_events"]
    found = connection.execute(
        sa.select(events.c.to_state)
        .where(events.c.case_id == wanted.case_id)
        .order_by(events.c.seq.desc())
        .limit(1)
    ).scalar()
    if found != wanted.state:
        raise ChangedError(
            "This audit has changed meanwhile. Press r to read it again; what you wrote is kept."
        )


def _drop_draft(connection: sa.Connection, case_id: str, who: str, stage: str) -> None:
    import sqlalchemy as sa

    from data.office.quality.tables import DRAFT

    connection.execute(
        sa.delete(DRAFT).where(DRAFT.c.case_id == case_id, DRAFT.c.who == who, DRAFT.c.stage == stage)
    )
