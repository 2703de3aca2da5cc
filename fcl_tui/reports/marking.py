"""What reports whose rows are due items share: the items with the marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context

HIDDEN = ("mark_state", "mark_shown", "mark_saved", "mark_kind", "mark_day", "mark_whom")
"""What only a screen needs of a mark"""


def every_item(context: Context) -> pl.LazyFrame:
    """Every team's due items with their marks, collected once."""
    from data.frames import collect
    from fcl_tui.definitions.marks import marked
    from fcl_tui.records.client_overview import client_overview

    items = client_overview(context.scan_open, context.calendar, context.as_at)
    return collect(marked(items, context.marks(), context.as_at, context.data_date)).lazy()


def owed_items(rows: pl.DataFrame, row_key: str, keys: Sequence[str]) -> list[str]:
    """The due items behind rows of a list of changes, as far as they are still owed."""
    kept = rows.filter(rows[row_key].is_in(list(keys)) & rows["owed"])
    return sorted(set(kept["item_id"].to_list()))
