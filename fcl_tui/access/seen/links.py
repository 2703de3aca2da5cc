"""How the rows of the standard name each other: whose a row is, and which fields name a row of somebody."""

from functools import cache

from data.schema import tables
from fcl_tui.access.seen import columns


@cache
def of_rows() -> tuple[tuple[str, str, str], ...]:
    """Each field of the standard that names a row about a child: field, table, key of that table."""
    told = []
    for table in tables.names():
        for one in tables.fields(table):
            parent, _, key = one.foreign_key.partition(".")
            if parent and parent != "person" and parent not in columns.NO_CHILD:
                told.append((one.name, parent, key))
    return tuple(told)


@cache
def owners(table: str) -> tuple[str | None, str | None, str | None, str | None]:
    """How to know whose a row is: its own field; else field, table, key of the row it belongs to."""
    own = tables.person_of(table)
    required = any(one.name == own and one.required for one in tables.fields(table))
    for one in () if required else tables.fields(table):
        parent, _, key = one.foreign_key.partition(".")
        if parent and parent != "person" and parent not in columns.NO_CHILD:
            return own, one.name, parent, key
    return own, None, None, None
