"""The tables of the office database."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LONGEST = 400
"""Characters a note or a name may have."""


class Base(DeclarativeBase):
    """Everything in the office database."""


def _sequence() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


class MarkRow(Base):
    """One thing somebody said of one due item. Rows are added, never changed and never removed.

    `seq` is the order in which they were saved, which no clock can disturb.
    """

    __tablename__ = "marks"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
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


class ViewRow(Base):
    """One report as somebody wants to see it again. A changed view is a new row; the old is removed."""

    __tablename__ = "views"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    view_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST))
    report: Mapped[str] = mapped_column(sa.String(60))
    owner: Mapped[str] = mapped_column(sa.String(LONGEST), index=True)
    shared_with: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    """The team that sees it too; null: its owner alone"""
    body: Mapped[str] = mapped_column(sa.Text)
    """JSON: what narrows, sorts and shows the list"""
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    removed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ChosenViewRow(Base):
    """The view a reader's session opens on."""

    __tablename__ = "chosen_views"

    who: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    view_id: Mapped[str] = mapped_column(sa.String(32))


class OwnTeamRow(Base):
    """The team a reader chose last: their lists open on it."""

    __tablename__ = "own_teams"

    who: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    team: Mapped[str] = mapped_column(sa.Text)


class SupervisionRow(Base):
    """One supervision of one worker as it was entered. Rows are added; that entered last counts."""

    __tablename__ = "supervisions"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    supervision_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    worker: Mapped[str] = mapped_column(sa.String(LONGEST), index=True)
    supervisor: Mapped[str] = mapped_column(sa.String(LONGEST))
    day: Mapped[date] = mapped_column(sa.Date)
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20))
    made_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class SupervisionChildRow(Base):
    """A child who was discussed in a supervision."""

    __tablename__ = "supervision_children"

    supervision_id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)


class LookRow(Base):
    """A reader has looked at the day's work. Rows are added, never changed."""

    __tablename__ = "looks"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    who: Mapped[str] = mapped_column(sa.String(LONGEST), index=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    snapshot_id: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = ({"sqlite_autoincrement": True},)


class AccessRow(Base):
    """Somebody opened, searched, exported or broke glass. Each row holds the hash of the last."""

    __tablename__ = "access_log"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime)
    who: Mapped[str] = mapped_column(sa.String(LONGEST), index=True)
    role: Mapped[str] = mapped_column(sa.String(40))
    origin: Mapped[str] = mapped_column(sa.String(100))
    """From where, as the SSH server tells it; "here" for the host itself"""
    action: Mapped[str] = mapped_column(sa.String(20))
    report: Mapped[str | None] = mapped_column(sa.String(60))
    person_id: Mapped[str | None] = mapped_column(sa.Text, index=True)
    detail: Mapped[str | None] = mapped_column(sa.Text)
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)
