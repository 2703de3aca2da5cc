"""Issues about a list, a column or a row of the workbook, as frames."""

import polars as pl

from data.issues import model as issue_frames
from data.issues.model import Effect, Issue, Severity

SOURCE = "annex_a"


def issue(
    rule: str,
    where: str,
    severity: Severity,
    effect: Effect,
    reason: str,
    *,
    column: str | None = None,
    value: str | None = None,
) -> pl.DataFrame:
    """One issue about a list or a column as a whole, as a frame of one row."""
    one: Issue = {
        "source": SOURCE, "place": where, "row": None, "column": column, "value": value, "rule": rule,
        "severity": severity, "effect": effect, "reason": reason, "person_id": None, "ssd_table": None,
    }  # fmt: skip
    return issue_frames.frame([one])


def row_issues(
    rows: pl.DataFrame,
    rule: str,
    where: str,
    severity: Severity,
    *,
    effect: Effect,
    reason: str,
    column: str | None = None,
    value: str | None = None,
    person: str | None = None,
    table: str | None = None,
) -> pl.DataFrame:
    """One issue for each row of a frame that has `source_row`; `value` and `person` name columns of it."""
    text = pl.String
    return rows.select(
        source=pl.lit(SOURCE, text),
        place=pl.lit(where, text),
        row=pl.col("source_row"),
        column=pl.lit(column, text),
        value=pl.col(value).cast(text) if value else pl.lit(None, text),
        rule=pl.lit(rule, text),
        severity=pl.lit(severity, text),
        effect=pl.lit(effect, text),
        reason=pl.lit(reason, text),
        person_id=pl.col(person) if person else pl.lit(None, text),
        ssd_table=pl.lit(table, text),
    )
