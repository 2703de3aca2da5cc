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
from fcl_tui.reports.official.series import names_in, words_of
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.strategic.chat.pages import NOW, PAGES, SIX_MONTHS, YEAR, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
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


class Records:
    """The records of one question: those of a family in a window are worked out once, however many pages,
    figures and blocks count them."""

    def __init__(self, context: Context, query: Query) -> None:
        self.context, self.query = context, query
        self._held: dict[tuple[str, tuple[date, date, date]], pl.LazyFrame] = {}

    def of(self, family: Family, span: tuple[date, date, date]) -> pl.LazyFrame:
        """The family's records of a day, with the columns that ChAT counts by."""
        held = self._held.get((family.key, span))
        if held is None:
            rows = family.records(self.context, days_frame([span]))
            held = collect(rows.select(_counted_by(family, rows.collect_schema().names()))).lazy()
            self._held[family.key, span] = held
        return held

    def of_page(self, page: Page) -> pl.LazyFrame:
        """The records of a page in its window."""
        rows = self.of(registry.family_of(page.of), window(self.context, page.window))
        return narrowed(rows, self.query).filter(condition(page.where))

    def of_annex(self, key: str, name: str) -> pl.LazyFrame:
        """The records of the family of a key, as `records.chat.annex` asks for them."""
        return narrowed(self.of(registry.family_of(key), window(self.context, name)), self.query)


def _counted_by(family: Family, columns: Sequence[str]) -> list[str]:
    """Those of the columns that a figure, a block or a count of Annex A reads."""
    pages = [page for page in PAGES if registry.family_of(page.of) == family]
    wanted = names_in(family, family.measures) | set(chat_annex.COLUMNS) | set(chat.COLUMNS)
    wanted |= {column for page in pages for column, _ in page.bars}
    wanted |= {word for page in pages for word in words_of(page.where)}
    return [name for name in columns if name in wanted]


def records(page: Page, context: Context, query: Query) -> pl.LazyFrame:
    """The records of a page in its window, with all that its family has of them."""
    family = registry.family_of(page.of)
    days = days_frame([window(context, page.window)])
    return narrowed(family.records(context, days), query).filter(condition(page.where))


def annex_rows(context: Context, query: Query) -> chat_annex.Rows:
    """How `records.chat.annex` is given the rows of a family, with all that it has of them."""

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
