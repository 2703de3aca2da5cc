"""My day: what to chase this morning, and why each item is on the list."""

import re
from datetime import date
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.marks import COME_BACK
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.records.day.chasing import stand
from fcl_tui.records.due.items import open_items, required

GROUPS = {
    "broken": "Missed bookings",
    "unanswered": "Chased, no answer since",
    "back": "Back from snooze",
    "booked_today": "Booked for today",
    "handed": "Handed to me",
    "new": "Overdue, new since I last looked",
    "untouched": "Overdue and untouched",
}
"""In the order of the list. An item stands in the first that fits it, and in no other."""

NEW_SOON = "Due soon, new since I last looked"
"""The heading of what is in the group `new` without being overdue; it stands at the very end"""

SHORT = {
    "broken": "missed",
    "unanswered": "no answer",
    "back": "back",
    "booked_today": "today",
    "handed": "handed",
    "new": "new",
    "untouched": "untouched",
}


def stood(scan: Scan, calendar: Calendar, day: date) -> pl.LazyFrame:
    """What was owed on a day, to compare with: item_id (unique), was (the state; null without a date)."""
    return open_items(scan, calendar, day).filter(required()).select("item_id", was="state")


def my_day(items: pl.LazyFrame, earlier: pl.LazyFrame, since: date, as_at: date, who: str) -> pl.LazyFrame:
    """List what to chase.

    Args:
        items: rows of `client_overview` by item, as `marks.marked` gives them.
        earlier: what was owed when the reader last looked, as `stood` gives it.
        since: the day of `earlier`.
        as_at: the day of `items`.
        who: the reader, as marks name people.

    Returns:
        the rows of `items` that are in a group, with group (key of GROUPS), group_shown (in words), why (a
        few words), why_shown (the same in about 12 cells); in the order of GROUPS, inside a group in the
        order of `items`, but what is new and only due soon after everything overdue.

        broken, unanswered, back: as `marks` says. booked_today: booked for the as-at day. handed: handed to
        `who`. new: overdue now and not at `since`, or due soon now and neither then, and nobody has done
        anything about it (see `chasing.stand`; for what is due soon any mark but a note counts). untouched:
        overdue, the same.
    """
    order = {name: number for number, name in enumerate(GROUPS)}
    later = (pl.col("group") == "new") & (pl.col("state") != "overdue").fill_null(value=True)
    place = (
        pl.when(later)
        .then(len(order))
        .otherwise(pl.col("group").replace_strict(order, default=None, return_dtype=pl.Int32))
    )
    return (
        _grouped(items, earlier, as_at, who)
        .filter(pl.col("group").is_not_null())
        .with_columns(
            group_shown=pl.when(later)
            .then(pl.lit(NEW_SOON))
            .otherwise(pl.col("group").replace_strict(GROUPS, return_dtype=pl.String)),
            why=_why(since),
            why_shown=_why_shown(),
        )
        .drop("was", "there")
        .sort(place, maintain_order=True)
    )


def _grouped(items: pl.LazyFrame, earlier: pl.LazyFrame, as_at: date, who: str) -> pl.LazyFrame:
    """The required rows with group (null: in none), was and there (whether it was owed then)."""
    known = earlier.with_columns(there=pl.lit(value=True))
    overdue, soon = pl.col("state") == "overdue", pl.col("state") == "due_soon"
    late_before = (pl.col("was") == "overdue").fill_null(value=False)
    near_before = pl.col("was").is_in(["overdue", "due_soon"]).fill_null(value=False)
    untouched = stand() == "untouched"
    booked = (pl.col("mark_kind") == "booked") & (pl.col("mark_day") == pl.lit(as_at))
    group = (
        pl.when(pl.col("mark_state").is_in(COME_BACK))
        .then("mark_state")
        .when(booked)
        .then(pl.lit("booked_today"))
        .when((pl.col("mark_kind") == "handed") & _to(who))
        .then(pl.lit("handed"))
        .when(untouched & ((overdue & ~late_before) | (soon & ~near_before)))
        .then(pl.lit("new"))
        .when(untouched & overdue)
        .then(pl.lit("untouched"))
    )
    return (
        items.filter(required())
        .join(known, on="item_id", how="left", maintain_order="left")
        .with_columns(group=group)
    )


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _to(who: str) -> pl.Expr:
    """Whether the mark names the reader: in full, by the first name alone, or with more words after it.

    Two readers of one first name both see what was handed to that name; neither misses it.
    """
    mine = _words(who)
    whom = pl.col("mark_whom").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    first = mine.split(" ")[0]
    return (whom.is_in([mine, first]) | whom.str.starts_with(f"{mine} ")) if mine else pl.lit(value=False)


