"""What stands beside the figures of missing children: months, the line on top, what no figure can know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import rows_held, said
from fcl_tui.records.gone_missing.episodes import NO_CASE, in_span, known

TABLE, OFFERED, ACCEPTED = "missing", "miss_missing_rhi_offered", "miss_missing_rhi_accepted"
NOWHERE = ("risk of exploitation", "where the child was found")
"""What the return asks for and no source here holds"""


def every_month(groups: pl.LazyFrame, span: tuple[date, date], counts: Sequence[str]) -> pl.LazyFrame:
    """Months of the period in order, also those in which nothing began.

    Args:
        groups: month (Date), and figures; `counts` names those that are 0 where a month has no row.

    Returns:
        month, the figures, month_name ("Mar 2026").
    """
    first, last = (pl.lit(day, pl.Date) for day in span)
    months = pl.LazyFrame({"at": [0]}).select(month=pl.date_ranges(first.dt.month_start(), last, "1mo"))
    return (
        months.explode("month")
        .drop_nulls()
        .join(groups, on="month", how="left")
        .with_columns(pl.col(counts).fill_null(0), month_name=pl.col("month").dt.to_string("%b %Y"))
        .sort("month")
    )


def in_order(groups: pl.LazyFrame, column: str, order: Sequence[str]) -> pl.LazyFrame:
    """Groups of one column in a given order; those not in it last, by name."""
    rank = pl.col(column).replace_strict(
        {name: at for at, name in enumerate(order)}, default=len(order), return_dtype=pl.Int32
    )
    return groups.sort(rank, column, nulls_last=True)


def headline(sums: pl.DataFrame, span: tuple[date, date], *, here: bool) -> str:
    """One line over any view: who is missing now, episodes and children of the period, interviews."""
    if not here:
        return f"Missing episodes: {NOT_HERE}"
    row: dict[str, Any] = sums.row(0, named=True)
    first, last = span
    whole_year = span == twelve_months(last)
    when = "in 12 months" if whole_year else f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"
    waiting = ""
    if row["rhi_offered"] is None:
        interviews = f"return interviews: {NOT_HERE}"
    else:
        waits = row["rhi_overdue"]
        if waits is not None:
            waiting = f"   {'!! ' if waits else ''}{amount(waits, 'interviews')} waiting"
        interviews = (
            f"after {amount(row['missing_returns'], 'returns')} "
            f"{amount(row['rhi_offered'], 'interviews')} offered"
            f"{_count(row['rhi_accepted'], ' accepted')}"
        )
    episodes = amount(row["missing_episodes"], "episodes")
    children = amount(row["missing_children"], "children")
    return (
        f"{'!! ' if row['missing_now'] else ''}{row['missing_now']:,} missing now"
        f"   {episodes}, {children} {when}"
        f"{waiting}   {row['missing_over_24h']:,} over 24 hours   {interviews}"
    )


def _count(number: int | None, words: str) -> str:
    return "" if number is None else f", {number:,}{words}"


def left_out(
    scan: Scan, rows: pl.LazyFrame, as_at: date, span: tuple[date, date], data_date: date
) -> pl.LazyFrame:
    """What the figures cannot know or leave out: reason, count (above zero), what.

    Args:
        rows: the episodes asked for, as `records.gone_missing.episodes.episodes` has them.
    """
    coverage = Coverage.read(scan)
    if not coverage.has(TABLE):
        return pl.LazyFrame(
            {"reason": [f"missing episodes: {NOT_HERE}"], "count": [1], "what": ["table"]},
            schema_overrides={"count": pl.Int64},
        )
    blank = scan(TABLE).filter(pl.col("miss_missing_episode_start_date").is_null())
    nobody = scan(TABLE).filter(pl.col("miss_person_id").is_null())
    other = in_span(known(scan, as_at), span).filter(pl.col("kind").is_null() & pl.col("in_period"))
    begun = rows.filter((pl.col("kind") == "missing") & pl.col("started"))
    back = rows.filter((pl.col("kind") == "missing") & pl.col("ended"))
    lines = [
        said(blank, "have no start, so they are in no figure", "missing episodes"),
        said(nobody, "name no child, so they are in no figure", "missing episodes"),
        said(other, "are of a type that is neither missing nor away, so they are in no figure", "episodes"),
        said(
            begun.filter(~pl.col("timed")),
            "have days without times: over 24 hours is counted from two days on, and no hours are known",
            "episodes",
        ),
        said(
            begun.filter(pl.col("days").is_null()),
            "end before they begin: their length is not known",
            "episodes",
        ),
        said(
            begun.filter(pl.col("looked_after") & pl.col("distance").is_null()),
            "from a placement whose distance from home is not recorded",
            "episodes",
        ),
        said(
            begun.filter(pl.col("status") == NO_CASE),
            "began on a day when the child had no open case here",
            "episodes",
        ),
        said(
            back,
            "ended without a day of the interview: the source holds none, so 72 hours cannot be measured",
            "episodes",
        ),
        said(
            begun.head(1).select(pl.lit(pl.Series([NOWHERE])).explode()),
            f"cannot be given, {' and '.join(NOWHERE)}: {NOT_HERE}",
            "figures",
        ),
        rows_held(scan),
    ]
    absent = [
        name
        for name, field in (("offered", OFFERED), ("accepted", ACCEPTED))
        if not coverage.has(TABLE, field)
    ]
    if absent:
        lines.append(said(back.head(1), f"return interviews {' and '.join(absent)}: {NOT_HERE}", "figure"))
    elif as_at < data_date:
        later = f"show interviews as recorded by {data_date:%d/%m/%Y}, not as they were on {as_at:%d/%m/%Y}"
        lines.append(said(back, later, "episodes"))
    return pl.concat(lines).filter(pl.col("count") > 0)


def listed(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Episodes for reading: rows plus gone, back (day and, where held, time), kind_shown, answers."""

    def moment(column: str) -> pl.Expr:
        timed = pl.col(column).dt.to_string("%d/%m/%Y %H:%M")
        return pl.when("timed").then(timed).otherwise(pl.col(column).dt.to_string("%d/%m/%Y"))

    offered, accepted = pl.col("offered"), pl.col("accepted")
    answers = (
        pl.when("running")
        .then(pl.lit(None, pl.String))
        .when("outstanding")
        .then(pl.lit("outstanding"))
        .when(accepted == "Y")
        .then(pl.lit("accepted"))
        .when((offered == "Y") & accepted.is_in(["N", "NA"]))
        .then(pl.lit("declined"))
        .when(offered == "NA")
        .then(pl.lit("does not apply"))
        .when(offered == "Y")
        .then(pl.lit("offered"))
        .otherwise(pl.lit("not yet offered"))
    )
    return rows.with_columns(
        gone=moment("start"),
        back=moment("end"),
        kind_shown=pl.col("kind").str.to_titlecase(),
        answers=answers,
    )


def with_recent(rows: pl.LazyFrame, scan: Scan, as_at: date, within_days: int) -> pl.LazyFrame:
    """Add recent (Int64): missing episodes the child began in so many days up to the as-at day."""
    since = as_at - timedelta(days=within_days)
    counted = (
        known(scan, as_at)
        .filter((pl.col("kind") == "missing") & (pl.col("start_day") > pl.lit(since)))
        .group_by("person_id")
        .agg(recent=pl.len().cast(pl.Int64))
    )
    return rows.join(counted, on="person_id", how="left").with_columns(pl.col("recent").fill_null(0))
