"""What reports whose rows are due items share: the items with the marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from widgets.cells.column import DAYS_IN_FILES, Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context

TEN = 10
"""Rows selected at once from the cursor on"""

HIDDEN = (
    "mark_state",
    "mark_shown",
    "mark_letter",
    "mark_saved",
    "mark_kind",
    "mark_day",
    "mark_whom",
    "standing",
    "item_short",
)
"""What only a screen needs of an item and its mark"""

STANDING = Column(
    "standing",
    "State",
    13,
    kind="state",
    sort_by="due_date",
    in_files=(Column("state", "State", 10, kind="state"), *DAYS_IN_FILES),
)
ITEM = Column(
    "item_short",
    "Due item",
    15,
    in_files=(Column("item", "Due item", 30),),
)
"""What is due, in its short name; files have the long one"""
MARK = Column("mark_shown", "Mark", 14, priority=2, if_any=True)
MARK_LETTER = Column("mark_letter", "Mark", 4, if_any=True, stands_for="mark_shown", in_files=(MARK,))
"""The letter the mark is made with, where there is no room for its words; ! where it has come back"""


def every_item(context: Context) -> pl.LazyFrame:
    """Every team's due items with their marks, collected once."""
    from data.frames import collect
    from fcl_tui.definitions.marks import marked
    from fcl_tui.records.client_overview import client_overview

    items = client_overview(context.scan_open, context.calendar, context.as_at)
    return collect(marked(items, context.marks(), context.as_at, context.data_date)).lazy()


def belonging_together(rows: pl.DataFrame, row_key: str, here: int) -> dict[str, tuple[str, list[str]]]:
    """Which rows can be selected at once, by a letter; the first is the usual one.

    Args:
        rows: the list in the order shown.
        row_key: the column that is unique to a row.
        here: the number of the row under the cursor, from 0.

    Returns:
        For each letter what the rows have in common, in words, and their keys.
    """
    row = rows.row(here, named=True)
    ten = rows.slice(here, TEN)
    found = {"t": (f"The {ten.height} from here on" if ten.height > 1 else "This row, the last", ten)}
    if row.get("worker"):
        found["w"] = (f"All of {row['worker']}", rows.filter(rows["worker"] == row["worker"]))
    if row.get("person_id"):
        found["c"] = ("All of this child", rows.filter(rows["person_id"] == row["person_id"]))
    found["a"] = ("All that are listed", rows)
    return {letter: (words, kept[row_key].drop_nulls().to_list()) for letter, (words, kept) in found.items()}


def owed_items(rows: pl.DataFrame, row_key: str, keys: Sequence[str]) -> list[str]:
    """The due items behind rows of a list of changes, as far as they are still owed."""
    kept = rows.filter(rows[row_key].is_in(list(keys)) & rows["owed"])
    return sorted(set(kept["item_id"].to_list()))
