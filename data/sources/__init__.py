"""Where case data comes from: one module a kind of source, opened by what the user typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from data.sources.base import Source

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def open_source(text: str, *, schema: str | None = None) -> Source:
    """The source that a database URL or a path names. Nothing is read yet.

    Raises DataError when it is neither, does not exist, or is of a kind that is not read.
    """
    if "://" in text:
        return _database(text, schema)
    path = Path(text).expanduser()
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        raise DataError(f"There is no file {path}. Check the path; a database is given by its URL.") from None
    except IsADirectoryError:
        return _folder(path)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}). Ask its owner for permission.") from error
    if start == b"SQLite format 3\x00":
        return _database(f"sqlite:///{path.absolute()}", schema)
    if path.suffix.lower() in WORKBOOKS or start.startswith(b"PK\x03\x04"):
        return _workbook(path)
    raise DataError(
        f"{path} is neither an Annex A workbook (.xlsx) nor a SQLite database. Give one of those, or a URL."
    )


def _database(url: str, schema: str | None) -> Source:
    from data.sources.ssd_database import SsdDatabase

    return SsdDatabase(url, schema)


def _folder(path: Path) -> Source:
    books = sorted(book for book in path.glob("*.xlsx") if not book.name.startswith("~$"))
    if len(books) == 1:
        return _workbook(books[0])
    what = "several workbooks" if books else "no workbook"
    raise DataError(f"The folder {path} holds {what}. Give the Annex A workbook itself.")


def _workbook(path: Path) -> Source:
    from data.sources.annex_a import AnnexA

    return AnnexA(path)
