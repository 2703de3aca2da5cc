"""The table of statistical neighbours: ten per authority, the nearest first."""

import re

import polars as pl

from data.benchmarks.cells import text
from data.benchmarks.table import LINE, Table
from data.errors import DataError

NEIGHBOURS: dict[str, type[pl.DataType]] = {
    "old_code": pl.String,
    "position": pl.Int64,
    "neighbour": pl.String,
    "closeness": pl.String,
}
"""old_code: the authority's three digits; neighbour: those of its neighbour, or its name"""
_AUTHORITY = ("old_la_code", "la_num", "la_number", "la_code")
_NEIGHBOUR = re.compile(r"sn_?(\d{1,2})")


def is_neighbours(table: Table) -> bool:
    """Whether it has an authority's number and its neighbours side by side."""
    numbered = any(name in table.columns for name in _AUTHORITY)
    return numbered and any(_NEIGHBOUR.fullmatch(name) for name in table.columns)


def neighbours(table: Table) -> pl.DataFrame:
    """Read the table: NEIGHBOURS, one row per authority and neighbour.

    Raises:
        DataError: an authority's number is missing or there twice.
    """
    authority = next(name for name in _AUTHORITY if name in table.columns)
    code = text(authority).str.replace(r"\.0$", "")
    wrong = table.frame.filter(~code.str.contains(r"^\d{3}$") | code.is_duplicated())
    if not wrong.is_empty():
        line, cell = wrong.select(LINE, text(authority)).row(0)
        raise DataError(
            f"{table.name}, row {line}, column {authority}: {cell[:40]!r} is not an authority's three "
            "digits, or is there twice. Give the table as it was published."
        )
    frames = []
    for index, name in enumerate(table.columns):
        match = _NEIGHBOUR.fullmatch(name)
        if match is None:
            continue
        frames.append(
            table.frame.select(
                old_code=code,
                position=pl.lit(int(match[1]), pl.Int64),
                neighbour=text(name).str.replace(r"\.0$", ""),
                closeness=_closeness(table.columns, index, match[1]),
            )
        )
    told = pl.concat(frames).filter(pl.col("neighbour") != "")
    return told.sort("old_code", "position").select(
        pl.col(name).cast(kind) for name, kind in NEIGHBOURS.items()
    )


def _closeness(columns: list[str], index: int, position: str) -> pl.Expr:
    """The words of the column named for this neighbour, or of the one that follows it; trimmed."""
    named = [one for one in (f"sn_{position}p", f"sn{position}p", f"snp{position}") if one in columns]
    after = columns[index + 1 : index + 2]
    name = next(iter(named), after[0] if after and after[0].startswith("snp") else None)
    return pl.lit(None, pl.String) if name is None else pl.when(text(name) != "").then(text(name))
