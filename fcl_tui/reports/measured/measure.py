"""Any figure of any report by its key: derived from the breakdowns, never listed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.measured.figures import (
    EVERYTHING,
    behind,
    condition,
    in_numerator,
    measure_of,
    told,
)
from fcl_tui.reports.measured.known import reason, unknown
from fcl_tui.reports.official.registry import NOT_IN_DATA, absent
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.spec import Breakdown, Dimension, Report

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

NEAR = 5
SCHEMA = {
    "key": pl.String,
    "group": pl.String,
    "period": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "unit": pl.String,
}
"""group: null for all together. period: a day, or the first and last day with a stroke between. numerator and
denominator: of a share and a mean what is divided, of a median and the like how many values (denominator)."""


@dataclass(frozen=True)
class Named:
    """A measure of a report, under the key that is asked for."""

    key: str
    """caseload.children where another report has children too, else the measure's own"""
    report: Report
    measure: Measure
    breakdowns: tuple[Breakdown, ...]
    """those of the report that have it: one number, grouped by different things"""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it can be grouped by."""
        return tuple(dict.fromkeys(one.dimension.key for one in self.breakdowns))

    def breakdown(self, by: str | None) -> Breakdown:
        """The breakdown that groups by this; for all together one that leaves no record out.

        Raises:
            DataError: none of them groups by it; the sentence names what they group by.
        """
        if by is None:
            whole = [one for one in self.breakdowns if one.dimension.where == EVERYTHING]
            return (whole or list(self.breakdowns))[0]
        for one in self.breakdowns:
            if one.dimension.key == by:
                return one
        there = ", ".join(self.dimensions)
        raise DataError(f"{self.key} cannot be had by {by!r}. It can be had by: {there}.")


def every(reports: Iterable[Report], besides: Iterable[str] = ()) -> tuple[Named, ...]:
    """Every measure of these reports, in their order; a key that two reports have is prefixed in both.

    Args:
        besides: official keys, which are given apart: a report that shows one has no other number under it.
    """
    apart = set(besides)
    found: dict[tuple[str, str], tuple[Report, Measure, list[Breakdown]]] = {}
    for report in reports:
        for view in report.views:
            if isinstance(view, Breakdown):
                for one in view.measures:
                    if one.key in apart:
                        continue
                    found.setdefault((report.key, one.key), (report, one, []))[2].append(view)
    keys = [key for _, key in found]
    return tuple(
        Named(key if keys.count(key) == 1 else f"{of}.{key}", report, one, tuple(views))
        for (of, key), (report, one, views) in found.items()
    )


def chosen(keys: Sequence[str], named: Sequence[Named]) -> list[Named]:
    """The measures of these keys; `report.key` always does, the bare key where only one report has it.

    Raises:
        DataError: there is no such measure; the sentence names those that are near.
    """
    known = {f"{one.report.key}.{one.measure.key}": one for one in named} | {one.key: one for one in named}
    picked: list[Named] = []
    for key in dict.fromkeys(keys):
        one = known.get(key.strip().lower())
        if one is None:
            raise DataError(_no_such(key, sorted({one.key for one in named})))
        if one not in picked:
            picked.append(one)
    return picked


def _no_such(key: str, known: list[str]) -> str:
    wanted = key.strip().lower()
    if (why := absent(wanted)) is not None:
        return f"{wanted} is not counted here: {why}."
    of_several = [one for one in known if one.endswith(f".{wanted}")]
    if of_several:
        return f"Several reports have {key!r}. Ask for one of: {', '.join(of_several)}."
    part = [one for one in known if wanted and wanted in one]
    near = (part or get_close_matches(wanted, known, n=NEAR, cutoff=0.5))[:NEAR]
    if near:
        return f"There is no measure {key!r}. Did you mean: {', '.join(near)}?"
    return f"There is no measure {key!r}. fcl-tui measure lists them."


def listed(named: Sequence[Named]) -> pl.DataFrame:
    """One row per measure: key, label, definition, unit, window, by (its groups), source, report."""
    columns = ("key", "label", "definition", "unit", "window", "by", "source", "report")
    return pl.DataFrame(
        [
            (
                one.key,
                one.measure.label,
                one.measure.definition,
                one.measure.unit,
                one.measure.window,
                ", ".join(one.dimensions),
                one.measure.source,
                one.report.key,
            )
            for one in named
        ],
        schema=dict.fromkeys(columns, pl.String),
        orient="row",
    )


def never_counted() -> pl.DataFrame:
    """The official keys that no source can feed, or how they begin, and why: reason, count, what."""
    lines = [
        (f"{begins + '...' if begins.endswith('_') else begins}: {why}", 1, "key")
        for begins, why in NOT_IN_DATA
    ]
    schema = {"reason": pl.String, "count": pl.Int64, "what": pl.String}
    return pl.DataFrame(lines, schema=schema, orient="row")


def figures(named: Sequence[Named], context: Context, query: Query, by: str | None) -> pl.LazyFrame:
    """The figures of measures of one report: SCHEMA, a row a measure and group, in the order asked.

    A figure that the source cannot give is one row without a value.
    """
    rows: list[pl.LazyFrame] = []
    for view, those in _by_breakdown(named, by):
        measures = [measure_of(view, one.measure.key) for one in those]
        not_known = unknown(context, view.records, measures)
        records = _records(view, context, query)
        for one, measure in zip(those, measures, strict=True):
            if measure.key in not_known:
                blank = pl.LazyFrame({"key": [one.key]}).select("key", *_blank())
                rows.append(_finished(blank, measure, context, query))
                continue
            figure = told(measure)
            if by is None:
                frame = records.select(group=pl.lit(None, pl.String), **figure)
            else:
                columns = view.dimension.by
                grouped = records.group_by(columns).agg(**figure).sort(columns, nulls_last=True)
                frame = grouped.with_columns(group=group_name(view.dimension))
            rows.append(_finished(frame.with_columns(key=pl.lit(one.key)), measure, context, query))
    order = pl.DataFrame({"key": [one.key for one in named]}).with_row_index("_order").lazy()
    told_all = pl.concat(rows).with_row_index("_row").join(order, on="key", how="left")
    return told_all.sort("_order", "_row").select(*SCHEMA)


def _by_breakdown(named: Sequence[Named], by: str | None) -> list[tuple[Breakdown, list[Named]]]:
    found: dict[str, tuple[Breakdown, list[Named]]] = {}
    for one in named:
        view = one.breakdown(by)
        found.setdefault(view.key, (view, []))[1].append(one)
    return list(found.values())


def _records(view: Breakdown, context: Context, query: Query) -> pl.LazyFrame:
    return narrowed(view.records.rows(context, query), query).filter(condition(view.dimension.where))


def _blank() -> list[pl.Expr]:
    names = ("group", "value", "numerator", "denominator")
    return [pl.lit(None, SCHEMA[name]).alias(name) for name in names]


def _finished(frame: pl.LazyFrame, measure: Measure, context: Context, query: Query) -> pl.LazyFrame:
    told = {"period": pl.lit(_period(measure, context.as_at, query)), "unit": pl.lit(measure.unit)}
    return frame.with_columns(**told).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _period(measure: Measure, as_at: date, query: Query) -> str:
    if measure.window == "now":
        return as_at.isoformat()
    asked = (query.day("from"), query.day("to")) if measure.window == "period" else (None, None)
    first, last = twelve_months(as_at, *asked)
    return f"{first.isoformat()}/{last.isoformat()}"


def group_name(dimension: Dimension) -> pl.Expr:
    """What a group is called: as a screen calls it; where two would be called the same, by all of it."""
    columns = dimension.by
    named = [name for name in dimension.label if name in columns] or list(columns)

    def joined(names: Sequence[str]) -> pl.Expr:
        texts = [pl.col(name).cast(pl.String).fill_null("not recorded") for name in names]
        return pl.concat_str(texts, separator=" / ")

    return pl.when(joined(named).is_duplicated()).then(joined(columns)).otherwise(joined(named))


def rows_behind(named: Sequence[Named], context: Context, query: Query, by: str | None) -> pl.LazyFrame:
    """The records behind the figures of measures of one report.

    Returns:
        a row a measure and record: key, group (with `by`), person_id, in_numerator (Boolean: of a share,
        whether it is in the upper part; of others true), and the columns that tell the records apart.
    """
    rows: list[pl.LazyFrame] = []
    for view, those in _by_breakdown(named, by):
        records = _records(view, context, query)
        if by is not None:
            columns = view.dimension.by
            groups = records.select(columns).unique().with_columns(group=group_name(view.dimension))
            records = records.join(groups, on=columns, how="left", nulls_equal=True)
        measures = [measure_of(view, one.measure.key) for one in those]
        not_known = unknown(context, view.records, measures)
        for one, measure in zip(those, measures, strict=True):
            if measure.key in not_known:
                continue
            group = () if by is None else ("group",)
            others = (name for name in view.records.identified_by if name not in ("person_id", *group))
            told = records.filter(behind(measure)).select(
                pl.lit(one.key).alias("key"), *group, "person_id", in_numerator(measure), *others
            )
            by_record = pl.exclude("key", "in_numerator")
            rows.append(told.sort(by_record, nulls_last=True))
    empty = {"key": pl.String, "person_id": pl.String, "in_numerator": pl.Boolean}
    return pl.concat([pl.LazyFrame(schema=empty), *rows], how="diagonal_relaxed")


def not_here(named: Sequence[Named], context: Context, by: str | None, *, read: bool = False) -> pl.LazyFrame:
    """The measures without a value, and why: reason, count, what; `read` by people, who know no keys."""
    lines: list[tuple[str, int, str]] = []
    for view, those in _by_breakdown(named, by):
        gone = unknown(context, view.records, [measure_of(view, one.measure.key) for one in those])
        for one in those:
            if one.measure.key in gone:
                why = reason(measure_of(view, one.measure.key), context)
                name = f"cannot be given, {one.measure.label}" if read else one.key
                lines.append((f"{name}: {why}", 1, "figure"))
    schema = {"reason": pl.String, "count": pl.Int64, "what": pl.String}
    return pl.LazyFrame(lines, schema=schema, orient="row")
