"""A folder or a zip file from a stranger: its files, one by one, without trusting names, links or sizes.

Nothing is unpacked to disk. What cannot be trusted is not opened and is told in `refused`; a zip file that is
damaged, or that would unpack to more than any honest one holds, is refused whole.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Literal

from data.dataclass import dataclass
from data.errors import DataError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Rule = Literal["unsafe_name", "outside_link", "not_a_file", "too_deep", "unreadable_file"]

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_SHOWN = 80
"""Characters of a name that are shown; a zip may give a name of 65,535."""


@dataclass(frozen=True)
class Limits:
    """What no honest folder or zip file comes near; beyond one of these it is refused whole."""

    members: int = 2_000
    """files in it"""
    member: int = 1024**3
    """bytes of one file, unpacked"""
    total: int = 4 * 1024**3
    """bytes of all files, unpacked"""
    ratio: int = 100
    """how many times its packed size a file of more than a megabyte may unpack to; text packs to a tenth"""
    directory: int = 8 * 1024**2
    """bytes of a zip file's own list of its files"""
    depth: int = 2
    """folders inside each other, the outermost not counted"""


@dataclass(frozen=True)
class Member:
    """One file that may be read."""

    name: str
    """with the folders in it, parted by slashes"""
    size: int
    """bytes, unpacked"""
    open: Callable[[], IO[bytes]]
    """opens it from the start each time; reading raises DataError where it is damaged"""
    path: Path | None
    """where it is on disk; None in a zip file"""


@dataclass(frozen=True)
class Refused:
    """Something in the folder or zip file that was not opened, and why."""

    name: str
    rule: Rule
    reason: str


