"""Missing episodes as figures count them: when, how long, from where, and whether the child was spoken to."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import PRIORITY, described_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import NOT_HERE, STATUS_NAMES, label_as_sentence

LENGTHS = (
    "Under 6 hours", "6 to 24 hours", "Over 24 to 72 hours", "Over 72 hours to 7 days", "Over 7 days",
    "Times not held", "Still missing",
)  # fmt: skip
"""Episodes by length, in order. 24 hours exactly is not over 24; 6 hours exactly is not under 6."""

NO_CASE = "No open case"
NO_PLACEMENT = "Not recorded"
GRACE = timedelta(days=3)
"""72 hours from the return to the interview (statutory guidance on children who run away, 2014), in days, as
the source holds no hour of an interview"""
FAR = 20.0
"""Miles from home from which a placement counts as far (official statistics: over 20 miles)"""


def known(scan: Scan, as_at: date, person_ids: list[str] | None = None) -> pl.LazyFrame:
    """One row per missing episode that had begun by the end of the as-at day, as `known_on` has it.

    Args:
        person_ids: keep these children; None keeps all.
    """
    rows = known_on(scan, frame([(as_at, as_at, as_at)])).drop("day", "first", "last")
    return rows if person_ids is None else rows.filter(pl.col("person_id").is_in(person_ids))


def known_on(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and missing episode that had begun by the end of it, as it stood then.

    Args:
        days: day, first, last (`definitions.days.asked`).

    Returns:
        day, first, last, episode_id, person_id, kind (missing; away: away without authorisation; a blank type
        counts as missing; null: another word), start, end (Datetime; end is null where the child was not
        back by the day), start_day, end_day (Date), running (Boolean: not back), timed (Boolean: hours are
        held, not days alone), hours (Float64: to the return, or to the end of the day; null where times are
        not held), days (Int64, calendar days), over_24 (Boolean: over 24 hours; without times two days or
        more, or one and not back), offered, accepted (String: Y, N, NA, U), outstanding (Boolean: back for
        more than three days, no interview accepted, and none declined or not applicable), source_row,
        row_key (unique per day).

    Source: statutory guidance on children who run away or go missing from home or care (2014).
    """
    start, end = pl.col("miss_missing_episode_start_date"), pl.col("miss_missing_episode_end_date")
    day = pl.col("day")
    rows = days.join(scan("missing").filter(pl.col("miss_person_id").is_not_null()), how="cross")
    word = pl.col("miss_missing_episode_type").str.strip_chars().str.to_uppercase().fill_null("")
    return (
        rows.filter(start.dt.date() <= day)
        .select(
            "day",
            "first",
            "last",
            episode_id="miss_table_id",
            person_id="miss_person_id",
            kind=pl.when(word.is_in(["M", ""]))
            .then(pl.lit("missing"))
            .when(word == "A")
            .then(pl.lit("away")),
            start=start,
            end=pl.when(end.dt.date() <= day).then(end),
            offered=_answer("miss_missing_rhi_offered"),
            accepted=_answer("miss_missing_rhi_accepted"),
            source_row="source_row",
        )
        .with_columns(
            start_day=pl.col("start").dt.date(),
            end_day=pl.col("end").dt.date(),
            running=pl.col("end").is_null(),
            timed=_has_time("start") | _has_time("end"),
            row_key=pl.concat_str("episode_id", "person_id", "source_row", separator="|", ignore_nulls=True),
        )
        .with_columns(_length())
        .with_columns(over_24=_over_24(), outstanding=_outstanding())
    )


def _answer(column: str) -> pl.Expr:
    """Y, N, NA or U in capitals; null where nothing is written."""
    told = pl.col(column).str.strip_chars().str.to_uppercase()
    return pl.when(told != "").then(told)


def _has_time(column: str) -> pl.Expr:
    return (pl.col(column).dt.time() != pl.time(0, 0)).fill_null(value=False)


def _length() -> list[pl.Expr]:
    """Hours and days; an end before the start gives none."""
    until = pl.col("end").fill_null((pl.col("day") + pl.duration(days=1)).cast(pl.Datetime("us")))
    hours = (until - pl.col("start")).dt.total_seconds() / 3600
    days = (pl.col("end_day").fill_null(pl.col("day")) - pl.col("start_day")).dt.total_days()
    right = until >= pl.col("start")
    return [
        pl.when(right & pl.col("timed")).then(hours).alias("hours"),
        pl.when(right).then(days).cast(pl.Int64).alias("days"),
    ]


def _over_24() -> pl.Expr:
    least = pl.when("running").then(1).otherwise(2)
    return (
        pl.when("timed").then(pl.col("hours") > 24).otherwise(pl.col("days") >= least).fill_null(value=False)
    )


def _outstanding() -> pl.Expr:
    """As the timescale `return_interview` has it: settled by an acceptance, a refusal, or not applying."""
    offered, accepted = pl.col("offered").fill_null(""), pl.col("accepted").fill_null("")
    settled = (accepted == "Y") | (offered == "NA") | ((offered == "Y") & accepted.is_in(["N", "NA"]))
    late = (pl.col("end_day") < pl.col("day") - pl.lit(GRACE)).fill_null(value=False)
    return late & ~settled


def in_span(rows: pl.LazyFrame, span: tuple[date, date]) -> pl.LazyFrame:
    """Say of each episode how it meets a period, as `in_window`."""
    first, last = (pl.lit(day) for day in span)
    return in_window(rows.with_columns(first=first, last=last)).drop("first", "last")


