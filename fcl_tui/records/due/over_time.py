"""Due items as they stand on each of several days: those to be done then, and those that fell due by then.

Shared by the official figures of visits and reviews. What a state means is `timescales.state.at`, the same
that the reports of one day ask.
"""

from collections.abc import Mapping

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.over_time.people import with_holder, with_person
from fcl_tui.timescales.state import at

FELL_DUE = ("on_time", "late", "missed", "overdue")
BANDS = ("1 to 5 days", "6 to 10 days", "11 to 20 days", "Over 20 days")
"""Calendar days after the due day, both ends in the band"""


def of_rules(scan: Scan, kinds: Mapping[str, str]) -> pl.LazyFrame:
    """The due items of these rules with their kind; nobody's are left out."""
    kind = pl.col("rule").replace_strict(dict(kinds), default=None, return_dtype=pl.String)
    items = scan("due_items").filter(pl.col("rule").is_in(list(kinds)), pl.col("person_id").is_not_null())
    return items.with_columns(record_kind=kind)


def running(scan: Scan, days: pl.LazyFrame, kinds: Mapping[str, str]) -> pl.LazyFrame:
    """The cycle that runs on each day of what is due, required or not, one row per day and item.

    Returns:
        day, first, last, and the item's own columns with record_kind: started by the day, neither done nor
        ended by it.
    """
    day = pl.col("day")
    done, ended = pl.col("done_date"), pl.col("ended")
    since = pl.max_horizontal("started", "known_from")
    return days.join(of_rules(scan, kinds), how="cross").filter(
        since.is_null() | (since <= day), done.is_null() | (done > day), ended.is_null() | (ended > day)
    )


def to_be_done(scan: Scan, calendar: Calendar, days: pl.LazyFrame, kinds: Mapping[str, str]) -> pl.LazyFrame:
    """What is still to be done on each day, one row per day and item that is required.

    Returns:
        day, first, last, item_id, person_id, kind, rule, cycle, started, due_date, state (due, due_soon,
        overdue; null without a due date), days_late (Int64, calendar days), band (of BANDS; null when not
        overdue), working_days_left, days_left (Int64 to the due day; null when it has passed).
    """
    day, due = pl.col("day"), pl.col("due_date")
    ahead = pl.when(due >= day)
    late = pl.col("days_late")
    band = pl.lit(BANDS[-1])
    for most, name in zip((20, 10, 5), reversed(BANDS[:-1]), strict=True):
        band = pl.when(late <= most).then(pl.lit(name)).otherwise(band)
    stood = at(running(scan, days, kinds), scan("rules"), calendar, day, unfinished=True)
    return stood.filter("open").select(
        *("day", "first", "last", "item_id", "person_id", "rule", "cycle", "started", "due_date", "state"),
        "days_late",
        kind="record_kind",
        band=pl.when(pl.col("state") == "overdue").then(band),
        working_days_left=calendar.working_days_between(ahead.then(day), ahead.then(due)),
        days_left=ahead.then((due - day).dt.total_days()),
    )


def fallen_due(
    scan: Scan, calendar: Calendar, days: pl.LazyFrame, kinds: Mapping[str, str], within: str = "due_date"
) -> pl.LazyFrame:
    """What fell due in the window of each day, one row per day and item, by what became of it by the day.

    Not required is left out, and so is what is due on the day itself and not done yet: that day is in time.

    Args:
        within: the date of an item that is in the window.

    Returns:
        record (due), day, first, last, item_id, person_id, kind, rule, cycle, started, due_date, done_date,
        state (of FELL_DUE), days_late (Int64, calendar days).
    """
    items = of_rules(scan, kinds)
    crossed = days.join(items, how="cross").filter(pl.col(within).is_between("first", "last"))
    return (
        at(crossed, scan("rules"), calendar, pl.col("day"))
        .filter(pl.col("state").is_in(FELL_DUE))
        .select(
            *("day", "first", "last", "item_id", "person_id", "rule", "cycle", "started", "due_date"),
            *("done_date", "state", "days_late"),
            record=pl.lit("due"),
            kind="record_kind",
        )
    )


def told(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """The same rows with who the child is and who holds the case on the day, for every official figure."""
    return with_holder(with_person(rows, scan), scan, advisers=True)
