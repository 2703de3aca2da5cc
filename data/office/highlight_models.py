"""The tables of the Monthly Highlights: comments of a month, and its figures as they were reported."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data.office.models import LONGEST, Base, _sequence


class CommentRow(Base):
    """What was said of one indicator in one month. Rows are added, never changed; the last counts."""

    __tablename__ = "highlight_comments"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    month: Mapped[date] = mapped_column(sa.Date)
    """its last day"""
    key: Mapped[str] = mapped_column(sa.String(60))
    comment: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class FrozenRow(Base):
    """One indicator of a month as it was when the month was frozen for the meeting; never changed."""

    __tablename__ = "highlight_figures"

    month: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[float | None] = mapped_column(sa.Float)
    numerator: Mapped[float | None] = mapped_column(sa.Float)
    denominator: Mapped[float | None] = mapped_column(sa.Float)
    snapshot_id: Mapped[str] = mapped_column(sa.Text)
    frozen_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    frozen_at: Mapped[datetime] = mapped_column(sa.DateTime)
