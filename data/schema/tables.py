"""The Standard Safeguarding Dataset, once: every table and field, as SQLAlchemy metadata.

The fields come from `contracts/ssd_tables.csv`. Everything else that needs a table's shape (the
Polars schemas, the empty frames of a snapshot, the demo database) derives it from here.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

if TYPE_CHECKING:
    import polars as pl

PREFIX = "ssd_"
"""Deployed tables carry this prefix; inside the application they do not."""

PROVENANCE = ("source", "source_row")
"""Two String columns that every loaded row carries besides its fields: the source's short name, and
where in it the row stands ("ssd_cp_visits/1234", "List 7/row 12")."""


class Field(NamedTuple):
    """One field of a table, as the contract describes it."""

    table: str
    name: str
    kind: str
    """string, date, datetime, bool (held as Y, N or U), int or float"""
    max_length: int | None
    primary_key: bool
    foreign_key: str
    required: bool
    code_list: str
    description: str


@cache
def fields(table: str | None = None) -> tuple[Field, ...]:
    """Every field in the standard's order, or those of one table."""
    if table is not None:
        return tuple(field for field in fields() if field.table == table)
    text = files("data").joinpath("contracts/ssd_tables.csv").read_text(encoding="utf-8")
    return tuple(
        Field(
            table=row["table"].removeprefix(PREFIX),
            name=row["field"],
            kind=row["type"],
            max_length=int(row["max_length"]) if row["max_length"].isdigit() else None,
            primary_key=row["primary_key"] == "Y",
            foreign_key=row["foreign_key"].removeprefix(PREFIX),
            required=row["required"] == "Y",
            code_list=row["code_list"],
            description=row["description"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def names() -> tuple[str, ...]:
    """The 47 tables, without the prefix, in the standard's order."""
    return tuple(dict.fromkeys(field.table for field in fields()))


def key_of(table: str) -> str:
    """The field that numbers a table's rows."""
    return next(field.name for field in fields(table) if field.primary_key)


def person_of(table: str) -> str | None:
    """The field that holds the child's person number, if the table has one of its own."""
    if table == "person":
        return "pers_person_id"
    return next(
        (
            field.name
            for field in fields(table)
            if field.foreign_key == "person.pers_person_id" and not field.name.startswith("moth_childs")
        ),
        None,
    )


def _type(field: Field) -> sa.types.TypeEngine[Any]:
    if field.kind in ("date", "datetime"):
        return sa.DateTime()  # deployed tables hold every date as datetime
    if field.kind == "int":
        return sa.Integer()
    if field.kind == "float":
        return sa.Float()
    return sa.Unicode(field.max_length) if field.max_length else sa.UnicodeText()


@cache
def metadata(schema: str | None = None) -> sa.MetaData:
    """The whole standard as SQLAlchemy tables, with the deployed prefix.

    Foreign keys are not declared: the deployed tables do not enforce them and real extracts break them.
    """
    meta = sa.MetaData(schema=schema)
    for table in names():
        sa.Table(
            PREFIX + table,
            meta,
            *(
                sa.Column(field.name, _type(field), primary_key=field.primary_key, comment=field.description)
                for field in fields(table)
            ),
        )
    return meta


def polars_schema(table: str, *, provenance: bool = True) -> "dict[str, pl.DataType]":
    """Column names and dtypes of one table as the application holds it.

    date is Date, datetime is Datetime("us"), int is Int64, float is Float64; bool stays the code it is
    in the standard (String Y, N or U), because "unknown" is an answer too.
    """
    import polars as pl

    kinds: dict[str, pl.DataType] = {
        "date": pl.Date(),
        "datetime": pl.Datetime("us"),
        "int": pl.Int64(),
        "float": pl.Float64(),
    }
    schema: dict[str, pl.DataType] = {
        field.name: kinds.get(field.kind, pl.String()) for field in fields(table)
    }
    if provenance:
        schema |= dict.fromkeys(PROVENANCE, pl.String())
    return schema