def in_window(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Say of each episode how it meets its window (first, last: both days in it).

    Returns:
        rows plus started, ended (Boolean: began, came to an end in the period), in_period (Boolean: the child
        was missing at some time in it; one who came back on its first day was).
    """
    first, last = pl.col("first"), pl.col("last")
    return rows.with_columns(
        started=pl.col("start_day").is_between(first, last),
        ended=pl.col("end_day").is_between(first, last).fill_null(value=False),
        in_period=(pl.col("start_day") <= last)
        & (pl.col("end_day").is_null() | (pl.col("end_day") >= first)),
    )


def episodes(
    scan: Scan, as_at: date, span: tuple[date, date], person_ids: list[str] | None = None
) -> pl.LazyFrame:
    """One row per episode that touches the period, still runs, or waits for its interview.

    Args:
        span: the period, both days in it, none after the as-at day.

    Returns:
        the columns of `known` and `in_span`, then month (Date, its first day: of the start, where it started
        in the period), length (of LENGTHS; null where the end is before the start), name, date_of_birth, age,
        team, worker (of the as-at day; a child without an open case has No team), status (on the day it
        began, in words, the first that holds), looked_after (Boolean), placement (in words; null for a child
        not looked after), distance (Float64, miles from home), far (Boolean; null without a distance).
    """
    of_kind = pl.col("kind").is_not_null()
    wanted = pl.any_horizontal("in_period", "running", "outstanding")
    rows = in_span(known(scan, as_at, person_ids), span).filter(of_kind & wanted)
    people = rows.select("person_id").unique()
    who = described_at(scan, as_at, people).select(
        "person_id", "name", "date_of_birth", "age", "team", "worker"
    )
    rows = rows.with_columns(month=pl.when("started").then(pl.col("start_day").dt.month_start()))
    return as_it_began(rows.join(who, on="person_id", how="left"), scan)


def as_it_began(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Say of each episode how long it was, and how the child stood on the day it began.

    Returns:
        rows plus length, status, looked_after, placement, distance, far as `episodes` has them.
    """
    once = rows.select("row_key", "person_id", "start_day").unique("row_key")
    return (
        rows.with_columns(length=_band())
        .join(_status_then(scan, once), on="row_key", how="left")
        .join(_placement_then(scan, once), on="row_key", how="left")
        .with_columns(looked_after=(pl.col("_status") == "looked_after").fill_null(value=False))
        .with_columns(
            status=pl.col("_status").replace(STATUS_NAMES).fill_null(NO_CASE),
            placement=pl.when("looked_after").then(pl.col("placement").fill_null(_no_placement(scan))),
            distance=pl.when("looked_after").then("distance"),
        )
        .with_columns(far=pl.col("distance") > FAR)
        .drop("_status")
    )


def _no_placement(scan: Scan) -> pl.Expr:
    return pl.lit(NO_PLACEMENT if Coverage.read(scan).has("cla_placement") else NOT_HERE)


def _band() -> pl.Expr:
    under_6, to_24, to_72, to_week, over, untimed, still = LENGTHS
    hours = pl.col("hours")
    return (
        pl.when("running")
        .then(pl.lit(still))
        .when(~pl.col("timed"))
        .then(pl.lit(untimed))
        .when(hours < 6)
        .then(pl.lit(under_6))
        .when(hours <= 24)
        .then(pl.lit(to_24))
        .when(hours <= 72)
        .then(pl.lit(to_72))
        .when(hours <= 168)
        .then(pl.lit(to_week))
        .when(hours > 168)
        .then(pl.lit(over))
    )


def _status_then(scan: Scan, rows: pl.LazyFrame) -> pl.LazyFrame:
    """row_key, _status: the first of the statuses open on the day the episode began."""
    order = {name: rank for rank, name in enumerate(PRIORITY)}
    short = (pl.col("status") == "looked_after") & pl.col("short_break")
    spells = scan("statuses").select(
        "person_id",
        _status=pl.when(short).then(pl.lit("short_break")).otherwise("status"),
        _from="start",
        _until="end",
    )
    return (
        rows.select("row_key", "person_id", "start_day")
        .join(spells, on="person_id", how="inner")
        .filter(open_on(pl.col("start_day"), "_from", "_until"))
        .with_columns(_order=pl.col("_status").replace_strict(order, default=99, return_dtype=pl.Int32))
        .sort("row_key", "_order")
        .unique("row_key", keep="first", maintain_order=True)
        .select("row_key", "_status")
    )


def _placement_then(scan: Scan, rows: pl.LazyFrame) -> pl.LazyFrame:
    """row_key, placement, distance: of the latest started placement open on the day the episode began."""
    places = scan("cla_placement").select(
        person_id="clap_person_id",
        _from="clap_cla_placement_start_date",
        _until="clap_cla_placement_end_date",
        _id="clap_cla_placement_id",
        placement=label_as_sentence(pl.col("clap_cla_placement_type"), "placement_type"),
        distance="clap_cla_placement_distance",
    )
    return (
        rows.select("row_key", "person_id", "start_day")
        .join(places, on="person_id", how="inner")
        .filter(open_on(pl.col("start_day"), "_from", "_until"))
        .sort("row_key", "_from", "_id", descending=[False, True, True], nulls_last=True)
        .unique("row_key", keep="first", maintain_order=True)
        .select("row_key", "placement", "distance")
    )
