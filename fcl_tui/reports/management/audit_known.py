"""The audits that the reader may see: those of a round, of a pod, in words, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from fcl_tui.definitions.wording.omissions import said
from fcl_tui.quality.grades import GRADES
from fcl_tui.quality.states import WORDS
from fcl_tui.reports.context import Audited

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

NUMBERS: dict[str, Any] = {
    "auditor_grade": pl.Int64, "suggested_grade": pl.Int64, "grade": pl.Int64, "moved": pl.Int64,
    "days": pl.Int64, "actions": pl.Int64, "actions_open": pl.Int64, "due": pl.Date, "audits_due": pl.Date,
    "moderation_due": pl.Date, "exemplar": pl.Boolean, "concern_open": pl.Boolean, "blind": pl.Boolean,
    "to_confirm": pl.Boolean, "confirms": pl.Boolean,
    "seq": pl.Int64, **dict.fromkeys(("submitted_at", "moderated_at", "state_at"), pl.Datetime("us")),
}  # fmt: skip
TEXTS = (
    "case_id", "round_id", "draw_id", "person_id", "pod", "stratum", "status", "allocated_worker",
    "replaces_case_id", "reaudit_of_case_id", "checks_case_id", "kind", "period", "title", "checks_round_id",
    "auditor", "moderator", "state", "reason", "revision_id", "outcome", "name", "part",
)  # fmt: skip
CASES: dict[str, Any] = NUMBERS | dict.fromkeys(TEXTS, pl.String)
"""The columns of `Audited.cases`, where there are none"""
ACTIONS: dict[str, Any] = {
    **dict.fromkeys(
        ("action_id", "case_id", "round_id", "standard_key", "text", "owner", "priority", "kind", "state",
         "done_by", "person_id", "name", "pod", "period"),
        pl.String,
    ),
    "seq": pl.Int64, "due": pl.Date, "state_at": pl.Date, "overdue": pl.Boolean, "mine": pl.Boolean,
}  # fmt: skip


def none_known() -> Audited:
    """No audits at all."""
    cases, actions = pl.LazyFrame(schema=CASES), pl.LazyFrame(schema=ACTIONS)
    return Audited(
        cases=cases,
        ratings=pl.LazyFrame(
            schema={"case_id": pl.String, "standard_key": pl.String, "value": pl.Int64,
                    "not_applicable_reason": pl.String}
        ),
        outcomes=pl.LazyFrame(schema={"case_id": pl.String, "area": pl.String, "outcome": pl.String}),
        actions=actions,
        rounds=pl.LazyFrame(schema={"round_id": pl.String, "kind": pl.String, "period": pl.String,
                                    "title": pl.String, "seq": pl.Int64}),
        draws=pl.LazyFrame(schema={"round_id": pl.String, "reason": pl.String, "count": pl.Int64}),
        returns=pl.LazyFrame(schema=dict.fromkeys(("case_id", "agency", "findings"), pl.String)
                             | {"grade": pl.Int64, "seq": pl.Int64}),
        standards={},
        pods=None,
    )  # fmt: skip


def known(context: Context) -> Audited:
    """The audits that the reader may see; none where none were drawn."""
    return context.audits() or none_known()


def titled(audited: Audited) -> pl.LazyFrame:
    """The rounds, newest first: value (title), note (quarter)."""
    return audited.rounds.sort("seq", descending=True).select(value="title", note="period")


def chosen(audited: Audited, query: Query) -> pl.LazyFrame:
    """round_id of the round asked for; without one, of the newest quarterly one, or of the newest."""
    title = query.text("round")
    if title is not None:
        return audited.rounds.filter(pl.col("title") == title).select("round_id")
    newest = audited.rounds.sort(pl.col("kind") == "quarterly", "seq").tail(1)
    return newest.select("round_id")


def of_round(audited: Audited, query: Query) -> pl.LazyFrame:
    """The cases of that round, of the pod asked for, those replaced too."""
    cases = audited.cases.join(chosen(audited, query), on="round_id", how="semi")
    return of_pod(cases, query)


def of_pod(cases: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    """Those of the pod asked for; without one all."""
    pod = query.text("pod")
    return cases if pod is None else cases.filter(pl.col("pod") == pod)


def in_words(cases: pl.LazyFrame) -> pl.LazyFrame:
    """With grades and states in words, and a key to each row."""
    grades = [
        pl.col(name).replace_strict(GRADES, default=None, return_dtype=pl.String).alias(f"{name}_shown")
        for name in ("grade", "auditor_grade", "suggested_grade")
    ]
    flags = pl.concat_str(
        pl.when("exemplar").then(pl.lit("exemplar")),
        pl.when(pl.col("reaudit_of_case_id").is_not_null()).then(pl.lit("re-audit")),
        pl.when("to_confirm").then(pl.lit("to confirm")),
        separator=", ",
        ignore_nulls=True,
    )
    return cases.with_columns(
        *grades,
        state_shown=pl.col("state").replace(WORDS),
        flags=pl.when(flags != "").then(flags),
        row_key="case_id",
    )


def seen(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Those that the reader sees case by case."""
    return cases.filter(pl.col("part").is_not_null())


def others(cases: pl.LazyFrame) -> pl.LazyFrame:
    """How many the reader does not see case by case, as a line of what is left out."""
    told = said(cases.filter(pl.col("part").is_null()), "of which you see the figures alone", "audits")
    return told.filter(pl.col("count") > 0)
