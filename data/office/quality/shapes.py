"""What is kept of the quality assurance of practice: every table, and of what kind each column is.

Rows are added and never changed; the database itself refuses it. Free words alone can be blanked, once the
time to keep them is over: the chain holds their digest, so that it stays intact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

Kind = Literal["key", "id", "word", "name", "text", "body", "day", "int", "bool"]
"""key: the row's own id; id: of another row; word: one of a list; name: of a person, pod, agency; text: free
words, which may be blanked; body: JSON, TOML; day: a date"""
LONGEST = 4000
"""Characters a free text may have"""
LENGTHS: Mapping[str, int] = {"key": 32, "id": 32, "word": 60, "name": 400}

_SPECS = {
    "audit_tools": "tool_id:key key:word kind:word version:word valid_from:day body:body sha256:name "
    "approved_by:name",
    "audit_rounds": "round_id:key kind:word title:name theme:name period:word tool_id:id sponsor:name "
    "audits_due:day moderation_due:day briefing_due:day checks_round_id:id",
    "audit_draws": "draw_id:key round_id:id draw_no:int snapshot_id:name as_at:day rules:body seed:name "
    "method_version:word frame_size:int excluded:body frame_sha256:name reason:text",
    "audit_frame": "frame_id:key draw_id:id person_id:name pod:name stratum:name status:word sort_key:name "
    "place:word rank:int reason:name",
    "audit_cases": "case_id:key round_id:id draw_id:id person_id:name pod:name stratum:name status:word "
    "allocated_worker:name replaces_case_id:id reaudit_of_case_id:id checks_case_id:id blind:bool",
    "audit_allocations": "allocation_id:key case_id:id auditor:name moderator:name due:day reason:text",
    "audit_events": "event_id:key case_id:id from_state:word to_state:word part:word reason:text",
    "audit_revisions": "revision_id:key case_id:id stage:word tool_id:id overall_grade:int "
    "suggested_grade:int "
    "reason_for_difference:text summary:text strengths:text learning:text child_family_view:text "
    "practitioner_view:text look_back_from:day look_back_to:day supersedes:id",
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
    "complaints": "complaint_id:key reference:name received:day stage:word pod:name themes:name outcome:word "
    "due:day answered:day learning:text",
    "recommendations": "recommendation_id:key source_kind:word source_id:name text:text owner:name due:day "
    "rating:word",
    "recommendation_events": "event_id:key recommendation_id:id event:word note:text new_due:day",
    "learning_points": "point_id:key source_kind:word source_id:name theme:name text:text audience:word "
    "used_in_briefing:id",
    "briefings": "briefing_id:key round_id:id audience:word version:int figures:body text:text "
    "approved_by:name "
    "file_sha256:name",
}
TABLES: Mapping[str, Mapping[str, Kind]] = {
    name: dict(each.split(":") for each in spec.split())  # type: ignore[misc]
    for name, spec in _SPECS.items()
}
"""By table the columns of its own, in their order; each has seq, made_by, made_at, digests, previous and hash
as well"""
DRAFTS = "audit_drafts"
"""What is being written: one row per case, person and stage, written over, and gone once handed in"""
BESIDE = ("seq", "made_by", "made_at")
"""Read with the columns of the table"""


@cache
def free_texts(table: str) -> tuple[str, ...]:
    """The columns of free words of a table."""
    return tuple(column for column, kind in TABLES[table].items() if kind == "text")


@cache
def key_of(table: str) -> str:
    """The column that names a row of a table."""
    return next(column for column, kind in TABLES[table].items() if kind == "key")


def schema(table: str) -> dict[str, Any]:
    """The columns of `store.read`, as Polars has them."""
    import polars as pl

    types: dict[str, Any] = {"day": pl.Date, "int": pl.Int64, "bool": pl.Boolean}
    own = {column: types.get(kind, pl.String) for column, kind in TABLES[table].items()}
    return own | {"seq": pl.Int64, "made_by": pl.String, "made_at": pl.Datetime("us")}


def as_text(value: object) -> object:
    """A value as the chain writes it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
