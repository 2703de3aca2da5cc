"""Whether everything under the home is private to the account that runs the application."""

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from data.errors import DataError
from fcl_tui.config.session_host import SOCKET

STAGING = ".staging-"
"""What a load is writing has its modes set last; the folder around it is private from the start."""


def refuse_unless_private(home: Path) -> None:
    """Go no further when another account could read or change something under the home.

    Raises:
        DataError: with the command that fixes it.
    """
    for sentence in not_private(home):
        raise DataError(sentence)


def not_private(home: Path, _known: frozenset[Path] = frozenset()) -> list[str]:
    """What is wrong, each with the command that fixes it; empty when all is private.

    Links are followed: what they lead to is as much a part of the home.
    """
    foreign: list[Path] = []
    open_: list[Path] = []
    told = []
    for path, info in _everything(home):
        if stat.S_ISLNK(info.st_mode):
            told += _of_link(path, home, _known)
        elif not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode) or _is_of_host(path, info, home)):
            told.append(f"{path.relative_to(home)} in {home} is neither a file nor a folder. Remove it.")
        if info.st_uid != os.geteuid():
            foreign.append(path)
        elif not stat.S_ISLNK(info.st_mode) and info.st_mode & 0o077:
            open_.append(path)
    place = shlex.quote(str(home))
    whole = f"{home}, to which a link leads," if _known else "The home itself"
    # what a stray link leads to may be the system's own, and must not be shut to others
    fix = "Remove the link; or, if nothing but fcl-tui uses this" if _known else "To fix it"
    if foreign:
        told.append(
            f"{_named(foreign, home, whole)} another account's. {fix}, as the administrator of the "
            f"host: chown -hR {_account()}: {place}"
        )
    if open_:
        told.append(f"{_named(open_, home, whole)} open to other accounts. {fix}: chmod -R go= {place}")
    return told


def _is_of_host(path: Path, info: os.stat_result, home: Path) -> bool:
    """Whether this is the one socket a home may have; it has to be private as all else."""
    return path == home / SOCKET and stat.S_ISSOCK(info.st_mode)


def _of_link(path: Path, home: Path, known: frozenset[Path]) -> list[str]:
    """What is wrong with what a link of the home leads to, all of it, if it leads out of the home."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle; who needs it says so
        return []
    places = known | {home.resolve()}
    if any(target.is_relative_to(place) for place in places):
        return []
    if any(place.is_relative_to(target) for place in places):
        name = path.relative_to(home)
        return [f"{name} in {home} leads to a folder that the home itself is in. Remove it."]
    return not_private(target, places)


def _named(paths: list[Path], home: Path, whole: str) -> str:
    first = whole if paths[0] == home else str(paths[0].relative_to(home))
    return f"{first} is" if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more under {home} are"


def _account() -> str:
    from fcl_tui.config.identity import account

    return shlex.quote(account())


def _everything(home: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """A folder and all in it, links as links; what goes away meanwhile is passed over."""
    try:
        yield home, home.stat()
    except FileNotFoundError:
        return
    folders = [home] if home.is_dir() else []
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise DataError(
                f"{error.filename} cannot be read by this account. To fix it, as the administrator of the "
                f"host: chown -hR {_account()}: {shlex.quote(str(home))}"
            ) from None
        for entry in entries:
            try:
                info = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            yield Path(entry.path), info
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(STAGING):
                folders.append(Path(entry.path))
