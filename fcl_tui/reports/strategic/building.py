"""How a view of a strategic report is made when it is asked: by functions of this room, imported then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension, Parts
    from fcl_tui.reports.strategic.declared import Strategic

TREND = 24
"""Months of the trend beside each figure, and of the flow"""
LONG = 36
"""Months of one figure"""
AGES = "age_and_sex"
"""The dimension that is drawn as a pyramid"""
IN_WORDS = "{}_in_words"
"""The column that people read where a group's own begins with a code"""


def build(address: str, declared: Strategic, context: Context, query: Query) -> Parts:
    """What a view is made of, by a function of this room that is imported when asked."""
    from fcl_tui.reports.named import function

    parts: Parts = function(f"fcl_tui.reports.strategic.{address}")(declared, context, query)
    return parts


def alone(step: Dimension, declared: Strategic, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.named import function

    parts: Parts = function("fcl_tui.reports.strategic.views.headline:alone")(step, declared, context, query)
    return parts


def finish(
    address: str,
    declared: Strategic,
    context: Context,
    query: Query,
    groups: pl.LazyFrame,
    records: pl.LazyFrame,
) -> pl.LazyFrame:
    from fcl_tui.reports.named import function

    told: pl.LazyFrame = function(f"fcl_tui.reports.strategic.{address}")(
        declared, context, query, groups, records
    )
    return told


def drawn(figure: str, by: str, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.named import function

    parts: Parts = function("fcl_tui.reports.strategic.views.make_up:drawn")(figure, by, context, query)
    return parts


def line_of(key: str, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.named import function

    parts: Parts = function("fcl_tui.reports.strategic.views.headline:line_of")(key, context, query)
    return parts


def month_rows(family: Family, context: Context, query: Query) -> pl.LazyFrame:  # noqa: ARG001  the same face
    from fcl_tui.definitions.days.asked import frame
    from fcl_tui.definitions.days.window import Window, months_to

    return family.records(context, frame(Window("period").monthly(*months_to(context.as_at, TREND))))
