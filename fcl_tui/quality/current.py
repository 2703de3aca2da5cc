"""How things are now, from rows that are only added: each audit with its state, grades, people and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from fcl_tui.quality.states import CLOSED, MODERATED, OPEN, REPLACED, SUBMITTED

Tables = Mapping[str, pl.LazyFrame]
NEEDED = (
    "audit_rounds",
    "audit_cases",
    "audit_allocations",
    "audit_events",
    "audit_revisions",
    "audit_outcomes",
    "audit_actions",
    "audit_action_events",
    "audit_flags",
    "audit_concerns",
)
"""The tables that `cases` reads"""
VALIDATED = ("moderation", "correction")
"""Stages whose grade is the pod manager's"""
PROPOSAL, CONFIRM = "proposal", "confirm"
"""The stage of a pod manager's Inadequate that is not confirmed yet, and the flag of its audit"""
DONE = ("done", "verified", "not_done")


def latest(frame: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """The last row saved of each group."""
    return frame.sort("seq").unique(by, keep="last", maintain_order=True)


def actions(tables: Tables, as_at: date) -> pl.LazyFrame:
    """Every action with where it stands.

    Returns:
        audit_actions plus state (open, done, verified, not_done), state_at (Date), done_by, new due and
        overdue (Boolean: open, and its day is past), in the order made.
    """
    events = tables["audit_action_events"].sort("seq")
    now = events.group_by("action_id", maintain_order=True).agg(
        last=pl.col("event").last(),
        state_at=pl.col("made_at").dt.date().last(),
        done_by=pl.col("made_by").filter(pl.col("event") == "done").last(),
        new_due=pl.col("new_due").drop_nulls().last(),
    )
    state = pl.when(pl.col("last").is_in(list(DONE))).then("last").otherwise(pl.lit("open"))
    return (
        tables["audit_actions"]
        .join(now, on="action_id", how="left", maintain_order="left")
        .with_columns(state=state, due=pl.coalesce("new_due", "due"))
        .with_columns(overdue=((pl.col("state") == "open") & (pl.col("due") < as_at)).fill_null(value=False))
        .drop("last", "new_due")
    )


def cases(tables: Tables, as_at: date) -> pl.LazyFrame:
    """Every audit as it is now.

    Returns:
        one row per audit_cases row: case_id, round_id, kind, period, title, person_id, pod, stratum, status,
        allocated_worker, state, state_at (Datetime), auditor, moderator, due (Date: of the next step),
        audits_due, moderation_due, days (Int64, to the due day; negative when late; null once moderated),
        auditor_grade,
        suggested_grade, grade (Int64: the validated one), moved (Int64: validated minus auditor's), outcome
        (of part B overall), actions, actions_open, exemplar, concern_open, to_confirm, blind (Boolean),
        replaces_case_id,
        reaudit_of_case_id, checks_case_id, submitted_at, moderated_at (Datetime), reason (of the last step).
    """
    rounds = tables["audit_rounds"].select(
        "round_id", "kind", "period", "title", "audits_due", "moderation_due", "checks_round_id"
    )
    people = latest(tables["audit_allocations"], "case_id").select(
        "case_id", "auditor", "moderator", allocated_due="due"
    )
    events = tables["audit_events"].sort("seq")
    now = events.group_by("case_id", maintain_order=True).agg(
        state=pl.col("to_state").last(),
        state_at=pl.col("made_at").last(),
        reason=pl.col("reason").last(),
        submitted_at=pl.col("made_at").filter(pl.col("to_state") == SUBMITTED).last(),
        moderated_at=pl.col("made_at").filter(pl.col("to_state") == MODERATED).last(),
    )
    revisions = tables["audit_revisions"].sort("seq")
    grade = pl.col("overall_grade")
    first, validated = pl.col("stage") == "audit", pl.col("stage").is_in(list(VALIDATED))
    grades = revisions.group_by("case_id", maintain_order=True).agg(
        auditor_grade=grade.filter(first).last(),
        suggested_grade=pl.col("suggested_grade").filter(first).last(),
        grade=grade.filter(validated).last(),
        revision_id=pl.col("revision_id").filter(first).last(),
    )
    overall = tables["audit_outcomes"].filter(pl.col("area") == "overall").select("revision_id", "outcome")
    to_do = (
        actions(tables, as_at)
        .group_by("case_id")
        .agg(actions=pl.len().cast(pl.Int64), actions_open=(pl.col("state") == "open").sum().cast(pl.Int64))
    )
    flags = latest(tables["audit_flags"].filter(pl.col("flag") == "exemplar"), "case_id")
    confirm = latest(tables["audit_flags"].filter(pl.col("flag") == CONFIRM), "case_id")
    concerns = latest(tables["audit_concerns"], "case_id").select(
        "case_id", concern_open=pl.col("event").is_in(["raised", "told"])
    )
    due = (
        pl.when(pl.col("state") == SUBMITTED)
        .then("moderation_due")
        .otherwise(pl.coalesce("allocated_due", "audits_due"))
    )
    return (
        tables["audit_cases"]
        .drop("made_by", "made_at")
        .join(rounds, on="round_id", how="left", maintain_order="left")
        .join(people, on="case_id", how="left", maintain_order="left")
        .join(now, on="case_id", how="left", maintain_order="left")
        .join(grades, on="case_id", how="left", maintain_order="left")
        .join(overall, on="revision_id", how="left", maintain_order="left")
        .join(to_do, on="case_id", how="left", maintain_order="left")
        .join(flags.select("case_id", exemplar="is_on"), on="case_id", how="left", maintain_order="left")
        .join(confirm.select("case_id", to_confirm="is_on"), on="case_id", how="left", maintain_order="left")
        .join(concerns, on="case_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("actions", "actions_open").fill_null(0),
            pl.col("exemplar", "blind", "concern_open", "to_confirm").fill_null(value=False),
            due=pl.when(pl.col("state").is_in(list(OPEN))).then(due),
            moved=pl.col("grade") - pl.col("auditor_grade"),
        )
        .with_columns(days=(pl.col("due") - pl.lit(as_at)).dt.total_days())
    )


def live(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Without the audits that were replaced."""
    return frame.filter(pl.col("state") != REPLACED)


def standing(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Those whose grade is validated and stands."""
    return frame.filter(pl.col("state").is_in([MODERATED, CLOSED]), pl.col("grade").is_not_null())


def audited_since(tables: Tables, first: date) -> pl.LazyFrame:
    """The children drawn for any audit since a day and not replaced: person_id, unique."""
    drawn = tables["audit_draws"].select("draw_id", "as_at")
    state = latest(tables["audit_events"], "case_id").select("case_id", "to_state")
    return (
        tables["audit_cases"]
        .join(drawn, on="draw_id", how="left")
        .join(state, on="case_id", how="left")
        .filter(
            pl.col("to_state") != REPLACED,
            pl.coalesce("as_at", pl.col("made_at").dt.date()) > first,
            pl.col("checks_case_id").is_null(),
        )
        .select("person_id")
        .unique()
    )
