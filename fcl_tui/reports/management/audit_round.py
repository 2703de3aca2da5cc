"""A round of audits case by case: where each one is, and those that were replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.quality import current
from fcl_tui.quality.states import OPEN, REPLACED, STATES, WORDS
from fcl_tui.reports.management.audit_known import chosen, in_words, known, of_round, others, seen
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def round_(context: Context, query: Query) -> Parts:
    """Every case of the round, open ones first by their due day.

    One that is assigned stays where it was, so that the next to assign is the next row.
    """
    audited = known(context)
    cases = of_round(audited, query)
    done = ~pl.col("state").is_in(list(OPEN))
    rows = in_words(seen(current.live(cases))).sort(done, "due", "pod", "person_id", nulls_last=True)
    excluded = audited.draws.join(chosen(audited, query), on="round_id", how="semi")
    left_out = excluded.select(
        pl.format("not drawn: {}", "reason").alias("reason"), "count", what=pl.lit("children")
    )
    gone = cases.filter(pl.col("state") == REPLACED).select(
        reason=pl.lit("replaced (see Cases replaced)"), count=pl.len().cast(pl.Int64), what=pl.lit("cases")
    )
    told = pl.concat([others(current.live(cases)), gone, left_out]).filter(pl.col("count") > 0)
    return Parts(rows, told, {"every": cases}, states_line)


def replaced(context: Context, query: Query) -> Parts:
    """The cases of the round that were replaced, and why."""
    cases = of_round(known(context), query).filter(pl.col("state") == REPLACED)
    return Parts(
        in_words(seen(cases)).sort("state_at", "person_id"), others(cases).filter(pl.col("count") > 0)
    )


def states_line(frames: Mapping[str, pl.DataFrame]) -> str:
    """How many audits are in each state, and how many are late."""
    every = frames["every"]
    if every.is_empty():
        return ""
    counts = dict(every.group_by("state").len().rows())
    late = every.filter(pl.col("days") < 0).height
    told = ", ".join(f"{counts[state]} {WORDS[state].lower()}" for state in STATES if state in counts)
    live = every.height - counts.get(REPLACED, 0)
    return f"{every['title'][0]}: {live} cases: {told}" + (f"; {late} late" if late else "")
