"""What was wrong with the data: one frame for every row or value that was not used as it came."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning", "note"]
Effect = Literal["row held", "value left blank", "another value used", "kept"]


class Issue(TypedDict):
    """One problem. Everything that is not known is None."""

    source: str
    """the source's short name, as in the rows' `source` column"""
    place: str
    """sheet or table"""
    row: str | None
    """row number or key, as in the rows' `source_row` column"""
    column: str | None
    value: str | None
    rule: str
    """short stable key of the kind of problem: unreadable_date, unknown_code, duplicate_key, orphan …"""
    severity: Severity
    effect: Effect
    reason: str
    """one sentence: what is wrong and what to do"""
    person_id: str | None
    ssd_table: str | None


COLUMNS = tuple(Issue.__annotations__)


def frame(issues: Iterable[Issue] = ()) -> "pl.DataFrame":
    """The issues as a frame of String columns, in the order of `COLUMNS`."""
    import polars as pl

    return pl.DataFrame(list(issues), schema=dict.fromkeys(COLUMNS, pl.String()))
