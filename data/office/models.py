"""The tables of the office database."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LONGEST = 400
"""Characters a note or a name may have."""


class Base(DeclarativeBase):
    """Everything in the office database."""


class MarkRow(Base):
    """One thing somebody said of one due item. Rows are added, never changed and never removed.

    `seq` is the order in which they were saved, which no clock can disturb.
    """

    __tablename__ = "marks"

    seq: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    mark_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    batch: Mapped[str] = mapped_column(sa.String(32), index=True)
    item_id: Mapped[str] = mapped_column(sa.Text, index=True)
    person_id: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[str] = mapped_column(sa.String(20))
    day: Mapped[date | None] = mapped_column(sa.Date)
    whom: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    note: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    made_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    undoes: Mapped[str | None] = mapped_column(sa.String(32))

    __table_args__ = ({"sqlite_autoincrement": True},)
