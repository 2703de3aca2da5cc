"""What a frame of ours declares of its columns: type, what it tells about a child, and what it means.

Each prepared frame has a tuple of `Field` beside the function that makes it, and nowhere a second list: the
columns it selects, its types, and what of it a restricted record shows all follow from that tuple.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

Access = Literal["person", "key", "kept", "hidden"]
"""person: a child's number, shown as a token; key: a row's number, shown as a token that joins as before;
kept: shown in a restricted record; hidden: blank there."""

Type = Literal["String", "Date", "Boolean", "Int8", "Int32", "Int64", "Float64"]


@dataclass(frozen=True)
class Field:
    """One column of a frame."""

    name: str
    type: Type
    access: Access
    meaning: str
    """what it says, in words, and what null means where that is not plain"""


def names_of(fields: Iterable[Field]) -> tuple[str, ...]:
    """The columns, in their order."""
    return tuple(one.name for one in fields)


def schema_of(fields: Iterable[Field]) -> "dict[str, pl.DataType]":
    """Column names and dtypes, in their order."""
    import polars as pl

    types: dict[str, pl.DataType] = {
        "String": pl.String(),
        "Date": pl.Date(),
        "Boolean": pl.Boolean(),
        "Int8": pl.Int8(),
        "Int32": pl.Int32(),
        "Int64": pl.Int64(),
        "Float64": pl.Float64(),
    }
    return {one.name: types[one.type] for one in fields}
