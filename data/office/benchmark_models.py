"""The tables of published figures. Rows are added, never changed; areas are as last named."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data.office.models import LONGEST, Base, _sequence


class FileRow(Base):
    """One published file that gave figures."""

    __tablename__ = "benchmark_files"

    file_id: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST))
    kind: Mapped[str] = mapped_column(sa.String(40))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    newest: Mapped[int] = mapped_column(sa.Integer)
    """the newest year in it: of two files the one with the newer year takes precedence"""
    published: Mapped[date | None] = mapped_column(sa.Date)
    loaded_by: Mapped[str] = mapped_column(sa.String(LONGEST))
    loaded_at: Mapped[datetime] = mapped_column(sa.DateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ValueRow(Base):
    """One value or symbol of an area and year, where the file's differs from what was known before."""

    __tablename__ = "benchmark_values"

    seq: Mapped[int] = mapped_column(_sequence(), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.BigInteger)
    key: Mapped[str] = mapped_column(sa.String(60))
    grouping: Mapped[str] = mapped_column(sa.String(200))
    area_code: Mapped[str] = mapped_column(sa.String(40))
    year: Mapped[int] = mapped_column(sa.Integer)
    value: Mapped[float | None] = mapped_column(sa.Float)
    symbol: Mapped[str | None] = mapped_column(sa.String(10))
    precision: Mapped[int | None] = mapped_column(sa.Integer)
    derived: Mapped[str | None] = mapped_column(sa.Text)

    __table_args__ = (
        sa.Index("ix_benchmark_values_area", "area_code", "key"),
        {"sqlite_autoincrement": True},
    )


class AreaRow(Base):
    """An area as the file loaded last names it."""

    __tablename__ = "benchmark_areas"

    area_code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    area_name: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    level: Mapped[str] = mapped_column(sa.String(40))
    old_code: Mapped[str | None] = mapped_column(sa.String(10))
    region_code: Mapped[str | None] = mapped_column(sa.String(40))


class NeighbourRow(Base):
    """A statistical neighbour of an authority in one table of them."""

    __tablename__ = "benchmark_neighbours"

    file_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    old_code: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    position: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    neighbour: Mapped[str] = mapped_column(sa.String(LONGEST))
    closeness: Mapped[str | None] = mapped_column(sa.String(60))
