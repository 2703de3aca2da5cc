"""Records over time that count working days: from the context, whose calendar they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.records.front_door import assessments, section_47
from fcl_tui.records.in_need import children

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context


def still_open(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """`assessments.still_open`."""
    return assessments.still_open(context.scan, context.calendar, days)


def enquiries(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """`section_47.enquiries`."""
    return section_47.enquiries(context.scan, context.calendar, days)


def conferences(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """`section_47.conferences`."""
    return section_47.conferences(context.scan, context.calendar, days)


def in_need(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """`children.children`."""
    return children.children(context.scan, context.calendar, days)
