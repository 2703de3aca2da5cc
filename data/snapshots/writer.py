"""Writing a snapshot: all of it or nothing, while the last one stays in use.

Files are written in a staging directory beside the snapshots, synced, and renamed into place; then the
pointer `current` is replaced. Whatever stops the load before that leaves the last snapshot in use.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from data.errors import DataError, StoppedError
from data.partition import bounds, split
from data.signals import Stopped, held_back
from data.snapshots import directory as shelf
from data.snapshots.lock import locked
from data.snapshots.manifest import SCHEMA_VERSION, FileInfo, Manifest, SourceInfo, TableInfo
from data.snapshots.place import FOLDER, MANIFEST, current_id, snapshot_ids
from data.snapshots.sound import checksum

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

ROW_GROUP = 50_000
"""Rows in a Parquet row group: a person's rows stand together, so a reader skips nearly all groups."""


class Staging:
    """A snapshot in the making. Made by `staging`; becomes one by `publish`."""

    def __init__(self, folder: Path, path: Path) -> None:
        self.folder, self.path = folder, path
        self._files: dict[str, FileInfo] = {}
        for name in ("tables", "prepared", "spool"):
            (path / name).mkdir(mode=0o700)

    def spool(self, name: str) -> Path:
        """A new directory for parts of something, gone when the snapshot is published."""
        path = self.path / "spool" / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def drop(self, name: str) -> None:
        """Remove a directory of parts that are not needed any more: the disk may be small."""
        shutil.rmtree(self.spool(name))

    def write(self, name: str, frame: pl.DataFrame) -> Path:
        """Write a frame that is in memory, such as `tables/person`."""
        path = self._path(name)
        frame.write_parquet(path, compression="zstd", statistics=True, row_group_size=ROW_GROUP)
        return self._written(name, len(frame))

    def sink(
        self,
        name: str,
        frame: pl.LazyFrame,
        *,
        row_group: int = ROW_GROUP,
        compression: Literal["zstd", "uncompressed"] = "zstd",
    ) -> Path:
        """Carry out a query and write its rows, in their order, without holding them all in memory."""
        import polars as pl

        path = self._path(name)
        frame.sink_parquet(
            path, compression=compression, statistics=True, row_group_size=row_group, maintain_order=True
        )
        return self._written(name, int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()))

    def write_sorted(self, name: str, frame: pl.LazyFrame, by: Sequence[str]) -> Path:
        """Sort a frame by String columns, nulls last, and write it, a part at a time if it is large."""
        import polars as pl

        limits = bounds(frame, by[0])
        if not limits:
            return self.write(name, frame.sort(by, nulls_last=True).collect())
        folder = self.spool(f"split/{name}")
        parts = [files for files in split(frame, by[0], limits, folder) if files]
        written = self.write_parts(
            name, (pl.read_parquet(files, glob=False).sort(by, nulls_last=True) for files in parts)
        )
        shutil.rmtree(folder)
        return written

    def write_parts(self, name: str, parts: Iterable[pl.DataFrame]) -> Path:
        """Write frames one after the other into one file, with one of them in memory at a time."""
        spool = self.parts(name)
        for part in parts:
            spool.add(part)
        return spool.joined()

    def parts(self, name: str) -> Parts:
        """A file that is put together of frames, as they come."""
        return Parts(self, name)

    def rows(self, name: str) -> int:
        """How many rows a file has."""
        return self._files[f"{name}.parquet"].rows

    def _path(self, name: str) -> Path:
        return self.path / f"{name}.parquet"

    def _written(self, name: str, rows: int) -> Path:
        path = self._path(name)
        path.chmod(0o600)
        shelf.sync(path)
        self._files[f"{name}.parquet"] = FileInfo(checksum(path), rows, path.stat().st_size)
        return path

    def publish(
        self,
        sources: tuple[SourceInfo, ...],
        tables: Mapping[str, TableInfo],
        data_date: date,
        *,
        demo: bool,
        keep: int,
    ) -> Manifest:
        """Make this the snapshot in use, and remove all but the last `keep`."""
        shutil.rmtree(self.path / "spool")
        created, name = _next_id(self.folder)
        manifest = Manifest(
            SCHEMA_VERSION,
            name,
            created,
            data_date,
            demo,
            sources,
            dict(tables),
            dict(sorted(self._files.items())),
        )
        shelf.write_text(self.path / MANIFEST, manifest.to_json())
        for directory in (self.path / "tables", self.path / "prepared", self.path):
            shelf.sync(directory)
        before = current_id(self.folder)
        shelf.switch(self.folder, self.path, name)
        shelf.prune(self.folder, keep, before)
        return manifest


