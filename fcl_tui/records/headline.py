"""The line on top of Visits and of Reviews: the parts that both say in one way."""

from datetime import date
from typing import Any

import polars as pl


def sums(frame: pl.DataFrame, *columns: str) -> dict[str, Any]:
    """The sum of each of these columns, by name."""
    return frame.select(pl.col(columns).sum()).row(0, named=True)


def now(told: dict[str, Any], target: float) -> str:
    """How many are up to date, of those whose next is dated: NOW   92.5% up to date (target 90%)."""
    dated = told["up_to_date"] + told["overdue"]
    share = (
        f"{100 * told['up_to_date'] / dated:.1f}% up to date (target {target:g}%)" if dated else "no cases"
    )
    return f"NOW   {share}   {'!! ' if told['overdue'] else ''}{told['overdue']:,} overdue"


def period(told: dict[str, Any], span: tuple[date, date], target: float) -> str:
    """What became of those that fell due between two days, both included; the ones not done follow."""
    due = told["fell_due"]
    share = f"{100 * told['in_time'] / due:.1f}% in time (target {target:g}%)" if due else "no cases"
    return (
        f"PERIOD   {share} of {due:,} due {span[0]:%d/%m/%Y} to {span[1]:%d/%m/%Y}"
        f"   {told['late']:,} late, {told['missed']:,} missed"
    )
