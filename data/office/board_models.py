"""The tables of the Performance Board. Rows are only added: a later one supersedes, none is changed."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data.office.models import LONGEST, Base


def _sequence() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


class _Kept(Base):
    """What every row has: its place in the order of saving, who saved it and when (UTC)."""

    __abstract__ = True
    __table_args__: Any = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    made_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)


class ValueRow(_Kept):
    """One value of one indicator for one period, as it was entered or imported."""

    __tablename__ = "kpi_values"

    value_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    no: Mapped[int] = mapped_column(sa.Integer, index=True)
    definition_version: Mapped[int] = mapped_column(sa.Integer)
    period: Mapped[str] = mapped_column(sa.String(20))
    period_end: Mapped[date] = mapped_column(sa.Date)
    value: Mapped[float | None] = mapped_column(sa.Float)
    numerator: Mapped[float | None] = mapped_column(sa.Float)
    denominator: Mapped[float | None] = mapped_column(sa.Float)
    status: Mapped[str] = mapped_column(sa.String(30))
    origin: Mapped[str] = mapped_column(sa.String(20))
    """typed or imported"""
    source: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    published_on: Mapped[date | None] = mapped_column(sa.Date)
    note: Mapped[str | None] = mapped_column(sa.Text)
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_row: Mapped[int | None] = mapped_column(sa.Integer)
    supersedes: Mapped[str | None] = mapped_column(sa.String(32))
    """the value_id that was in force for the indicator and period when this one was saved"""


class TargetRow(_Kept):
    """Green and amber of one indicator for a year, or for one period of it (a milestone)."""

    __tablename__ = "kpi_targets"

    no: Mapped[int] = mapped_column(sa.Integer, index=True)
    year: Mapped[str] = mapped_column(sa.String(20))
    period: Mapped[str | None] = mapped_column(sa.String(20))
    green: Mapped[float | None] = mapped_column(sa.Float)
    amber: Mapped[float | None] = mapped_column(sa.Float)
    rationale: Mapped[str] = mapped_column(sa.Text)
    benchmark_used: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    approved_by: Mapped[str | None] = mapped_column(sa.String(LONGEST))


class BenchmarkRow(_Kept):
    """A published value of another area that an indicator is held against."""

    __tablename__ = "kpi_benchmarks"

    no: Mapped[int] = mapped_column(sa.Integer, index=True)
    period: Mapped[str] = mapped_column(sa.String(20))
    geography: Mapped[str] = mapped_column(sa.String(30))
    value: Mapped[float | None] = mapped_column(sa.Float)
    source: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    published_on: Mapped[date | None] = mapped_column(sa.Date)
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_row: Mapped[int | None] = mapped_column(sa.Integer)


class EventRow(_Kept):
    """Something the Board or an owner did: to an exception, a note of thanks, a meeting, a comment."""

    __tablename__ = "board_events"

    event_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject: Mapped[str] = mapped_column(sa.String(32), index=True)
    no: Mapped[int | None] = mapped_column(sa.Integer)
    period: Mapped[str | None] = mapped_column(sa.String(20))
    event: Mapped[str] = mapped_column(sa.String(30))
    body: Mapped[str] = mapped_column(sa.Text)
    """JSON: the texts that belong to the event"""


class FrozenRow(_Kept):
    """One indicator's figure as a meeting had it."""

    __tablename__ = "board_frozen"
    __table_args__ = (sa.UniqueConstraint("meeting", "no"), {"sqlite_autoincrement": True})

    meeting: Mapped[str] = mapped_column(sa.String(32))
    no: Mapped[int] = mapped_column(sa.Integer)
    definition_version: Mapped[int] = mapped_column(sa.Integer)
    period: Mapped[str | None] = mapped_column(sa.String(20))
    period_end: Mapped[date | None] = mapped_column(sa.Date)
    value: Mapped[float | None] = mapped_column(sa.Float)
    numerator: Mapped[float | None] = mapped_column(sa.Float)
    denominator: Mapped[float | None] = mapped_column(sa.Float)
    status: Mapped[str] = mapped_column(sa.String(30))
    green: Mapped[float | None] = mapped_column(sa.Float)
    amber: Mapped[float | None] = mapped_column(sa.Float)
    rag: Mapped[str] = mapped_column(sa.String(20))
    snapshot_id: Mapped[str] = mapped_column(sa.Text)


class ItemRow(_Kept):
    """One line of a standing register: a request, a plan's action, a recommendation, a complaint."""

    __tablename__ = "board_items"

    register: Mapped[str] = mapped_column(sa.String(30))
    reference: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(LONGEST))
    owner: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    received: Mapped[date | None] = mapped_column(sa.Date)
    due: Mapped[date | None] = mapped_column(sa.Date)
    done: Mapped[date | None] = mapped_column(sa.Date)
    rating: Mapped[str | None] = mapped_column(sa.String(40))
    note: Mapped[str | None] = mapped_column(sa.Text)
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    file_row: Mapped[int | None] = mapped_column(sa.Integer)


TABLES: dict[str, type[_Kept]] = {
    "values": ValueRow,
    "targets": TargetRow,
    "benchmarks": BenchmarkRow,
    "events": EventRow,
    "frozen": FrozenRow,
    "items": ItemRow,
}
"""By the names that `data.office.board` reads and adds them under"""
