"""A report for publication: counts of 1 to 5 and whatever would give one away stand as c."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.definitions.days.window import trend_days, year_before
from fcl_tui.definitions.figures.suppression import hidden
from fcl_tui.reports.measured.figures import condition, told
from fcl_tui.reports.official.registry import family_of
from fcl_tui.reports.publishing.cells import (
    COUNTED,
    Cells,
    Relations,
    cells_of,
    marked,
    put_down,
    with_totals,
)
from fcl_tui.reports.publishing.groups import of_teams, steps_hidden
from fcl_tui.reports.run import LEFT_OUT, narrowed
from fcl_tui.reports.spec import Breakdown, Row
from widgets.cells.held import Held, HeldFrames

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Listing

WHY = "hidden for publication (c): counts of 1 to 5, and what would give one away"


def published(context: Context, query: Query, result: Result) -> Result:
    """The answer with small numbers hidden; its chart and its headline, which say the same numbers, are gone.

    Raises:
        DataError: the view lists children or items, which are never published.
    """
    view = result.view
    if isinstance(view, Breakdown):
        rows, count = _breakdown(context, query, view, _told_alone(view, result.rows))
    elif view.row is Row.FIGURE and "figures" in result.beside:
        rows, count = _figures(context, view, result.rows, result.beside["figures"])
    elif "by_team" in result.beside and not isinstance(view, Breakdown):
        rows, count = of_teams(view, result.rows, result.beside["by_team"])
    else:
        raise DataError(f"{view.title} is not for publication: {_why(view)}.")
    left = result.left_out
    if count:
        line = pl.DataFrame({"reason": [WHY], "count": [count], "what": ["figures"]}, schema=LEFT_OUT)
        left = pl.concat([left, line], how="diagonal_relaxed")
    return replace(result, held=Held(rows), left_out=left, beside=HeldFrames({}), headline="")


def _why(view: Listing) -> str:
    """Why a view is not published, in words."""
    if view.row is Row.FIGURE:
        return "its figures overlap, so that one hidden could be worked out of others; fcl-tui measure KEY \
--publish gives each"
    return "it lists children or records; choose a view of figures with b (--by)"


def _told_alone(view: Breakdown, rows: pl.DataFrame) -> pl.DataFrame:
    """The groups' names and those figures of which it is known what they are made of.

    What a report adds beside them (a small chart, a word for "3 only") would tell what is hidden.
    """
    figures = [one.key for one in view.measures]
    figures += [*(name for one in view.sums for name in one), *view.follows]
    names = [view.row_key, *view.dimension.by, *view.dimension.label]
    return rows.select(list(dict.fromkeys(name for name in (*names, *figures) if name in rows.columns)))


def _breakdown(
    context: Context, query: Query, view: Breakdown, rows: pl.DataFrame
) -> tuple[pl.DataFrame, int]:
    """The groups with what is hidden as text, and how many figures that are."""
    made_of = _made_of(context, query, view)
    keys = rows.select(pl.concat_str(pl.col(view.dimension.by).cast(pl.String).fill_null(""), separator="|"))
    names = keys.to_series().to_list()
    values: Cells = {}
    relations: Relations = []
    behind: dict[tuple[int, str], list[Any]] = {}
    changes = {(at, column) for at in range(rows.height) for column in view.changes}
    for measure in view.measures:
        if measure.key not in rows.columns:
            continue
        for at, name in enumerate(names):
            value, (upper, below) = rows[measure.key][at], made_of.get((name, measure.key), (None, None))
            place = (at, measure.key)
            behind[place] = put_down(place, measure.statistic, value, upper, below, values, relations)
    for column in {name for relation in view.sums for name in relation} - {one.key for one in view.measures}:
        for at in range(rows.height):
            if column in rows.columns and rows[column][at] is not None:
                values[at, column] = int(rows[column][at])
                behind[at, column] = [(at, column)]
    for relation in view.sums:
        for at in range(rows.height):
            row = {(at, column): times for column, times in relation.items()}
            if row.keys() <= values.keys():
                relations.append(row)
    if {"opening", "closing"} <= {name for relation in view.sums for name in relation}:
        relations += [{(at, "opening"): 1, (at + 1, "closing"): -1} for at in range(rows.height - 1)
                      if {(at, "opening"), (at + 1, "closing")} <= values.keys()]  # fmt: skip
    last = with_totals(values, relations)
    gone = hidden(values, relations, first=changes, last=last)
    blank = {place for place, cells in behind.items() if not gone.isdisjoint(cells)}
    for column, of in view.follows.items():
        blank |= {(at, column) for at in range(rows.height) if (at, of) in blank}
    return marked(rows, blank), len(blank)


def _made_of(context: Context, query: Query, view: Breakdown) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Numerator and denominator of each group's shares and means, by the group's name and the measure."""
    divided = [one for one in view.measures if one.statistic not in (*COUNTED, "sum")]
    if not divided:
        return {}
    records = narrowed(view.records.rows(context, query), query).filter(condition(view.dimension.where))
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    for one in divided:
        parts = {name: expression for name, expression in told(one).items() if name != "value"}
        for row in collect(records.group_by(view.dimension.by).agg(**parts)).to_dicts():
            name = "|".join("" if row[column] is None else str(row[column]) for column in view.dimension.by)
            found[name, one.key] = (row["numerator"], row["denominator"])
    return found