@dataclass
class Archive:
    """The files of a folder, of a zip file, or the one file that a path is.

    Raises DataError when there is nothing to read at the path, or when it is not to be trusted at all.
    """

    path: Path
    limits: Limits = field(default_factory=Limits)
    refused: list[Refused] = field(default_factory=list)
    """filled by `members`"""

    def members(self) -> list[Member]:
        """The files that may be read, by name."""
        self.refused.clear()
        try:
            if self.path.is_dir():
                found = list(self._folder())
            elif is_zip(self.path):
                found = list(self._zip())
            else:
                found = [_on_disk(self.path, self.path.name)]
        except FileNotFoundError:
            raise DataError(f"There is no file {self.path}. Check the path and the spelling.") from None
        except OSError as error:
            raise DataError(
                f"{self.path.name} cannot be read ({error.strerror}). Ask its owner for permission."
            ) from error
        self._bounded(len(found), sum(member.size for member in found))
        return sorted(found, key=lambda member: member.name)

    def _refuse(self, name: str, rule: Rule, reason: str) -> None:
        self.refused.append(Refused(shown(name), rule, reason))

    def _bounded(self, members: int, total: int) -> None:
        if members > self.limits.members:
            raise DataError(
                f"{self.path.name} holds more than {self.limits.members:,} files. Give only the files that "
                "belong together."
            )
        if total > self.limits.total:
            raise DataError(
                f"The files in {self.path.name} come to {total // 2**20:,} MB, more than any return needs. "
                "None of it was read."
            )

    def _folder(self) -> Iterator[Member]:
        root = self.path.resolve()
        left = self.limits.members + 1
        for place, folders, files in os.walk(self.path, followlinks=False):
            here = Path(place)
            depth = len(here.relative_to(self.path).parts)
            for folder in sorted(folders):
                name = (here / folder).relative_to(self.path).as_posix()
                if (here / folder).is_symlink():
                    self._refuse(name, "outside_link", "This is a link to a folder; links are not followed.")
                elif depth >= self.limits.depth:
                    self._refuse(name, "too_deep", "Folders so deep inside are not looked into.")
            folders[:] = [] if depth >= self.limits.depth else sorted(folders)
            for file in sorted(files):
                left -= 1
                if left < 0:
                    return
                member = self._file(here / file, root)
                if member is not None:
                    yield member

    def _file(self, path: Path, root: Path) -> Member | None:
        name = path.relative_to(self.path).as_posix()
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(root):
                reason = "This is a link to a file outside the folder; it was not followed."
                self._refuse(name, "outside_link", reason)
                return None
            if not stat.S_ISREG(real.stat().st_mode):
                self._refuse(name, "not_a_file", "This is a device or pipe, not a file.")
                return None
            return _on_disk(path, name)
        except (OSError, RuntimeError) as error:  # a link to itself, one to nowhere, or no permission
            told = getattr(error, "strerror", None) or "a link that leads nowhere"
            self._refuse(name, "unreadable_file", f"It could not be opened ({told}).")
            return None

    def _zip(self) -> Iterator[Member]:
        self._check_directory()
        try:
            with zipfile.ZipFile(self.path) as opened:
                infos = opened.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise damaged(self.path.name) from error
        self._bounded(len(infos), sum(info.file_size for info in infos))
        seen: dict[str, int] = {}
        for info in infos:
            if info.is_dir():
                continue
            if not self._may_be_read(info):
                continue
            count = seen[info.filename] = seen.get(info.filename, 0) + 1
            name = info.filename if count == 1 else f"{info.filename} ({count})"
            yield Member(name, info.file_size, _from_zip(self.path, info), None)

    def _check_directory(self) -> None:
        """Ask the zip file's last record how long its list of files is, before that is read."""
        with self.path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - _END_SIZE - _LONGEST_COMMENT, 0))
            tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_SIZE:
            raise damaged(self.path.name)
        count, size = struct.unpack("<10xHL", tail[at : at + 16])
        self._bounded(count, 0)
        if size > self.limits.directory:
            raise DataError(f"{self.path.name} lists more files than any return has. It was not read.")

    def _may_be_read(self, info: zipfile.ZipInfo) -> bool:
        name = info.filename
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
            reason = "Its name points outside the zip file, so it was not opened."
            self._refuse(name, "unsafe_name", reason)
            return False
        if stat.S_ISLNK(info.external_attr >> 16):
            self._refuse(name, "outside_link", "This is a link, not a file; links are not followed.")
            return False
        if len(parts) > self.limits.depth + 1:
            self._refuse(name, "too_deep", "Folders so deep inside are not looked into.")
            return False
        packed = max(info.compress_size, 1)
        if info.file_size > self.limits.member or (
            info.file_size > 2**20 and info.file_size / packed > self.limits.ratio
        ):
            raise DataError(
                f"{shown(name)} in {self.path.name} would grow from {packed:,} to {info.file_size:,} bytes, "
                "as no return does. None of the zip file was read."
            )
        if info.flag_bits & 1:
            raise DataError(
                f"{self.path.name} is protected by a password. Unpack it yourself and give the folder."
            )
        return True


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip file does."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", _END)


def shown(name: str) -> str:
    """A file's name as it is shown: not longer than a line."""
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"


def damaged(name: str) -> DataError:
    """What is said of a zip file that cannot be read to its end."""
    return DataError(f"{name} is damaged or cut short: it is not a whole zip file. Copy or make it again.")


def _on_disk(path: Path, name: str) -> Member:
    def opened() -> IO[bytes]:
        try:
            return path.open("rb")
        except OSError as error:
            raise DataError(
                f"{shown(name)} cannot be read ({error.strerror}). Ask its owner for permission."
            ) from error

    return Member(name, path.stat().st_size, opened, path)


def _from_zip(path: Path, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise damaged(path.name) from error
        return io.BufferedReader(_Unpacked(path.name, archive, info), buffer_size=64 * 1024)

    return opened


class _Unpacked(io.RawIOBase):
    """One file of a zip file as a stream, whose damage is told as what it is."""

    def __init__(self, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        super().__init__()
        self._zip_name, self._archive = name, archive
        try:
            self._stream = archive.open(info)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            archive.close()
            raise damaged(name) from error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            got = self._stream.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise damaged(self._zip_name) from error
        view[: len(got)] = got
        return len(got)

    def close(self) -> None:
        if not self.closed:
            if hasattr(self, "_stream"):
                self._stream.close()
            self._archive.close()
        super().close()
