"""What a source of case data is: batches of SSD rows, and an account of every row it read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from data.dataclass import dataclass

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Told what is being done, how many rows are done, and how many there are if that is known."""


def silent(_what: str, _done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Batch:
    """Some rows of one SSD table, and what was wrong with them."""

    table: str
    """the SSD table, without prefix"""
    frame: pl.DataFrame
    """exactly the columns of `data.schema.tables.polars_schema(table)`"""
    issues: pl.DataFrame
    """the columns of `data.issues.model.COLUMNS`; includes rows that were held and so are not in `frame`"""


@dataclass(frozen=True)
class PlaceCount:
    """The account of one sheet or table: every row read was used or held."""

    place: str
    rows_in: int
    rows_used: int
    rows_held: int


class Source(Protocol):
    """A file or database that holds an authority's case data."""

    @property
    def kind(self) -> str:
        """ssd_database, ssd_extracts, annex_a, ssda903, cin_census or demo."""
        ...

    @property
    def name(self) -> str:
        """How the source is named to people; never holds a user name or password."""
        ...

    def batches(self, progress: Progress) -> Iterator[Batch]:
        """Read everything once, a batch at a time. Raises DataError when it cannot be read."""
        ...

    def places(self) -> list[PlaceCount]:
        """Rows in, used and held by sheet or table, once `batches` is exhausted."""
        ...

    def coverage(self) -> pl.DataFrame:
        """What the source can tell, one row for each of the 47 tables.

        table, coverage (full, partial or none), latest_only (Boolean: only the latest event of a child
        is there), missing_columns (String, comma separated), note (String).
        """
        ...

    def checksum(self) -> str:
        """The same for the same content, once `batches` is exhausted."""
        ...

    def data_date(self) -> date | None:
        """The date of the data; None when the source is live or does not say."""
        ...


@runtime_checkable
class TellsDay(Protocol):
    """A source that can say what the day of its data is known by."""

    def day_told(self) -> str | None:
        """One sentence; None when there is nothing to say. Asked once `batches` is exhausted."""
        ...


COVERAGE_COLUMNS = ("table", "coverage", "latest_only", "missing_columns", "note")


def coverage_schema() -> dict[str, pl.DataType]:
    """Column names and dtypes of the `coverage` frame."""
    import polars as pl

    schema: dict[str, pl.DataType] = dict.fromkeys(COVERAGE_COLUMNS, pl.String())
    schema["latest_only"] = pl.Boolean()
    return schema
