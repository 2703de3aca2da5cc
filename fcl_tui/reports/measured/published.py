"""Published figures as a list, for `fcl-tui benchmarks show`: one row per key, group, area and year."""

from __future__ import annotations

import re

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.definitions.figures.comparators import CELL, POPULATION, RATES, current, day_of, source_of
from widgets.cells.column import Column

COLUMNS = (
    Column("key", "Key", 20, frozen=True),
    Column("grouping", "Of it", 14, priority=2),
    Column("area_name", "Area", 22, stretch=True),
    Column("period", "Year", 5),
    Column("shown", "Value", 10, align="right"),
    Column("level", "Level", 15, priority=4),
    Column("area_code", "Code", 10, priority=3),
    Column("source", "File", 30, priority=1, stretch=True),
)
SYMBOLS = {
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
    "u": "low reliability",
    "": "blank",
}
SHOWN = ("key", "area_code", "area_name", "level", "period", "value", "symbol", "source", "grouping")
_PART = re.compile(r"(\S+) \((.+)\)")


def wanted(key: str | None) -> list[str] | None:
    """The keys whose figures a key's list is made of: a rate is worked out of its count; None: all."""
    if key is None:
        return None
    part = _PART.fullmatch(key.strip())
    name = part[1] if part else key.strip()
    return [name, *([RATES[name]] if name in RATES else []), POPULATION]


def listed(
    known: pl.LazyFrame,
    areas: pl.DataFrame,
    key: str | None,
    area: str | None,
    *,
    history: bool,
) -> pl.DataFrame:
    """Published figures, by key, area and year.

    Args:
        known, areas: as the office database has them.
        key: a measure's key, or a part of it as it is written: referral_source (police).
        area: a code, the Department's three digits, or a name in any case.
        history: every value ever loaded, in the order in which they counted.

    Returns:
        key, area_code, area_name, level, period (String: the year, or the day), value (Float64, null
        with a symbol), symbol (null with a value), source, grouping (which part of the key, "" its own).

    Raises:
        DataError: nothing is loaded of that key or area; the sentence names what is near.
    """
    frame = (
        known.with_columns(source=source_of(), day=day_of()).sort("newest", "seq")
        if history
        else current(known)
    )
    named = frame.join(areas.lazy(), on="area_code", how="left", maintain_order="left").with_columns(
        pl.col("area_name").fill_null(pl.col("area_code")),
        period=pl.coalesce(pl.col("day").cast(pl.String), pl.col("year").cast(pl.String)),
        value=pl.when(pl.col("precision") == 1).then(pl.col("value").round(1)).otherwise("value"),
    )
    if key is not None:
        part = _PART.fullmatch(key.strip())
        wanted = part[1] if part else key.strip()
        named = named.filter(pl.col("key") == wanted)
        if part:
            named = named.filter(pl.col("grouping") == part[2])
    if area is not None:
        folded = area.strip().lower()
        same = [pl.col(name).str.to_lowercase() == folded for name in ("area_code", "area_name", "old_code")]
        named = named.filter(pl.any_horizontal(*same).fill_null(value=False))
    order = ["key", "grouping", "level", "area_code", "year"]
    rows = collect(named.sort(order, maintain_order=True).select(SHOWN))
    if rows.is_empty():
        _refuse(collect(current(known).select(CELL)), areas, key, area)
    return rows


def _refuse(known: pl.DataFrame, areas: pl.DataFrame, key: str | None, area: str | None) -> None:
    from difflib import get_close_matches

    if known.is_empty():
        raise DataError("No published figures are loaded. fcl-tui benchmarks load PATH reads them.")
    keys = known["key"].unique().sort().to_list()
    if key is not None and key.strip() not in keys:
        near = get_close_matches(key.strip(), keys, n=4, cutoff=0.5) or keys[:6]
        raise DataError(f"No published figure of {key!r} is loaded. There are: {', '.join(near)}.")
    names = areas["area_name"].drop_nulls().sort().to_list()
    near = get_close_matches(area or "", names, n=4, cutoff=0.4)
    hint = f" Did you mean: {', '.join(near)}?" if near else ""
    raise DataError(f"No such figure is loaded of the area {area!r}.{hint}")


def to_read(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with shown (String): the value as it was printed, or what its symbol means."""
    whole = pl.col("value") == pl.col("value").round(0)
    as_whole = pl.col("value").cast(pl.Int64, strict=False).cast(pl.String)
    number = pl.when(whole).then(as_whole).otherwise(pl.col("value").round(1).cast(pl.String))
    words = pl.col("symbol").replace(SYMBOLS)
    return rows.with_columns(shown=pl.coalesce(number, words))
