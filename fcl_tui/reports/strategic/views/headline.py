"""The headline figures beside a year ago, with their trend; and one figure month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.days.window import Window, begin_of, months_to, trend_days, year_before
from fcl_tui.reports.measured.known import AS_LOADED, is_there, reason, unknown
from fcl_tui.reports.measured.population import in_words
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.family import MONTH, QUARTER, STEPS, YEAR
from fcl_tui.reports.official.series import SCHEMA, of_families, series
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.building import LONG, TREND
from fcl_tui.reports.strategic.views import shown
from fcl_tui.reports.strategic.views.published import beside, over_time
from fcl_tui.reports.strategic.views.reported import with_reported

ALONE = {MONTH: 24, QUARTER: 34, YEAR: 37}
"""Months that the figures go back which stand alone: 24 months, 12 quarters, four years"""
GROWING = ("count", "children", "families", "sum")
"""Statistics that grow while a month, a quarter or a year goes on"""
NO_PAST = "known on the day of the data alone, so without a year ago"
FEWEST = 10
"""Cases under which nothing is called better or worse, where the settings say nothing else"""

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Dimension
    from fcl_tui.reports.strategic.declared import Strategic


def headline(declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per figure, in the order declared.

    Returns:
        measure (key, unique), section, label, value, year_ago (Float64), numerator, denominator, change
        (Float64), unit, window (words), first, last, day (Date), trend (String: the last 24 month ends),
        shown, of, year_ago_shown, change_shown, direction (String), neighbours, region, england (String: the
        newest published figure with its year, null where none is loaded or numbers are compared), compared
        (String: all of these in words), population (String: which one a rate is out of, else null).
    """
    days = trend_days(context.as_at, TREND)
    before = year_before(context.as_at)
    figures = series(context, query, declared.keys, [*days, before])
    measures = measures_of(declared.keys)
    now = figures.filter(pl.col("day") == context.as_at)
    told = compared(context, now, figures.filter(pl.col("day") == before), measures).pipe(
        with_reported, context, query, now
    )
    return Parts(
        told.join(trends(figures.filter(pl.col("day").is_in(days))), on="measure", how="left")
        .join(_sections(declared), on="measure", how="left")
        .join(beside(context, measures, context.as_at), on="measure", how="left")
        .with_columns(population=population_of(context, measures))
        .sort("_order")
        .drop("_order")
        .lazy(),
        left_out(context, measures),
        {"figures": figures.lazy()},
        lambda frames: _line(frames["rows"]),
    )


