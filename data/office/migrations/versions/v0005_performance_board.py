"""What the Performance Board keeps: values, targets, comparators, events, frozen figures, registers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _kept() -> "list[sa.Column[object]]":
    """The columns that every row has."""
    return [
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    ]


def _figures() -> "list[sa.Column[object]]":
    return [sa.Column(name, sa.Float) for name in ("value", "numerator", "denominator")]


def _file() -> "list[sa.Column[object]]":
    return [sa.Column("file_sha256", sa.String(64)), sa.Column("file_row", sa.Integer)]


def upgrade() -> None:
    """Make the six tables; rows are only ever added to them."""
    op.create_table(
        "kpi_values",
        *_kept(),
        sa.Column("value_id", sa.String(32), nullable=False, unique=True),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("definition_version", sa.Integer, nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("period_end", sa.Date, nullable=False),
        *_figures(),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("source", sa.String(400)),
        sa.Column("published_on", sa.Date),
        sa.Column("note", sa.Text),
        *_file(),
        sa.Column("supersedes", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kpi_values_no", "kpi_values", ["no"])
    op.create_table(
        "kpi_targets",
        *_kept(),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("year", sa.String(20), nullable=False),
        sa.Column("period", sa.String(20)),
        sa.Column("green", sa.Float),
        sa.Column("amber", sa.Float),
        sa.Column("rationale", sa.Text, nullable=False),
        sa.Column("benchmark_used", sa.String(400)),
        sa.Column("approved_by", sa.String(400)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kpi_targets_no", "kpi_targets", ["no"])
    op.create_table(
        "kpi_benchmarks",
        *_kept(),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("geography", sa.String(30), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("source", sa.String(400)),
        sa.Column("published_on", sa.Date),
        *_file(),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kpi_benchmarks_no", "kpi_benchmarks", ["no"])
    op.create_table(
        "board_events",
        *_kept(),
        sa.Column("event_id", sa.String(32), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("no", sa.Integer),
        sa.Column("period", sa.String(20)),
        sa.Column("event", sa.String(30), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_board_events_subject", "board_events", ["subject"])
    op.create_table(
        "board_frozen",
        *_kept(),
        sa.Column("meeting", sa.String(32), nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("definition_version", sa.Integer, nullable=False),
        sa.Column("period", sa.String(20)),
        sa.Column("period_end", sa.Date),
        *_figures(),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("green", sa.Float),
        sa.Column("amber", sa.Float),
        sa.Column("rag", sa.String(20), nullable=False),
        sa.Column("snapshot_id", sa.Text, nullable=False),
        sa.UniqueConstraint("meeting", "no"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "board_items",
        *_kept(),
        sa.Column("register", sa.String(30), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("owner", sa.String(400)),
        sa.Column("received", sa.Date),
        sa.Column("due", sa.Date),
        sa.Column("done", sa.Date),
        sa.Column("rating", sa.String(40)),
        sa.Column("note", sa.Text),
        *_file(),
        sqlite_autoincrement=True,
    )
