"""Whether everything under the home is private to the account that runs the application."""

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from data.errors import DataError

STAGING = ".staging-"
"""What a load is writing has its modes set last; the folder around it is private from the start."""


def refuse_unless_private(home: Path) -> None:
    """Go no further when another account could read or change something under the home.

    Raises:
        DataError: with the command that mends it.
    """
    for sentence in not_private(home):
        raise DataError(sentence)


def not_private(home: Path) -> list[str]:
    """What is wrong, each with the command that mends it; empty when all is private."""
    foreign: list[Path] = []
    open_: list[Path] = []
    for path, info in _everything(home):
        if info.st_uid != os.geteuid():
            foreign.append(path)
        elif not stat.S_ISLNK(info.st_mode) and info.st_mode & 0o077:
            open_.append(path)
    told = []
    place = shlex.quote(str(home))
    if foreign:
        told.append(
            f"{_named(foreign, home)} another account's. To mend it, as the administrator of the host: "
            f"chown -hR {_account()}: {place}"
        )
    if open_:
        told.append(f"{_named(open_, home)} open to other accounts. To mend it: chmod -R go= {place}")
    return told


def _named(paths: list[Path], home: Path) -> str:
    first = "The home itself" if paths[0] == home else str(paths[0].relative_to(home))
    return f"{first} is" if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more under {home} are"


def _account() -> str:
    from fcl_tui.identity import account

    return shlex.quote(account())


def _everything(home: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Home and all in it, without following links; what goes away meanwhile is passed over."""
    try:
        yield home, home.stat()
    except FileNotFoundError:
        return
    folders = [home]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise DataError(
                f"{error.filename} cannot be read by this account. To mend it, as the administrator of the "
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
