"""Supervisions of staff: who supervised whom, when, which children were discussed; never what was said."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from data.errors import DataError

if TYPE_CHECKING:
    import polars as pl

    from data.office.office import Office

KINDS = ("personal", "case", "group")
STATES = ("held", "booked", "cancelled")
LONGEST = 400
"""Characters a name may have"""


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """One supervision of one worker; a group supervision is one per worker."""

    worker: str
    supervisor: str
    day: date
    kind: str
    state: str
    children: tuple[str, ...] = ()
    """the numbers of the children discussed"""
    supervision_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        for name in (self.worker, self.supervisor):
            if not name.strip() or len(name) > LONGEST:
                raise DataError(f"A supervision needs names of 1 to {LONGEST} characters.")
        if self.kind not in KINDS or self.state not in STATES:
            raise DataError("There is no such kind or state of supervision.")


def schema() -> dict[str, Any]:
    """The columns of `read`."""
    import polars as pl

    return {
        "supervision_id": pl.String,
        "worker": pl.String,
        "supervisor": pl.String,
        "day": pl.Date,
        "kind": pl.String,
        "state": pl.String,
        "children": pl.List(pl.String),
    }


def read(office: Office) -> pl.DataFrame:
    """Every supervision as it was last entered.

    Returns:
        one row per worker, day and kind (the row entered last counts): supervision_id, worker (name as in the
        data), supervisor, day (Date), kind (personal, case, group), state (held, booked, cancelled), children
        (List of numbers), in the order entered.

    Raises:
        DataError: the office database cannot be read now; says so in a sentence.
    """
    import polars as pl

    if not office.in_use("supervisions"):
        return pl.DataFrame(schema=schema())
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import SupervisionChildRow, SupervisionRow

    names = [name for name in schema() if name != "children"]
    wanted = sa.select(*(getattr(SupervisionRow, name) for name in names)).order_by(SupervisionRow.seq)
    children = sa.select(SupervisionChildRow.supervision_id, SupervisionChildRow.person_id)
    with transaction(office, "Supervisions cannot be read from the office database.") as connection:
        rows = [tuple(row) for row in connection.execute(wanted)]
        told = [tuple(row) for row in connection.execute(children)]
    entered = pl.DataFrame(rows, schema={name: schema()[name] for name in names}, orient="row")
    discussed = (
        pl.DataFrame(told, schema={"supervision_id": pl.String, "children": pl.String}, orient="row")
        .sort("children")
        .group_by("supervision_id")
        .agg("children")
    )
    joined = entered.join(discussed, on="supervision_id", how="left", maintain_order="left")
    return as_last_entered(joined.with_columns(pl.col("children").fill_null([])))


def as_last_entered(entered: pl.DataFrame) -> pl.DataFrame:
    """One row per worker, day and kind: that entered last, in the order of entry."""
    import polars as pl

    worker = pl.col("worker").str.to_lowercase()
    kept = entered.with_columns(_worker=worker).unique(
        ["_worker", "day", "kind"], keep="last", maintain_order=True
    )
    return kept.select(*schema())


def save(office: Office, supervisions: Sequence[Supervision], made_by: str) -> None:
    """Add supervisions, all of them or none.

    Raises:
        DataError: they could not be saved; none of them was.
    """
    if not supervisions:
        return
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.models import SupervisionChildRow, SupervisionRow

    at = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        {name: getattr(one, name) for name in schema() if name != "children"}
        | {"made_by": made_by[:LONGEST], "made_at": at}
        for one in supervisions
    ]
    children = [
        {"supervision_id": one.supervision_id, "person_id": child}
        for one in supervisions
        for child in dict.fromkeys(one.children)
    ]
    with transaction(
        office, "The supervisions could not be saved in the office database; none was.", writes=True
    ) as connection:
        connection.execute(sa.insert(SupervisionRow), rows)
        if children:
            connection.execute(sa.insert(SupervisionChildRow), children)