class Parts:
    """Frames that wait on the disk until they become one file, one after the other."""

    def __init__(self, place: Staging, name: str) -> None:
        self._place, self._name, self._folder = place, name, place.spool(f"parts/{name}")
        self._files: list[Path] = []

    def add(self, part: pl.DataFrame) -> None:
        """Put down the next frame."""
        self._files.append(self._folder / f"{len(self._files):06d}.parquet")
        part.write_parquet(self._files[-1], compression="lz4", statistics=False)

    def joined(self) -> Path:
        """Write the file, and drop the parts."""
        import polars as pl

        written = self._place.sink(self._name, pl.scan_parquet(self._files, glob=False))
        shutil.rmtree(self._folder)
        return written


@contextlib.contextmanager
def staging(home: Path) -> Iterator[Staging]:
    """A place to make the next snapshot; removed on the way out unless it was published.

    Raises DataError when the home cannot be written, the disk is full, or another load is running.
    """
    folder = home / FOLDER
    with explained(home):
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except FileExistsError:
            raise DataError(f"{home} is not a folder. Choose another with --home.") from None
        with locked(folder):
            shelf.clear_leftovers(folder)
            try:
                yield Staging(folder, Path(tempfile.mkdtemp(prefix=shelf.STAGING, dir=folder)))
            finally:
                with held_back():
                    shelf.clear_leftovers(folder)


@contextlib.contextmanager
def explained(home: Path) -> Iterator[None]:
    """Turn the errors of a full or read-only disk, and an interruption, into DataErrors."""
    before = current_id(home / FOLDER)
    try:
        yield
    except KeyboardInterrupt as stop:
        stopped = stop if isinstance(stop, Stopped) else Stopped()
        raise StoppedError(
            f"The load was interrupted ({stopped.signal_name}); {_still(home, before)}.", stopped.exit_code
        ) from None
    except (OSError, _polars_error()) as error:
        still = _still(home, before).capitalize() + "."
        number, text = getattr(error, "errno", None), str(error)
        if number in (errno.ENOSPC, errno.EDQUOT) or "os error 28)" in text or "os error 122)" in text:
            raise DataError(
                f"The disk that holds {home} is full. Free some space and load again. {still}"
            ) from error
        if isinstance(error, NotADirectoryError | PermissionError) or number == errno.EROFS:
            raise DataError(
                f"{home} cannot be written ({_reason(error)}). Choose another folder with --home, or ask for "
                f"write permission. {still}"
            ) from error
        if isinstance(error, OSError):
            raise DataError(f"Writing to {home} failed ({_reason(error)}). {still}") from error
        raise


def _still(home: Path, before: str | None) -> str:
    now = current_id(home / FOLDER)
    if now is None:
        return "nothing was kept"
    return "the last data loaded is still in use" if now == before else "the new data is in use"


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _polars_error() -> type[Exception]:
    import polars as pl

    return pl.exceptions.PolarsError


def _next_id(folder: Path) -> tuple[datetime, str]:
    """Now, or just after the newest snapshot if the clock was put back."""
    now, names = datetime.now(UTC), snapshot_ids(folder)
    name = f"{now:%Y%m%dT%H%M%S%f}Z"
    while names and name <= max(names):
        now = datetime.strptime(max(names), "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC) + timedelta(
            microseconds=1
        )
        name = f"{now:%Y%m%dT%H%M%S%f}Z"
    return now, name