def months(declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per month end of the figure chosen, the latest first; without a choice of the first figure.

    The first twelve have no year before beside them: the months begin with them.

    Returns:
        row_key, month (String: the day, as the parameter has it), day, first, last (Date), and the columns of
        `headline` that say how the figure stands beside the year before it.
    """
    key = query.text("measure") or declared.keys[0]
    days = trend_days(context.as_at, LONG)
    befores = {day: year_before(day) for day in days}
    figures = series(context, query, [key], [*days, year_before(context.as_at)])
    (one,) = measures_of([key])
    over = "on the day" if one.window == "now" else f"over {shown.window(one)}"
    return _over_time(one, over, befores, figures, context, query)


def _over_time(
    one: Measure,
    over: str,
    befores: Mapping[date, date],
    figures: pl.DataFrame,
    context: Context,
    query: Query,
    unfinished: date | None = None,
) -> Parts:
    """The figures of a measure on days beside those of the year before each, as rows and as a chart.

    Args:
        over: of what each is, in words.
        befores: the days, with the day of the year before.
        unfinished: a day whose count goes on growing: beside whole ones it would be drawn as a fall.
    """
    measures, days = [one], list(befores)
    before = pl.DataFrame({"day": list(befores), "_before": list(befores.values())})
    then = before.join(figures.select(_before="day", year_ago="value"), on="_before", how="left").drop(
        "_before"
    )
    told = figures.filter(pl.col("day").is_in(days)).join(then, on="day", how="left")
    rows = _read(context, told.rename({"key": "measure"}), measures).with_columns(
        month=pl.col("day").cast(pl.String), row_key=pl.col("day").cast(pl.String)
    )
    rows = with_reported(rows, context, query, figures.filter(pl.col("day").is_in(days)))
    rows = rows.join(_beside_then(context, measures, days), on="day", how="left")
    return Parts(
        rows.sort("day", descending=True).lazy(),
        left_out(context, measures),
        {
            "months": over_time(
                context, one, told.filter(pl.col("day").ne_missing(unfinished)).select("day", "value")
            ).lazy(),
            "figures": figures.lazy(),
        },
        lambda _: f"{one.label} · {over}\n{one.definition}",
        {"figure": one.label},
    )


def alone(step: Dimension, declared: Strategic, context: Context, query: Query) -> Parts:
    """One row per month, quarter or financial year of the figure chosen, each by itself, the latest first.

    A figure of a period counts what happened in it; any other is as at its end. The last one is not over: the
    year before it is taken to the same day.

    Args:
        step: of `family.STEPS`.

    Returns:
        the columns of `months`.
    """
    key = query.text("measure") or declared.keys[0]
    (one,) = measures_of([key])
    window, months = Window.of(one), STEPS[step]
    since = begin_of(months_to(context.as_at, ALONE[step])[0], months)
    spans = window.monthly(since, context.as_at, months)
    befores = {day: year_before(day) for day, _, _ in spans}
    earlier = [
        (day, begin_of(day, months) if window.kind == "period" else window.on(day)[0], day)
        for day in befores.values()
    ]
    asked = (registry.family_of(key), [one], list({span[0]: span for span in [*earlier, *spans]}.values()))
    figures = pl.concat(of_families(context, query, [asked]), how="diagonal_relaxed").select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )
    if window.kind != "period":
        return _over_time(one, f"at the end of each {step.key}", befores, figures, context, query)
    day, over = context.as_at, f"in each {step.key}"
    unfinished = day if begin_of(day + timedelta(days=1), months) <= day else None
    growing = unfinished if one.statistic in GROWING else None
    parts = _over_time(one, over, befores, figures, context, query, growing)
    if unfinished is not None and parts.left_out is not None:
        drawn = "" if growing is None else ", so not drawn"
        told = f"to {day:%d/%m/%Y} not over yet{drawn}; the same days a year before are beside it"
        parts = replace(parts, left_out=pl.concat([line_left(told, 1, step.key), parts.left_out]))
    span = pl.concat_str("first", "last", separator="/")  # as the parameter takes it: the rows of these days
    return replace(parts, rows=parts.rows.with_columns(month=span))


def _beside_then(context: Context, measures: Sequence[Measure], days: Sequence[date]) -> pl.DataFrame:
    """What was published of one measure by each day, and the population of its rate: day, compared,
    population (String)."""
    ended = {day: day.year - ((day.month, day.day) < (3, 31)) for day in days}
    told = {
        year: beside(context, measures, date(year, 3, 31))["compared"].to_list()
        for year in set(ended.values())
    }
    rate = measures[0].statistic == "rate"
    rows = [
        (day, next(iter(told[ended[day]]), None), in_words(context, day) if rate else None) for day in days
    ]
    schema = {"day": pl.Date, "compared": pl.String, "population": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def line_of(key: str, context: Context, query: Query) -> Parts:
    """The months of a figure for the chart, and the line on top."""
    measures = measures_of([key])
    figures = series(context, query, [key], trend_days(context.as_at, TREND))
    label, day = measures[0].label, f"{context.as_at:%d/%m/%Y}"
    when = f"on {day}" if measures[0].window == "now" else f"in the 12 months to {day}"

    def line(frames: Mapping[str, pl.DataFrame]) -> str:
        last = frames["months"]["value"].drop_nulls()
        return f"{label}: {last[-1]:,.0f} {when}" if len(last) else f"{label}: not known"

    return Parts(
        pl.LazyFrame(),
        left_out(context, measures),
        {"months": figures.sort("day").select("day", "value").lazy()},
        line,
    )


def left_out(context: Context, measures: Sequence[Measure]) -> pl.LazyFrame:
    """The figures that are not known and why, then the rows that no figure can count: reason, count, what."""
    from fcl_tui.records.over_time.uncounted import uncounted

    gone: dict[str, list[str]] = {}
    tables: dict[str, None] = {}
    flagged: set[str] = set()
    for one in measures:
        family = registry.family_of(one.key)
        if unknown(context, family.as_records, [one]):
            gone.setdefault(reason(one, context), []).append(one.label)
        elif AS_LOADED in one.needs or not is_there(context, family.past):
            gone.setdefault(NO_PAST, []).append(one.label)
        tables |= dict.fromkeys(need for need in family.needs if "." not in need)
        flagged |= set(family.flagged)
    lines = [
        (why if why == NO_PAST else f"{why}: {', '.join(labels)}", len(labels), _figures(len(labels)))
        for why, labels in gone.items()
    ]
    told = [line_left(*line) for line in lines]
    first, _ = Window("rolling").on(context.as_at)
    return pl.concat([*told, uncounted(context.scan, tuple(tables), first, tuple(flagged))])


def line_left(reason: str, many: int, what: str) -> pl.LazyFrame:
    """One line of what is left out."""
    return pl.LazyFrame({"reason": [reason], "count": [many], "what": [what]})


def _figures(many: int) -> str:
    return "figures" if many > 1 else "figure"


def measures_of(keys: Sequence[str]) -> list[Measure]:
    """The measures of these keys, in their order."""
    return [registry.family_of(key).measure(key) for key in keys]


def population_of(context: Context, measures: Sequence[Measure], key: str = "measure") -> pl.Expr:
    """Which population the rates are out of (String); null for other figures."""
    rates = [one.key for one in measures if one.statistic == "rate"]
    words = in_words(context, context.as_at) if rates else ""
    return pl.when(pl.col(key).is_in(rates)).then(pl.lit(words))


def _sections(declared: Strategic) -> pl.DataFrame:
    rows = [(key, heading) for heading, keys in declared.sections for key in keys]
    return pl.DataFrame(rows, schema=["measure", "section"], orient="row").with_row_index("_order")


def trends(figures: pl.DataFrame) -> pl.DataFrame:
    """measure, trend: the figures of the days in order, as one text; a minus where there is none."""
    text = pl.col("value").round(2).cast(pl.String).fill_null("-")
    return figures.sort("day").group_by(measure="key").agg(trend=text.str.join(" "))


def compared(
    context: Context, now: pl.DataFrame, before: pl.DataFrame, measures: Sequence[Measure]
) -> pl.DataFrame:
    """The figures beside those of a year ago, in the columns of `headline` that people read."""
    then = before.select("key", year_ago="value")
    told = now.join(then, on="key", how="left", maintain_order="left").rename({"key": "measure"})
    return _read(context, told, measures)


def _read(context: Context, told: pl.DataFrame, measures: Sequence[Measure]) -> pl.DataFrame:
    """Add what people read: label, unit, window, change, direction, and the texts of the columns."""
    facts = pl.DataFrame(
        [(one.key, one.label, one.unit, shown.window(one)) for one in measures],
        schema={"measure": pl.String, "label": pl.String, "unit": pl.String, "window": pl.String},
        orient="row",
    )
    return told.join(facts, on="measure", how="left", maintain_order="left").with_columns(
        shown=shown.figure("value"),
        of=shown.out_of(),
        year_ago_shown=shown.figure("year_ago"),
        change=pl.col("value") - pl.col("year_ago"),
        change_shown=shown.change(),
        direction=shown.direction(measures, int(context.settings.get("fewest_cases") or FEWEST)),
    )


def _line(rows: pl.DataFrame) -> str:
    """The first figures in one line."""
    told = [
        f"{row['label']} {row['shown']}"
        + (f", {row['year_ago_shown']} a year ago" if row["year_ago_shown"] else "")
        for row in rows.filter(pl.col("shown").is_not_null()).head(2).to_dicts()
    ]
    return " · ".join(told)