# Rows that are a figure each

TOLD = ("value", "numerator", "denominator", "shown", "of")
AGO = ("year_ago", "year_ago_shown")
REPORTED = ("reported", "restated", "reported_words")
CHANGES = ("change", "change_shown", "direction")


def _figures(
    context: Context, view: Listing, rows: pl.DataFrame, figures: pl.DataFrame
) -> tuple[pl.DataFrame, int]:
    """The rows with what is hidden: value, what it is made of, the year ago, the change, points of the trend.

    Numbers are null there and texts have the mark.
    """
    bad = _hidden_figures(view, figures)
    rows = rows.drop(REPORTED, strict=False)  # of another time, whose parts are not known here
    blank: set[tuple[int, str]] = set()
    gone_now: list[bool] = []
    gone_ago: list[bool] = []
    for at, row in enumerate(rows.select("measure", "day").to_dicts()):
        now, ago = (row["day"], row["measure"]), (year_before(row["day"]), row["measure"])
        blank |= {(at, name) for name in TOLD if now in bad}
        blank |= {(at, name) for name in AGO if ago in bad}
        blank |= {(at, name) for name in CHANGES if now in bad or ago in bad}
        gone_now.append(now in bad)
        gone_ago.append(ago in bad)
    blank |= steps_hidden(rows, gone_now, gone_ago)
    numbers = {name for name, kind in rows.schema.items() if kind.is_numeric()}
    told = marked(rows, {(at, name) for at, name in blank if name not in numbers})
    for column in numbers & {name for _, name in blank}:
        shown = [None if (at, column) in blank else value for at, value in enumerate(rows[column])]
        told = told.with_columns(pl.Series(column, shown, dtype=rows.schema[column]))
    if "trend" in told.columns:
        days = trend_days(context.as_at, len(rows["trend"][0].split())) if rows.height else []
        texts = [
            _points(zip(days, row["trend"].split(), strict=True), row["measure"], bad)
            for row in rows.select("measure", "trend").to_dicts()
        ]
        told = told.with_columns(pl.Series("trend", texts, dtype=pl.String))
    return told, len({place for place in bad if place[0] in set(rows["day"])})


def _points(points: Iterable[tuple[date, str]], key: str, bad: set[tuple[date, str]]) -> str:
    return " ".join("-" if (day, key) in bad else point for day, point in points)


def _hidden_figures(view: Listing, figures: pl.DataFrame) -> set[tuple[date, str]]:
    """The day and key of every figure that is hidden, whether it is shown now, a year ago or in a trend."""
    values: Cells = {}
    relations: Relations = []
    behind: dict[tuple[date, str], list[Any]] = {}
    changes: set[Any] = set()
    for row in figures.to_dicts():
        place = (row["day"], row["key"])
        behind[place] = cells_of(place, row, values, relations)
        if family_of(row["key"]).measure(row["key"]).statistic == "sum":
            changes.add(place)
    for day in figures["day"].unique().to_list():
        for relation in view.sums:
            added_up = {(day, key): times for key, times in relation.items()}
            if added_up.keys() <= values.keys():
                relations.append(added_up)
    gone = hidden(values, relations, first=changes)
    return {place for place, cells in behind.items() if not gone.isdisjoint(cells)}


def published_measures(rows: pl.DataFrame, statistics: Mapping[str, str]) -> tuple[pl.DataFrame, int]:
    """Figures as `fcl-tui measure` gives them, with small numbers hidden.

    Args:
        rows: key, group, period, numerator, denominator, value, unit.
        statistics: the statistic of each key.

    Returns:
        the rows, value, numerator and denominator null where hidden (Boolean) is true; how many are.
    """
    values: Cells = {}
    relations: Relations = []
    behind: dict[int, list[Any]] = {}
    for at, row in enumerate(rows.to_dicts()):
        statistic, below = statistics[row["key"]], row["denominator"]
        if statistic == "rate":
            statistic, below = "count", None
        elif statistic in ("count", "distribution") and below is not None:
            statistic = "share"
        amount = row["numerator"] if statistic in (*COUNTED, "sum") else row["value"]
        behind[at] = put_down((at, row["key"]), statistic, amount, row["numerator"], below, values, relations)
    last = with_totals(values, relations)
    gone = hidden(values, relations, last=last)
    bad = [not gone.isdisjoint(behind[at]) for at in range(rows.height)]
    told = rows.with_columns(hidden=pl.Series(bad, dtype=pl.Boolean))
    return told.with_columns(
        pl.when(~pl.col("hidden")).then(pl.col(name)).alias(name)
        for name in ("value", "numerator", "denominator")
    ), sum(bad)
