"""The rows behind a figure of ChAT: of a measure, of a group of a page's records, of a count of Annex A."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.wording.labels import without_code
from fcl_tui.records.chat import annex as chat_annex
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports.measured.figures import behind
from fcl_tui.reports.measured.known import unknown
from fcl_tui.reports.official import registry
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.chat.pages import CODE_LISTS, HEADLINE, PAGES, YEAR, Page
from fcl_tui.reports.strategic.chat.records import (
    annex_rows,
    of_block,
    over,
    page_of,
    records,
    window_of,
)
from fcl_tui.reports.strategic.views.behind import listed, parts
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

FIGURE, ANNEX, FRONT = "figure", "annex", "headline"


def rows(which: str, context: Context, query: Query) -> Parts:
    """The rows behind the figure that the question names as PAGE/BLOCK/ITEM; without one those of a page.

    Args:
        which: rows, annex (those that Annex A counts for a figure) or year (those of twelve months).

    Returns:
        the columns of `behind.rows`.

    Raises:
        DataError: there is no such page or block.
    """
    address = query.text("behind") or PAGES[0].key
    name, _, rest = address.partition("/")
    block, _, item = rest.partition("/")
    page = page_of(name)
    if block == FIGURE and (page is not None or name == FRONT):
        beside = {figure: name for name, figure in page.annex} if page is not None else {}
        if which == ANNEX and page is not None and item in beside:
            return _of_annex(page, beside[item], context, query)
        return _of_figure(page, item, context, query, six=which != "year")
    if page is None:
        raise DataError(_no_such(address, [FRONT, *(one.key for one in PAGES)]))
    if not block:
        every = records(page, context, query).with_columns(in_numerator=pl.lit(value=True))
        return _listed(page, every, page.title, context, ())
    if block == ANNEX:
        return _of_annex(page, item, context, query)
    of = of_block(page, block, item, records(page, context, query), context, query)
    if of is None:
        raise DataError(_no_such(address, [FIGURE, ANNEX, *chat.BLOCKS, *(one for one, _ in page.bars)]))
    title = dict(page.bars).get(block) or chat.BLOCKS[block]
    said = plain(pl.select(without_code(pl.lit(item), *CODE_LISTS)).item())
    return _listed(page, of, f"{page.title}, {title[0].lower()}{title[1:]}: {said}", context, ())


def _of_figure(page: Page | None, key: str, context: Context, query: Query, *, six: bool) -> Parts:
    if key not in (HEADLINE if page is None else page.figures):
        raise DataError(_no_such(key, HEADLINE if page is None else page.figures))
    family = registry.family_of(key)
    measure = family.measure(key)
    days = [window_of(context, measure, six=six and (page is None or page.window != YEAR))]
    found = narrowed(family.records(context, frame(days)), query).filter(behind(measure))
    if unknown(context, family.as_records, [measure]):
        found = found.filter(pl.lit(value=False))
    return parts(family, measure, found, context, {})


def _of_annex(page: Page, name: str, context: Context, query: Query) -> Parts:
    if name not in (one for one, _ in page.annex):
        raise DataError(_no_such(name, [one for one, _ in page.annex]))
    counted = chat_annex.COUNTS[name]
    found = counted.rows(annex_rows(context, query), context.calendar)
    inside = pl.col("inside").fill_null(value=False) if counted.share else pl.lit(value=True)
    family = registry.family_of(counted.of)
    title = f"{counted.item.removesuffix(', %')} as Annex A counts it"
    return _listed(page, found.with_columns(in_numerator=inside), title, context, family.identified_by)


def _listed(
    page: Page, found: pl.LazyFrame, title: str, context: Context, identified_by: Sequence[str]
) -> Parts:
    columns = identified_by or registry.family_of(page.of).identified_by

    def line(frames: Mapping[str, pl.DataFrame]) -> str:
        told = frames["rows"]
        inside = int(told["in_numerator"].sum())
        number = f"{told.height:,}" if inside == told.height else f"{inside:,} of {told.height:,}"
        return f"{title}: {number}\n{over(page, context)}; Annex A {page.lists}"

    return Parts(listed(found, columns, high=True), None, {}, line)


def _no_such(asked: str, known: Sequence[str]) -> str:
    return f"ChAT has no {plain(asked)!r}. --behind takes PAGE/BLOCK/ITEM; there are: {', '.join(known)}."
