"""Saved views, when each reader last looked, and who opened what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


REFUSALS = {
    "sqlite": [
        f"CREATE TRIGGER access_log_no_{what.lower()} BEFORE {what} ON access_log "
        "BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END"
        for what in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION access_log_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the access log is only added to'; END $$",
        "CREATE TRIGGER access_log_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION access_log_only_added_to()",
    ],
}
"""Rows of the access log are added, never changed and never removed."""


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


def upgrade() -> None:
    """Make the three tables and the one that says which view a reader opens on."""
    op.create_table(
        "views",
        _seq(),
        sa.Column("view_id", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("report", sa.String(60), nullable=False),
        sa.Column("owner", sa.String(400), nullable=False),
        sa.Column("shared_with", sa.String(400)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("removed_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_views_owner", "views", ["owner"])
    op.create_table(
        "chosen_views",
        sa.Column("who", sa.String(400), primary_key=True),
        sa.Column("view_id", sa.String(32), nullable=False),
    )
    op.create_table(
        "looks",
        _seq(),
        sa.Column("who", sa.String(400), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("snapshot_id", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_looks_who", "looks", ["who"])
    op.create_table(
        "access_log",
        _seq(),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(400), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(100), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("report", sa.String(60)),
        sa.Column("person_id", sa.Text),
        sa.Column("detail", sa.Text),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_log_person_id", "access_log", ["person_id"])
    op.create_index("ix_access_log_who", "access_log", ["who"])
    for statement in REFUSALS[op.get_bind().dialect.name]:
        op.execute(statement)
