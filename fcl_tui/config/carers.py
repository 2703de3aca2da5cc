"""The authority's list of its foster carers, kept beside its data: `carers.csv` in the home.

No standard return holds carers, their approval or their reviews; the guidance page of the Fostering Overview
is the contract of the file.
"""

from pathlib import Path

import polars as pl

from fcl_tui.config.csv_list import day_in, faulty, rows_of, whole_in

FILE, DEMO_FILE = "carers.csv", "carers-demo.csv"
"""The demo authority has a list of its own, so that it never stands in the place of a real one."""
NEEDED = ("household", "approved", "places")
DATES = ("approved", "last_review", "last_supervision", "last_unannounced", "temporary_from")
TEXTS = ("household", "worker", "children")
HEADINGS = (
    "household", "approved", "last_review", "places", "worker", "last_supervision", "last_unannounced",
    "temporary_from", "temporary_extended", "children",
)  # fmt: skip
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int64,
    "household": pl.String,
    "approved": pl.Date,
    "last_review": pl.Date,
    "places": pl.Int64,
    "worker": pl.String,
    "last_supervision": pl.Date,
    "last_unannounced": pl.Date,
    "temporary_from": pl.Date,
    "temporary_extended": pl.Boolean,
    "children": pl.List(pl.String),
}
MOST_PLACES = 20


def read(path: Path) -> pl.DataFrame | None:
    """Read the list, the whole of it or nothing.

    Returns:
        SCHEMA: one row per household in the order of the file, `line` its row there; None when there is no
        file.

    Raises:
        DataError: the file cannot be read, or one of its values cannot be understood.
    """
    try:
        told = rows_of(path, HEADINGS, NEEDED)
    except (FileNotFoundError, NotADirectoryError):
        return None
    seen: dict[str, int] = {}
    rows = []
    for number, cells in told:
        row = _row(path, number, cells)
        name = str(row["household"])
        if name.casefold() in seen:
            what = f"is in row {seen[name.casefold()]} already. Keep one row per household."
            raise faulty(path, number, "household", name, what)
        seen[name.casefold()] = number
        rows.append(row)
    _child_once(path, rows)
    return pl.DataFrame(rows, schema=SCHEMA)


def _row(path: Path, line: int, cells: dict[str, str]) -> dict[str, object]:
    row: dict[str, object] = {"line": line}
    row |= {name: cells.get(name) or None for name in TEXTS if name != "children"}
    row |= {name: day_in(path, line, name, cells.get(name, "")) for name in DATES}
    if row["household"] is None:
        raise faulty(path, line, "household", "", "is empty. Give the household a name or number.")
    if row["approved"] is None and row["temporary_from"] is None:
        what = "is empty. Give the day of approval, or of the temporary approval under temporary_from."
        raise faulty(path, line, "approved", "", what)
    places = whole_in(cells["places"])
    if places is None or places > MOST_PLACES:
        what = f"is no number of places. Write 0 to {MOST_PLACES}."
        raise faulty(path, line, "places", cells["places"], what)
    row["places"] = places
    extended = cells.get("temporary_extended", "").casefold()
    if extended not in ("", "yes", "no", "y", "n"):
        raise faulty(path, line, "temporary_extended", extended, "is neither yes nor no. Write yes or no.")
    row["temporary_extended"] = extended in ("yes", "y")
    row["children"] = [one.strip() for one in cells.get("children", "").split(";") if one.strip()]
    return row


def _child_once(path: Path, rows: list[dict[str, object]]) -> None:
    at: dict[str, object] = {}
    for row in rows:
        children = row["children"]
        assert isinstance(children, list)
        for child in children:
            if child in at:
                what = f"is placed in row {at[child]} too. Keep the child where it lives."
                raise faulty(path, int(str(row["line"])), "children", child, what)
            at[child] = row["line"]
