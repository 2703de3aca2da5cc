"""Marks on due items."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of marks."""
    op.create_table(
        "marks",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("mark_id", sa.String(32), nullable=False, unique=True),
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("person_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("whom", sa.String(400)),
        sa.Column("note", sa.String(400)),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("undoes", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_marks_batch", "marks", ["batch"])
    op.create_index("ix_marks_item_id", "marks", ["item_id"])
