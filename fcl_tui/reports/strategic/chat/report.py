"""ChAT: the field's analysis of Annex A as pages of one report, straight from the snapshot."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.reports.parameters.shared import BEHIND, TEAM
from fcl_tui.reports.spec import Document, Listing, Parts, Report, Row
from fcl_tui.reports.strategic.chat.pages import PAGES, Page
from fcl_tui.reports.strategic.views.charts import PYRAMID
from fcl_tui.reports.strategic.views.columns import listed
from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column("item", "Item", 34, frozen=True, stretch=True),
    Column("shown", "Ours", 8, align="right", in_files=(Column("value", "Ours", 8, kind="number"),)),
    Column("of", "Of", 9, align="right", priority=2),
    Column("share", "%", 6, kind="percent", priority=2, if_any=True),
    Column(
        "annex_shown",
        "As Annex A counts it",
        20,
        align="right",
        priority=1,
        if_any=True,
        in_files=(Column("annex", "As Annex A counts it", 12, kind="number"),),
    ),
    Column(
        "year_shown",
        "12 months",
        9,
        align="right",
        priority=3,
        if_any=True,
        in_files=(Column("year_value", "12 months", 9, kind="number"),),
    ),
    Column("neighbours", "Neighbours", 12, align="right", priority=5, if_any=True),
    Column("region", "Region", 12, align="right", priority=5, if_any=True),
    Column("england", "England", 12, align="right", priority=4, if_any=True),
    Column("male", "Male", 5, kind="number", priority=3, if_any=True),
    Column("female", "Female", 6, kind="number", priority=3, if_any=True),
    Column("why", "Why they differ", 30, priority=6, if_any=True, stretch=True),
)
HIDDEN = (
    "shown", "of", "annex_shown", "year_shown", "day", "first", "last", "compared", "population", "counts",
)  # fmt: skip
DRILLS = {
    "rows": "The rows behind it",
    "annex": "The rows as Annex A counts it",
    "year": "The rows of twelve months",
}
DRILLS_IF = {"annex": "annex", "year": "year_value"}
"""Where a row has a figure of this column"""
AGES = replace(PYRAMID, frame="ages", title="Ages")


def _page(page: Page, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.strategic.chat.rows import page_parts

    return page_parts(page, context, query)


def _headline(context: Context, query: Query) -> Parts:
    from fcl_tui.reports.strategic.chat.rows import headline_parts

    return headline_parts(context, query)


def _everything(context: Context, query: Query) -> Parts:
    """Every page one after the other, for a document."""
    import polars as pl

    from fcl_tui.reports.strategic.chat.rows import headline_parts, page_parts

    parts = [("Headline figures", headline_parts(context, query))]
    parts += [(page.title, page_parts(page, context, query)) for page in PAGES]
    rows: list[pl.LazyFrame] = [one.rows.with_columns(page=pl.lit(title)) for title, one in parts]
    left = pl.concat([one.left_out for _, one in parts if one.left_out is not None]).unique(
        maintain_order=True
    )
    return Parts(pl.concat(rows), left)


def _listing(key: str, title: str, page: Page | None) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=_headline if page is None else partial(_page, page),
        columns=COLUMNS,
        row=Row.FIGURE,
        row_key="behind",
        group_by="block",
        chart=None if page is None else AGES,
        drills=DRILLS,
        drills_if=DRILLS_IF,
        hidden=HIDDEN,
        empty="No records here.",
    )


def _behind(which: str, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.strategic.chat.behind import rows

    return rows(which, context, query)


def _rows(key: str, title: str) -> Listing:
    return listed(key, title, partial(_behind, key), "No records here.", behind=True)


EVERYTHING = Listing(
    key="all",
    title="Every page",
    build=_everything,
    columns=(Column("block", "Block", 24), *COLUMNS),
    row=Row.FIGURE,
    row_key="behind",
    group_by="page",
    drills=DRILLS,
    drills_if=DRILLS_IF,
    hidden=HIDDEN,
    empty="No records here.",
)
REPORT = Report(
    key="chat",
    parameters=(TEAM, BEHIND),
    views=(
        _listing("headline", "Headline figures", None),
        *(_listing(page.key, page.title, page) for page in PAGES),
        EVERYTHING,
        *(_rows(key, title) for key, title in DRILLS.items()),
    ),
    switch_label="Page",
    documents=(
        Document(
            key="w",
            label="Word, every page with its charts",
            format="docx",
            build="fcl_tui.export.chat:chat_document",
            view="all",
        ),
    ),
    keys=("report.switch", "report.team", "table.open", "report.export"),
    explains=("comparators",),
)
