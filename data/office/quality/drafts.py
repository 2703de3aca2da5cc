"""What an auditor is writing: kept in the home at each key, and in the office database soon after.

The home comes first, so that a killed session or a database that answers no one loses nothing that was typed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError
from data.office.quality.store import CANNOT_READ, CANNOT_SAVE

if TYPE_CHECKING:
    from data.office.office import Office

FOLDER = "quality-drafts"


@dataclass(frozen=True)
class Kept:
    """A draft: one case, one person, one stage (audit, moderation, consistency)."""

    case_id: str
    who: str
    stage: str
    body: dict[str, Any]
    saved_at: datetime

    def told(self) -> str:
        """As a line of JSON."""
        return json.dumps(vars(self) | {"saved_at": self.saved_at.isoformat()})


def now() -> datetime:
    """UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _file(office: Office, case_id: str, who: str, stage: str) -> Path:
    name = hashlib.sha256(f"{case_id}\x1f{who}\x1f{stage}".encode()).hexdigest()[:40]
    return office.home / FOLDER / f"{name}.json"


def keep_here(office: Office, draft: Kept) -> None:
    """Keep it in the home, synced to the disk when this returns. DataError: the disk will not have it."""
    path = _file(office, draft.case_id, draft.who, draft.stage)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(draft.told())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise DataError(f"The draft cannot be kept in {path.parent} ({error.strerror}).") from error


def keep_there(office: Office, draft: Kept) -> None:
    """Keep it in the office database too, so that it is there on any host. DataError: it cannot be now."""
    import importlib

    import sqlalchemy as sa

    from data.office.database import connect, writing
    from data.office.quality.tables import DRAFT

    row = {
        "case_id": draft.case_id, "who": draft.who, "stage": draft.stage,
        "body": json.dumps(draft.body), "saved_at": draft.saved_at,
    }  # fmt: skip
    try:
        engine = connect(office.home, office.url)
        dialect = importlib.import_module(f"sqlalchemy.dialects.{engine.dialect.name}")
        statement = dialect.insert(DRAFT).values(row)
        newer = DRAFT.c.saved_at < statement.excluded.saved_at
        told = {name: statement.excluded[name] for name in ("body", "saved_at")}
        try:
            with writing(engine) as connection:
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["case_id", "who", "stage"], set_=told, where=newer
                    )
                )
        finally:
            engine.dispose()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DataError(CANNOT_SAVE) from error


def draft_of(office: Office, case_id: str, who: str, stage: str) -> Kept | None:
    """The newer of the drafts in the home and in the office database; None: there is none.

    What cannot be read in the home is as if it were not there.
    """
    here = _here(_file(office, case_id, who, stage))
    there: Kept | None = None
    with contextlib.suppress(DataError):
        there = _there(office, case_id, who, stage)
    known = [one for one in (here, there) if one is not None]
    return max(known, key=lambda one: one.saved_at) if known else None


def _here(path: Path) -> Kept | None:
    try:
        told = json.loads(path.read_text())
        return Kept(**told | {"saved_at": datetime.fromisoformat(told["saved_at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _there(office: Office, case_id: str, who: str, stage: str) -> Kept | None:
    if not office.in_use():
        return None
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.quality.tables import DRAFT

    wanted = sa.select(DRAFT.c.body, DRAFT.c.saved_at).where(
        DRAFT.c.case_id == case_id, DRAFT.c.who == who, DRAFT.c.stage == stage
    )
    with transaction(office, CANNOT_READ) as connection:
        row = connection.execute(wanted).first()
    return None if row is None else Kept(case_id, who, stage, json.loads(row.body), row.saved_at)


def forget_here(office: Office, case_id: str, who: str, stage: str) -> None:
    """It was handed in."""
    with contextlib.suppress(OSError):
        _file(office, case_id, who, stage).unlink(missing_ok=True)
