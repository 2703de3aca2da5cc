"""Reviews to be held on each day, those that fell due by then, first reviews of care, and those recorded."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar, age_on
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.measures.reviews import HELD_NAMES, KIND_NAMES
from fcl_tui.records.due.over_time import fallen_due, to_be_done, told
from fcl_tui.records.on_time import named_kinds
from fcl_tui.records.reviewing.due import KINDS, LED, officers, with_history
from fcl_tui.records.reviewing.held import answered, recorded

OFFICIAL = {rule: kind for rule, kind in KINDS.items() if kind in LED}
"""Reviews of looked-after children and of protection plans"""
FIRST = {"cla_review_first": "cla_first"}
NO_OFFICER = "No reviewing officer"


def with_officer(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Add officer: the reviewing officer on the day, of several the latest started."""
    then = (
        rows.select("person_id", "day")
        .unique()
        .join(officers(scan), on="person_id", how="inner")
        .filter(open_on(pl.col("day")))
        .sort(
            "person_id",
            "day",
            "start",
            "source_row",
            "officer",
            descending=[False, False, True, True, True],
            nulls_last=True,
        )
        .unique(["person_id", "day"], keep="first", maintain_order=True)
        .select("person_id", "day", "officer")
    )
    return rows.join(then, on=["person_id", "day"], how="left").with_columns(
        pl.col("officer").fill_null(NO_OFFICER)
    )


def open_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and review to be held: `due_over_time.to_be_done`, kind_name, officer, child."""
    items = to_be_done(scan, calendar, days, OFFICIAL)
    return with_officer(told(items, scan), scan).with_columns(named_kinds(KIND_NAMES))


def due_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and review that fell due in its window, of kinds whose history the source has.

    The columns of `due_over_time.fallen_due`, kind_name, officer, child, holder.
    """
    known = with_history(Coverage.read(scan))
    kinds = {rule: kind for rule, kind in OFFICIAL.items() if kind in known}
    items = fallen_due(scan, calendar, days, kinds)
    return with_officer(told(items, scan), scan).with_columns(named_kinds(KIND_NAMES))


def first_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child who came into care in its window, the first review due before the day.

    Who left care before the due day is not in it.
    """
    known = with_history(Coverage.read(scan))
    kinds = {rule: kind for rule, kind in FIRST.items() if kind in known}
    items = fallen_due(scan, calendar, days, kinds, within="started")
    return with_officer(told(items.filter(pl.col("due_date") < pl.col("day")), scan), scan)


def held_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and review recorded in its window, held or cancelled.

    Returns:
        day, first, last, the columns of `reviews_held.recorded`, kind_name, age_then (Int64, on the day
        of the
        review), asked_to_take_part, took_part (Boolean: see `reviews_held.answered`), plan_length
        (String: how long the
        protection plan had run), officer, child, holder.
    """
    rows = days.join(recorded(scan).filter(pl.col("person_id").is_not_null()), how="cross").filter(
        pl.col("date").is_between("first", "last")
    )
    told_of = told(rows, scan).with_columns(
        age_then=age_on(pl.col("date_of_birth"), pl.col("date")).cast(pl.Int64)
    )
    return with_officer(answered(told_of, Coverage.read(scan), "age_then"), scan).with_columns(
        kind_name=pl.col("kind").replace_strict(HELD_NAMES, return_dtype=pl.String)
    )
