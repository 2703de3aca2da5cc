"""The official figures as `fcl-tui measure` gives them: as at a day, by month, by any of their dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from data.dataclass import dataclass
from data.frames import collect
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.window import Window
from fcl_tui.reports.measured.measure import SCHEMA, Named, group_name
from fcl_tui.reports.official import registry, trend
from fcl_tui.reports.official.family import DAY, STEPS, Family, days_asked

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Breakdown, Dimension, Report

ALSO = {"age": "age_band", "length_in_care": "length", "placement_type": "placement", "months": "month",
        "quarters": "quarter", "years": "year", "financial_year": "year", "rolling_12": "rolling",
        "pod": "team", "unaccompanied": "uasc", "reason_left": "reason_before", "plan_length": "length",
        "primary_need": "need", "category_of_abuse": "category", "latest_category": "category",
        "ethnic_group": "ethnicity", "organisation_leading": "organisation",
        "several": "number", "band": "number", "bands": "length",
        "service": "day", "adviser": "worker", "case_status": "status_mix",
        "days_since_last_worker": "without_worker", "in_out_of_area": "far", "in/out_of_area": "far",
        "looked_after": "status", "looked_after_or_not": "status"}  # fmt: skip
"""Other words for a dimension, as `--by` takes them"""


@dataclass(frozen=True)
class Official(Named):
    """A measure under its official key, told by the dimensions of its family."""

    family: Family

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it can be told by, besides the day."""
        return tuple(one.key for one in self.family.every_dimension if one != DAY)

    def dimension(self, by: str | None) -> Dimension:
        """The dimension of this word, however it is spaced; without one the whole, or what it is spread over.

        Raises:
            DataError: it cannot be told by it; the sentence names what it can be told by.
        """
        return self.breakdown(by).dimension

    def breakdown(self, by: str | None) -> Breakdown:
        """As `Named.breakdown`, forgiving how the dimension is written."""
        word = "_".join((by or self.measure.spread or DAY.key).replace("-", " ").split()).lower()
        return super().breakdown(word if word in self.dimensions else ALSO.get(word, word))


@cache
def _report(family: Family) -> Report:
    return family.as_report()


def official(keys: Iterable[str] = ()) -> tuple[Official, ...]:
    """The official measures of these keys' families; all there are without any."""
    return tuple(
        Official(one.key, _report(family), one, _having(family, one.key), family)
        for family in registry.families(keys)
        for one in family.measures
    )


def _having(family: Family, key: str) -> tuple[Breakdown, ...]:
    views = (view for window in family.windows for view in family.breakdowns(window))
    return tuple(view for view in views if any(one.key == key for one in view.measures))


def figures(named: Sequence[Official], context: Context, query: Query, by: str | None) -> pl.LazyFrame:
    """The figures of measures of one family, in SCHEMA: a row per measure and group, in the order asked.

    Collects the family's rows once for each window, as several measures and groups are told of them.
    """
    order = {one.key: number for number, one in enumerate(named)}
    parts: list[pl.LazyFrame] = []
    rows: dict[Window, pl.LazyFrame] = {}
    for dimension, window, those in _alike(named, by):
        family = those[0].family
        days = days_asked(window, context, query, dimension if dimension in STEPS else None)
        if window not in rows:
            rows[window] = collect(family.records(context, frame(days))).lazy()
        grouped = None if dimension == DAY or dimension in STEPS else dimension
        found = trend.over(
            family, [one.measure for one in those], context, days, query, grouped, rows[window]
        )
        units = {one.key: one.measure.unit for one in those}
        spread = family.dimension(those[0].measure.spread) if those[0].measure.spread else None
        parts.append(
            found.with_columns(
                group=_name(dimension, spread),
                period=_period(window),
                unit=pl.col("key").replace_strict(units, return_dtype=pl.String),
            ).select(pl.col(column).cast(kind) for column, kind in SCHEMA.items())
        )
    rank = pl.col("key").replace_strict(order, return_dtype=pl.Int32)
    return pl.concat(parts).sort(rank, maintain_order=True)


def _alike(named: Sequence[Official], by: str | None) -> list[tuple[Dimension, Window, list[Official]]]:
    """The measures by the dimension, window and spread they share."""
    alike: dict[tuple[str, Window, str], tuple[Dimension, Window, list[Official]]] = {}
    for one in named:
        dimension, window = one.dimension(by), Window.of(one.measure)
        key = (dimension.key, window, one.measure.spread)
        alike.setdefault(key, (dimension, window, []))[2].append(one)
    return list(alike.values())


def _name(dimension: Dimension, spread: Dimension | None) -> pl.Expr:
    """What a group is called: nothing for all together, the last day of its time, or the group's words."""
    if dimension == DAY:
        return pl.lit(None, pl.String)
    if dimension in STEPS:
        day = pl.col("day").cast(pl.String)
        return day if spread is None else pl.concat_str(day, group_name(spread), separator=" / ")
    return group_name(dimension)


def _period(window: Window) -> pl.Expr:
    if window.kind == "now":
        return pl.col("day").cast(pl.String)
    return pl.concat_str(pl.col("first").cast(pl.String), pl.col("last").cast(pl.String), separator="/")
