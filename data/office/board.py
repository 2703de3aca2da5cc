"""What the Performance Board keeps in the office database: read whole, and only ever added to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.errors import DataError

if TYPE_CHECKING:
    import polars as pl
    import sqlalchemy as sa

    from data.office.office import Office

LONGEST = 400
"""Characters of a name"""
TABLES = ("values", "targets", "benchmarks", "events", "frozen", "items")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""By the name of a table: rows by column"""


def read(
    office: Office, tables: Sequence[str] = TABLES, memory: dict[str, pl.DataFrame] | None = None
) -> dict[str, pl.DataFrame]:
    """The rows of these tables in the order they were saved, the columns as in `board_models`.

    Args:
        memory: where what was read is kept: rows are only ever added, so a table with as many rows and the
            same last number is not read again. None: each is read.

    Raises:
        DataError: the office database cannot be read now.
    """
    import polars as pl
    import sqlalchemy as sa

    from data.office.board_models import TABLES as MODELS

    schemas = {name: _schema(MODELS[name].__table__) for name in tables}
    if not office.in_use():
        return {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
    from data.office.database import transaction

    found = {}
    with transaction(
        office, "What the Board keeps cannot be read from the office database now."
    ) as connection:
        for name, schema in schemas.items():
            table = MODELS[name].__table__
            held = None if memory is None else memory.get(f"read {name}")
            many = sa.select(sa.func.count(), sa.func.max(table.c.seq)).select_from(table)
            if held is None or (held.height, held["seq"].max()) != tuple(connection.execute(many).one()):
                wanted = sa.select(*(table.c[column] for column in schema)).order_by(table.c.seq)
                rows = [tuple(row) for row in connection.execute(wanted)]
                held = pl.DataFrame(rows, schema=schema, orient="row")
            found[name] = held
    if memory is not None:
        memory.update({f"read {name}": held for name, held in found.items()})
    return found


def _schema(table: sa.FromClause) -> dict[str, Any]:
    import polars as pl
    import sqlalchemy as sa

    kinds: dict[type[Any], Any] = {
        sa.Integer: pl.Int64,
        sa.BigInteger: pl.Int64,
        sa.Float: pl.Float64,
        sa.Date: pl.Date,
        sa.DateTime: pl.Datetime("us"),
    }
    return {column.name: kinds.get(type(column.type), pl.String) for column in table.columns}


def add(office: Office, rows: Rows, made_by: str) -> None:
    """Add rows to these tables, all of them or none.

    A value of an indicator and period that has one already says in `supersedes` which that was: the one in
    force when its turn to be saved came, however many are saving at once.

    Raises:
        DataError: they could not be saved; none of them was.
    """
    import sqlalchemy as sa

    from data.office.board_models import TABLES as MODELS
    from data.office.database import transaction

    made = {"made_by": made_by[:LONGEST], "made_at": datetime.now(UTC).replace(tzinfo=None)}
    told = {name: [dict(row) | made for row in some] for name, some in rows.items() if some}
    if not told:
        return
    with transaction(
        office, "It could not be saved in the office database; nothing was saved.", writes=True
    ) as connection:
        try:
            for name, some in told.items():
                if name == "values":
                    _supersede(connection, some)
                connection.execute(sa.insert(MODELS[name]), some)
        except sa.exc.IntegrityError as error:
            raise DataError("This was saved already, so nothing was saved again.") from error


def _supersede(connection: sa.Connection, values: list[dict[str, Any]]) -> None:
    """Give each value its number, and that of the one it takes the place of."""
    import sqlalchemy as sa

    from data.office.board_models import ValueRow

    numbers = sorted({row["no"] for row in values})
    wanted = (
        sa.select(ValueRow.no, ValueRow.period, ValueRow.value_id)
        .where(ValueRow.no.in_(numbers))
        .order_by(ValueRow.seq)
    )
    newest = {(no, period): value_id for no, period, value_id in connection.execute(wanted)}
    for row in values:
        row["value_id"] = uuid.uuid4().hex
        row["supersedes"] = newest.get((row["no"], row["period"]))
        newest[row["no"], row["period"]] = row["value_id"]
