"""Entering values, targets and register lines: previewed, then all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.access.board.kpi_check import Checked, checked
from fcl_tui.access.board.rows import board_rows, enter, written_by_others
from fcl_tui.access.readers.roles import BOARD, KPI_OWNER
from fcl_tui.config import kpi_file
from fcl_tui.config.csv_list import day_in, faulty, number_in, whole_in
from fcl_tui.definitions.board import indicators, periods
from fcl_tui.definitions.board.registers import REGISTERS, register
from fcl_tui.records.board.series import latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fcl_tui.access.gate import Door
    from fcl_tui.reports.context import BoardRows

TYPED = Path("typed")
DAYS = ("received", "due", "done")
FIELDS = ("value", "numerator", "denominator", "status")


def held(rows: BoardRows) -> dict[tuple[int, str], dict[str, Any]]:
    """The value in force by indicator and period, as entered."""
    frame = collect(latest(rows.values).select("no", "period", *FIELDS))
    return {(row["no"], row["period"]): row for row in frame.to_dicts()}


def preview(
    door: Door,
    path: Path,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    today: date,
    *,
    demo: bool,
    digest: str | None = None,
) -> Checked:
    """What these rows would do: new, changed, the same, refused."""
    known = board_rows(door, "", demo=demo)
    others = written_by_others(door, known)
    return checked(path, rows, held(known), today, may_write=others, digest=digest)


def save(door: Door, found: Checked, *, demo: bool) -> None:
    """Save what a preview found: all of it, or nothing where a row is refused.

    Raises:
        DataError: a row is refused; the sentences name each. Or it could not be saved.
    """
    if found.refused:
        raise DataError(" ".join([*found.refused, "Nothing was saved."]))
    values = [
        {name: each for name, each in row.items() if name != "before"} for row in (*found.new, *found.changed)
    ]
    if not values and not found.comparators:
        return
    numbers = ", ".join(str(no) for no in sorted({row["no"] for row in (*values, *found.comparators)}))
    said = f"values entered: {found.counts}; indicators {numbers}"
    rows = {"values": values, "benchmarks": found.comparators}
    enter(door, rows, said[:2000], demo=demo)


def load(door: Door, path: Path, today: date, *, demo: bool) -> Checked:
    """Read a file of values and say what it would do."""
    rows, digest = kpi_file.rows_in(path, kpi_file.VALUES, ("kpi", "period"))
    if not rows:
        raise DataError(f"{path} has no rows under its headings. Give at least one.")
    return preview(door, path, rows, today, demo=demo, digest=digest)


def targets_in(path: Path) -> list[dict[str, Any]]:
    """The targets of a file.

    Raises:
        DataError: a row is not in order; every sentence names the row, column and value.
    """
    rows, _ = kpi_file.rows_in(path, kpi_file.TARGETS, ("kpi", "year", "green", "rationale"))
    made, refused = [], []
    for line, cells in rows:
        try:
            made.append(target(path, line, cells))
        except DataError as error:
            refused.append(str(error))
    if refused:
        raise DataError(" ".join([*refused, "Nothing was saved."]))
    return made


def target(path: Path, line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    """One target: green and amber of an indicator for a year, or for one period of it.

    Raises:
        DataError: it is not in order; the sentence names row, column and value.
    """
    cell = {name: (told or "").strip() for name, told in cells.items()}
    no = whole_in(cell.get("kpi", ""))
    if no is None or not indicators.of(no):
        raise faulty(path, line, "kpi", cell.get("kpi", ""), "is no indicator. Give its number, 1 to 51.")
    one = indicators.of(no)[-1]
    year = periods.period(cell.get("year", ""))
    kind = "academic" if one.calendar == "academic" else "year"
    if year is None or year.kind != kind:
        what = f"is no year of KPI {no}. Write it as {periods.KINDS[kind][0]}."
        raise faulty(path, line, "year", cell.get("year", ""), what)
    stone = cell.get("period") or None
    if stone is not None:
        found = periods.period(stone)
        if found is None or not year.first <= found.last <= year.last:
            raise faulty(
                path, line, "period", stone, f"is no period of {year.name}. Leave it out for the year."
            )
    figures = {name: number_in(path, line, name, cell.get(name, "")) for name in ("green", "amber")}
    if figures["green"] is None:
        raise faulty(path, line, "green", "", "is blank. Give the value from which it is green.")
    _in_order(path, line, one, figures, cell)
    if not cell.get("rationale"):
        raise faulty(path, line, "rationale", "", "is blank. Say why this is the target.")
    return {
        "no": one.no,
        "year": year.name,
        "period": stone,
        **figures,
        "rationale": cell["rationale"],
        "benchmark_used": cell.get("benchmark_used") or None,
        "approved_by": cell.get("approved_by") or None,
    }


def _in_order(
    path: Path,
    line: int,
    one: indicators.Indicator,
    figures: Mapping[str, float | None],
    cell: Mapping[str, str],
) -> None:
    green, amber = figures["green"], figures["amber"]
    if green is None or amber is None:
        return
    if (one.polarity == "high" and amber > green) or (one.polarity == "low" and amber < green):
        side = "above" if one.polarity == "high" else "below"
        what = f"is {side} green ({green:g}), and {one.polarity} is good. Swap them, or correct one."
        raise faulty(path, line, "amber", cell["amber"], what)


def save_targets(door: Door, rows: Sequence[Mapping[str, Any]], *, demo: bool) -> None:
    """Save targets, all or none; those that were stay in the history."""
    if not rows:
        raise DataError("There is no target in it. Give at least one row.")
    numbers = ", ".join(str(no) for no in sorted({row["no"] for row in rows}))
    said = f"targets set: {len(rows)}; indicators {numbers}"
    enter(door, {"targets": rows}, said[:2000], demo=demo, duties=(BOARD, KPI_OWNER), to="set targets")


def register_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of registers.

    Raises:
        DataError: a row is not in order; every sentence names the row, column and value.
    """
    rows, digest = kpi_file.rows_in(path, kpi_file.REGISTER, ("register", "reference", "title"))
    made, refused, seen = [], [], dict[tuple[str, str], int]()
    for line, cell in rows:
        try:
            key = (cell["register"].casefold(), cell["reference"])
            if register(key[0]) is None:
                known = ", ".join(one.key for one in REGISTERS)
                raise faulty(path, line, "register", cell["register"], f"is no register. There are: {known}.")
            for name in ("reference", "title"):
                most = 60 if name == "reference" else 400
                if not 1 <= len(cell[name]) <= most:
                    raise faulty(path, line, name, cell[name], f"has to have 1 to {most} characters.")
            if key in seen:
                what = f"is in row {seen[key]} already. Keep one."
                raise faulty(path, line, "reference", key[1], what)
            seen[key] = line
            days = {
                name: day_in(path, line, name, cell.get(name, "")) for name in ("received", "due", "done")
            }
            if days["received"] and days["done"] and days["done"] < days["received"]:
                raise faulty(
                    path, line, "done", cell["done"], "is before the day it was received. Correct it."
                )
            others = {name: cell.get(name) or None for name in ("owner", "rating", "note")}
            told = {"register": key[0], "reference": key[1], "title": cell["title"]}
            made.append(told | days | others | {"file_sha256": digest, "file_row": line})
        except DataError as error:
            refused.append(str(error))
    if refused:
        raise DataError(" ".join([*refused, "Nothing was saved."]))
    return made


def save_lines(door: Door, rows: Sequence[Mapping[str, Any]], *, demo: bool) -> None:
    """Save lines of registers, all or none; a line entered again takes the place of what it was."""
    if not rows:
        raise DataError("There is no line in it. Give at least one row.")
    kinds = ", ".join(sorted({str(row["register"]) for row in rows}))
    said = f"register lines entered: {len(rows)} of {kinds}"
    enter(door, {"items": rows}, said, demo=demo, duties=(BOARD, KPI_OWNER), to="enter lines of registers")


def template(due: pl.DataFrame) -> str:
    """A file of values to fill in: a row per value that is due, under the headings of the import."""
    columns = [name for name in kpi_file.VALUES if name != "geography"]
    blank = {name: pl.lit("") for name in columns}
    told = due.select(
        **blank
        | {"kpi": pl.col("no").cast(pl.String), "period": pl.col("due_period"), "name": pl.col("name")}
    )
    return told.select(columns).write_csv()
