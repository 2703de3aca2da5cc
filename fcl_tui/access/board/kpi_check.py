"""Values of indicators as typed, pasted or loaded: checked against the definitions, then previewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.config.csv_list import day_in, faulty, number_in, whole_in
from fcl_tui.definitions.board import indicators, periods
from fcl_tui.definitions.board.rag import NO_VALUE

if TYPE_CHECKING:
    from fcl_tui.definitions.board.indicators import Indicator

STATUSES = ("final", "provisional", "revised", "estimated", *NO_VALUE)
GEOGRAPHIES = ("england", "statistical_neighbours", "best_neighbour", "region", "top_quartile")
RANGES = {"percent": (0.0, 100.0), "score": (-4.0, 4.0)}
"""What a value of these units can be; of others it is not below nothing"""
ROUNDING = 0.051
"""How far a percentage may be from its parts by rounding to one decimal"""


@dataclass
class Checked:
    """What a set of rows would do: nothing is saved as long as a row is refused."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    same: list[dict[str, Any]] = field(default_factory=list)
    comparators: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def counts(self) -> str:
        """How many are new, changed, the same and refused, in words."""
        told = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.same)} the same"
        more = f", {len(self.comparators)} comparators" if self.comparators else ""
        return f"{told}{more}, {len(self.refused)} refused"


def checked(
    path: Path,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    held: Mapping[tuple[int, str], Mapping[str, Any]],
    today: date,
    *,
    may_write: Mapping[int, str] | None = None,
    digest: str | None = None,
) -> Checked:
    """Hold rows of a file against the definitions and what is held already.

    Args:
        path: the file, for sentences.
        rows: the number of each row and its cells by column (`kpi_file.VALUES`).
        held: the value in force by indicator and period: value, numerator, denominator, status.
        may_write: the owner's name of each indicator that the reader may not write for.
        digest: SHA-256 of the file; None: typed.
    """
    found, seen = Checked(), dict[tuple[Any, ...], int]()
    for line, cells in rows:
        try:
            row = _row(path, line, cells, today, digest, found.warnings)
            owner = (may_write or {}).get(row["no"])
            if owner is not None:
                raise faulty(path, line, "kpi", str(row["no"]), f"is written by {owner}, who owns it.")
            key = (row["no"], row["period"], row.get("geography"))
            if key in seen:
                raise faulty(path, line, "period", row["period"], f"is in row {seen[key]} already. Keep one.")
            seen[key] = line
            _sort(path, line, row, held, found)
        except DataError as error:
            found.refused.append(str(error))
    return found


def _sort(
    path: Path, line: int, row: dict[str, Any], held: Mapping[Any, Mapping[str, Any]], found: Checked
) -> None:
    if "geography" in row:
        found.comparators.append(row)
        return
    before = held.get((row["no"], row["period"]))
    if before is None:
        found.new.append(row)
    elif all(before[name] == row[name] for name in ("value", "numerator", "denominator", "status")):
        found.same.append(row)
    elif not row["note"]:
        told = "nothing" if before["value"] is None else f"{before['value']:g}"
        what = f"has {told} ({before['status']}) already. Say in the column note why it changes."
        raise faulty(path, line, "period", row["period"], what)
    else:
        found.changed.append(row | {"before": before["value"]})


def _row(
    path: Path, line: int, cells: Mapping[str, str], today: date, digest: str | None, warnings: list[str]
) -> dict[str, Any]:
    cell = {name: (cells.get(name) or "").strip() for name in cells}
    told = cell.get("kpi", "")
    no = whole_in(told)
    if no is None or not indicators.of(no):
        raise faulty(path, line, "kpi", told, "is no indicator. Give its number, 1 to 51.")
    period = _period(path, line, cell.get("period", ""), no, today)
    one = indicators.on(no, period.last)
    parts = ("value", "numerator", "denominator")
    figures = {name: number_in(path, line, name, cell.get(name, "")) for name in parts}
    geography = cell.get("geography", "")
    status = _status(path, line, cell, figures)
    if status in NO_VALUE:
        figures = dict.fromkeys(figures)
    else:
        _in_range(path, line, one, figures, cell, warnings)
    source = cell.get("source") or None
    row: dict[str, Any] = {
        "no": one.no,
        "period": period.name,
        "value": figures["value"],
        "source": source[:400] if source else None,
        "published_on": day_in(path, line, "published_on", cell.get("published_on", "")),
        "file_sha256": digest,
        "file_row": line if digest is not None else None,
    }
    if geography:
        if geography not in GEOGRAPHIES:
            what = f"is no area here. Give one of: {', '.join(GEOGRAPHIES)}."
            raise faulty(path, line, "geography", geography, what)
        return row | {"geography": geography}
    return row | {
        "definition_version": one.version,
        "period_end": period.last,
        "numerator": figures["numerator"],
        "denominator": figures["denominator"],
        "status": status,
        "origin": "imported" if digest is not None else "typed",
        "note": cell.get("note") or None,
    }


