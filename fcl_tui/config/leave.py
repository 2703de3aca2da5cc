"""Who is on leave when, from a list that the authority keeps beside its data."""

import csv
from datetime import date, datetime
from pathlib import Path

import polars as pl

from data.errors import DataError

FILE = "leave.csv"
HEADER = ("worker", "from", "to")
SCHEMA = {"worker": pl.String, "first": pl.Date, "last": pl.Date}
FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


def nobody() -> pl.DataFrame:
    """No leave at all: what a home without a list means."""
    return pl.DataFrame(schema=SCHEMA)


def read(path: Path | None) -> pl.DataFrame:
    """Read a list of leave: columns `worker`, `from` and `to` (both days included), in any order.

    Dates are 2026-12-24 or 24/12/2026. Blank lines are passed over. No file means no leave.

    Returns:
        worker (String, as spelt), first, last (Date), one row per spell of leave.

    Raises:
        DataError: the file cannot be read or a line of it cannot be understood; it says which line.
    """
    if path is None:
        return nobody()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except (FileNotFoundError, NotADirectoryError):
        return nobody()
    except UnicodeDecodeError as error:
        raise DataError(
            f"The list of leave {path} is not UTF-8 text. Save it again as 'CSV UTF-8'."
        ) from error
    except (OSError, csv.Error) as error:
        raise DataError(f"The list of leave {path} cannot be read ({error}). Fix or remove it.") from error
    told = [(number, cells) for number, cells in lines if any(cells)]
    if not told:
        return nobody()
    number, header = told[0]
    at = {name.casefold(): place for place, name in enumerate(header)}
    if len(at) != len(header) or not set(HEADER) <= set(at):
        raise DataError(
            f"{path}, line {number}: the list of leave begins with the headings worker,from,to. "
            "Put them on the first line."
        )
    rows = [_spell(path, number, cells, at) for number, cells in told[1:]]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _spell(path: Path, number: int, cells: list[str], at: dict[str, int]) -> tuple[str, date, date]:
    where = f"{path}, line {number}"
    if len(cells) <= max(at[name] for name in HEADER):
        raise DataError(f"{where}: a value is missing. Give worker, from and to.")
    worker = cells[at["worker"]]
    if not worker:
        raise DataError(f"{where}: no worker is named. Give the worker's name, or remove the line.")
    first, last = _day(where, "from", cells[at["from"]]), _day(where, "to", cells[at["to"]])
    if last < first:
        raise DataError(f"{where}: the leave ends before it begins. Put the earlier day under from.")
    return worker, first, last


def _day(where: str, heading: str, text: str) -> date:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise DataError(
        f"{where}: {heading} is {text[:20]!r}, which is not a date. Write it as 2026-12-24 or 24/12/2026."
    )
