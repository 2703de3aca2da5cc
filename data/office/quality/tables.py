"""The tables of the quality assurance of practice, made from their shapes."""

from typing import Any

import sqlalchemy as sa

from data.office.models import Base
from data.office.quality.shapes import DRAFTS, LENGTHS, TABLES

TYPES: dict[str, Any] = {"day": sa.Date(), "int": sa.Integer(), "bool": sa.Boolean()}


def _column(name: str, kind: str) -> sa.Column[Any]:
    of_kind: Any = TYPES.get(kind) or (sa.String(LENGTHS[kind]) if kind in LENGTHS else sa.Text())
    return sa.Column(
        name, of_kind, nullable=kind != "key", unique=kind == "key" or None, index=kind == "id" or None
    )


def _kept(name: str) -> sa.Table:
    """A table to which rows are only added, each bound to the one before."""
    return sa.Table(
        name,
        Base.metadata,
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        *(_column(column, kind) for column, kind in TABLES[name].items()),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("digests", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )


KEPT = {name: _kept(name) for name in TABLES}
DRAFT = sa.Table(
    DRAFTS,
    Base.metadata,
    sa.Column("case_id", sa.String(32), primary_key=True),
    sa.Column("who", sa.String(400), primary_key=True),
    sa.Column("stage", sa.String(60), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("saved_at", sa.DateTime, nullable=False),
)
