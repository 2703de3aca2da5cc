"""The account of a load: every row that came in, and where it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.sources.base import PlaceCount, TellsDay

if TYPE_CHECKING:
    import polars as pl

    from data.sources.base import Source


@dataclass(frozen=True)
class LoadResult:
    """What a load did, row by row counted."""

    snapshot: str
    data_date: date
    places: Mapping[str, Sequence[PlaceCount]]
    """by source name: sheets or tables, rows in = used + held"""
    tables: Mapping[str, int]
    """rows out by SSD table; every table is there"""
    issues: Mapping[tuple[str, str], int]
    """how many, by severity and rule"""
    seconds: float
    notes: Sequence[str] = field(default=())
    """what else the person loading should know, one sentence each"""


def numbers_its_rows(source: Source) -> bool:
    """Whether the source's keys are its own, so that two rows with one key are a fault."""
    return source.kind in ("ssd_database", "ssd_extracts", "demo")


def account(source: Source, held: pl.DataFrame, tables: Iterable[pl.LazyFrame]) -> list[PlaceCount]:
    """The source's own account, with the rows that were held when the tables were put together.

    Args:
        source: read to its end.
        held: source_row of its rows that a table did not take, one for each time.
        tables: the finished tables.

    A database's row is in one table; a row of a list may feed several, and is used if any keeps it.
    """
    import polars as pl

    rows = held.select("source_row")
    if not numbers_its_rows(source):
        rows = rows.unique()
        for table in tables if len(rows) else ():
            kept = table.filter(pl.col("source") == source.name).select("source_row")
            rows = rows.lazy().join(kept, on="source_row", how="anti").collect()
    place = pl.col("source_row").str.extract(r"^([^/]*)", 1)
    lost: dict[str, int] = dict(rows.group_by(place.alias("place")).len().iter_rows())
    return [
        PlaceCount(each.place, each.rows_in, each.rows_used - missed, each.rows_held + missed)
        for each in source.places()
        for missed in (lost.get(each.place, 0),)
    ]


def notes(sources: Sequence[Source], day: date) -> list[str]:
    """What the person loading should know beside the problems, one sentence each."""
    told = []
    if day > date.today():
        told.append(f"The data date, {day:%d/%m/%Y}, is in the future.")
    telling = [source for source in sources if isinstance(source, TellsDay) and source.data_date() == day]
    told += [said for source in telling if (said := source.day_told())]
    kinds = [source.kind for source in sources]
    if "annex_a" in kinds and "ssd_database" in kinds[kinds.index("annex_a") :]:
        told.append(
            "A workbook came before a database, so only its plans and episodes are used for the "
            "children it lists; name the database first to have their history."
        )
    if "cin_census" in kinds and "ssd_database" in kinds[kinds.index("cin_census") :]:
        told.append(
            "A census came before a database, so only its one year is used for the children it "
            "lists; name the database first to have their history."
        )
    if kinds and set(kinds) == {"cin_census"}:
        told.append(
            "A children in need census does not say who is looked after or a care leaver: those children are "
            "shown as children in need."
        )
    return told


def nothing_usable(sources: Sequence[Source], issues: Mapping[tuple[str, str], int]) -> str:
    """Why a load of no rows is refused: an empty extract must not take the place of the last snapshot."""
    names = " and ".join(source.name for source in sources)
    rows_in = sum(place.rows_in for source in sources for place in source.places())
    if not rows_in:
        return f"{names}: the tables hold no rows at all. Check the extract. The last snapshot stays in use."
    errors = [(count, rule) for (severity, rule), count in issues.items() if severity == "error"]
    why = f", mostly for this: {max(errors)[1].replace('_', ' ')}" if errors else ""
    return (
        f"{names}: of {rows_in:,} rows none could be used{why}. Check that the tables have the standard's "
        "columns. The last snapshot stays in use."
    )
