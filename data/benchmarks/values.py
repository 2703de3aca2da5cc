"""From a tidy open data file to one row per figure, area and year."""

import re
from collections.abc import Sequence

import polars as pl

from data.benchmarks.areas import with_areas
from data.benchmarks.cells import is_number, is_symbol, number, precision, symbol, text
from data.benchmarks.kinds import GEOGRAPHY, Figure, Kind, filters_of, texts_of
from data.benchmarks.table import LINE, Table
from data.dataclass import dataclass
from data.errors import DataError

VALUES: dict[str, type[pl.DataType]] = {
    "key": pl.String,
    "grouping": pl.String,
    "area_code": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
    "symbol": pl.String,
    "precision": pl.Int64,
    "derived": pl.String,
}
"""grouping: which part of the key, "" for its own figure; symbol: null where there is a value; precision:
digits after the point as printed; derived: how it was worked out, null where it is printed."""
CELL = ["key", "grouping", "area_code", "year"]


@dataclass(frozen=True)
class Figures:
    """What one file gave."""

    values: pl.DataFrame
    """VALUES"""
    areas: pl.DataFrame
    """AREAS"""
    left_out: tuple[str, ...] = ()
    """what of the file was not used, a sentence each"""


def figures(table: Table, kind: Kind) -> Figures:
    """Read the figures of one file.

    Raises:
        DataError: a cell is neither a number nor a symbol, a year is none, or a row names no area.
    """
    named = {name for one in kind.figures for name in (*one.column, *one.sum, *one.of)}
    filters = [name for name in filters_of(table) if name not in named]
    columns_here = [name for name in table.columns if name not in GEOGRAPHY and name not in filters]
    placed, areas, elsewhere = with_areas(table)
    placed = placed.join(texts_of(table, filters), on=LINE, how="left")
    wholes = _wholes(placed, filters)
    parts: list[pl.DataFrame] = []
    used: set[str] = set()
    for one in kind.figures:
        rows = _chosen(placed, one) if one.where or one.without else placed.filter(wholes)
        for columns, told in _expressions(one, columns_here):
            used |= columns
            _check(table, rows, columns)
            parts.append(rows.select(*CELL[2:], "texts", key=pl.lit(one.key), **told))
    empty = pl.DataFrame(schema=VALUES | {"texts": pl.String})
    found = pl.concat(
        [
            empty,
            *(part.select(pl.col(name).cast(kind) for name, kind in empty.schema.items()) for part in parts),
        ]
    )
    values, unclear = _one_each(found)
    left = list(elsewhere)
    if unclear:
        left.append(f"{unclear} figures that the file has more than one value of")
    rest = [name for name in columns_here if name not in used]
    if rest:
        left.append(
            f"{len(rest)} columns without a key here ({', '.join(rest[:3])}{' ...' if rest[3:] else ''})"
        )
    return Figures(values, areas, tuple(left))


def _wholes(placed: pl.DataFrame, filters: Sequence[str]) -> pl.Expr:
    """The rows that are of everyone: Total in each filter that has a Total, any in the others."""
    kept = pl.lit(True)
    for name in filters:
        total = pl.col(name).fill_null("").str.strip_chars().str.to_lowercase() == "total"
        if placed.select(total.any()).item():
            kept &= total
    return kept


def _chosen(placed: pl.DataFrame, figure: Figure) -> pl.DataFrame:
    texts = [
        one
        for one in placed["texts"].unique().to_list()
        if all(re.search(part, one, re.IGNORECASE) for part in figure.where)
        and not any(re.search(part, one, re.IGNORECASE) for part in figure.without)
    ]
    return placed.filter(pl.col("texts").is_in(texts))


def _expressions(figure: Figure, columns: Sequence[str]) -> list[tuple[set[str], dict[str, pl.Expr]]]:
    """For each value that a figure has in a row: the columns it is from, and the expressions of VALUES."""
    if figure.each is not None:
        matched = {name: re.fullmatch(figure.each, name) for name in columns}
        named = {name: match[1].strip("_") for name, match in matched.items() if match is not None}
        return [
            (
                {name} | _of(figure, columns),
                _part(name, figure, columns, list(named)) | {"grouping": pl.lit(group)},
            )
            for name, group in named.items()
        ]
    if figure.sum:
        if not all(name in columns for name in (*figure.sum, *figure.of)):
            return []
        told = _share(figure.sum, figure.of[0]) | {"grouping": pl.lit(figure.group)}
        return [({*figure.sum, figure.of[0]}, told)]
    found = next((name for name in figure.column if name in columns), None)
    if found is None:
        return []
    return [({found}, _printed(found) | {"grouping": pl.lit(figure.group)})]


def _printed(column: str) -> dict[str, pl.Expr]:
    nothing = pl.lit(None, pl.String)
    return {
        "value": number(column),
        "symbol": symbol(column),
        "precision": precision(column),
        "derived": nothing,
    }


def _of(figure: Figure, columns: Sequence[str]) -> set[str]:
    whole = next((name for name in figure.of if name in columns), None)
    return set() if whole is None else {whole}


def _part(column: str, figure: Figure, columns: Sequence[str], each: Sequence[str]) -> dict[str, pl.Expr]:
    """A group as printed, or a count in per cent of its whole ("+": of all groups together)."""
    whole = next(iter(_of(figure, columns)), None)
    if whole is not None:
        return _share([column], whole)
    return _share([column], *each) if "+" in figure.of else _printed(column)


def _share(parts: Sequence[str], *whole: str) -> dict[str, pl.Expr]:
    """Parts in per cent of the whole; with a symbol among them there is no value, and the symbol is kept."""
    above = pl.sum_horizontal(*(number(name) for name in parts), ignore_nulls=False)
    below = pl.sum_horizontal(*(number(name) for name in whole), ignore_nulls=False)
    first = pl.coalesce(symbol(name) for name in (*parts, *whole))
    none = above.is_not_null() & (below == 0)
    value = pl.when(below > 0).then(above * 100 / below)
    words = f"({' + '.join(parts)}) / ({' + '.join(whole)})"
    return {
        "value": value,
        "symbol": pl.when(none).then(pl.lit("z")).otherwise(first),
        "precision": pl.when(value.is_not_null()).then(pl.lit(1, pl.Int64)),
        "derived": pl.lit(words),
    }


def _check(table: Table, rows: pl.DataFrame, columns: set[str]) -> None:
    for column in sorted(columns):
        wrong = rows.filter(~(is_number(column) | is_symbol(column)))
        if not wrong.is_empty():
            line, cell = wrong.select(LINE, text(column)).row(0)
            raise DataError(
                f"{table.name}, row {line}, column {column}: {cell[:40]!r} is neither a number nor one of "
                "the symbols c, x, z, k, low, u, :. Give the file as it was published."
            )


def _one_each(found: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """One row per cell: of several that of the total; none where they still differ, and how many of those."""
    totals = pl.col("texts").str.to_lowercase().str.count_matches(r"(?:^|\| )total")
    told = found.with_columns(_totals=totals).filter(pl.col("_totals") == pl.col("_totals").max().over(CELL))
    same = pl.struct("value", "symbol").n_unique().over(CELL) == 1
    unclear = told.filter(~same).select(CELL).unique().height
    return told.filter(same).unique(CELL, keep="first", maintain_order=True).select(*VALUES), unclear
