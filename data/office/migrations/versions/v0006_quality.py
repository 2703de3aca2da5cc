"""The quality assurance of practice: rounds, draws, audits, actions, registers. Rows are only added."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = {
    "audit_tools": "tool_id:key key:word kind:word version:word valid_from:day body:body sha256:name "
    "approved_by:name",
    "audit_rounds": "round_id:key kind:word title:name theme:name period:word tool_id:id sponsor:name "
    "audits_due:day moderation_due:day briefing_due:day checks_round_id:id",
    "audit_draws": "draw_id:key round_id:id draw_no:int snapshot_id:name as_at:day rules:body seed:name "
    "method_version:word frame_size:int excluded:body frame_sha256:name reason:text",
    "audit_frame": "frame_id:key draw_id:id person_id:name pod:name stratum:name status:word sort_key:name "
    "place:word rank:int reason:name",
    "audit_cases": "case_id:key round_id:id draw_id:id person_id:name pod:name stratum:name status:word "
    "allocated_worker:name replaces_case_id:id reaudit_of_case_id:id checks_case_id:id "
    "blind:bool",
    "audit_allocations": "allocation_id:key case_id:id auditor:name moderator:name due:day reason:text",
    "audit_events": "event_id:key case_id:id from_state:word to_state:word part:word reason:text",
    "audit_revisions": "revision_id:key case_id:id stage:word tool_id:id overall_grade:int "
    "suggested_grade:int "
    "reason_for_difference:text summary:text strengths:text learning:text "
    "child_family_view:text practitioner_view:text look_back_from:day look_back_to:day "
    "supersedes:id",
    "audit_ratings": "rating_id:key revision_id:id standard_key:word value:int not_applicable_reason:word "
    "evidence:text no_action:text",
    "audit_outcomes": "outcome_id:key revision_id:id area:word outcome:word evidence:text",
    "audit_actions": "action_id:key case_id:id round_id:id standard_key:word text:text owner:name due:day "
    "priority:word kind:word",
    "audit_action_events": "event_id:key action_id:id event:word note:text new_due:day",
    "audit_concerns": "concern_id:key case_id:id event:word whom:name note:text",
    "audit_grants": "grant_id:key case_id:id reader:name person_id:name event:word until:day",
    "audit_flags": "flag_id:key case_id:id flag:word is_on:bool note:text",
    "round_agencies": "agency_id:key round_id:id agency:word lead:name return_due:day",
    "agency_returns": "return_id:key case_id:id agency:word received_at:day file_sha256:name ratings:body "
    "grade:int findings:text",
    "observations": "observation_id:key day:day worker:name observer:name setting:word tool_id:id "
    "consent_of_family:bool strengths:text learning:text worker_view:text agreed_actions:text",
    "feedback": "feedback_id:key day:day from_whom:word method:word service:name pod:name person_id:name "
    "themes:name tone:word words:text may_be_quoted:bool",
    "learning_reviews": "review_id:key kind:word title:name opened:day published:day themes:name",
    "complaints": "complaint_id:key reference:name received:day stage:word pod:name themes:name "
    "outcome:word due:day answered:day learning:text",
    "recommendations": "recommendation_id:key source_kind:word source_id:name text:text owner:name due:day "
    "rating:word",
    "recommendation_events": "event_id:key recommendation_id:id event:word note:text new_due:day",
    "learning_points": "point_id:key source_kind:word source_id:name theme:name text:text audience:word "
    "used_in_briefing:id",
    "briefings": "briefing_id:key round_id:id audience:word version:int figures:body text:text "
    "approved_by:name file_sha256:name",
}
"""As they were made by this version: kind of each column by its name"""
LENGTHS = {"key": 32, "id": 32, "word": 60, "name": 400}
TYPES: dict[str, Any] = {"day": sa.Date(), "int": sa.Integer(), "bool": sa.Boolean()}
BESIDE = ("seq", "made_by", "made_at", "digests", "previous", "hash")
REFUSED = "records of quality assurance are only added to"


def _columns(spec: str) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind in (each.split(":") for each in spec.split())]


def upgrade() -> None:
    """Make the tables, and have the database refuse every change except blanking free words."""
    for name, spec in TABLES.items():
        _make(name, _columns(spec))
    op.create_table(
        "audit_drafts",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(400), primary_key=True),
        sa.Column("stage", sa.String(60), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION quality_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
    for name, spec in TABLES.items():
        for statement in _refusals(name, _columns(spec)):
            op.execute(statement)


def _make(name: str, columns: list[tuple[str, str]]) -> None:
    op.create_table(
        name,
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        *(
            sa.Column(
                column,
                TYPES.get(kind) or (sa.String(LENGTHS[kind]) if kind in LENGTHS else sa.Text()),
                nullable=kind != "key",
                unique=kind == "key" or None,
            )
            for column, kind in columns
        ),
        sa.Column("made_by", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("digests", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    for column, kind in columns:
        if kind == "id":
            op.create_index(f"ix_{name}_{column}", name, [column])


def _refusals(name: str, columns: list[tuple[str, str]]) -> list[str]:
    """What refuses every change but free words becoming null, on this database."""
    texts = [column for column, kind in columns if kind == "text"]
    fixed = [*BESIDE, *(column for column, kind in columns if kind != "text")]
    if op.get_bind().dialect.name == "sqlite":
        changed = [f'OLD."{one}" IS NOT NEW."{one}"' for one in fixed]
        changed += [f'(NEW."{one}" IS NOT NULL AND OLD."{one}" IS NOT NEW."{one}")' for one in texts]
        refused = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        return [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} WHEN {' OR '.join(changed)} {refused}",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refused}",
        ]
    changed = [f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in fixed]
    changed += [f'(NEW."{one}" IS NOT NULL AND OLD."{one}" IS DISTINCT FROM NEW."{one}")' for one in texts]
    refuse = "EXECUTE FUNCTION quality_only_added_to()"
    return [
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} FOR EACH ROW "
        f"WHEN ({' OR '.join(changed)}) {refuse}",
        f"CREATE TRIGGER {name}_no_removal BEFORE DELETE OR TRUNCATE ON {name} FOR EACH STATEMENT {refuse}",
    ]
