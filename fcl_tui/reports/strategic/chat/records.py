"""The records of a page of ChAT in its window, and the rows of one of its blocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.days.asked import frame as days_frame
from fcl_tui.definitions.days.window import Window
from fcl_tui.records.chat import annex as chat_annex
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports.measured.figures import condition
from fcl_tui.reports.official import registry
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.strategic.chat.pages import NOW, PAGES, SIX_MONTHS, YEAR, Page

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

MONTHS = {SIX_MONTHS: 6, YEAR: 12}


def window(context: Context, name: str) -> tuple[date, date, date]:
    """The as-at day with the first and last day of a window: the day itself, six or twelve months to it."""
    day = context.as_at
    if name == NOW:
        return day, day, day
    return (day, *Window("rolling", MONTHS[name]).on(day))


def window_of(context: Context, measure: Measure, *, six: bool) -> tuple[date, date, date]:
    """The window that a page shows a measure with: its own, and six or twelve months for a period."""
    own = Window.of(measure)
    if own.kind == "period":
        return window(context, SIX_MONTHS if six else YEAR)
    return (context.as_at, *own.on(context.as_at))


def page_of(key: str) -> Page | None:
    """The page of this key; None: the first page, or there is none."""
    return next((one for one in PAGES if one.key == key), None)


def over(page: Page, context: Context) -> str:
    """The window of a page in words."""
    day, first, _ = window(context, page.window)
    return f"as at {day:%d/%m/%Y}" if page.window == NOW else f"{first:%d/%m/%Y} to {day:%d/%m/%Y}"


def records(page: Page, context: Context, query: Query) -> pl.LazyFrame:
    """The records of a page in its window, with all that its family has of them."""
    family = registry.family_of(page.of)
    days = days_frame([window(context, page.window)])
    return narrowed(family.records(context, days), query).filter(condition(page.where))


def told_by(page: Page, context: Context, query: Query) -> pl.LazyFrame:
    """The columns of the records that the blocks tell them by, collected once: each block counts them."""
    columns = ["person_id", "age", "age_band", "sex", "ethnicity", *(column for column, _ in page.bars)]
    return collect(records(page, context, query).select(*dict.fromkeys(columns))).lazy()


def annex_rows(context: Context, query: Query) -> chat_annex.Rows:
    """How `records.chat.annex` is given the rows of a family."""

    def rows(key: str, name: str) -> pl.LazyFrame:
        days = days_frame([window(context, name)])
        return narrowed(registry.family_of(key).records(context, days), query)

    return rows


def of_block(
    page: Page, block: str, item: str, found: pl.LazyFrame, context: Context, query: Query
) -> pl.LazyFrame | None:
    """The records behind a row of a block, with in_numerator; one for each child where it counts children.

    Args:
        block: of `chat.BLOCKS`, or a column that the page is told by.
        item: what the row is called.

    Returns:
        None: the page has no such block.
    """
    if block == chat.ALSO and (other := page_of(page.next_page)) is not None:
        there = collect(records(other, context, query).select("person_id").unique()).lazy()
        children = found.unique("person_id", keep="first", maintain_order=True)
        inside = there.with_columns(in_numerator=pl.lit(value=True))
        return children.join(inside, on="person_id", how="left").with_columns(
            pl.col("in_numerator").fill_null(value=False)
        )
    if block in (column for column, _ in page.bars):
        kept = found.filter(chat.named(block) == item)
    elif block in chat.BLOCKS:
        kept = chat.children_of(found, block, item)
    else:
        return None
    return kept.with_columns(in_numerator=pl.lit(value=True))
