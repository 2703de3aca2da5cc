"""Published figures of other areas; comments and frozen figures of the Monthly Highlights."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _sequence() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of published figures, and of what is kept of a month."""
    op.create_table(
        "benchmark_files",
        sa.Column("file_id", _sequence(), primary_key=True),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("loaded_by", sa.String(400), nullable=False),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "benchmark_values",
        sa.Column("seq", _sequence(), primary_key=True),
        sa.Column("file_id", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("grouping", sa.String(200), nullable=False),
        sa.Column("area_code", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("symbol", sa.String(10)),
        sa.Column("precision", sa.Integer),
        sa.Column("derived", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_benchmark_values_area", "benchmark_values", ["area_code", "key"])
    op.create_table(
        "benchmark_areas",
        sa.Column("area_code", sa.String(40), primary_key=True),
        sa.Column("area_name", sa.String(400)),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("old_code", sa.String(10)),
        sa.Column("region_code", sa.String(40)),
    )
    op.create_table(
        "benchmark_neighbours",
        sa.Column("file_id", sa.BigInteger, primary_key=True),
        sa.Column("old_code", sa.String(10), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("neighbour", sa.String(400), nullable=False),
        sa.Column("closeness", sa.String(60)),
    )
    op.create_table(
        "highlight_comments",
        sa.Column("seq", _sequence(), primary_key=True),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "highlight_figures",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("value", sa.Float),
        sa.Column("numerator", sa.Float),
        sa.Column("denominator", sa.Float),
        sa.Column("snapshot_id", sa.Text, nullable=False),
        sa.Column("frozen_by", sa.String(400), nullable=False),
        sa.Column("frozen_at", sa.DateTime, nullable=False),
    )
