"""What Reviews counts: its records, and what stands beside each view."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.reports.management.on_time import span_of, target_of
from fcl_tui.reports.spec import Breakdown, Parts, Records

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def _now(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.reviewing.due import open_reviews

    return open_reviews(
        context.scan_open,
        context.calendar,
        context.as_at,
        kind=query.text("kind"),
        person_ids=query.person_ids(),
    )


def _period(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.reviewing.due import of_period

    return of_period(
        context.scan,
        context.calendar,
        context.as_at,
        span_of(context, query),
        kind=query.text("kind"),
        person_ids=query.person_ids(),
    )


KIND_OF = {
    "plans": ("cp_first", "cp_later", "cp_prebirth"),
    "child_protection": ("cp_first", "cp_later", "cp_prebirth"),
    "care": ("cla_first", "cla_second", "cla_later", "adoption"),
    "looked_after": ("cla_first", "cla_second", "cla_later", "adoption"),
    "conference": ("conference",),
}
"""The kinds of review that belong to each kind of plan, of recorded review, and to conferences."""


def _of_kind(rows: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    """The rows that the kind of review asked for belongs to; a kind of another sort has none here."""
    import polars as pl

    asked = query.text("kind")
    mine = [name for name, kinds in KIND_OF.items() if asked in kinds]
    return rows if asked is None else rows.filter(pl.col("kind").is_in(mine))


def _every(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.reviewing.official import every_in_time

    rows = every_in_time(context.scan, context.calendar, context.as_at, query.person_ids())
    return _of_kind(rows, query)


def _conferences(context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.records.reviewing.official import conferences

    span = span_of(context, query)
    rows = conferences(context.scan, context.calendar, context.as_at, span, query.person_ids())
    return _of_kind(rows.with_columns(kind=pl.lit("conference")), query)


def _held(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.reviewing.held import held

    rows = held(context.scan, context.as_at, span_of(context, query), query.person_ids())
    return _of_kind(rows, query)


def beside_now(by_kind: Breakdown, context: Context, query: Query) -> Parts:
    """What is said beside the reviews to be held; `by_kind` are their figures by kind."""
    import polars as pl

    from fcl_tui.records.reviewing.left_out import headline_now, left_out_now
    from fcl_tui.reports.run import groups_of

    kinds = groups_of(by_kind, context, replace(query, view="now"), _now(context, query))
    return Parts(
        pl.LazyFrame(),
        left_out_now(context.scan_open, context.calendar, context.as_at, query.person_ids()),
        {"kinds": kinds},
        lambda frames: headline_now(frames["kinds"], target_of(context, "review_target")),
    )


def beside_period(by_month: Breakdown, context: Context, query: Query) -> Parts:
    """What is said beside the reviews that fell due; `by_month` are their figures by month."""
    import polars as pl

    from fcl_tui.records.reviewing.left_out import headline_period, left_out_period
    from fcl_tui.reports.run import groups_of

    span = span_of(context, query)
    months = groups_of(by_month, context, replace(query, view="month"), _period(context, query))
    return Parts(
        pl.LazyFrame(),
        left_out_period(context.scan, context.calendar, context.as_at, span, query.person_ids()),
        {"months": months},
        lambda frames: headline_period(frames["months"], span, target_of(context, "review_target")),
    )


def beside_every(context: Context, query: Query) -> Parts:
    import polars as pl

    from fcl_tui.records.reviewing.left_out import left_out_official

    return Parts(pl.LazyFrame(), left_out_official(context.scan, context.as_at, query.person_ids()))


def beside_conferences(context: Context, query: Query) -> Parts:
    import polars as pl

    from fcl_tui.records.reviewing.left_out import left_out_conferences

    return Parts(
        pl.LazyFrame(), left_out_conferences(context.scan, span_of(context, query), query.person_ids())
    )


def beside_held(context: Context, query: Query) -> Parts:
    import polars as pl

    from fcl_tui.records.reviewing.left_out import left_out_held

    return Parts(pl.LazyFrame(), left_out_held(context.scan, context.as_at, query.person_ids()))


OPEN = Records(noun="review to be held", plural="reviews to be held", rows=_now)
DUE = Records(noun="review that fell due", plural="reviews that fell due", rows=_period)
PLANS = Records(noun="plan or child", plural="plans or children", rows=_every)
CONFERENCES = Records(noun="conference", plural="conferences", rows=_conferences)
HELD = Records(noun="review", plural="reviews", rows=_held)
