"""Writing a snapshot: all of it or nothing, while the last one stays in use.

Files are written in a staging directory beside the snapshots, synced, and renamed into place; then the
pointer `current` is replaced. Whatever stops the load before that leaves the last snapshot in use.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.ranges import ranges
from data.snapshot import (
    CURRENT,
    FOLDER,
    ID,
    MANIFEST,
    SCHEMA_VERSION,
    FileInfo,
    Manifest,
    SourceInfo,
    TableInfo,
)

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

STAGING = ".staging-"
LOCK = "load.lock"
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

    def write(self, name: str, frame: pl.DataFrame) -> Path:
        """Write a frame that is in memory, such as `tables/person`."""
        path = self._path(name)
        frame.write_parquet(path, compression="zstd", statistics=True, row_group_size=ROW_GROUP)
        return self._written(name, len(frame))

    def sink(self, name: str, frame: pl.LazyFrame) -> Path:
        """Carry out a query and write its rows, in their order, without holding them all in memory."""
        import polars as pl

        path = self._path(name)
        frame.sink_parquet(
            path, compression="zstd", statistics=True, row_group_size=ROW_GROUP, maintain_order=True
        )
        return self._written(name, int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()))

    def write_sorted(self, name: str, frame: pl.LazyFrame, by: Sequence[str]) -> Path:
        """Sort a frame by String columns, nulls last, and write it, a part at a time if it is large."""
        parts = ranges(frame, by[0])
        if len(parts) == 1:
            return self.write(name, frame.sort(by, nulls_last=True).collect())
        return self.write_parts(
            name, (frame.filter(part).collect().sort(by, nulls_last=True) for part in parts)
        )

    def write_parts(self, name: str, parts: Iterable[pl.DataFrame]) -> Path:
        """Write frames one after the other into one file, with one of them in memory at a time."""
        import polars as pl

        folder, files = self.spool(f"parts/{name}"), []
        for number, part in enumerate(parts):
            files.append(folder / f"{number:06d}.parquet")
            part.write_parquet(files[-1], compression="lz4", statistics=False)
        written = self.sink(name, pl.scan_parquet(files, glob=False))
        shutil.rmtree(folder)
        return written

    def rows(self, name: str) -> int:
        """How many rows a file has."""
        return self._files[f"{name}.parquet"].rows

    def _path(self, name: str) -> Path:
        return self.path / f"{name}.parquet"

    def _written(self, name: str, rows: int) -> Path:
        path = self._path(name)
        path.chmod(0o600)
        _sync(path)
        with path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        self._files[f"{name}.parquet"] = FileInfo(checksum, rows, path.stat().st_size)
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
        _write_text(self.path / MANIFEST, manifest.to_json())
        for directory in (self.path / "tables", self.path / "prepared", self.path):
            _sync(directory)
        final = self.folder / name
        self.path.rename(final)
        _sync(self.folder)
        try:
            _write_text(self.folder / f"{CURRENT}.new", name + "\n")
            (self.folder / f"{CURRENT}.new").replace(self.folder / CURRENT)
        except BaseException:
            shutil.rmtree(final, ignore_errors=True)
            raise
        _sync(self.folder)
        _prune(self.folder, name, keep)
        return manifest


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
        with _locked(folder):
            for left in folder.glob(f"{STAGING}*"):  # by a load that was killed
                shutil.rmtree(left, ignore_errors=True)
            path = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
            try:
                yield Staging(folder, path)
            finally:
                shutil.rmtree(path, ignore_errors=True)
                (folder / f"{CURRENT}.new").unlink(missing_ok=True)


@contextlib.contextmanager
def explained(home: Path) -> Iterator[None]:
    """Turn the errors of a full or read-only disk, and an interruption, into DataErrors."""
    still = (
        "The last data loaded is still in use."
        if (home / FOLDER / CURRENT).is_file()
        else "Nothing was kept."
    )
    try:
        yield
    except KeyboardInterrupt:
        raise DataError(f"The load was interrupted. {still}") from None
    except (OSError, _polars_error()) as error:
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


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _polars_error() -> type[Exception]:
    import polars as pl

    return pl.exceptions.PolarsError


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock on loading. The system releases it with the process, so none is ever left behind."""
    path = folder / LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(descriptor)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            holder = (
                os.pread(descriptor, 20, 1).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            )
            who = f" (process {holder})" if holder.isdigit() else ""
            raise DataError(
                f"Another load into this folder is running{who}. Wait for it to end, then try again."
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f" {os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _next_id(folder: Path) -> tuple[datetime, str]:
    """Now, or just after the newest snapshot if the clock was put back."""
    now, names = datetime.now(UTC), [path.name for path in folder.iterdir() if ID.fullmatch(path.name)]
    name = f"{now:%Y%m%dT%H%M%S%f}Z"
    while names and name <= max(names):
        now = datetime.strptime(max(names), "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC) + timedelta(
            microseconds=1
        )
        name = f"{now:%Y%m%dT%H%M%S%f}Z"
    return now, name


def _prune(folder: Path, current: str, keep: int) -> None:
    names = sorted((path.name for path in folder.iterdir() if ID.fullmatch(path.name)), reverse=True)
    for name in [name for name in names if name != current][max(keep, 1) - 1 :]:
        (folder / name / MANIFEST).unlink(missing_ok=True)  # half removed, it is none
        shutil.rmtree(folder / name, ignore_errors=True)


def _write_text(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, for its mode
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to sync a directory
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
