"""The way through the front door, counted stage by stage, and how long from a referral to a plan."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.bands import FRONT_DOOR
from fcl_tui.records.care import flow
from fcl_tui.records.child.spans import care, need_plans, protection_plans
from fcl_tui.records.front_door import assessments, contacts, referrals, section_47
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_who
from fcl_tui.records.over_time.people import with_holder

LATE_DAYS = 14
"""A referral in fewer days after a start was written up late: the pair tells nothing of how long it took"""


def stages(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per contact, referral, completed assessment, enquiry begun, conference held, plan begun and
    period of care begun in the period of a day. They are not linked child by child.

    Returns:
        day, first, last, person_id, stage (String: of FRONT_DOOR), record (String), date (Date), team, worker
        (who hold the case on the day).
    """
    frames = (
        beside(days, contacts.received(scan), in_period("date")),
        beside(days, referrals.one_a_day(scan), in_period("date")),
        beside(days, assessments.known(scan).with_columns(date="authorised_date"), in_period("date")),
        beside(days, section_47.begun(scan).with_columns(date="start"), in_period("date")),
        beside(days, section_47.held(scan), in_period("date")),
        beside(days, protection_plans(scan).with_columns(date="start"), in_period("date")),
        flow.began(scan, days).with_columns(record="episode", date="event_date"),
    )
    columns = ("day", "first", "last", "person_id", "record", "date")
    told = [
        frame.select(*columns, stage=pl.lit(name)) for name, frame in zip(FRONT_DOOR, frames, strict=True)
    ]
    return with_holder(pl.concat(told), scan, advisers=True)


def since_referral(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per plan or period of care begun in the window of a day after a referral of the child.

    Left out: starts without an earlier referral, and those with a referral in the fourteen days after them.

    Returns:
        day, first, last, person_id, record, step (String: Child in need plan, Child protection plan, Looked
        after), start, referral_date (Date: the latest on or before it), days (Int64, calendar days between),
        year (Int32: of the start).
    """
    steps = pl.concat(
        [
            frame.select("person_id", "start", record="source_row", step=pl.lit(name))
            for name, frame in (
                ("Child in need plan", need_plans(scan)),
                ("Child protection plan", protection_plans(scan)),
                ("Looked after", care(scan)),
            )
        ]
    ).filter(pl.col("start").is_not_null())
    received = (
        scan("cin_episodes")
        .filter(pl.col("cine_person_id").is_not_null(), pl.col("cine_referral_date").is_not_null())
        .select(person_id="cine_person_id", referral_date="cine_referral_date")
        .unique()
        .sort("referral_date")
    )
    known = (
        steps.sort("start")
        .join_asof(
            received, left_on="start", right_on="referral_date", by="person_id", strategy="backward",
            check_sortedness=False, coalesce=False,
        )
        .with_columns(_after=pl.col("start") + pl.duration(days=1))
        .join_asof(
            received.rename({"referral_date": "next_referral"}), left_on="_after", right_on="next_referral",
            by="person_id", strategy="forward", check_sortedness=False, coalesce=False,
        )
        .filter(pl.col("referral_date").is_not_null())
        .with_columns(
            days=(pl.col("start") - pl.col("referral_date")).dt.total_days(), year=pl.col("start").dt.year()
        )
    )  # fmt: skip
    late = (pl.col("next_referral") <= DAY) & (
        pl.col("next_referral") < pl.col("start") + pl.duration(days=LATE_DAYS)
    )
    rows = beside(days, known, in_period("start")).filter(~late.fill_null(value=False))
    return with_who(rows.drop("_after", "next_referral"), scan, advisers=True)
