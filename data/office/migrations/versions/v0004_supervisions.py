"""Who supervised whom, when, and which children were discussed; never what was said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of supervisions and the one of the children discussed."""
    op.create_table(
        "supervisions",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("supervision_id", sa.String(32), nullable=False, unique=True),
        sa.Column("worker", sa.String(400), nullable=False),
        sa.Column("supervisor", sa.String(400), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supervisions_worker", "supervisions", ["worker"])
    op.create_table(
        "supervision_children",
        sa.Column("supervision_id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.Text, primary_key=True),
    )
