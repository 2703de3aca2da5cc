"""The areas of an open data file: England, regions, authorities, each by its code."""

import polars as pl

from data.benchmarks.cells import text
from data.benchmarks.table import LINE, Table
from data.errors import DataError

NATIONAL, REGIONAL, AUTHORITY = "National", "Regional", "Local authority"
NEIGHBOURS = "Statistical neighbours"
"""The levels; the last is of published means and medians of them"""
AREAS: dict[str, type[pl.DataType]] = {
    "area_code": pl.String,
    "area_name": pl.String,
    "level": pl.String,
    "old_code": pl.String,
    "region_code": pl.String,
}
"""old_code: the Department's three digits of an authority; region_code: an authority's region; else null"""
_COLUMNS = {
    NATIONAL: (("country_code",), "country_name"),
    REGIONAL: (("region_code",), "region_name"),
    AUTHORITY: (("new_la_code", "old_la_code"), "la_name"),
}


def with_areas(table: Table) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """Give each row its area and year.

    Returns:
        the rows with area_code (String) and year (Int64), those of other levels left out; the areas (AREAS,
        one row per code); what was left out, a sentence each.

    Raises:
        DataError: a row names no area, or its time_period is no year.
    """
    year = _year(table)
    level = text("geographic_level").str.to_lowercase()
    frames, areas = [], []
    for name, (codes, title) in _COLUMNS.items():
        rows = table.frame.filter(level == name.lower())
        if rows.is_empty():
            continue
        given = [pl.when(text(one) != "").then(text(one)) for one in codes if one in table.columns]
        code = pl.coalesce([*given, pl.lit(None, pl.String)])
        rows = rows.with_columns(area_code=code)
        missing = rows.filter(pl.col("area_code").is_null())
        if not missing.is_empty():
            raise DataError(
                f"{table.name}, row {missing[LINE][0]}, column {codes[0]}: the code of the area is missing. "
                "Give the file as it was published."
            )
        frames.append(rows)
        areas.append(
            rows.select(
                "area_code",
                area_name=_or_none(table, title),
                level=pl.lit(name),
                old_code=_or_none(table, "old_la_code") if name == AUTHORITY else pl.lit(None, pl.String),
                region_code=_or_none(table, "region_code") if name == AUTHORITY else pl.lit(None, pl.String),
                _year=year,
            )
        )
    placed = pl.concat([table.frame.clear().with_columns(area_code=pl.lit("")), *frames])
    other = table.frame.height - placed.height
    left = [f"{other} rows of other levels than England, regions and local authorities"] if other else []
    known = pl.concat([pl.DataFrame(schema=AREAS | {"_year": pl.Int64}), *areas]).sort("_year")
    known = known.unique("area_code", keep="last", maintain_order=True).select(*AREAS)
    return placed.with_columns(year=year), known, left


def _or_none(table: Table, column: str) -> pl.Expr:
    if column not in table.columns:
        return pl.lit(None, pl.String)
    return pl.when(text(column) != "").then(text(column))


def _year(table: Table) -> pl.Expr:
    """2025 of 2025, and of 202425 the year it ends in."""
    wrong = table.frame.filter(~text("time_period").str.contains(r"^(?:(?:19|20)\d\d|20\d{4})$"))
    if not wrong.is_empty():
        line, cell = wrong.select(LINE, text("time_period")).row(0)
        raise DataError(
            f"{table.name}, row {line}, column time_period: {cell[:40]!r} is neither a year (2025) nor two "
            "(202425). Give the file as it was published."
        )
    period = text("time_period")
    ends = pl.lit("20") + period.str.slice(4, 2)
    return pl.when(period.str.len_chars() == 6).then(ends).otherwise(period).cast(pl.Int64)
