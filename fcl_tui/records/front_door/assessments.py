"""Assessments over time: completed in the period of a day, open on it, and the factors found."""

import polars as pl

from data.frames import Scan
from data.schema.codes import label_expr
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.bands import OPEN_DAYS, TOOK
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_own
from fcl_tui.records.over_time.people import with_holder

LIMIT = 45
"""Working days, the last of them in time"""
TOOK_AT_MOST = (0, 10, 20, 30, 40, 45, 50, 60)
OPEN_AT_MOST = (20, 35, 45)


def band(days: pl.Expr, most: tuple[int, ...], words: tuple[str, ...]) -> pl.Expr:
    """The words for a number of days (String): of the first limit it is not over, the last but one above all.

    Args:
        words: one more than the limits, and one for a number that is not known.
    """
    told = [pl.when(days <= last).then(pl.lit(name)) for last, name in zip(most, words, strict=False)]
    return pl.coalesce(*told, pl.when(days.is_not_null()).then(pl.lit(words[-2])), pl.lit(words[-1]))


def known(scan: Scan) -> pl.LazyFrame:
    """The prepared assessments, whose clock runs as the rules' setting `assessment_clock` says."""
    return scan("assessments").filter(pl.col("person_id").is_not_null()).rename({"assessment_id": "record"})


def completed(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per assessment authorised in the period of a day.

    The clock starts at the referral for its first assessment, at its own start for a later one (Working
    Together to Safeguard Children); or always at its own start, where the rules say so (Department for
    Education).

    Returns:
        day, first, last, person_id, record, date (Date: authorised), start_date, clock_start,
        working_days (Int64 from the clock to the day authorised; null without a clock), in_45 (Boolean: the
        45th working day is in time; null without a clock), length (String: of `bands.TOOK`), seen, nfa
        (Boolean; a blank is no), factors (codes), outcome, team, worker (the assessment's own, else of those
        allocated when it was authorised), source_row.
    """
    told = (
        known(scan)
        .with_columns(date="authorised_date")
        .with_columns(
            in_45=pl.col("working_days") <= LIMIT,
            length=band(pl.col("working_days"), TOOK_AT_MOST, TOOK),
            seen=(pl.col("child_seen") == "Y").fill_null(value=False),
            nfa=(pl.col("no_further_action") == "Y").fill_null(value=False),
        )
    )
    return with_own(beside(days, told, in_period("date")), scan)


def still_open(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per assessment begun on or before the day and not authorised by then.

    Returns:
        day, first, last, person_id, record, start_date, clock_start, open_days (Int64, working days on the
        clock; null without one), age_of_it (String: of `bands.OPEN_DAYS`), team, worker (the assessment's
        own, else of those allocated on the day), source_row, and the columns of `over_time.with_person`.
    """
    rows = beside(
        days,
        known(scan),
        pl.coalesce("start_date", "clock_start", "authorised_date").fill_null(DAY) <= DAY,
        (pl.col("authorised_date") > DAY).fill_null(value=True),
    )
    own = pl.col("belongs_by") == "assessment"
    whose = with_holder(rows.rename({"team": "own_team", "worker": "own_worker"}), scan, advisers=True)
    on_clock = calendar.working_days_between(pl.col("clock_start"), DAY)
    told = whose.with_columns(
        team=pl.when(own).then("own_team").otherwise("team"),
        worker=pl.when(own).then("own_worker").otherwise("worker"),
        open_days=on_clock,
        age_of_it=band(on_clock, OPEN_AT_MOST, OPEN_DAYS),
    ).select(
        "day", "first", "last", "person_id", "record", "start_date", "clock_start", "open_days", "age_of_it",
        "team", "worker", "source_row",
    )  # fmt: skip
    return with_own(told, scan)


def factors(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per episode and factor found by an assessment authorised in the period, each factor once.

    Returns:
        day, first, last, person_id, record (the referral's number, else the assessment's), factor (String:
        code and meaning), team, worker, service (of the episode's last such assessment).
    """
    done = completed(scan, days).filter(pl.col("factors").is_not_null())
    by_episode = (
        done.select(
            "day", "first", "last", "person_id", "date", "team", "worker", "service",
            record=pl.coalesce("referral_id", "record"),
            code=pl.col("factors").str.split(", "),
        )
        .sort("day", "person_id", "record", "date", "team", "worker")
        .with_columns(pl.col("team", "worker", "service").last().over("day", "person_id", "record"))
    )  # fmt: skip
    one = by_episode.drop("date").explode("code").unique(["day", "person_id", "record", "code"])
    label = label_expr(pl.col("code"), "assessment_factors")
    named = (
        pl.when(label == pl.col("code")).then("code").otherwise(pl.concat_str("code", label, separator=" "))
    )
    return one.with_columns(factor=named).drop("code")
