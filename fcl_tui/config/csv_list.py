"""A list that the authority keeps as CSV: read whole or not at all, with one clear sentence on a fault."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from math import isfinite
from pathlib import Path

from data.errors import DataError
from fcl_tui.config.plain_file import read_plain

FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
MOST_DIGITS = 9
"""Of a whole number; Python itself refuses one of thousands"""


def faulty(path: Path, line: int, column: str, value: str, what: str) -> DataError:
    """One sentence: the file, the row, the column, the value, and what to do."""
    return DataError(f"{path}, row {line}, column {column}: {value[:40]!r} {what}")


def rows_of(path: Path, headings: Sequence[str], needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list with their number in the file, each a text by heading; headings in any order.

    Raises:
        FileNotFoundError, NotADirectoryError: there is no such file.
        DataError: the file cannot be read, is not a table, or its headings are not those.
    """
    try:
        text = read_plain(path).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 text. Save it again as 'CSV UTF-8'.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from error
    try:
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise DataError(
            f"{path} is not a table of values with commas ({error}). Save it again as CSV."
        ) from error
    return rows_of_cells(path, lines, headings, needed)


def rows_of_cells(
    path: Path, lines: Sequence[tuple[int, list[str]]], headings: Sequence[str], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The same of rows that were read already: the number of each in the file, and its cells as text.

    Raises:
        DataError: it is not a table, or its headings are not those.
    """
    told = [(number, cells) for number, cells in lines if any(cells)]
    names = _headings(path, *(told[0] if told else (1, [])), headings, needed)
    rows = []
    for number, cells in told[1:]:
        if len(cells) != len(names):
            what = f"the row has {len(cells)} values, the first row {len(names)} headings"
            raise DataError(f"{path}, row {number}: {what}. Give a value, or a blank, for each.")
        rows.append((number, dict(zip(names, cells, strict=True))))
    return rows


def _headings(
    path: Path, number: int, cells: list[str], known: Sequence[str], needed: Sequence[str]
) -> list[str]:
    headings = [cell.casefold().replace(" ", "_") for cell in cells]
    for one in headings:
        if one not in known:
            raise faulty(
                path, number, one or "(blank)", one, f"is no heading here. There are: {', '.join(known)}."
            )
        if headings.count(one) > 1:
            raise faulty(path, number, one, one, "is there twice. Keep one.")
    for one in needed:
        if one not in headings:
            raise DataError(f"{path}, row {number}: the column {one} is missing. Add it.")
    return headings


def day_in(path: Path, line: int, column: str, text: str) -> date | None:
    """The day a cell gives; None for a blank one. DataError: it is not a date."""
    if not text:
        return None
    if text[4:5] == text[7:8] == "-" and len(text) == len("2026-12-24"):
        with suppress(ValueError):
            return date.fromisoformat(text)  # a tenth of the time of the others
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise faulty(path, line, column, text, "is not a date. Write it as 24/12/2026 or 2026-12-24.")


def number_in(path: Path, line: int, column: str, text: str) -> float | None:
    """A number as people write it, with a % or without; None where the cell is empty.

    Raises:
        DataError: it is none, or one without end.
    """
    if not text:
        return None
    try:
        value = float(text.removesuffix("%").strip())
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise faulty(path, line, column, text, "is not a number. Write it as 84.5, without commas.")
    return value


def whole_in(text: str) -> int | None:
    """A whole number in digits; None where it is none, or longer than any that is meant."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
