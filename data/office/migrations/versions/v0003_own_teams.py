"""The team each reader chose last."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, one row per reader."""
    op.create_table(
        "own_teams",
        sa.Column("who", sa.String(400), primary_key=True),
        sa.Column("team", sa.Text, nullable=False),
    )
