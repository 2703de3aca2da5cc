"""Answers out of the terminal's screens: text, CSV, JSON, Excel and Word.

Nothing in an export is live: text that begins like a formula stays text, and control characters from
the data are shown as marks. Every file says which report it is, of which snapshot, as at which day.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer

__all__ = ["FORMATS", "write"]

FORMATS = ("table", "text", "csv", "json", "xlsx", "docx")
BINARY = ("xlsx", "docx")


def content(answer: Answer, kind: str, *, width: int | None = None, colour: bool = False) -> bytes:
    """The whole answer in one format, cleaned of everything that could act on who reads it.

    Args:
        width, colour: of the terminal that a table is for; a file has neither.

    Raises:
        DataError: there is no such format.
    """
    from fcl_tui.export.cleaning import clean_answer

    if kind != "ics":  # which names its events by the untouched item, and cleans what it says of it
        answer = clean_answer(answer)
    if kind == "table":
        from fcl_tui.export.table import as_table

        return as_table(answer, width=width, colour=colour).encode()
    if kind == "text":
        from fcl_tui.export.reading import as_reading

        return as_reading(answer).encode()
    if kind == "csv":
        from fcl_tui.export.text import as_csv

        return as_csv(answer).encode("utf-8-sig")
    if kind == "json":
        from fcl_tui.export.text import as_json

        return as_json(answer).encode()
    if kind == "xlsx":
        from fcl_tui.export.sheet import as_xlsx

        return as_xlsx(answer)
    if kind == "docx":
        from fcl_tui.export.document import as_docx

        return as_docx(answer)
    if kind == "ics":
        from fcl_tui.export.ics import of_answer

        return of_answer(answer)
    raise DataError(f"There is no format {kind!r}; use one of {', '.join(FORMATS)}.")


def write(answer: Answer, kind: str, output: Path | None) -> None:
    """Print the answer, or write it to a file whole or not at all (0600: it may name children).

    Raises:
        DataError: no such format; a binary format would go to a terminal; the file cannot be written.
    """
    if output is None and kind in BINARY and sys.stdout.isatty():
        raise DataError(f"A {kind} file cannot be shown here; say where to write it with -o FILE.")
    to_terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if to_terminal else None
    body = content(answer, kind, width=width, colour=to_terminal and "NO_COLOR" not in os.environ)
    if output is None:
        if kind == "csv":
            body = body.removeprefix(b"\xef\xbb\xbf")  # the mark is for Excel, which opens files, not pipes
        elif to_terminal and kind in ("table", "text"):
            from widgets.cells.written import written

            body = written(body.decode()).encode()
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
        return
    save(body, output)
    print(f"Written: {output}", file=sys.stderr)


def save(body: bytes, output: Path) -> None:
    """Put a file in place whole or not at all.

    Raises:
        DataError: the place cannot be written to.
    """
    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(beside).replace(output)
    except OSError as error:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
        raise DataError(
            f"{output} cannot be written: {error.strerror}. Choose another place with -o."
        ) from error
