"""The 51 indicators of the Performance Board: definitions as data, versioned, valid from a day to a day."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

TEAMS = {
    "safeguarding": "Safeguarding and care leadership team",
    "education": "Education and skills leadership team",
    "health-send": "Health, SEN and disability leadership team",
}
"""The leadership teams that have a pack of their own"""
FORUMS = {"DMT": "Directorate management team", "Corp": "Corporate board"}


@dataclass(frozen=True)
class Indicator:
    """One version of one indicator, as it is meant; what its source says otherwise is beside it."""

    no: int
    version: int
    valid_from: date | None
    valid_to: date | None
    """the last day it was meant so; None: it still is"""
    key: str
    name: str
    definition: str
    group: str
    unit: str
    """percent, number, score, weeks, days"""
    unit_source: str
    """as the framework's own table has it: percent for 31, which is a score"""
    decimals: int
    frequency: str
    """monthly, quarterly, termly, annual"""
    calendar: str
    """financial, academic, rolling12"""
    aggregation: str
    """how a quarter follows from its months: last, ratio (numerators and denominators summed), rolling12"""
    polarity_source: str
    polarity: str
    """high, low, target or none: which way is good, as it is meant"""
    polarity_reason: str
    corporate: bool
    coverage: str
    forum: str
    """DMT: stays in the directorate; Corp: goes up to the corporate board"""
    teams: tuple[str, ...]
    """keys of `TEAMS` whose pack has it"""
    usual_origin: str
    """computed, stand-in, mixed, imported"""
    measure: str
    """key of the measure it is computed by; empty: it is none of the snapshot's"""
    lag_days: int
    """calendar days from the end of a period until its value is due"""
    suppress_below: int | None
    """smaller values are not shown outside the Board"""
    chart: bool
    """whether a control chart may be drawn of it"""
    source_name: str
    remark: str

    @property
    def retired(self) -> bool:
        """Whether it has ended, and nothing came in its place."""
        return self.valid_to is not None and self is of(self.no)[-1]


def _read(row: dict[str, str]) -> Indicator:
    told: dict[str, Any] = dict(row)
    for name in ("no", "version", "decimals", "lag_days"):
        told[name] = int(row[name])
    for name in ("valid_from", "valid_to"):
        told[name] = date.fromisoformat(row[name]) if row[name] else None
    for name in ("corporate", "chart"):
        told[name] = row[name] == "yes"
    told["suppress_below"] = int(row["suppress_below"]) if row["suppress_below"] else None
    told["teams"] = tuple(row["teams"].split(";")) if row["teams"] else ()
    return Indicator(**told)


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every version of every indicator, by number and version."""
    text = files("fcl_tui.definitions").joinpath("indicators.csv").read_text(encoding="utf-8")
    return tuple(_read(row) for row in csv.DictReader(text.splitlines()))


@cache
def of(no: int) -> tuple[Indicator, ...]:
    """The versions of one indicator, oldest first; none: there is no such number."""
    return tuple(one for one in indicators() if one.no == no)


def on(no: int, day: date) -> Indicator:
    """The version in force on a day; of one that has ended the last.

    Raises:
        LookupError: there is no such indicator.
    """
    versions = of(no)
    if not versions:
        raise LookupError(no)
    begun = [one for one in versions if one.valid_from is None or one.valid_from <= day]
    return (begun or versions)[-1]


def frame(day: date, polarity: dict[str, str] | None = None) -> pl.DataFrame:
    """One row per indicator, 1 to 51, as in force on a day.

    Args:
        polarity: the authority's own direction by number, as the setting board_polarity has it.

    Returns:
        the fields of `Indicator` (corporate, chart Boolean; teams a List), and retired (Boolean).
    """
    import polars as pl

    numbers = sorted({one.no for one in indicators()})
    told = [on(no, day) for no in numbers]
    rows = [vars(one) | {"teams": list(one.teams), "retired": one.retired} for one in told]
    own = polarity or {}
    return pl.DataFrame(rows, schema_overrides=_kinds(), infer_schema_length=None).with_columns(
        polarity=pl.col("no").cast(pl.String).replace_strict(own, default=pl.col("polarity"))
        if own
        else pl.col("polarity")
    )


def _kinds() -> dict[str, Any]:
    import polars as pl

    whole = dict.fromkeys(("no", "version", "decimals", "lag_days", "suppress_below"), pl.Int64)
    return {**whole, "valid_from": pl.Date, "valid_to": pl.Date, "teams": pl.List(pl.String)}
