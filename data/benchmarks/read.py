"""Read published files: each told by its columns, whole or not at all."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import polars.selectors as cs

from data.benchmarks.kinds import is_tidy, kinds_of
from data.benchmarks.neighbours import is_neighbours, neighbours
from data.benchmarks.population import is_population, population
from data.benchmarks.published import is_published, published
from data.benchmarks.region import is_region, region
from data.benchmarks.table import LINE, WORKBOOKS, Table, read_table
from data.benchmarks.values import Figures, figures
from data.dataclass import dataclass
from data.errors import DataError

POPULATION, NEIGHBOURS, PUBLISHED, REGION = "population", "neighbours", "published", "region"
_COMPANION = re.compile(r"\.meta\.csv$", re.IGNORECASE)
_INTERACTIVE_TOOL = {"short_desc", "years", "values"}
_STAGE_TIME = r"^\d\d:\d\d$"
FIRST = 20
"""Rows by which a file that is not read is told"""
_COMPANION_COLUMNS = {"col_name", "col_type"}


@dataclass(frozen=True)
class Read:
    """One file as it was read."""

    name: str
    kind: str
    """of kinds.toml, or population, neighbours, published, region"""
    title: str
    digest: str
    newest: int
    """the newest year in it; of a table of neighbours the year in its name, 0 where it has none; of a region
    the day as a number"""
    figures: Figures | None = None
    neighbours: pl.DataFrame | None = None
    day: date | None = None
    """the day that the figures of a region are of"""


@dataclass(frozen=True)
class Passed:
    """A file that was not read, and why."""

    name: str
    why: str


def read(paths: Sequence[Path], authority: str | None) -> tuple[list[Read], list[Passed]]:
    """Read files, and those of folders; companions that describe a file are passed over.

    Raises:
        DataError: a path is not there or holds nothing, a file named by itself is no published file, none
            could be read, or one has a cell that cannot be understood.
    """
    done: list[Read] = []
    passed: list[Passed] = []
    for path, named in _each(paths):
        if _COMPANION.search(path.name):
            passed.append(Passed(path.name, "describes another file"))
            continue
        table = read_table(path)
        if set(table.columns) >= _COMPANION_COLUMNS:
            passed.append(Passed(path.name, "describes another file"))
            continue
        one = _read(table, authority)
        if isinstance(one, Read):
            done.append(one)
        elif named and not is_tidy(table):
            raise DataError(f"{path.name} {one}. The guidance lists the files that are read.")
        else:
            passed.append(Passed(path.name, one))
    if not done and passed:
        raise DataError(f"No file was read. {passed[0].name} {passed[0].why}.")
    return done, passed


def _each(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    """The files, and whether each was named by itself."""
    found: list[tuple[Path, bool]] = []
    for path in paths:
        if not path.is_dir():
            found.append((path, True))
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in (".csv", *WORKBOOKS))
        if not inside:
            raise DataError(f"{path} holds no CSV file or workbook. Give the folder of the published files.")
        found += [(one, False) for one in inside]
    return list(dict.fromkeys(found))


def _read(table: Table, authority: str | None) -> Read | str:
    """The file as it was read, or why it was not."""
    if is_published(table):
        return _of(table, PUBLISHED, "Published values", published(table))
    if is_region(table):
        told = region(table)
        return _of(table, REGION, "Figures of a region", told.figures, told.day)
    if is_neighbours(table):
        year = re.search(r"(?:19|20)\d\d", table.name)
        near = neighbours(table)
        newest = int(year[0]) if year else 0
        return Read(table.name, NEIGHBOURS, "Statistical neighbours", table.digest, newest, neighbours=near)
    kinds = kinds_of(table)  # first: a file of rates has the population that they are of as well
    if len(kinds) > 1:
        titles = "; ".join(kind.title for kind in kinds)
        return f"can be more than one kind of file ({titles}): give it the name it was published under"
    if kinds:
        return _of(table, kinds[0].name, kinds[0].title, figures(table, kinds[0]))
    if is_population(table):
        return _of(table, POPULATION, "Population aged 0 to 17, mid-year", population(table, authority))
    return _not_used(table)


def _not_used(table: Table) -> str:
    """Why a file is not read: what it is, where it is known and not used."""
    if set(table.columns) >= _INTERACTIVE_TOOL:
        return (
            "is the long table of the Local Authority Interactive Tool, whose measures have names of their "
            "own: load the Department's files that it is made of"
        )
    if is_tidy(table) and _holds(table, _STAGE_TIME):
        return (
            "holds times as years and months (01:07) between the stages of adoption, over England alone: no "
            "figure here is compared with them"
        )
    if is_tidy(table) and "new_la_code" not in table.columns and "region_code" not in table.columns:
        return "holds England alone, in columns of no kind of file that is known here"
    return "has columns of no kind of file that is known here"


def _holds(table: Table, pattern: str) -> bool:
    """Whether a cell of its first rows is one of these."""
    first = table.frame.head(FIRST).select(cs.string())
    return any(column.str.contains(pattern).any() for column in first)


def _of(table: Table, kind: str, title: str, told: Figures, day: date | None = None) -> Read:
    newest = told.values["year"].max()
    if told.values.is_empty():
        raise DataError(
            f"{table.name} ({title}) holds no figure that is used here, in {table.frame[LINE].len():,} rows. "
            "Give the file with rows of England, regions or local authorities."
        )
    # two files of a region may be of one year: the later day takes precedence
    age = int(f"{day:%Y%m%d}") if day is not None else int(str(newest))
    return Read(table.name, kind, title, table.digest, age, figures=told, day=day)
