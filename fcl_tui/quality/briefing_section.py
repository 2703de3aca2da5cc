"""A section of a briefing, what sections are made of, and how they are frozen and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.dataclass import dataclass
from data.frames import collect
from fcl_tui.definitions.board.periods import Period

TITLES = {
    1: "Done and not done",
    2: "Overall grades",
    3: "Outcomes for children",
    4: "Standards",
    5: "By status and by pod",
    6: "What children and families said",
    7: "Learning",
    8: "Actions and re-audits",
    9: "Other quality assurance this quarter",
    10: "What happens next",
}


@dataclass(frozen=True)
class Section:
    """One section: sentences, and a table of texts under headings."""

    number: int
    title: str
    lines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sources:
    """What a briefing is made of."""

    cases: pl.LazyFrame
    """`current.cases` of every round; no part of them leaves but counts"""
    ratings: pl.LazyFrame
    actions: pl.LazyFrame
    """`current.actions` with period"""
    registers: Mapping[str, pl.LazyFrame]
    standards: Mapping[str, str]
    fewest: int = 5


def quarterly(sources: Sources, quarter: Period) -> pl.DataFrame:
    """The audits of the round of a quarter, those replaced too."""
    mine = pl.col("period") == quarter.name
    return collect(sources.cases.filter(mine, pl.col("kind") == "quarterly"))


def texts(frame: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """Rows as a section has them; a dash where there is nothing."""
    return tuple(tuple("-" if value is None else str(value) for value in row) for row in frame.rows())


def told(sections: list[Section]) -> list[dict[str, Any]]:
    """Sections as JSON can hold them, to be frozen."""
    return [vars(one) | {"rows": [list(row) for row in one.rows]} for one in sections]


def heard(kept: list[dict[str, Any]]) -> list[Section]:
    """From what `told` gave."""
    return [
        Section(
            one["number"], one["title"], tuple(one["lines"]), tuple(one["headings"]),
            tuple(tuple(row) for row in one["rows"]),
        )
        for one in kept
    ]  # fmt: skip
