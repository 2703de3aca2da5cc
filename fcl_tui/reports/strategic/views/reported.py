"""Figures as they were reported, frozen for a meeting, beside what the same figures are now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from fcl_tui.definitions.board import indicators
from fcl_tui.definitions.days.window import months_to
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.series import of_families
from fcl_tui.reports.strategic.views import shown

if TYPE_CHECKING:
    from fcl_tui.reports.context import BoardRows, Context
    from fcl_tui.reports.question.query import Query

SCHEMA: dict[str, Any] = {
    "measure": pl.String,
    "day": pl.Date,
    "reported": pl.String,
    "restated": pl.String,
    "reported_words": pl.String,
}
FOUND: dict[str, Any] = {
    "measure": pl.String,
    "unit": pl.String,
    "day": pl.Date,
    "was": pl.Float64,
    "now": pl.Float64,
    "where": pl.String,
    "span": pl.String,
}
"""span: month or quarter, where what was frozen is of that alone; else nothing"""
DUST = 1e-9
MONTH, BOARD = "Monthly Highlight of {}, frozen on {}", "Performance Board of {}, {}"


def reported(context: Context, query: Query, figures: pl.DataFrame) -> pl.DataFrame:
    """What was reported of figures on their days, one row per figure and day that has any.

    A figure that was frozen over another span (the month alone, the Board's quarter) is held against that
    span as it is now, and says so. Of one team, or for a reader who sees a part of the authority, there is
    none: what was reported is of the whole.

    Args:
        figures: key, day, value: as they are now, a period over its twelve months.

    Returns:
        SCHEMA: reported (the figures as text), restated (restated or unchanged), reported_words (each with
        where, and what it is now).
    """
    nothing = pl.DataFrame(schema=SCHEMA)
    if not context.whole or query.text("team") is not None:
        return nothing
    found = pl.concat([_highlights(context, query, figures), _board(context, figures)])
    if found.is_empty():
        return nothing
    differs = ~(
        ((pl.col("was") - pl.col("now")).abs() <= DUST) | (pl.col("was").is_null() & pl.col("now").is_null())
    ).fill_null(value=False)
    was, now = shown.figure("was").fill_null("not known"), shown.figure("now").fill_null("not known")
    told = pl.when(differs).then(pl.format("now {}", now)).otherwise(pl.lit("unchanged since"))
    return (
        found.with_columns(_was=was, _differs=differs, _words=pl.format("{} ({}), {}", was, "where", told))
        .group_by("measure", "day", maintain_order=True)
        .agg(
            reported=pl.concat_str("_was", "span", separator=" ")
            .str.strip_chars_end()
            .unique(maintain_order=True)
            .str.join(", "),
            restated=pl.when(pl.col("_differs").any())
            .then(pl.lit("restated"))
            .otherwise(pl.lit("unchanged")),
            reported_words=pl.col("_words").str.join("; "),
        )
        .select(*SCHEMA)
    )


def _highlights(context: Context, query: Query, figures: pl.DataFrame) -> pl.DataFrame:
    """FOUND of the months that were frozen for the Monthly Highlight."""
    known = context.highlights()
    keys, days = figures["key"].unique().to_list(), figures["day"].unique().to_list()
    if known is None:
        return pl.DataFrame(schema=FOUND)
    frozen = known.frozen.filter(pl.col("key").is_in(keys) & pl.col("month").is_in(days))
    if frozen.is_empty():
        return pl.DataFrame(schema=FOUND)
    month = frozen.select("key", was="value", day="month", frozen="frozen_at")
    now = pl.concat(
        [figures.select("key", "day", now="value", span=pl.lit("")), _alone(context, query, frozen)]
    )
    latest = now.unique(["key", "day"], keep="last", maintain_order=True)
    where = pl.format(MONTH, pl.col("day").dt.strftime("%B %Y"), pl.col("frozen").dt.strftime("%d/%m/%Y"))
    return _found(month.join(latest, on=["key", "day"], how="left").with_columns(where=where))


def _alone(context: Context, query: Query, frozen: pl.DataFrame) -> pl.DataFrame:
    """The months alone of figures that are shown over twelve: key, day, now, span."""
    schema: dict[str, Any] = {"key": pl.String, "day": pl.Date, "now": pl.Float64, "span": pl.String}
    asked = []
    for family, window, measures in registry.by_family(frozen["key"].unique(maintain_order=True).to_list()):
        of_months = [one for one in measures if one.window == "period"]
        if window.kind != "rolling" or not of_months:
            continue
        those = frozen.filter(pl.col("key").is_in([one.key for one in of_months]))
        days = [(day, months_to(day, 1)[0], day) for day in sorted(set(those["month"].to_list()))]
        asked.append((family, of_months, days))
    told = of_families(context, query, asked)
    parts = [
        one.select("key", "day", now=pl.col("value").cast(pl.Float64), span=pl.lit("month")) for one in told
    ]
    return pl.concat([pl.DataFrame(schema=schema), *parts])


def _board(context: Context, figures: pl.DataFrame) -> pl.DataFrame:
    """FOUND of the periods whose figures a meeting of the Board froze; of several meetings the last."""
    from fcl_tui.reports.strategic.board.kept import rows_of

    keys, days = figures["key"].unique().to_list(), figures["day"].unique().to_list()
    numbers = {one.no: one.measure for one in indicators.indicators() if one.measure in keys}
    if not numbers:
        return pl.DataFrame(schema=FOUND)
    rows = rows_of(context)
    frozen = collect(rows.frozen.filter(pl.col("no").is_in(list(numbers)) & pl.col("period_end").is_in(days)))
    if frozen.is_empty():
        return pl.DataFrame(schema=FOUND)
    ends = frozen.select("no", "period", "meeting", day="period_end")
    told = _held_against_now(context, rows).join(ends, on=["no", "period", "meeting"], how="inner")
    newest = told.sort("meeting_day").unique(["no", "day"], keep="last", maintain_order=True)
    alone = [no for no, key in numbers.items() if _over_a_period(key)]
    length = pl.when(pl.col("period").str.contains("Q")).then(pl.lit("quarter")).otherwise(pl.lit("month"))
    where = pl.format(
        BOARD, pl.col("meeting_day").dt.strftime("%d/%m/%Y").fill_null("a day not kept"), "period"
    )
    return _found(
        newest.with_columns(
            key=pl.col("no").replace_strict(numbers, return_dtype=pl.String),
            was="reported_value",
            now="now_value",
            where=where,
            span=pl.when(pl.col("no").is_in(alone)).then(length).otherwise(pl.lit("")),
        )
    )


def _held_against_now(context: Context, rows: BoardRows) -> pl.DataFrame:
    """All that meetings froze, beside what it is now; worked out once while the data and the Board stay."""
    from fcl_tui.records.board.events import meetings
    from fcl_tui.records.board.lines import series
    from fcl_tui.records.board.one import as_reported
    from fcl_tui.reports.strategic.board.kept import board_of

    # rows are added to these tables and never changed: their last numbers say whether anything is new
    newest = [
        collect(frame.select(pl.col("seq").max())).item() for frame in (rows.values, rows.frozen, rows.events)
    ]
    key = f"frozen {rows.snapshot_id} {context.as_at} {rows.scope} {newest}"
    if key not in rows.memory:
        board = board_of(replace(context, board=lambda: rows))
        told = as_reported(rows.frozen, meetings(rows.events), series(board.kept), board.kept.definitions)
        rows.memory[key] = collect(told)
    return rows.memory[key]


def _over_a_period(key: str) -> bool:
    return registry.family_of(key).measure(key).window == "period"


def _found(rows: pl.DataFrame) -> pl.DataFrame:
    units = {key: registry.family_of(key).measure(key).unit for key in rows["key"].unique().to_list()}
    told = rows.with_columns(measure="key", unit=pl.col("key").replace_strict(units, return_dtype=pl.String))
    return told.select(pl.col(name).cast(kind) for name, kind in FOUND.items())


def with_reported(rows: pl.DataFrame, context: Context, query: Query, figures: pl.DataFrame) -> pl.DataFrame:
    """Rows by measure and day with reported, restated and reported_words (String, null where none was)."""
    told = reported(context, query, figures)
    return rows.join(told, on=["measure", "day"], how="left", maintain_order="left")
