"""Issues about a file or a kind of element as a whole."""

from __future__ import annotations

from data.issues.model import Effect, Issue, Severity


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
) -> Issue:
    """One issue that is not about a row of a table."""
    return {
        "source": source, "place": place, "row": row, "column": column, "value": value, "rule": rule,
        "severity": severity, "effect": effect, "reason": reason, "person_id": None, "ssd_table": None,
    }  # fmt: skip


def times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
