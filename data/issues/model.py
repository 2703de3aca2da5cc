"""What was wrong with the data: one frame for every row or value that was not used as it came."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypedDict

from data.schema.fields import Field, names_of, schema_of

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


FIELDS = (
    Field("source", "String", "kept", "the source's short name, as in the rows' `source` column"),
    Field("place", "String", "kept", "sheet or table"),
    Field("row", "String", "hidden", "row number or key, as in the rows' `source_row` column"),
    Field("column", "String", "kept", "the column, if one alone is concerned"),
    Field("value", "String", "hidden", "what was there"),
    Field(
        "rule",
        "String",
        "kept",
        "short stable key of the kind of problem: unreadable_date, unknown_code …",
    ),
    Field("severity", "String", "kept", "error, warning or note"),
    Field("effect", "String", "kept", "row held, value left blank, another value used or kept"),
    Field("reason", "String", "hidden", "one sentence: what is wrong and what to do"),
    Field("person_id", "String", "person", "the child's number, or null"),
    Field("ssd_table", "String", "kept", "the table of the standard, or null"),
)
"""The frame `issues`: one row per problem."""

COLUMNS = names_of(FIELDS)


def frame(issues: Iterable[Issue] = ()) -> "pl.DataFrame":
    """The issues as a frame of String columns, in the order of `COLUMNS`."""
    import polars as pl

    return pl.DataFrame(list(issues), schema=schema_of(FIELDS))
