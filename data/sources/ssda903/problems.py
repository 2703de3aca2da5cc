"""Everything that is found wrong with a return, gathered as it is read."""

from __future__ import annotations

import polars as pl

from data.issues import model as issue_frames
from data.issues.model import Effect, Issue, Severity

SHOWN = 120
"""Characters of a heading, name or value that an issue shows."""


def cut(text: str) -> str:
    """A text as issues show it: not longer than two lines."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


class Problems:
    """The issues of one return; `source` is the source's short name."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.frames: list[pl.DataFrame] = []

    def one(
        self,
        rule: str,
        place: str,
        severity: Severity,
        reason: str,
        *,
        effect: Effect = "kept",
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Something about a file or a column as a whole."""
        told: Issue = {
            "source": self.source, "place": place, "row": None, "column": column, "value": value,
            "rule": rule, "severity": severity, "effect": effect, "reason": reason, "person_id": None,
            "ssd_table": None,
        }  # fmt: skip
        self.frames.append(issue_frames.frame([told]))

    def rows(
        self,
        rows: pl.DataFrame,
        rule: str,
        severity: Severity,
        reason: str,
        *,
        effect: Effect = "kept",
        column: str | None = None,
        value: pl.Expr | None = None,
        person: str | None = None,
        table: str | None = None,
    ) -> None:
        """The same about each of some rows, which have `source_row`; `person` names a column of theirs."""
        if not rows.height:
            return
        text = pl.String
        nothing = pl.lit(None, text)
        shown = nothing if value is None else value.cast(text)
        self.frames.append(
            rows.select(
                source=pl.lit(self.source, text),
                place=place_of(),
                row=pl.col("source_row"),
                column=pl.lit(column, text),
                value=pl.when(shown.str.len_chars() > SHOWN)
                .then(shown.str.slice(0, SHOWN - 1) + "…")
                .otherwise(shown),
                rule=pl.lit(rule, text),
                severity=pl.lit(severity, text),
                effect=pl.lit(effect, text),
                reason=pl.lit(reason, text),
                person_id=pl.col(person) if person else nothing,
                ssd_table=pl.lit(table, text),
            )
        )

    def told(self) -> pl.DataFrame:
        """All of them, each once."""
        return pl.concat([issue_frames.frame(), *self.frames]).unique(maintain_order=True)


def place_of() -> pl.Expr:
    """The file a row stands in, from its `source_row`."""
    return pl.col("source_row").str.extract(r"^([^/]*)", 1)
