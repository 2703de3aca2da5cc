"""Writing the demo authority to files: all or nothing, and never over what is not the demo's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import DataError

MARK = "Made-up data.md"
"""Beside the files of a folder; one that has files of the same kind and not this is somebody's own."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write first: it takes the place of `path` once all is written, and is gone otherwise."""
    beside = path.with_suffix(".part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def demo_file(path: Path, is_demo: Callable[[Path], bool]) -> Iterator[Path]:
    """Where to write one file first (see `whole`); its folder is made if need be.

    Raises:
        DataError: it cannot be written, or there is one already that is not the demo's.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not is_demo(path):
            raise DataError(
                f"{path} is there already and is not the demo authority's. Give another folder, or move it."
            )
        with whole(path) as beside:
            yield beside
    except OSError as error:
        raise DataError(f"{path} could not be written ({error.strerror}). Give another folder.") from error


@contextmanager
def demo_folder(folder: Path, like: Callable[[Path], bool]) -> Iterator[None]:
    """A folder, made if need be, that may be written to; it is marked as the demo's.

    Args:
        like: whether a file that is there is of the kind to be written.

    Raises:
        DataError: it cannot be written to, or holds such files that are not the demo's.
    """
    mark = folder / MARK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [path.name for path in folder.iterdir() if like(path)]
        if there and not mark.exists():
            raise DataError(
                f"{folder} holds {there[0]} already, which is not the demo authority's. Give another folder, "
                "or move it."
            )
        mark.write_text("These files are made up. Writing the demo again replaces them.\n", encoding="utf-8")
        yield
    except OSError as error:
        raise DataError(f"{folder} could not be written ({error.strerror}). Give another folder.") from error
