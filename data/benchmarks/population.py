"""Children aged 0 to 17 by area and mid-year: the file re-issued, or an authority's own two columns."""

import re

import polars as pl

from data.benchmarks.areas import AREAS, AUTHORITY, with_areas
from data.benchmarks.cells import number, text
from data.benchmarks.kinds import filters_of, texts_of
from data.benchmarks.table import LINE, Table
from data.benchmarks.values import VALUES, Figures
from data.errors import DataError

KEY = "population_0_17"
ESTIMATE = ("population_estimate", "population")
CHILDREN = r"(?i)(?:^|\| )\s*(?:aged?s? )?0\s*(?:to|-|–)\s*17(?: years?)?\s*(?:$|\|)"
"""How an age group says that it is of all children; "Total" where it does not"""
_OWN = re.compile(r"(?:aged?_)?0_?(?:to|-|–|_)_?17|population(?:_.*)?|children")


def is_population(table: Table) -> bool:
    """Whether it is a population file: an estimate by area, and nothing of children's services."""
    tidy = "time_period" in table.columns and any(name in table.columns for name in ESTIMATE)
    return tidy or is_own(table)


def is_own(table: Table) -> bool:
    """Whether it has a year and a number of children alone."""
    names = table.columns
    return len(names) == 2 and names[0] in ("year", "mid_year", "mid-year") and bool(_OWN.fullmatch(names[1]))


def population(table: Table, authority: str | None) -> Figures:
    """Read a population file; its year is that of the mid-year estimate.

    Args:
        authority: whose two columns they are, where the file has no areas.

    Raises:
        DataError: a cell is no number, no age group is 0 to 17, or it is not known whose population it is.
    """
    if is_own(table):
        return _own(table, authority)
    filters = filters_of(table)
    estimate = next(name for name in ESTIMATE if name in table.columns)
    placed, areas, elsewhere = with_areas(table)
    placed = placed.join(texts_of(table, filters), on=LINE, how="left")
    children = placed.filter(pl.col("texts").str.contains(CHILDREN))
    if children.is_empty():
        total = pl.col("texts").str.to_lowercase().str.contains(r"\btotal\b")
        children = placed.filter(total) if placed.select(total.any()).item() else placed
    differ = pl.col(estimate).n_unique().over("area_code", "year") > 1
    if children.is_empty() or children.select(differ.any()).item():
        raise DataError(
            f"{table.name}: the rows of children aged 0 to 17 cannot be found. Their age_group has to be "
            "'0 to 17' or 'Total'."
        )
    children = children.unique(["area_code", "year"], keep="first", maintain_order=True)
    rest = placed.height - children.height
    left = [*elsewhere, *([f"{rest} rows of other age groups"] if rest else [])]
    return Figures(_values(table, children, estimate), areas, tuple(left))


def _own(table: Table, authority: str | None) -> Figures:
    if authority is None:
        raise DataError(
            f"{table.name} does not say whose population it is. Set authority in settings.toml, such as "
            'authority = "E06000043".'
        )
    year, estimate = table.columns
    wrong = table.frame.filter(~text(year).str.contains(r"^(?:19|20)\d\d$"))
    if not wrong.is_empty():
        line, cell = wrong.select(LINE, text(year)).row(0)
        raise DataError(
            f"{table.name}, row {line}, column {year}: {cell[:40]!r} is not a year. Write it as 2025."
        )
    placed = table.frame.with_columns(area_code=pl.lit(authority), year=text(year).cast(pl.Int64))
    area = pl.DataFrame({"area_code": [authority], "level": [AUTHORITY]})
    areas = pl.concat([pl.DataFrame(schema=AREAS), area], how="diagonal")
    return Figures(_values(table, placed, estimate), areas)


def _values(table: Table, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    wrong = rows.filter(number(column).is_null() | (number(column) <= 0))
    if not wrong.is_empty():
        line, cell = wrong.select(LINE, text(column)).row(0)
        raise DataError(
            f"{table.name}, row {line}, column {column}: {cell[:40]!r} is not a number of children. Give it "
            "as it was published, or take the row out."
        )
    return rows.select(
        "area_code",
        "year",
        key=pl.lit(KEY),
        grouping=pl.lit(""),
        value=number(column),
        symbol=pl.lit(None, pl.String),
        precision=pl.lit(0, pl.Int64),
        derived=pl.lit(None, pl.String),
    ).select(*VALUES)
