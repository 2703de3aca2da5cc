"""Grades of a round of audits: pods side by side, by standard, quarter by quarter, and the audits behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.quality import current, figures
from fcl_tui.quality.rounds import QUARTERLY
from fcl_tui.reports.context import Audited
from fcl_tui.reports.management.audit_known import in_words, known, of_pod, of_round, others, seen
from fcl_tui.reports.management.audit_round import states_line
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def counted(context: Context, query: Query) -> pl.LazyFrame:
    """The records of figures: the audits of the round that were not replaced."""
    audited = known(context)
    cases = current.live(of_round(audited, query))
    return cases.with_columns(own_pod=_is_own(audited))


def _is_own(audited: Audited) -> pl.Expr:
    if audited.pods is None:
        return pl.lit(value=True)
    return pl.col("pod").is_in(sorted(audited.pods)).fill_null(value=False)


def finished(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    """Groups with the interval; another pod's grades are blank where they are of too few audits."""
    audited = known(context)
    own, cases = _is_own(audited), pl.col("audits_moderated")
    few = (cases < audited.fewest) & ~own
    # where those are too few even together, the next smallest is blank too: else they are what is left of all
    together = cases.filter(few).sum()
    smallest = cases == cases.filter(~few & ~own).min()
    few |= few.any() & (together < audited.fewest) & ~own & smallest
    graded = (
        "audits_good",
        "audits_inadequate",
        "qa_audit_grade",
        "qa_audit_moved",
        "audits_outcomes_better",
    )
    told = groups.with_columns(figures.share_and_interval(pl.col("audits_good"), pl.col("audits_moderated")))
    return (
        told.with_columns(range=pl.when(few).then(pl.lit("too few")).otherwise(_range()))
        .with_columns(pl.when(~few).then(name).alias(name) for name in graded)
        .drop("percent", "low", "high")
        .sort("pod")
    )


def _range() -> pl.Expr:
    """An interval in words: 62 to 85%."""
    low, high = pl.col("low").round(0).cast(pl.Int64), pl.col("high").round(0).cast(pl.Int64)
    return pl.when(pl.col("low").is_not_null()).then(pl.format("{} to {}%", low, high))


def beside_pods(context: Context, query: Query) -> Parts:
    """The line over the pods: the figures of all of them."""
    audited = known(context)
    cases = current.live(of_round(audited, query))
    quiet = cases.filter(pl.col("pod").is_null()).select(
        reason=pl.lit("whose pod you do not compare"), count=pl.len().cast(pl.Int64), what=pl.lit("audits")
    )
    return Parts(
        pl.LazyFrame(),
        quiet.filter(pl.col("count") > 0),
        {"every": cases},
        lambda frames: f"{states_line(frames)}\n{_grade_line(frames['every'])}".strip(),
    )


def _grade_line(every: pl.DataFrame) -> str:
    graded = every.filter(pl.col("grade").is_not_null())
    if graded.is_empty():
        return "No grade is validated yet."
    from fcl_tui.quality.intervals import interval

    good = graded.filter(pl.col("grade") >= 3).height
    low, high = interval(good, graded.height) or (0.0, 0.0)
    return (
        f"Good or better: {good} of {graded.height} ({100 * good / graded.height:.0f}%; with so few cases "
        f"somewhere from {low:.0f} to {high:.0f}%)"
    )


def behind(context: Context, query: Query) -> Parts:
    """The audits behind a figure, as far as the reader sees them case by case."""
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.run import behind_drill

    told = behind_drill(load(query.report), context, query)
    cases = counted(context, query) if told is None else told
    return Parts(in_words(seen(cases)).sort("person_id"), others(cases).filter(pl.col("count") > 0))


def of_all_quarters(context: Context, query: Query) -> pl.LazyFrame:
    """The records of figures by quarter: the audits of every quarterly round that were not replaced."""
    audited = known(context)
    cases = current.live(of_pod(audited.cases, query)).filter(pl.col("kind") == QUARTERLY)
    return cases.with_columns(own_pod=_is_own(audited))


def quarters(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    """Quarters with how many had each grade, and the interval, newest first."""
    told = figures.quarters(records).with_columns(range=_range()).drop("low", "high")
    return told.join(groups, on="period", how="left", maintain_order="left")


def by_standard(context: Context, query: Query) -> Parts:
    """Standards of the round."""
    audited = known(context)
    rows = figures.standards(of_round(audited, query), audited.ratings, audited.standards)
    return Parts(rows.with_columns(range=_range()).drop("low", "high"))
