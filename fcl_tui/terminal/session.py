"""One reader's session, made of the settings, the snapshot and the door they came through."""

from datetime import date

from data.snapshots.reader import Snapshot
from fcl_tui.access.context_sources import figures
from fcl_tui.access.gate import Door
from fcl_tui.access.office import office_of
from fcl_tui.config.settings import Settings
from fcl_tui.export.folder import export_folder
from screens.session import Session


def session_of(snapshot: Snapshot, settings: Settings, as_at: date | None, door: Door | None) -> Session:
    """The session; without a door the snapshot is read as it is, and nothing is written down."""
    if door is None:
        door = Door(settings.home, settings, logs=False)
        door.narrowed(snapshot)
    return Session(
        snapshot=snapshot,
        as_at=as_at or date.today(),
        given_day=as_at,
        door=door,
        restricted=door.restricted,
        figures=figures(settings),
        stale_after_hours=settings.stale_after_hours,
        exports=export_folder(settings.home),
        leave_file=settings.home / "leave.csv",
        office=office_of(settings, demo=snapshot.manifest.demo),
        who=door.reader.user if door.reader is not None else settings.who,
    )