def _period(path: Path, line: int, text: str, no: int, today: date) -> periods.Period:
    one = indicators.on(no, today)
    kinds = periods.kinds_of(one.frequency, one.calendar)
    examples = " or ".join(periods.KINDS[kind][0] for kind in kinds)
    period = periods.period(text)
    if period is None or period.kind not in kinds:
        raise faulty(path, line, "period", text, f"is no period of KPI {no}. Write it as {examples}.")
    if period.first > today:
        raise faulty(path, line, "period", text, "has not begun. Give a period that has.")
    return period


def _status(path: Path, line: int, cell: Mapping[str, str], figures: Mapping[str, float | None]) -> str:
    status, given = cell.get("status", ""), any(value is not None for value in figures.values())
    if not status:
        if not given:
            what = f"is blank, and a blank is no status. Give a value, or one of: {', '.join(NO_VALUE)}."
            raise faulty(path, line, "value", "", what)
        return "final"
    if status not in STATUSES:
        raise faulty(path, line, "status", status, f"is no status. Give one of: {', '.join(STATUSES)}.")
    if status in NO_VALUE and given:
        raise faulty(
            path, line, "status", status, "has no value. Take the value out, or give another status."
        )
    if status not in NO_VALUE and not given:
        raise faulty(path, line, "value", "", f"is blank, and {status} has a value. Give it.")
    if status == "cannot_be_computed" and not cell.get("note"):
        raise faulty(path, line, "status", status, "needs the reason. Give it in the column note.")
    return status


def _in_range(
    path: Path,
    line: int,
    one: Indicator,
    figures: dict[str, float | None],
    cell: Mapping[str, str],
    warnings: list[str],
) -> None:
    """Refuse what cannot be; work a percentage out of its parts; warn where it is not what they give."""
    upper, lower = figures["numerator"], figures["denominator"]
    if (upper is None) != (lower is None):
        column = "numerator" if upper is None else "denominator"
        raise faulty(path, line, column, "", "is blank. Give both numerator and denominator, or neither.")
    if upper is not None and lower is not None:
        if lower <= 0 or upper < 0:
            raise faulty(path, line, "denominator", cell["denominator"], "is not above 0. Correct it.")
        if one.unit == "percent" and upper > lower:
            raise faulty(
                path, line, "numerator", cell["numerator"], "is more than the denominator. Correct it."
            )
        parts = upper * 100 / lower if one.unit == "percent" else upper / lower
        if figures["value"] is None:
            figures["value"] = parts
        elif one.unit == "percent" and abs(figures["value"] - parts) > ROUNDING:
            warnings.append(
                f"{path}, row {line}: the value {figures['value']:g} is not what {upper:g} of {lower:g} "
                f"gives ({parts:.1f}). The parts count."
            )
    value = figures["value"]
    assert value is not None
    least, most = RANGES.get(one.unit, (0.0, float("inf")))
    if not least <= value <= most:
        between = f"{least:g} to {most:g}" if isfinite(most) else f"{least:g} or more"
        raise faulty(
            path, line, "value", cell.get("value", ""), f"cannot be: KPI {one.no} is {one.unit}, {between}."
        )
    if one.unit == "number" and not value.is_integer():
        raise faulty(
            path, line, "value", cell.get("value", ""), f"is a fraction: KPI {one.no} is a number of them."
        )
