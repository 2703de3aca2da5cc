"""Contacts received: one row per contact of the period, one per child with any."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.records.front_door.sources import source_columns
from fcl_tui.records.over_time.on_days import beside, in_period, soon, with_next, with_who

REFERRAL_DAYS = 7
"""A referral of the child within so many days is what the contact became: the standard links the two by no
number"""
MOST = 5
"""Children with so many or more are one group"""


def received(scan: Scan) -> pl.LazyFrame:
    """Every contact with a child and a date: record, person_id, date, source, source_detail, source_row."""
    rows = scan("contacts").select(
        record="cont_contact_id",
        person_id="cont_person_id",
        date="cont_contact_date",
        source_row="source_row",
        **source_columns("cont_contact_source_code", "cont_contact_source_desc", "contact_source"),
    )
    return rows.filter(pl.col("person_id").is_not_null(), pl.col("date").is_not_null())


def _known(scan: Scan) -> pl.LazyFrame:
    """Every contact received, whether it was a repeat, and the child's next referral."""
    rows = received(scan)
    one_a_day = rows.select("person_id", "date").unique().sort("person_id", "date")
    repeats = one_a_day.with_columns(before=pl.col("date").shift(1).over("person_id")).with_columns(
        repeat=(pl.col("before") >= add_months(pl.col("date"), -12)).fill_null(value=False)
    )
    referrals = scan("cin_episodes").select(person_id="cine_person_id", date="cine_referral_date")
    joined = rows.join(repeats, on=["person_id", "date"], how="left")
    return with_next(joined, "date", referrals, "referral_date")


def contacts(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per contact received in the window of a day, siblings one each.

    Returns:
        day, person_id, record (the contact's number), date (Date), week (Date:
        its Monday), source, source_detail (String), repeat (Boolean: an earlier day with a contact of the
        child in the twelve months before), to_referral (Boolean: a referral of the child on the day or in the
        seven days after it, known on the as-at day), source_row; and the columns of `on_days.with_who`.
    """
    rows = beside(days, _known(scan), in_period("date")).with_columns(
        to_referral=soon("referral_date", "date", REFERRAL_DAYS),
        week=pl.col("date").dt.truncate("1w"),
    )
    return with_who(rows.drop("before", "referral_date"), scan)


def number_band(column: str) -> pl.Expr:
    """1, 2, 3, 4 or "5 or more" (String)."""
    return (
        pl.when(pl.col(column) >= MOST)
        .then(pl.lit(f"{MOST} or more"))
        .otherwise(pl.col(column).cast(pl.String))
    )


def contact_children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child with a contact in the period: day, first, last, person_id, contacts (Int64), number
    (String: 1 to 4, "5 or more"), and the columns of `on_days.with_who`."""
    rows = beside(days, received(scan), in_period("date"))
    counted = rows.group_by("day", "first", "last", "person_id").agg(contacts=pl.len().cast(pl.Int64))
    return with_who(counted.with_columns(number=number_band("contacts")), scan)
