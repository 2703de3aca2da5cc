"""What is kept of a month of the Monthly Highlights: comments, and the figures frozen for the meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.office.supervisions import LONGEST

if TYPE_CHECKING:
    import sqlalchemy as sa

    from data.office.office import Office

COMMENTS: dict[str, Any] = {
    "month": pl.Date,
    "key": pl.String,
    "comment": pl.String,
    "made_by": pl.String,
    "made_at": pl.Datetime("us"),
}
"""The last comment on each indicator of a month; month is its last day"""
FROZEN: dict[str, Any] = {
    "month": pl.Date,
    "key": pl.String,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "snapshot_id": pl.String,
    "frozen_by": pl.String,
    "frozen_at": pl.Datetime("us"),
}


def read(office: Office) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every comment that counts (COMMENTS), and the figures of every frozen month (FROZEN).

    Raises:
        DataError: the office database cannot be read now.
    """
    if not office.in_use("highlight_comments", "highlight_figures"):
        return pl.DataFrame(schema=COMMENTS), pl.DataFrame(schema=FROZEN)
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.highlight_models import CommentRow, FrozenRow

    said = sa.select(*(getattr(CommentRow, name) for name in COMMENTS)).order_by(CommentRow.seq)
    figures = sa.select(*(getattr(FrozenRow, name) for name in FROZEN))
    with transaction(office, "The comments cannot be read from the office database.") as connection:
        comments = pl.DataFrame(
            [tuple(row) for row in connection.execute(said)], schema=COMMENTS, orient="row"
        )
        frozen = pl.DataFrame(
            [tuple(row) for row in connection.execute(figures)], schema=FROZEN, orient="row"
        )
    return comments.unique(["month", "key"], keep="last", maintain_order=True), frozen


def comment(office: Office, month: date, key: str, text: str, made_by: str) -> None:
    """Keep a comment on an indicator of a month.

    Raises:
        DataError: it is empty or too long, the month is frozen, or it could not be saved.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.highlight_models import CommentRow

    told = " ".join(text.split())
    if not told or len(told) > LONGEST:
        raise DataError(f"A comment has 1 to {LONGEST} characters.")
    row = {"month": month, "key": key, "comment": told, "made_by": made_by[:LONGEST], "made_at": _now()}
    with transaction(
        office, "The comment could not be saved in the office database.", writes=True
    ) as connection:
        _open(connection, month)
        connection.execute(sa.insert(CommentRow), [row])


def freeze(office: Office, month: date, figures: pl.DataFrame, snapshot_id: str, made_by: str) -> None:
    """Keep the figures of a month as they are reported; from then on it takes no comments.

    Args:
        figures: key, value, numerator, denominator.

    Raises:
        DataError: the month is frozen already, or it could not be saved.
    """
    import sqlalchemy as sa

    from data.office.database import transaction
    from data.office.highlight_models import FrozenRow

    more = {"month": month, "snapshot_id": snapshot_id, "frozen_by": made_by[:LONGEST], "frozen_at": _now()}
    rows = [row | more for row in figures.select("key", "value", "numerator", "denominator").to_dicts()]
    with transaction(
        office, "The month could not be frozen in the office database.", writes=True
    ) as connection:
        _open(connection, month)
        connection.execute(sa.insert(FrozenRow), rows)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _open(connection: sa.Connection, month: date) -> None:
    """Refuse a month that is frozen."""
    import sqlalchemy as sa

    from data.office.highlight_models import FrozenRow

    wanted = sa.select(FrozenRow.frozen_by, FrozenRow.frozen_at).where(FrozenRow.month == month).limit(1)
    frozen = connection.execute(wanted).first()
    if frozen is not None:
        raise DataError(
            f"{month:%B %Y} was frozen for the meeting by {frozen[0]} on {frozen[1]:%d/%m/%Y}. Comment on a "
            "later month."
        )
