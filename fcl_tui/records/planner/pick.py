"""What a reader picks out of a collected planner: the weeks, one day, the items marked."""

from datetime import date
from typing import Any

import polars as pl


def weeks(days: pl.DataFrame) -> pl.DataFrame:
    """The days of the eight weeks in order, without the row "earlier": date, count (Int64), mark."""
    return days.filter(pl.col("date").is_not_null()).select("date", pl.col("items").alias("count"), "mark")


def next_with_work(days: pl.DataFrame) -> date | None:
    """The first day on which anything is due; None when nothing is. `days`: what `weeks` gives."""
    first = days.filter(pl.col("count") > 0)["date"].first()
    return first if isinstance(first, date) else None


def about(days: pl.DataFrame, day: str) -> dict[str, Any]:
    """One row of `planner.days`, by its day."""
    return days.row(by_predicate=pl.col("day") == day, named=True)


def of_day(items: pl.DataFrame, day: str, chosen: frozenset[str] = frozenset()) -> pl.DataFrame:
    """The items that are counted on one day, in order, with a column chosen: * for those marked, else empty.

    Args:
        items: the rows of `planner.planned`.
        chosen: the item_id of each item that is marked.
    """
    mark = pl.when(pl.col("item_id").is_in(sorted(chosen))).then(pl.lit("*")).otherwise(pl.lit(""))
    return items.filter(pl.col("day") == day).with_columns(chosen=mark)


def chosen_of(items: pl.DataFrame, chosen: frozenset[str]) -> pl.DataFrame:
    """The items whose item_id is in `chosen`, in order."""
    return items.filter(pl.col("item_id").is_in(sorted(chosen)))


def marks_left(items: pl.DataFrame, chosen: frozenset[str]) -> frozenset[str]:
    """Those of `chosen` that are still among the items."""
    return frozenset(chosen_of(items, chosen)["item_id"].to_list())
