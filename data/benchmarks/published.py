"""Published values put together by hand: one row per key, year and area, means of neighbours among them."""

import polars as pl

from data.benchmarks.areas import AREAS, AUTHORITY, NATIONAL, NEIGHBOURS, REGIONAL
from data.benchmarks.cells import is_number, is_symbol, number, precision, symbol, text
from data.benchmarks.table import LINE, Table
from data.benchmarks.values import CELL, VALUES, Figures
from data.errors import DataError

COLUMNS = ("key", "year", "area", "area_code", "value")
_PART = r"^(\S+) \((.+)\)$"
"""How a part of a key is written: referral_source (police)"""
MEAN, MEDIAN = "mean", "median"


def is_published(table: Table) -> bool:
    """Whether it is such a list."""
    return all(name in table.columns for name in COLUMNS)


def published(table: Table) -> Figures:
    """Read the list; means and medians of neighbours belong to the one authority in it.

    Raises:
        DataError: a value is neither a number nor a symbol, a year is none, or a mean is of no one authority.
    """
    for name, fine, what in (
        ("value", is_number("value") | is_symbol("value"), "neither a number nor a symbol"),
        ("year", text("year").str.contains(r"^(?:19|20)\d\d$"), "not a year"),
        ("key", text("key") != "", "no key"),
    ):
        wrong = table.frame.filter(~fine)
        if not wrong.is_empty():
            line, cell = wrong.select(LINE, text(name)).row(0)
            raise DataError(f"{table.name}, row {line}, column {name}: {cell[:40]!r} is {what}. Correct it.")
    code = text("area_code")
    own = table.frame.filter(code.str.contains(r"^E0"))["area_code"].str.strip_chars().unique().to_list()
    kind = text("area").str.to_lowercase().str.extract(r"neighbours? \((mean|median)\)$")
    placed = table.frame.with_columns(
        area_code=pl.when(code != "").then(code).otherwise(pl.format("{}:{}", pl.lit(",".join(own)), kind)),
        year=text("year").cast(pl.Int64),
    )
    lost = placed.filter(
        pl.col("area_code").is_null() | (pl.col("area_code").str.contains(":") & (len(own) != 1))
    )
    if not lost.is_empty():
        raise DataError(
            f"{table.name}, row {lost[LINE][0]}, column area_code: the code of the area is missing. Only the "
            "mean or median of the statistical neighbours of the one authority in the file has none."
        )
    part = text("key").str.extract(_PART, 2)
    values = placed.select(
        "area_code",
        "year",
        key=pl.when(part.is_null()).then(text("key")).otherwise(text("key").str.extract(_PART, 1)),
        grouping=part.fill_null(""),
        value=number("value"),
        symbol=symbol("value"),
        precision=precision("value"),
        derived=pl.lit(None, pl.String),
    ).select(*VALUES)
    if values.select(pl.struct(CELL).is_duplicated().any()).item():
        raise DataError(f"{table.name} has a key twice for an area and year. Keep one of the rows.")
    areas = placed.select("area_code", area_name=text("area"), level=_level()).unique("area_code")
    return Figures(values, pl.concat([pl.DataFrame(schema=AREAS), areas], how="diagonal"))


def _level() -> pl.Expr:
    code = pl.col("area_code")
    return (
        pl.when(code.str.contains(":"))
        .then(pl.lit(NEIGHBOURS))
        .when(code.str.starts_with("E92"))
        .then(pl.lit(NATIONAL))
        .when(code.str.contains(r"^E1[23]"))
        .then(pl.lit(REGIONAL))
        .otherwise(pl.lit(AUTHORITY))
    )
