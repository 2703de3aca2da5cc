"""Consistency of grades: cases graded twice, and how far validated and second grades agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.quality import figures
from fcl_tui.quality.agreement import Agreement
from fcl_tui.quality.grades import GRADES
from fcl_tui.reports.context import Audited
from fcl_tui.reports.management.audit_known import known, others, seen
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def _pairs(audited: Audited, query: Query) -> pl.LazyFrame:
    """Second gradings, of the quarter asked for by its consistency round, or of all."""
    pairs = figures.second_gradings(audited.cases)
    title = query.text("round")
    if title is None:
        return pairs
    mine = audited.cases.filter(pl.col("title") == title)
    own = pairs.join(mine.select("case_id"), on="case_id", how="semi")
    first = pairs.join(mine.select(first_case_id="case_id"), on="first_case_id", how="semi")
    return pl.concat([own, first]).unique("case_id", maintain_order=True)


def consistency(context: Context, query: Query) -> Parts:
    """The 4x4 table, with the figures of agreement over it and the direction by pod beside it."""
    audited = known(context)
    pairs = _pairs(audited, query)
    return Parts(
        figures.four_by_four(pairs),
        beside={"pairs": pairs, "pods": figures.by_pod(pairs, audited.fewest)},
        headline=lambda frames: "\n".join(_agreement_lines(frames)),
    )


def _agreement_lines(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    told: Agreement = figures.agreement_of(frames["pairs"])
    lines = figures.agreement_words(told)
    moved = figures.agreement_of(frames["pairs"], "own", "first")
    if moved.cases:
        lines.append(f"auditor against validated: {moved.exact} of {moved.cases} the same")
    pods = [f"{pod} {mean:+.2f} ({count})" for pod, count, *_, mean in frames["pods"].rows()]
    return [*lines, f"second minus validated, by pod: {', '.join(pods)}"] if pods else lines


def in_figures(context: Context, query: Query) -> Parts:
    """Agreement in figures: second against validated grade, validated against the auditor's, and by pod."""
    audited = known(context)
    both = collect(_pairs(audited, query))
    told = figures.agreement_rows(figures.agreement_of(both), "Second grade")
    told += figures.agreement_rows(figures.agreement_of(both, "own", "first"), "Moderation")
    told += [
        (f"{pod}: mean difference", mean, None, count, None, None, f"{lower} lower, {higher} higher")
        for pod, count, lower, _, higher, mean in collect(figures.by_pod(both.lazy(), audited.fewest)).rows()
    ]
    frame = pl.DataFrame(told, schema=figures.FIGURES, orient="row").lazy()
    rounded = [pl.col(one).round(2).cast(pl.String) for one in ("value", "low", "high")]
    return Parts(
        frame.with_columns(
            value_shown=rounded[0],
            range=pl.when(pl.col("low").is_not_null()).then(pl.format("{} to {}", *rounded[1:])),
        )
    )


def pairs(context: Context, query: Query) -> Parts:
    """Cases graded twice, those furthest apart first."""
    audited = known(context)
    grades = [
        pl.col(name).replace_strict(GRADES, default=None, return_dtype=pl.String).alias(f"{name}_shown")
        for name in ("first", "second", "own")
    ]
    every = _pairs(audited, query)
    told = seen(every).with_columns(*grades, row_key="case_id")
    return Parts(told.sort(pl.col("difference").abs(), "person_id", descending=[True, False]), others(every))
