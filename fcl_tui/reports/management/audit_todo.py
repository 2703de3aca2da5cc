"""What waits for a reader in audits of practice, and every action: for the list, and for My day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.quality.grades import GRADES
from fcl_tui.quality.states import ASSIGNED, IN_PROGRESS, REOPENED, SUBMITTED
from fcl_tui.reports.management.audit_known import in_words, known, of_pod
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from fcl_tui.reports.context import Audited, Context
    from fcl_tui.reports.question.query import Query


def to_do(context: Context, query: Query) -> Parts:
    """What waits for the reader in any round, concerns first, then the oldest."""
    return Parts(waiting(known(context), context, query))


def waiting(audited: Audited, context: Context, query: Query | None = None) -> pl.LazyFrame:
    """What waits for the reader: todo (Concern, Confirm, Moderate, Audit, Action) beside its columns.

    An action has action_id, and its words as reason.
    """
    cases = audited.cases if query is None else of_pod(audited.cases, query)
    state, part = pl.col("state"), pl.col("part")
    me = pl.lit(context.user).str.to_lowercase()
    own = (pl.col("auditor").str.to_lowercase() == me).fill_null(value=False)
    leads = (part == "all") | (part.is_in(["moderate", "manage"]) & ~own)
    todo = (
        pl.when(leads & pl.col("concern_open"))
        .then(pl.lit("Concern"))
        .when("confirms")
        .then(pl.lit("Confirm"))
        .when(leads & state.is_in([SUBMITTED, REOPENED]) & ~pl.col("to_confirm"))
        .then(pl.lit("Moderate"))
        .when(own & state.is_in([ASSIGNED, IN_PROGRESS]))
        .then(pl.lit("Audit"))
    )
    rows = in_words(cases.with_columns(todo=todo).filter(pl.col("todo").is_not_null()))
    mine = audited.actions.filter("mine", pl.col("state") == "open").select(
        "action_id", "case_id", "person_id", "name", "pod", "period", "due",
        todo=pl.lit("Action"), reason="text", row_key="action_id",
        days=(pl.col("due") - pl.lit(context.as_at)).dt.total_days(),
        state_shown=pl.when("overdue").then(pl.lit("Overdue")).otherwise(pl.lit("Open")),
    )  # fmt: skip
    if query is not None:
        mine = of_pod(mine, query)
    both = pl.concat([rows, mine], how="diagonal_relaxed")
    return both.sort(pl.col("todo") != "Concern", "due", "todo", "person_id", nulls_last=True)


def line_for_my_day(context: Context) -> pl.LazyFrame | None:
    """What waits for the reader in audits, counted: todo, count, late; None where no audits are kept."""
    audited = context.audits()
    if audited is None:
        return None
    rows = waiting(audited, context)
    return rows.group_by("todo").agg(count=pl.len(), late=(pl.col("days") < 0).sum()).sort("todo")


THINGS = {"Action": "actions", "Concern": "concerns"}
"""What waits that is a thing, not something to do"""


def in_my_day(counted: pl.DataFrame) -> str:
    """The same in words; empty where nothing waits."""
    from fcl_tui.definitions.wording.amounts import amount

    if counted.is_empty():
        return ""
    told = ", ".join(
        amount(count, THINGS[todo]) if todo in THINGS else f"{count} to {todo.lower()}"
        for todo, count, _ in counted.rows()
    )
    late = int(counted["late"].sum())
    return f"audits of practice: {told}" + (f" ({late} late)" if late else "")


def actions(context: Context, query: Query) -> Parts:
    """Actions of the cases seen: the reader's own and overdue ones first."""
    audited = known(context)
    state = pl.when("overdue").then(pl.lit("overdue")).otherwise("state")
    words = {
        "open": "Open",
        "overdue": "Overdue",
        "done": "Done",
        "verified": "Verified",
        "not_done": "Not done",
    }
    order = pl.col("shown").replace_strict(
        {one: n for n, one in enumerate(("overdue", "open", "done", "not_done", "verified"))},
        return_dtype=pl.Int32,
    )
    rows = audited.actions.with_columns(
        shown=state, row_key="action_id", standard=pl.col("standard_key").replace(dict(audited.standards))
    )
    if query.text("pod") is not None:
        rows = rows.filter(pl.col("pod") == query.text("pod"))
    if query.text("round") is not None:
        mine = audited.cases.filter(pl.col("title") == query.text("round")).select("case_id")
        rows = rows.join(mine, on="case_id", how="semi")
    rows = rows.with_columns(state_shown=pl.col("shown").replace(words))
    return Parts(
        rows.sort(order, pl.col("mine").not_(), "due", "seq", nulls_last=True).drop("shown"),
        headline=_actions_line,
    )


def _actions_line(frames: Mapping[str, pl.DataFrame]) -> str:
    rows = frames["rows"]
    late, mine = rows.filter("overdue").height, rows.filter("mine", pl.col("state") == "open").height
    counts = dict(rows.group_by("state").len().rows())
    told = ", ".join(f"{counts.get(one, 0)} {one.replace('_', ' ')}" for one in ("open", "done", "verified"))
    return f"{rows.height} actions: {told}; {late} overdue; {mine} yours to do"


def agencies(context: Context, query: Query) -> Parts:
    """What other agencies gave back, beside the joint grade of the case; those furthest apart first."""
    audited = known(context)
    cases = of_pod(audited.cases, query).filter(pl.col("part").is_not_null())
    if query.text("round") is not None:
        cases = cases.filter(pl.col("title") == query.text("round"))
    told = cases.select("case_id", "person_id", "name", "pod", "title", joint="grade").join(
        audited.returns, on="case_id", how="inner"
    )
    words = [
        pl.col(one).replace_strict(GRADES, default=None, return_dtype=pl.String).alias(f"{one}_shown")
        for one in ("grade", "joint")
    ]
    apart = (pl.col("grade") - pl.col("joint")).alias("apart")
    rows = told.with_columns(*words, apart, row_key=pl.format("{} {}", "case_id", "agency"))
    return Parts(
        rows.sort(
            pl.col("apart").abs(), "person_id", "agency", descending=[True, False, False], nulls_last=True
        )
    )