def _why(since: date) -> pl.Expr:
    """Why an item is in its group."""
    day = pl.col("mark_day").dt.strftime("%d/%m/%Y")
    became = pl.col("due_date").dt.offset_by("1d")
    due = pl.col("due_date").dt.strftime("%d/%m/%Y")
    overdue, there = pl.col("state") == "overdue", pl.col("there").fill_null(value=False)
    before = (
        pl.when(pl.col("mark_kind") == "chased").then(pl.lit(", chased before that")).otherwise(pl.lit(""))
    )
    new = (
        pl.when(overdue & (became > pl.lit(since)))
        .then(pl.concat_str(pl.lit("became overdue, due "), due, before))
        .when(overdue & there)
        .then(pl.concat_str(pl.lit("now overdue, due "), due))
        .when(overdue)
        .then(pl.concat_str(pl.lit("new and overdue, due "), due))
        .when(there)
        .then(pl.concat_str(pl.lit("due soon: "), due))
        .otherwise(pl.concat_str(pl.lit("new, due soon: "), due))
    )
    of = {
        "broken": pl.concat_str(pl.lit("booked "), day, pl.lit(", passed")),
        "unanswered": pl.concat_str(
            pl.lit("chased "), pl.col("mark_at").dt.strftime("%d/%m/%Y"), pl.lit(", no answer by "), day
        ),
        "back": pl.concat_str(pl.lit("snoozed until "), day),
        "booked_today": pl.concat_str(pl.lit("booked "), day, pl.lit(", today")),
        "handed": pl.concat_str(pl.lit("from "), "mark_by", pl.col("mark_at").dt.strftime(", %d/%m/%Y")),
        "new": new,
        "untouched": pl.concat_str(pl.lit("overdue, due "), due, before),
    }
    return pl.coalesce(*(pl.when(pl.col("group") == name).then(words) for name, words in of.items()))


def _why_shown() -> pl.Expr:
    """Why an item is in its group, beside a column that says how late it is."""
    day, due = pl.col("mark_day").dt.strftime("%d/%m"), pl.col("due_date").dt.strftime("%d/%m/%y")
    of = {
        "broken": pl.concat_str(pl.lit("booked "), day),
        "unanswered": pl.concat_str(pl.lit("chased "), pl.col("mark_at").dt.strftime("%d/%m")),
        "back": pl.concat_str(pl.lit("snooze "), day),
        "booked_today": pl.lit("booked today"),
        "handed": pl.concat_str(pl.lit("from "), "mark_by"),
    }
    told = (pl.when(pl.col("group") == name).then(words) for name, words in of.items())
    return pl.coalesce(*told, pl.concat_str(pl.lit("due "), due))


def counts(rows: pl.DataFrame) -> dict[str, int]:
    """How many are in each group of `my_day`, every group, in order."""
    found = dict(rows.group_by("group").len().iter_rows())
    return {name: int(found.get(name, 0)) for name in GROUPS}


def headline(rows: pl.DataFrame) -> str:
    """The groups of `my_day` and how many are in each, as one line."""
    told = ", ".join(f"{count:,} {SHORT[name]}" for name, count in counts(rows).items() if count)
    return f"{rows.height:,} to chase" + (f": {told}" if told else "")


def left_out(
    scan: Scan,
    items: pl.LazyFrame,
    scoped: pl.LazyFrame,
    earlier: pl.LazyFrame,
    as_at: date,
    who: str,
) -> pl.LazyFrame:
    """Say what is not on the list, and why.

    Args:
        items: every team's items, as for `my_day`.
        scoped: those of the chosen team or worker.

    Returns:
        reason (a sentence), count (Int64, above zero), what (items, rows, timescales).
    """
    rest = _grouped(scoped, earlier, as_at, who).filter(pl.col("group").is_null())
    mine: dict[str, Any] = {"on": "item_id", "how": "anti"}
    outside = (
        items.filter(required(), pl.col("mark_kind") == "handed")
        .filter(_to(who), ~pl.col("mark_state").is_in(COME_BACK))
        .join(scoped.select("item_id"), **mine)
    )
    lines = [
        said(outside, "handed to you, of another team or worker", "items"),
        said(
            rest.filter(pl.col("state") == "overdue"),
            "overdue, already dealt with (chased, booked, handed, snoozed, done, not needed)",
            "items",
        ),
        said(
            rest.filter(pl.col("state") == "due_soon"),
            "due soon, there before or already dealt with",
            "items",
        ),
        rows_held(scan),
        timescales_absent(scan),
    ]
    return pl.concat(lines).filter(pl.col("count") > 0)
