"""Section 47 enquiries and initial child protection conferences: one row per child of each."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.bands import WAITS
from fcl_tui.records.front_door.assessments import band
from fcl_tui.records.front_door.contacts import number_band
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_who

LIMIT = 15
"""Working days from the strategy discussion, the fifteenth in time"""
WAITED_AT_MOST = (10, 15, 20)


def begun(scan: Scan) -> pl.LazyFrame:
    """Every enquiry of a child: record, person_id, start, end (Date), nfa (Boolean), source_row."""
    return (
        scan("s47_enquiry")
        .select(
            record="s47e_s47_enquiry_id",
            person_id="s47e_person_id",
            start="s47e_s47_start_date",
            end="s47e_s47_end_date",
            nfa=(pl.col("s47e_s47_nfa") == "Y").fill_null(value=False),
            source_row="source_row",
        )
        .filter(pl.col("person_id").is_not_null())
    )


def _led_to(scan: Scan) -> pl.LazyFrame:
    """record (of the enquiry), person_id, held (Date: the first conference held for the child after it)."""
    return (
        scan("initial_cp_conference")
        .filter(pl.col("icpc_s47_enquiry_id").is_not_null(), pl.col("icpc_icpc_date").is_not_null())
        .group_by(record="icpc_s47_enquiry_id", person_id="icpc_person_id")
        .agg(held=pl.col("icpc_icpc_date").min())
    )


def enquiries(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per section 47 enquiry of a child that began or ended in the period of a day.

    A source without the day an enquiry ended takes the day it began for `concluded`.

    Returns:
        day, first, last, person_id, record, start, end (Date; null where it had not ended by the day),
        started, ended (Boolean: in the period), concluded (Boolean: as ended, or as started where the source
        has no end), to_conference (Boolean: a conference of the child with the enquiry's number was held by
        the as-at day), nfa, in_15 (Boolean: ended on or before the 15th working day), working_days (Int64),
        source_row.
    """
    known = begun(scan).join(_led_to(scan), on=["record", "person_id"], how="left")
    took = calendar.working_days_between(pl.col("start"), pl.col("end"))
    told = known.with_columns(working_days=took)
    rows = beside(days, told, in_period("start") | in_period("end"))
    ends = Coverage.read(scan).has("s47_enquiry", "s47e_s47_end_date")
    told = rows.with_columns(
        started=in_period("start"),
        ended=in_period("end"),
        concluded=in_period("end" if ends else "start"),
        to_conference=(pl.col("held") <= DAY).fill_null(value=False),
        in_15=(pl.col("working_days") <= LIMIT).fill_null(value=False),
        end=pl.when(pl.col("end") <= DAY).then("end"),
    )
    return with_who(told.drop("held"), scan)


def enquiry_children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child with a section 47 enquiry begun in the window: day, first, last, person_id, enquiries
    (Int64), number (String), and the columns of `on_days.with_who`."""
    return _several(beside(days, begun(scan), in_period("start")), "enquiries", scan)


def _several(rows: pl.LazyFrame, name: str, scan: Scan) -> pl.LazyFrame:
    counted = rows.group_by("day", "first", "last", "person_id").agg(pl.len().cast(pl.Int64).alias(name))
    return with_who(counted.with_columns(number=number_band(name)), scan)


def held(scan: Scan) -> pl.LazyFrame:
    """Every initial conference of a child: record, person_id, enquiry (its number), date, transfer, kind,
    to_plan, source_row."""
    transfer = (pl.col("icpc_icpc_transfer_in") == "Y").fill_null(value=False)
    return (
        scan("initial_cp_conference")
        .select(
            record="icpc_icpc_id",
            person_id="icpc_person_id",
            enquiry="icpc_s47_enquiry_id",
            date="icpc_icpc_date",
            transfer=transfer,
            kind=pl.when(transfer).then(pl.lit("Transfer in")).otherwise(pl.lit("Initial conference")),
            to_plan=(pl.col("icpc_icpc_outcome_cp_flag") == "Y").fill_null(value=False),
            source_row="source_row",
        )
        .filter(pl.col("person_id").is_not_null())
    )


def conferences(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per initial conference of a child held in the period of a day, transfers in included.

    Returns:
        day, first, last, person_id, record, date (Date), transfer (Boolean), kind (String), to_plan
        (Boolean: it made a plan), strategy (Date: the start of the enquiry that led to it), working_days
        (Int64 from it, null without one or before it), in_15 (Boolean, never null), wait (String: of
        `bands.WAITS`), source_row.

    Source: Working Together to Safeguard Children 2023, chapter 3; Department for Education, conferences
    within 15 working days.
    """
    starts = (
        scan("s47_enquiry")
        .filter(pl.col("s47e_s47_enquiry_id").is_not_null())
        .group_by(enquiry="s47e_s47_enquiry_id")
        .agg(strategy=pl.col("s47e_s47_start_date").min())
    )
    # siblings may share a number: the child's own enquiry before another's
    own = (
        scan("s47_enquiry")
        .filter(pl.col("s47e_s47_enquiry_id").is_not_null())
        .group_by(enquiry="s47e_s47_enquiry_id", person_id="s47e_person_id")
        .agg(own=pl.col("s47e_s47_start_date").min())
    )
    took = calendar.working_days_between(pl.col("strategy"), pl.col("date"))
    known = (
        held(scan)
        .join(starts, on="enquiry", how="left")
        .join(own, on=["enquiry", "person_id"], how="left")
        .with_columns(strategy=pl.coalesce("own", "strategy"))
        .with_columns(working_days=pl.when(pl.col("date") >= pl.col("strategy")).then(took))
        .with_columns(
            in_15=(pl.col("working_days") <= LIMIT).fill_null(value=False),
            wait=band(pl.col("working_days"), WAITED_AT_MOST, WAITS),
        )
        .drop("own")
    )
    return with_who(beside(days, known, in_period("date")), scan)


def conference_children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child with an initial conference in the window: day, first, last, person_id, conferences
    (Int64), number (String), and the columns of `on_days.with_who`."""
    return _several(beside(days, held(scan), in_period("date")), "conferences", scan)
