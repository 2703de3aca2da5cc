"""Health of children looked after for twelve months, on each day, and initial assessments in its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.wording.bands import SDQ_BANDS
from fcl_tui.records.care.looked_after import children
from fcl_tui.records.over_time.people import with_holder, with_person

if TYPE_CHECKING:
    from data.frames import Scan
    from fcl_tui.definitions.days.calendar import Calendar

YOUNG = 5
"""From this age one health assessment a year is due, before it two"""
SDQ_FROM, SDQ_TO = 5, 16
INITIAL = 20
"""Working days from coming into care to the initial health assessment"""
_CHILD = ["person_id", "day"]


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child looked after for twelve months or more on it.

    A check that was refused, planned or cancelled is not done. Of a source that holds only the latest
    assessment, one in the last six months stands for the two of a child under five.

    Returns:
        the columns of `looked_after.children`; health_checks (Int64: completed health assessments from first
        to day), last_health, last_dental (Date), health_done, dental_done, immunised (Boolean), sdq_age
        (Boolean: aged 5 to 16), sdq_score (Int64: the latest of the window), sdq_band (of `bands.SDQ_BANDS`),
        misused (Boolean: substance misuse identified in the window), helped (Boolean: and help accepted),
        offence_age (Boolean: 10 to 17), convicted (Boolean).

    Source: SSDA903, OC2; the Department for Education's health outcomes of looked-after children.
    """
    those = collect(children(scan, days).filter("twelve_months")).lazy()  # joined several times below
    last_only = "cla_health" in Coverage.read(scan).latest_only
    half_year = pl.col("last_health") > pl.col("day").dt.offset_by("-6mo")
    young = (pl.col("age") < YOUNG).fill_null(value=False)
    enough = pl.col("health_checks") >= pl.when(young).then(2).otherwise(1)
    score, age = pl.col("sdq_score"), pl.col("age")
    return (
        those.join(_checks(those, scan), on=_CHILD, how="left")
        .join(_immunised(those, scan), on=_CHILD, how="left")
        .join(_scores(those, scan), on=_CHILD, how="left")
        .join(_misuse(those, scan), on=_CHILD, how="left")
        .join(_offences(those, scan), on=_CHILD, how="left")
        .with_columns(
            pl.col("immunised", "misused", "helped", "convicted").fill_null(value=False),
            health_checks=pl.col("health_checks").fill_null(0),
            sdq_age=age.is_between(SDQ_FROM, SDQ_TO).fill_null(value=False),
            offence_age=age.is_between(10, 17).fill_null(value=False),
        )
        .with_columns(
            health_done=(
                pl.when(young & pl.lit(last_only)).then(half_year).otherwise(enough).fill_null(value=False)
            ),
            dental_done=pl.col("last_dental").is_not_null(),
            sdq_band=pl.when(score < 14)
            .then(pl.lit(SDQ_BANDS[0]))
            .when(score < 17)
            .then(pl.lit(SDQ_BANDS[1]))
            .when(score >= 17)
            .then(pl.lit(SDQ_BANDS[2])),
        )
    )


def _inside(those: pl.LazyFrame, events: pl.LazyFrame) -> pl.LazyFrame:
    """The events (person_id, on) within each child's window of the day."""
    return (
        those.select(*_CHILD, "first")
        .join(events, on="person_id", how="inner")
        .filter(pl.col("on").is_between(pl.col("first"), pl.col("day")))
    )


def _checks(those: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    done = (
        scan("cla_health")
        .filter(pl.col("clah_health_check_status") == "Completed")
        .select(person_id="clah_person_id", kind="clah_health_check_type", on="clah_health_check_date")
    )
    health, dental = pl.col("kind") == "HEALTH", pl.col("kind") == "DENTAL"
    return (
        _inside(those, done)
        .group_by(_CHILD)
        .agg(
            health_checks=health.sum().cast(pl.Int64),
            last_health=pl.col("on").filter(health).max(),
            last_dental=pl.col("on").filter(dental).max(),
        )
    )


def _immunised(those: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Up to date, recorded within the window or without a day."""
    status = scan("cla_immunisations").select(
        person_id="clai_person_id",
        immunised=pl.col("clai_immunisations_status") == "Y",
        on="clai_immunisations_status_date",
    )
    recent = pl.col("on").is_null() | pl.col("on").is_between(pl.col("first"), pl.col("day"))
    return (
        those.select(*_CHILD, "first")
        .join(status, on="person_id", how="inner")
        .filter(recent)
        .group_by(_CHILD)
        .agg(immunised=pl.col("immunised").any())
    )


def _scores(those: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    scores = (
        scan("sdq_scores")
        .select(
            person_id="csdq_person_id",
            on="csdq_sdq_completed_date",
            sdq_score="csdq_sdq_score",
            key="csdq_table_id",
        )
        .drop_nulls("sdq_score")
    )
    return (
        _inside(those, scores)
        .sort("on", "key")
        .unique(_CHILD, keep="last", maintain_order=True)
        .select(*_CHILD, pl.col("sdq_score").cast(pl.Int64))
    )


def _misuse(those: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Any substance named counts; N and none are none."""
    word = pl.col("clas_substance_misused").str.strip_chars().str.to_uppercase()
    found = (
        scan("cla_substance_misuse")
        .filter(word.is_not_null(), ~word.is_in(["", "N", "NO", "NONE"]))
        .select(
            person_id="clas_person_id",
            on="clas_substance_misuse_date",
            helped=pl.col("clas_intervention_received") == "Y",
        )
    )
    return (
        _inside(those, found).group_by(_CHILD).agg(misused=pl.lit(value=True), helped=pl.col("helped").any())
    )


def _offences(those: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    dated = scan("cla_convictions").select(person_id="clac_person_id", on="clac_cla_conviction_date")
    return _inside(those, dated).select(*_CHILD, convicted=pl.lit(value=True)).unique()


def initial(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and period of care that began in its window.

    Returns:
        day, first, last, person_id, entered (Date), due_date (Date: 20 working days after it), seen (Date:
        the first completed health assessment since), due (Boolean: the due day is before the day), in_time
        (Boolean), and the columns of `over_time.with_person` and `with_holder`.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 7.
    """
    began = (
        scan("statuses")
        .filter(pl.col("status") == "looked_after", ~pl.col("short_break"), pl.col("start").is_not_null())
        .select("person_id", entered="start")
        .with_columns(due_date=calendar.add_working_days(pl.col("entered"), INITIAL))
    )
    checks = (
        scan("cla_health")
        .filter(
            pl.col("clah_health_check_status") == "Completed", pl.col("clah_health_check_type") == "HEALTH"
        )
        .select(person_id="clah_person_id", seen="clah_health_check_date")
        .drop_nulls()
    )
    those = days.join(began, how="cross").filter(
        pl.col("entered").is_between(pl.col("first"), pl.col("last"))
    )
    key = [*_CHILD, "entered"]
    first = (
        those.select(key)
        .join(checks, on="person_id", how="inner")
        .filter(pl.col("seen").is_between(pl.col("entered"), pl.col("day")))
        .group_by(key)
        .agg(pl.col("seen").min())
    )
    told = those.join(first, on=key, how="left").with_columns(
        due=pl.col("due_date") < pl.col("day"),
        in_time=(pl.col("seen") <= pl.col("due_date")).fill_null(value=False),
    )
    return with_holder(with_person(told, scan), scan)
