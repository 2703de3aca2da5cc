"""The one place where a question becomes an answer: for screen, command line, file and mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from data.dataclass import dataclass
from data.frames import collect
from fcl_tui.reports.measured.figures import (
    denominator,
    drilled,
    grouped,
    measure_of,
    numerator,
    of_group,
    value,
)
from fcl_tui.reports.measured.known import unknown, without
from fcl_tui.reports.parameters.period import line_of_before, question_before, spanned
from fcl_tui.reports.spec import Breakdown, Listing, Parts, Report, View
from widgets.cells.held import Held, HeldFrames

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Drill, Query
    from widgets.cells.column import Column

LEFT_OUT = {"reason": pl.String, "count": pl.Int64, "what": pl.String}


@dataclass(frozen=True)
class Result:
    """What a report answers to one question, collected."""

    report: Report
    query: Query
    view: View
    held: Held
    """the rows"""
    left_out: pl.DataFrame
    """reason, count, what"""
    beside: HeldFrames
    headline: str
    words: Mapping[str, str]
    """what else belongs into the heading"""

    @property
    def rows(self) -> pl.DataFrame:
        """The rows."""
        return self.held.frame()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns to show, most of the reader's interest first."""
        said = {
            column
            for parameter, columns in getattr(self.view, "unless", {}).items()
            if parameter in self.query.values
            for column in columns
        }
        return tuple(
            column for column in self.view.columns if column.key in self.held and column.key not in said
        )

    @property
    def given(self) -> pl.DataFrame:
        """The rows without what only a screen needs."""
        if self.view.only:
            return self.rows.select(self.view.only)
        return self.rows.drop(self.view.hidden, strict=False)


def run(report: Report, context: Context, query: Query) -> Result:
    """Answer a question.

    Raises:
        DataError: the question cannot be answered of this data.
        LookupError: the query names no view of the report.
    """
    view, query = report.view(query.view), spanned(query, context.as_at)
    parts = parts_of(report, context, query)
    wanted = {"rows": parts.rows, **parts.beside}
    frames = {name: collect(frame) for name, frame in wanted.items()}
    left = parts.left_out
    headline = "" if parts.headline is None else parts.headline(frames)
    before = _before(report, context, query) if isinstance(view, Breakdown) else ""
    return Result(
        report=report,
        query=query,
        view=view,
        held=Held(frames["rows"]),
        left_out=pl.DataFrame(schema=LEFT_OUT) if left is None else collect(left),
        beside=HeldFrames({name: frame for name, frame in frames.items() if name != "rows"}),
        headline="\n".join(line for line in (headline, before) if line),
        words=parts.words,
    )


def _before(report: Report, context: Context, query: Query) -> str:
    """One line with the figures of the period before; empty when they are not asked for."""
    view = report.breakdown(query.view)
    asked = question_before(view, query, context.as_at)
    if asked is None:
        return ""
    records = narrowed(view.records.rows(context, asked), asked)
    return line_of_before(view, asked, records, parts_of(report, context, asked).left_out)


def parts_of(report: Report, context: Context, query: Query) -> Parts:
    """What the view of a question is made of, lazily."""
    view, query = report.view(query.view), spanned(query, context.as_at)
    if isinstance(view, Listing):
        return view.build(context, query)
    records = view.records.rows(context, query)
    groups = groups_of(view, context, query, records)
    beside = view.parts(context, query) if view.parts is not None else None
    return Parts(groups) if beside is None else replace(beside, rows=groups)


def narrowed(
    records: pl.LazyFrame, query: Query, columns: tuple[str, ...] = ("team", "worker")
) -> pl.LazyFrame:
    """The records of the team and worker asked for; the columns have the names of the parameters."""
    for column in columns:
        name = query.text(column)
        if name is not None:
            records = records.filter(pl.col(column) == name)
    return records


def groups_of(view: Breakdown, context: Context, query: Query, records: pl.LazyFrame) -> pl.LazyFrame:
    """One row per group of the records asked for, in the view's order."""
    groups = without(
        grouped(narrowed(records, query), view.dimension, view.measures),
        unknown(context, view.records, view.measures),
    )
    if view.finish is not None:
        return view.finish(context, query, groups, records)
    return groups.sort(view.dimension.by, nulls_last=True)


def behind_drill(report: Report, context: Context, query: Query) -> pl.LazyFrame | None:
    """The records behind the figure that a query has gone into; None when it has gone into none."""
    drill = query.drill
    if drill is None:
        return None
    query = spanned(query, context.as_at)
    view = report.view(drill.view)
    if not isinstance(view, Breakdown):
        return None
    return drilled(narrowed(view.records.rows(context, query), query), view, drill)


def into(report: Report, query: Query, drill: Drill) -> Query:
    """The question for the rows behind a figure.

    Raises:
        LookupError: that view has no figures.
    """
    view = report.breakdown(drill.view)
    return replace(query, view=view.listing, drill=drill)


def charted(result: Result, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The picture beside the rows, what it is drawn of and held against, as an answer and a file take them.

    Args:
        settings: targets and limits by their names in settings.toml.
    """
    chart = result.view.chart
    frame = None if chart is None else result.beside.get(chart.frame)
    if chart is None or frame is None:
        return {}
    target = chart.aim(frame, settings)
    return {"chart": chart, "chart_rows": frame, "chart_target": target}


@dataclass(frozen=True)
class Figure:
    """One figure with what it is made of."""

    value: Any
    numerator: int
    denominator: int | None


def figure(report: Report, context: Context, query: Query, drill: Drill) -> Figure:
    """Work out one figure again, with its numerator and denominator; no value where it is not known."""
    view = report.breakdown(drill.view)
    query = spanned(query, context.as_at)
    measure = measure_of(view, drill.measure)
    if unknown(context, view.records, (measure,)):
        return Figure(None, 0, None)
    records = narrowed(view.records.rows(context, query), query).filter(of_group(view.dimension, drill.group))
    below = denominator(measure)
    row = collect(
        records.select(
            value(measure).alias("value"),
            numerator(measure).alias("numerator"),
            (pl.lit(None, pl.Int64) if below is None else below).alias("denominator"),
        )
    ).row(0, named=True)
    return Figure(row["value"], row["numerator"], row["denominator"])


def in_words(query: Query, report: Report) -> dict[str, str]:
    """What a question asks for, for headings, files and the log: only what was chosen, by parameter name."""
    told = {
        parameter.name: value.isoformat()
        if isinstance(value, date)
        else str(value).lower()
        if value is True
        else str(value)
        for parameter in report.parameters
        if (value := query.values.get(parameter.name)) is not None
    }
    view = report.view(query.view)
    if view.behind:
        told["detail"] = "true"
    elif view.key != report.first.key and report.switch != "sections":
        told["by"] = view.key
    if query.drill is not None:
        told["figure"] = query.drill.words or query.drill.measure
    return told
