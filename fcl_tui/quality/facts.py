"""Figures of one child that are shown beside a standard. None is ever turned into a grade."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect

if TYPE_CHECKING:
    from data.frames import Scan

KINDS = {"visits": "visit", "reviews": "review", "assessments": "assessment"}
"""The kind of due item behind each fact"""


def facts(scan: Scan, person_id: str, first: date, last: date) -> dict[str, str]:
    """What fell due for the child in the days, and how much of it was done in time.

    Returns:
        by the names of `tool.FACTS`: "11 of 13 visits in time, 1 not done, since 27/11/2025".
    """
    items = (
        scan("due_items")
        .filter(pl.col("person_id") == person_id, pl.col("due_date").is_between(first, last))
        .select(
            "kind", in_time=pl.col("done_date") <= pl.col("due_date"), done=pl.col("done_date").is_not_null()
        )
    )
    rows = collect(
        items.group_by("kind").agg(
            due=pl.len(), in_time=pl.col("in_time").fill_null(value=False).sum(), open=(~pl.col("done")).sum()
        )
    )
    counts = {row["kind"]: row for row in rows.iter_rows(named=True)}
    told = {}
    for name, kind in KINDS.items():
        row = counts.get(kind)
        if row is None:
            told[name] = f"no {name} fell due since {first:%d/%m/%Y}"
        else:
            late = f", {row['open']} not done" if row["open"] else ""
            told[name] = f"{row['in_time']} of {row['due']} {name} in time{late}, since {first:%d/%m/%Y}"
    return told
