"""The snapshot a reader of this home sees, wherever it lies, and what carries out the reports on it."""

from pathlib import Path

from data.errors import DataError
from data.snapshots.reader import Snapshot, open_current
from fcl_tui.config.settings import Settings


def snapshot_in_use(settings: Settings) -> Snapshot:
    """Open the snapshot in use: of this home, of the home that the setting names, or in an object store.

    Raises:
        DataError: there is none, or it cannot be used or reached.
    """
    if settings.engine != "auto":
        from data.frames import use_engine

        use_engine(settings.engine)
    if settings.snapshots is None:
        return open_current(settings.home)
    from data.snapshots.object_store import Store, is_store

    if is_store(settings.snapshots):
        return Store(settings.snapshots).open_current()
    folder = Path(settings.snapshots).expanduser()
    if not folder.is_absolute():
        raise DataError(
            f"snapshots = {settings.snapshots!r} in {settings.home / 'settings.toml'} is not usable; "
            "it takes a whole path, or s3://bucket/folder."
        )
    return open_current(folder)
