"""Some children's rows as text, located in the file, typed, counted; whatever is not used is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from data.issues import model as issue_frames
from data.issues.model import Severity
from data.issues.rows import issues_of
from data.schema.convert import as_text, typed
from data.schema.tables import person_of
from data.sources.cin_census.layout import CHILD, ZONED, groups

IN_ASSESSMENTS = "AssessmentFactors"
"""Codes that belong to an assessment's row and are none themselves."""

HOME = {
    "Child": "person", "Disability": "disability", "CINdetails": "cin_episodes",
    "DateOfInitialCPC": "initial_cp_conference", "Assessments": "cin_assessments",
    "CINPlanDates": "cin_plans", "Section47": "s47_enquiry", "ChildProtectionPlans": "cp_plans",
    "CPPreviewDate": "cp_reviews", "PreProceedingsandFGDM": "pre_proceedings",
}  # fmt: skip
"""The elements that are rows, which are the places of the account, and the table each is for."""


class Chunk:
    """The rows of some children.

    Args:
        frames: as `Walk.frames` gives them.
        source: the source's name.

    `rows(name)` gives those that can be used; `issues`, `rows_in` and `held` (by place) grow as it is asked.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame], source: str) -> None:
        self.issues: list[pl.DataFrame] = []
        self.rows_in: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        self._frames, self._source = frames, source
        children = self._located(CHILD, frames[CHILD])
        ids, told = typed(
            "person", children.select("source_row", pers_person_id="LAchildID"), source=source, place=CHILD
        )
        self.issues.append(told)
        children = children.with_columns(child=ids["pers_person_id"])
        self._children = children.select("nr", "child")
        self._usable = {CHILD: self._checked(CHILD, children)}

    def rows(self, name: str) -> pl.DataFrame:
        """The usable rows of a kind of element: `walk.PARTS`, child, source, source_row and the texts."""
        if name not in self._usable:
            frame = self._located(name, self._frames[name])
            self._usable[name] = self._checked(name, frame.join(self._children, on="nr", how="left"))
        return self._usable[name]

    def typed(self, table: str, place: str, rows: pl.DataFrame, fields: Mapping[str, str]) -> pl.DataFrame:
        """Rows of an element as rows of a table, as many and in the same order, with `keys.OF_FILE`."""
        person = person_of(table) or ""
        wanted = {name: leaf for name, leaf in fields.items() if name != person}
        raw = rows.select(
            "source_row", pl.col("child").alias(person), **{f: pl.col(c) for f, c in wanted.items()}
        )
        frame, told = typed(table, raw, source=self._source, place=place)
        self.issues.append(told.with_columns(pl.col("column").replace(dict(fields))))
        return frame.with_columns(_nr=rows["nr"], _up=rows["up"], _row=rows["row"])

    def say(
        self,
        rows: pl.DataFrame,
        table: str,
        rule: str,
        severity: Severity,
        reason: str,
        *,
        column: str | None = None,
        value: pl.Expr | None = None,
        effect: str = "kept",
    ) -> None:
        """An issue for each of some rows of `rows` (with child) or of a table (with its own field)."""
        if rows.height:
            person = person_of(table) or ""
            if person not in rows.columns:
                rows = rows.with_columns(pl.col("child").alias(person))
            told = issues_of(
                rows, table, rule, severity, effect=effect, reason=reason, column=column, value=value
            )
            self.issues.append(told)

    def hold(
        self,
        rows: pl.DataFrame,
        place: str,
        rule: str,
        severity: Severity,
        reason: str,
        column: str | None = None,
    ) -> None:
        """Rows that are not used, each with its issue."""
        self.held[place] += rows.height
        self.say(rows, HOME[place], rule, severity, reason, effect="row held", column=column)

    def count(self, place: str, rows: int) -> None:
        """So many rows came in at a place."""
        self.rows_in[place] += rows

    def told(self) -> pl.DataFrame:
        """All issues so far."""
        return pl.concat([issue_frames.frame(), *self.issues])

    def _located(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        place = "Assessments" if name == IN_ASSESSMENTS else name
        texts = [
            column for column in frame.columns if frame.schema[column] == pl.String and column != "where"
        ]
        return frame.with_columns(
            *(as_text(frame[text]).str.replace(ZONED, "$1") for text in texts),
            source=pl.lit(self._source),
            source_row=pl.format("{}/Child[{}]{} (line {})", pl.lit(place), "nr", "where", "line"),
        ).with_columns(pl.when(pl.col(text) != "").then(text).alias(text) for text in texts)

    def _checked(self, name: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Hold the rows of no child and those that say nothing."""
        if name == IN_ASSESSMENTS:
            return rows.filter(pl.col("child").is_not_null(), pl.col(name).is_not_null())
        self.count(name, rows.height)
        if name == CHILD:
            nobody = "The child has no LAchildID, so its rows have no known child; add it and export again."
        else:
            nobody = "The Child element it is in has no LAchildID, so its child is not known."
        lost = pl.col("child").is_null()
        self.hold(rows.filter(lost), name, "no_child_id", "error", nobody, column="LAchildID")
        rows = rows.filter(~lost)
        if name == CHILD:
            return rows
        group = groups().get(name)
        texts = list(group.leaves.values()) if group else [name]
        parts = [*(part.name for part in group.groups.values()), *group.lists.values()] if group else []
        within = [self._frames[part]["up"] for part in parts]
        said = pl.any_horizontal(pl.col(texts).is_not_null())
        if within:
            said |= pl.col("row").is_in(pl.concat(within).unique().implode())
        nothing = "The element is empty."
        self.hold(rows.filter(~said), name, "nothing_said", "warning", nothing)
        return rows.filter(said)


def undated(chunk: Chunk, rows: pl.DataFrame, table: str, field: str, element: str) -> None:
    """Say which rows lack the date that the standard asks for."""
    chunk.say(
        rows.filter(pl.col(field).is_null()), table, "missing_date", "warning",
        "This date is missing, so the row is left out of counts by date.", column=element,
    )  # fmt: skip
