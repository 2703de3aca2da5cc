"""Supervisions as CSV, for `fcl-tui supervision import`; the guidance of the report is the contract."""

from pathlib import Path

import polars as pl

from data.errors import DataError
from data.office.supervisions import KINDS, LONGEST, STATES
from fcl_tui.config.csv_list import day_in, faulty, rows_of

DEMO_FILE = "supervisions-demo.csv"
"""The demo authority's supervisions, read with demo data only"""
HEADINGS = ("worker", "supervisor", "date", "kind", "state", "children")
NEEDED = ("worker", "supervisor", "date")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int64,
    "worker": pl.String,
    "supervisor": pl.String,
    "day": pl.Date,
    "kind": pl.String,
    "state": pl.String,
    "children": pl.List(pl.String),
}


def read(path: Path) -> pl.DataFrame:
    """Read supervisions, the whole of the file or nothing.

    Returns:
        SCHEMA: one row per supervision in the order of the file, `line` its row there; kind is personal and
        state held where the file leaves them blank.

    Raises:
        DataError: the file cannot be read, or one of its values cannot be understood.
    """
    try:
        told = rows_of(path, HEADINGS, NEEDED)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DataError(f"{path} is not there. Give the file of supervisions, saved as CSV UTF-8.") from error
    seen: dict[tuple[object, ...], int] = {}
    rows = []
    for line, cells in told:
        row = as_row(path, line, cells)
        key = (str(row["worker"]).casefold(), row["day"], row["kind"])
        if key in seen:
            what = f"has a supervision of this day and kind in row {seen[key]} already. Keep one."
            raise faulty(path, line, "worker", str(row["worker"]), what)
        seen[key] = line
        rows.append(row)
    return pl.DataFrame(rows, schema=SCHEMA)


def as_row(path: Path, line: int, cells: dict[str, str]) -> dict[str, object]:
    """One row of the list by SCHEMA. DataError: one of its values cannot be understood."""
    row: dict[str, object] = {"line": line}
    for name in ("worker", "supervisor"):
        row[name] = " ".join(cells[name].split())
        if not row[name]:
            raise faulty(path, line, name, "", "is empty. Write the name.")
        if len(cells[name]) > LONGEST:
            raise faulty(path, line, name, cells[name], f"is too long. Write at most {LONGEST} characters.")
    row["day"] = day_in(path, line, "date", cells["date"])
    if row["day"] is None:
        raise faulty(path, line, "date", "", "is empty. Write the day as 24/12/2026 or 2026-12-24.")
    for name, choice in (("kind", KINDS), ("state", STATES)):
        value = cells.get(name, "").casefold() or choice[0]
        if value not in choice:
            what = f"is no {name} of supervision. Write one of: {', '.join(choice)}."
            raise faulty(path, line, name, cells[name], what)
        row[name] = value
    row["children"] = [one.strip() for one in cells.get("children", "").split(";") if one.strip()]
    return row
