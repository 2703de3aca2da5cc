"""Where case data comes from: one module a kind of source, opened by what the user typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from data.sources.base import Source


def open_source(text: str, *, schema: str | None = None) -> Source:
    """The source that a database URL or a path names, found by its content. No row is read yet.

    A path may be a SQLite file, an Annex A workbook, an SSDA903 file or CIN census, an SSD extract, or a
    folder or zip of them; a folder is opened as the one kind of source that it holds.

    Raises DataError when it is nothing of these, does not exist, or could be several.
    """
    from data.sources.folders import open_file, open_folder
    from data.sources.forms import START
    from data.sources.kinds import recognised

    if "://" in text and (source := recognised(text, schema)) is not None:
        return source
    path = Path(text).expanduser()
    try:
        with path.open("rb") as file:
            start = file.read(START)
    except FileNotFoundError:
        raise DataError(f"There is no file {path}. Check the path; a database is given by its URL.") from None
    except IsADirectoryError:
        return open_folder(path, schema)
    except OSError as error:
        if path.is_dir():  # how Windows refuses to open one
            return open_folder(path, schema)
        raise DataError(f"{path} cannot be read ({error.strerror}). Ask its owner for permission.") from error
    return open_file(path, start, schema)


def open_sources(texts: Sequence[str | Source], *, schema: str | None = None) -> list[Source]:
    """The sources of one load, in the order given; Annex A workbooks are one, in the first one's place.

    An authority that keeps a list a file gives them together: what one list says of a child belongs with what
    the others say, and none is an earlier source that another would have to yield to.
    """
    from data.sources.annex_a import AnnexA

    opened = [open_source(each, schema=schema) if isinstance(each, str) else each for each in texts]
    books = [each for each in opened if isinstance(each, AnnexA)]
    if len(books) < 2:
        return opened
    together = AnnexA([path for book in books for path in book.paths])
    first = opened.index(books[0])
    rest = [(number, each) for number, each in enumerate(opened) if not isinstance(each, AnnexA)]
    return [
        *(each for number, each in rest if number < first),
        together,
        *(each for number, each in rest if number > first),
    ]
