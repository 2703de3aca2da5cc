"""`fcl-tui purge`: removes what the retention rules say has to go, and says how much, never whose."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.errors import DataError
from data.frames import collect
from data.snapshots import directory as shelf
from data.snapshots.lock import locked
from data.snapshots.place import FOLDER, current_id, snapshot_ids
from data.snapshots.reader import open_snapshot
from fcl_tui.config.settings import Settings, read
from fcl_tui.terminal import kept_page

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass(frozen=True)
class Retention:
    """How long what is kept, in days; None: as the settings say. dry_run: say it, and remove nothing."""

    exports_days: float | None = None
    notes_days: float | None = None
    snapshots_days: float | None = None
    dry_run: bool = False


def purge(home: Path, retention: Retention, now: datetime) -> Iterator[str]:
    """Remove, and say of each kind how much.

    Raises:
        DataError: a load is running, or the office database cannot be reached; what is told by then is done.
    """
    settings = read(home)
    done = "would be removed" if retention.dry_run else "removed"
    days = settings.exports_days if retention.exports_days is None else retention.exports_days
    yield f"Exported files older than {days:g} days: {_exports(home, days, now, retention.dry_run)} {done}."
    if not retention.dry_run:
        kept_page.forget(home)
    names = _snapshots(home, settings.keep_snapshots, retention, now)
    yield f"Snapshots: {len(names)} {done}{': ' if names else ''}{', '.join(names)}."
    days = settings.notes_days if retention.notes_days is None else retention.notes_days
    blanked = "would be blanked" if retention.dry_run else "blanked"
    last = now.date() - timedelta(days=days)
    number = _notes(settings, last, retention.dry_run)
    yield f"Notes on children that expired more than {days:g} days ago: {number} {blanked}."
    yield _audits(settings, now, blanked, retention.dry_run)


def _exports(home: Path, days: float, now: datetime, dry_run: bool) -> int:
    limit = (now - timedelta(days=days)).timestamp()
    number = 0
    for path in sorted((home / "exports").rglob("*")):
        if (path.is_symlink() or path.is_file()) and path.lstat().st_mtime < limit:
            number += 1
            if not dry_run:
                path.unlink(missing_ok=True)
    return number


def _snapshots(home: Path, keep: int, retention: Retention, now: datetime) -> list[str]:
    folder = home / FOLDER
    if not folder.exists():
        return []
    with locked(folder):
        names = shelf.surplus(folder, keep)
        if retention.snapshots_days is not None:
            limit = now.astimezone(UTC) - timedelta(days=retention.snapshots_days)
            names = [
                name
                for name in snapshot_ids(folder)
                if name != current_id(folder) and (name in names or _older(folder / name, limit))
            ]
        return names if retention.dry_run else shelf.discard(folder, names)


def _older(path: Path, limit: datetime) -> bool:
    try:
        return open_snapshot(path).manifest.created < limit
    except DataError:
        return False  # one that cannot be read is told by `doctor`, and goes when its turn comes


def _notes(settings: Settings, before: date, dry_run: bool) -> int:
    from fcl_tui.access.office import office_of

    if not office_of(settings, demo=False).in_use():
        return 0
    from sqlalchemy.exc import SQLAlchemyError

    from data.office.database import connect

    try:
        engine = connect(settings.home, settings.office_url)
        try:
            return _blank(engine, before, dry_run)
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError, ValueError):  # the driver's words can hold a password or a note
        raise DataError(
            "The office database cannot be reached or written: expired notes are still there. "
            "See: fcl-tui doctor"
        ) from None


def _audits(settings: Settings, now: datetime, blanked: str, dry_run: bool) -> str:
    from data.office.quality.blanking import blank
    from fcl_tui.access.office import office_of
    from fcl_tui.config.audits import of_table
    from fcl_tui.definitions.days.periods import months_before

    years = of_table(settings.home / "settings.toml", settings.audits).words_years
    before = datetime.combine(months_before(now.date(), 12 * years), datetime.min.time())
    told = blank(office_of(settings, demo=False), before, _children(settings.home), dry_run=dry_run)
    whose = f"over for more than {years} years, or of children no longer in the data"
    return f"Words of audits {whose}: {told.audits} audits and {told.entries} register entries {blanked}."


def _children(home: Path) -> frozenset[str] | None:
    """The children whom a snapshot of this home still holds; None: there is none, or one cannot be read.

    Words are blanked for good, so a child is gone only once every snapshot that is kept says so.
    """
    import polars as pl

    names = snapshot_ids(home / FOLDER) if (home / FOLDER).exists() else []
    told: set[str] = set()
    try:
        for name in names:
            snapshot = open_snapshot(home / FOLDER / name)
            if snapshot.manifest.demo:
                return None
            people = collect(snapshot.scan("people").select(pl.col("person_id").cast(pl.String)))
            told.update(people["person_id"].drop_nulls())
    except (DataError, OSError):
        return None
    return frozenset(told) or None


def _blank(engine: "sa.Engine", before: date, dry_run: bool) -> int:
    """Take the words out of expired notes on children; that there was a note, by whom and when, stays."""
    import sqlalchemy as sa

    from data.office.database import forgetting
    from data.office.models import MarkRow

    expired = (MarkRow.kind == "child_note", MarkRow.day < before, MarkRow.note.is_not(None))
    if dry_run:
        with engine.connect() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).where(*expired)) or 0)
    with forgetting(engine) as connection:
        return connection.execute(sa.update(MarkRow).where(*expired).values(note=None)).rowcount
