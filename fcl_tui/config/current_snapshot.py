"""The snapshot a reader of this home sees, wherever it lies, and what carries out the reports on it."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data.errors import DataError
from data.snapshots.reader import Snapshot, open_current
from fcl_tui.config.settings import Settings

if TYPE_CHECKING:
    from polars._typing import EngineType

CLUSTER_PORT = 5051
PATIENCE = 3.0
"""Seconds a cluster has to answer at all; its own client would wait for minutes."""


def snapshot_in_use(settings: Settings) -> Snapshot:
    """Open the snapshot in use: of this home, of the home that the setting names, or in an object store.

    Raises:
        DataError: there is none, or it cannot be used or reached.
    """
    if settings.engine != "auto":
        from data.frames import use_engine

        use_engine(lambda: _engine(settings))
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


def _engine(settings: Settings) -> "EngineType":
    if settings.engine == "in-memory":
        return "in-memory"
    if settings.engine == "streaming":
        return "streaming"
    return _cluster(settings)


def _cluster(settings: Settings) -> "EngineType":
    """Hand every report to a Polars cluster of the authority's own, which has to reach the snapshot too."""
    address = settings.cluster
    if address is None:
        raise DataError("engine = 'cluster' needs cluster = 'https://host:5051' beside it in settings.toml.")
    if settings.snapshots is None:
        raise DataError(
            "engine = 'cluster' needs snapshots where the cluster can read them: a shared folder or "
            "s3://bucket/folder. Set snapshots in settings.toml."
        )
    parts = urlsplit(address)
    try:
        port = parts.port or CLUSTER_PORT
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not port:
        raise DataError(f"cluster = {address!r} is not usable; it looks like https://host:5051.")
    try:
        socket.create_connection((parts.hostname, port), PATIENCE).close()
    except OSError as error:
        raise DataError(
            f"The cluster {address} cannot be reached ({error.strerror or type(error).__name__}). "
            "Set engine = 'streaming' in settings.toml to read on this computer."
        ) from None
    import polars as pl

    try:
        import polars_cloud
    except ImportError:
        raise DataError("engine = 'cluster' needs one more package: pip install polars-cloud") from None
    return pl.RemoteEngine(polars_cloud.ClusterContext(address))
