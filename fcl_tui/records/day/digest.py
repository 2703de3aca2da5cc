"""What a team has to chase, in lines without names: initials, number, item and how late."""

from datetime import date, timedelta

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.records.due.items import required

WITHIN = 7
"""Calendar days ahead, the as-at day not counted, up to which an item counts as due soon here."""


def _judged(items: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """What is required, with overdue, due_in_7 and broken (Boolean, never null)."""
    week = pl.col("due_date").is_between(pl.lit(as_at), pl.lit(as_at + timedelta(days=WITHIN)))
    return items.filter(required()).with_columns(
        overdue=(pl.col("state") == "overdue").fill_null(value=False),
        due_in_7=week.fill_null(value=False),
        broken=(pl.col("mark_state") == "broken").fill_null(value=False),
    )


LISTED = pl.any_horizontal("overdue", "due_in_7", "broken")


def digest(items: pl.LazyFrame, initials: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """Keep what is overdue, due within seven days, or booked, past and not done.

    Args:
        items: rows of `client_overview` by item, as `marks.marked` gives them.
        initials: person_id (unique), initials, as `privacy.initials` gives them.

    Returns:
        person_id, item_id, initials (or null), item, due_date, overdue, due_in_7, broken (Boolean each), line
        (String: "A.B. 12345  Child protection visit  overdue 4 working days"). What is overdue first, then
        what is due, then what only has a missed booking; within each in the order of `items`. No name, date
        of birth, note or other words a person typed.
    """
    due, days = pl.col("due_date"), pl.col("days").abs()
    one = days == 1
    unit = (
        pl.when(pl.col("unit") == "wd")
        .then(pl.when(one).then(pl.lit(" working day")).otherwise(pl.lit(" working days")))
        .otherwise(pl.when(one).then(pl.lit(" day")).otherwise(pl.lit(" days")))
    )
    span = pl.concat_str(days, unit)
    state = (
        pl.when("overdue")
        .then(pl.concat_str(pl.lit("overdue "), span))
        .when(due == pl.lit(as_at))
        .then(pl.lit("due today"))
        .when(due > pl.lit(as_at))
        .then(pl.concat_str(pl.lit("due in "), span))
        .when(due.is_not_null())
        .then(pl.concat_str(pl.lit("may have been due "), due.dt.strftime("%d/%m/%Y")))
        .otherwise(pl.lit("no due date known"))
    )
    booked = pl.concat_str(
        pl.lit("  ! booked "), pl.col("mark_day").dt.strftime("%d/%m/%Y"), pl.lit(", not done")
    )
    return (
        _judged(items, as_at)
        .filter(LISTED)
        .join(initials, on="person_id", how="left", maintain_order="left")
        .with_columns(
            line=pl.concat_str(
                pl.concat_str("initials", "person_id", separator=" ", ignore_nulls=True),
                pl.lit("  "),
                "item",
                pl.lit("  "),
                state,
                pl.when("broken").then(booked).otherwise(pl.lit("")),
            )
        )
        .sort(~pl.col("overdue"), ~pl.col("due_in_7"), maintain_order=True)
        .select(
            "person_id", "item_id", "initials", "item", "due_date", "overdue", "due_in_7", "broken", "line"
        )
    )


def left_out(scan: Scan, items: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """Say what a digest of these items does not list, and why; what is due later is no part of it.

    Returns:
        reason (a sentence), count (Int64, above zero), what (items, rows, timescales).
    """
    rest = _judged(items, as_at).filter(~LISTED)
    lines = [
        said(
            rest.filter(pl.col("due_date").is_null()),
            "have no due date, because a date it counts from is missing",
            "items",
        ),
        said(
            rest.filter(pl.col("due_date") < pl.lit(as_at)),
            "may have been due already; this source cannot say",
            "items",
        ),
        rows_held(scan),
        timescales_absent(scan),
    ]
    return pl.concat(lines).filter(pl.col("count") > 0)
