"""Early help: one row per episode begun or ended in the period, one per child with any begun in it."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import blank_to_null
from fcl_tui.records.front_door.contacts import number_band
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, soon, with_next, with_who

STEP_UP_DAYS = 28
"""A referral so soon after early help ended is a step up"""


def _known(scan: Scan) -> pl.LazyFrame:
    return (
        scan("early_help_episodes")
        .select(
            record="earl_episode_id",
            person_id="earl_person_id",
            start="earl_episode_start_date",
            end="earl_episode_end_date",
            organisation=blank_to_null(pl.col("earl_episode_organisation")).fill_null(NOT_RECORDED),
            source_row="source_row",
        )
        .filter(pl.col("person_id").is_not_null())
    )


def early_help(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per early help episode that began or ended in the period of a day.

    Returns:
        day, first, last, person_id, record, start, end (Date; null where it had not ended by the day),
        started, ended (Boolean: in the period), organisation (String, never null), stepped_up (Boolean: ended
        in the period, and a referral of the child on that day or in the 28 days after it), source_row.
    """
    referrals = scan("cin_episodes").select(person_id="cine_person_id", date="cine_referral_date")
    known = with_next(_known(scan), "end", referrals, "referral_date")
    rows = beside(days, known, in_period("start") | in_period("end")).with_columns(
        started=in_period("start"),
        ended=in_period("end"),
        stepped_up=in_period("end") & soon("referral_date", "end", STEP_UP_DAYS),
        end=pl.when(pl.col("end") <= DAY).then("end"),
    )
    return with_who(rows.drop("referral_date"), scan)


def early_help_children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child with early help begun in the period: day, first, last, person_id, episodes (Int64),
    number (String: 1 to 4, "5 or more"), referred (Boolean: a referral of the child in the period)."""
    begun = beside(days, _known(scan), in_period("start")).group_by("day", "first", "last", "person_id")
    referrals = scan("cin_episodes").select(person_id="cine_person_id", date="cine_referral_date")
    referred = (
        beside(days, referrals, in_period("date"))
        .select("day", "person_id", referred=pl.lit(value=True))
        .unique()
    )
    told = (
        begun.agg(episodes=pl.len().cast(pl.Int64))
        .join(referred, on=["day", "person_id"], how="left")
        .with_columns(pl.col("referred").fill_null(value=False), number=number_band("episodes"))
    )
    return with_who(told, scan)
