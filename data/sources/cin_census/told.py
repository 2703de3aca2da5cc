"""Issues about a file or a kind of element as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data import issues as issue_frames
from data.issues import Effect, Issue, Severity

if TYPE_CHECKING:
    import polars as pl


def about(
    source: str,
    rule: str,
    place: str,
    severity: Severity,
    effect: Effect,
    reason: str,
    *,
    row: str | None = None,
    column: str | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """One issue, as a frame of one row."""
    one: Issue = {
        "source": source, "place": place, "row": row, "column": column, "value": value, "rule": rule,
        "severity": severity, "effect": effect, "reason": reason, "person_id": None, "ssd_table": None,
    }  # fmt: skip
    return issue_frames.frame([one])


def times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
