"""Marks on due items: what the office does about each, and whether that still holds."""

from datetime import date, datetime
from typing import TypeVar, cast

import polars as pl

from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.privacy import HIDDEN

KINDS = {
    "chased": "chased",
    "booked": "booked",
    "done": "done, to be recorded",
    "not_needed": "not needed",
    "handed": "handed to",
    "snoozed": "snoozed until",
    "note": "note",
    "child_note": "note on the child until",
}
"""What can be said of an item, and how it reads in a history."""

STATES = ("broken", "unanswered", "back", "awaited", "held", "snoozed", "noted", "resolved")
"""unanswered: chased, the day to chase again has come, nothing recorded.
broken: booked, the day has passed, nothing recorded. awaited: booked, the day has passed, and the data is
older than that day, so that nobody can tell. back: a snooze is over. resolved: nothing is owed."""

COME_BACK = ("broken", "unanswered", "back")
"""States in which an item is for somebody to act on again"""

LETTERS = {
    "chased": "c",
    "booked": "b",
    "done": "d",
    "not_needed": "x",
    "handed": "h",
    "snoozed": "s",
    "note": "n",
}
"""By which key each is made"""

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

RAW = ("mark_kind", "mark_day", "mark_whom")
"""What a mark says, not in words."""


CHASE_DAYS = 3
"""Working days after which a chase without result is chased again, unless the setting chase_days says else"""


def with_follow_up(marks: pl.LazyFrame, calendar: Calendar, days: int = CHASE_DAYS) -> pl.LazyFrame:
    """Give each chase that was marked without a day its day to chase again, in `day`.

    Args:
        days: working days from the day (UTC) it was made, which is day 0.
    """
    again = calendar.add_working_days(pl.col("made_at").dt.date(), days)
    chased = (pl.col("kind") == "chased") & pl.col("day").is_null()
    return marks.with_columns(day=pl.when(chased).then(again).otherwise(pl.col("day")))


def standing(marks: pl.LazyFrame) -> pl.LazyFrame:
    """The marks that nobody has taken back, in the order they were saved."""
    undone = marks.filter(pl.col("kind") == "undone").select(mark_id="undoes")
    return marks.filter(pl.col("kind") != "undone").join(
        undone, on="mark_id", how="anti", maintain_order="left"
    )


def marked(items: pl.LazyFrame, marks: pl.LazyFrame, as_at: date, data_date: date) -> pl.LazyFrame:
    """Put the current mark of each item beside it.

    Args:
        items: one row per due item that is still owed; has `item_id`.
        marks: every mark in the order they count, as `data.office` gives them.
        as_at: the day on which promises and snoozes are looked at. Marks themselves are those of now.
        data_date: the day the snapshot is about. What was booked for a later day cannot be in it, so the
            promise is broken only from that day on. A chase comes back on its day (see `with_follow_up`)
            whatever the data can show: to ask twice does no harm, to wait for ever does.

    Returns:
        the rows of `items` in their order, and: mark (words: "booked 27/11/2026", "! booked 20/11/2026
        passed", "? booked 24/11/2026 - data of 23/11/2026 cannot show it yet"; null without one), mark_by,
        mark_at (Datetime, UTC), mark_note, mark_state (of STATES; null without a mark), mark_shown (the words
        in about 14 cells, + where there is a note beside it), mark_letter (of LETTERS, or ! when it has come
        back or is not saved), mark_saved (Boolean, null without a mark), and RAW: mark_kind, mark_day,
        mark_whom. A note alone never takes the place of what was said before it.
    """
    return items.join(current(marks, as_at, data_date), on="item_id", how="left", maintain_order="left")


def current(marks: pl.LazyFrame, as_at: date, data_date: date) -> pl.LazyFrame:
    """The current mark of every item that has one, whether still owed or not: item_id, then mark…"""
    of_item = (
        standing(marks)
        .filter(pl.col("kind") != "child_note")  # of the child, not of anything that is owed
        .with_columns(place=pl.when(pl.col("kind") == "note").then(0).otherwise(1))
        .sort("place", maintain_order=True)
        .group_by("item_id", maintain_order=True)
        .agg(
            pl.col("kind", "day", "whom", "made_by", "made_at").last(),
            pl.col("saved").all().alias("mark_saved"),
            said=pl.col("note").last(),
            noted=pl.col("note").filter(pl.col("kind") == "note").last(),
        )
    )
    day = pl.lit(as_at)
    kind = pl.col("kind")
    state = (
        pl.when((kind == "booked") & (pl.col("day") < day))
        .then(pl.when(pl.col("day") > pl.lit(data_date)).then(pl.lit("awaited")).otherwise(pl.lit("broken")))
        .when((kind == "chased") & (pl.col("day") <= day))
        .then(pl.lit("unanswered"))
        .when((kind == "snoozed") & (pl.col("day") <= day))
        .then(pl.lit("back"))
        .when(kind == "snoozed")
        .then(pl.lit("snoozed"))
        .when(kind == "note")
        .then(pl.lit("noted"))
        .otherwise(pl.lit("held"))
    )
    noted = pl.col("noted").fill_null("") != ""
    more = pl.when(noted & (kind != "note")).then(pl.lit(" +")).otherwise(pl.lit(""))
    return of_item.with_columns(mark_state=state).select(
        "item_id",
        mark=_words("%d/%m/%Y", data_date, short=False),
        mark_by="made_by",
        mark_at="made_at",
        mark_note=pl.concat_str(
            "said", pl.when(kind != "note").then("noted"), separator="; ", ignore_nulls=True
        ).replace("", None),
        mark_state="mark_state",
        mark_shown=pl.concat_str(_words("%d/%m", data_date, short=True), more),
        mark_letter=pl.when(state.is_in(COME_BACK) | ~pl.col("mark_saved"))
        .then(pl.lit("!"))
        .otherwise(kind.replace_strict(LETTERS, default="+")),
        mark_saved="mark_saved",
        mark_kind=kind,
        mark_day="day",
        mark_whom="whom",
    )  # fmt: skip


def _words(day_format: str, data_date: date, *, short: bool) -> pl.Expr:
    kind, whom = pl.col("kind"), pl.col("whom")
    day = pl.col("day").dt.strftime(day_format)
    whoever = pl.concat_str(pl.lit(" "), whom)
    again = (
        [pl.concat_str(pl.lit(" ("), day, pl.lit(")"))]
        if short
        else [whoever, pl.concat_str(pl.lit(", again on "), day)]
    )
    of = {
        "booked": pl.concat_str(pl.lit("booked "), day),
        "done": pl.lit("done" if short else KINDS["done"]),
        "not_needed": pl.lit("not needed"),
        "handed": pl.concat_str(pl.lit("to " if short else "handed to "), whom.fill_null("?")),
        "snoozed": pl.concat_str(pl.lit("snoozed " if short else "snoozed until "), day),
        "note": pl.lit("note"),
        "chased": pl.concat_str(pl.lit("chased"), *again, ignore_nulls=True),
    }
    words = pl.coalesce(*(pl.when(kind == name).then(text) for name, text in of.items()))
    loud = pl.col("mark_state").is_in(COME_BACK)
    unanswered = pl.concat_str(
        pl.lit("chased"), whoever, pl.concat_str(pl.lit(", no answer by "), day), ignore_nulls=True
    )
    passed = pl.concat_str(
        pl.lit("! "),
        pl.when(pl.col("mark_state") == "back")
        .then(pl.concat_str(pl.lit("snooze " if short else "snooze until "), day))
        .when(pl.col("mark_state") == "unanswered")
        .then(pl.lit("no answer") if short else unanswered)
        .otherwise(words),
        pl.when(pl.lit(value=not short) & (pl.col("mark_state") != "unanswered"))
        .then(pl.lit(" passed"))
        .otherwise(pl.lit("")),
    )
    unknown = pl.concat_str(
        pl.lit("? "), words, pl.lit("" if short else f" - data of {data_date:%d/%m/%Y} cannot show it yet")
    )
    waits = pl.col("mark_state") == "awaited"
    told = pl.when(loud).then(passed).when(waits).then(unknown).otherwise(words)
    unsaved = pl.concat_str(pl.lit("! unsaved " if short else "! not saved yet: "), told)
    return pl.when(pl.col("mark_saved")).then(told).otherwise(unsaved)


def only(frame: Frame, which: str | None, who: str) -> Frame:
    """Rows of `marked` that are unmarked, mine (marked by `who`) or broken (in COME_BACK)."""
    state = pl.col("mark_state")
    if which == "unmarked":
        return frame.filter(state.is_null() | (state == "noted"))
    if which == "mine":
        return frame.filter(pl.col("mark_by") == who)
    if which == "broken":
        return frame.filter(state.is_in(COME_BACK))
    return frame


def listed(
    marks: pl.LazyFrame, owed: pl.LazyFrame, as_at: date, data_date: date, *, history: bool = False
) -> pl.LazyFrame:
    """List the marks themselves.

    Args:
        owed: item_id, person_id, item, due_date of what is still owed on the day.
        history: every mark ever made, in order; else the current one of each item.

    Returns:
        item_id, person_id, item (null when nothing is owed any more), due_date, then by history (notes on a
        child too, their item being "the child"): kind, day, whom, note, made_by, made_at, undone (Boolean),
        saved; else mark, mark_by, mark_at, mark_note, state (STATES; resolved when nothing is owed any
        more), saved.
    """
    known = owed.select("item_id", "item", "due_date")
    noted = pl.col("item_id").str.ends_with("|child")
    number = pl.when(noted).then(pl.col("item_id").str.strip_suffix("|child"))
    person = number.otherwise(pl.col("item_id").str.split("|").list.first()).alias("person_id")
    of_child = pl.when(noted).then(pl.lit("the child"))
    head = ("item_id", person, pl.coalesce("item", of_child), "due_date")
    if history:
        taken = marks.filter(pl.col("kind") == "undone").select(mark_id="undoes", undone=pl.lit(True))
        return (
            marks.join(taken, on="mark_id", how="left", maintain_order="left")
            .join(known, on="item_id", how="left", maintain_order="left")
            .select(
                *head, "kind", "day", "whom", "note", "made_by", "made_at",
                pl.col("undone").fill_null(value=False), "saved",
            )
        )  # fmt: skip
    there = known.with_columns(there=pl.lit(True))
    gone = pl.col("there").is_null()
    return (
        current(marks, as_at, data_date)
        .join(there, on="item_id", how="left", maintain_order="left")
        .with_columns(state=pl.when(gone).then(pl.lit("resolved")).otherwise("mark_state"))
        .select(*head, "mark", "mark_by", "mark_at", "mark_note", "state", saved="mark_saved")
        .sort("mark_at", "item_id")
    )


def counted(frame: Frame) -> Frame:
    """How many of each child's items are marked: person_id (unique), marked ("2 of 5")."""
    marks = pl.col("mark").is_not_null().sum().cast(pl.String)
    broken = pl.col("mark_state").is_in(COME_BACK).any()
    return frame.group_by("person_id", maintain_order=True).agg(
        marked=pl.concat_str(
            pl.when(broken).then(pl.lit("! ")).otherwise(pl.lit("")),
            marks,
            pl.lit(" of "),
            pl.len().cast(pl.String),
        )
    )


def last_batch(marks: pl.DataFrame, who: str) -> pl.DataFrame:
    """The rows of the last thing `who` marked in one action and has not taken back."""
    mine = standing(marks.lazy()).filter(pl.col("made_by") == who)
    return mine.filter(pl.col("batch") == pl.col("batch").last()).collect()


HERE = "Europe/London"
"""Times are kept in UTC and told as the clocks in England show them"""


def clock(at: datetime) -> datetime:
    """A time in UTC without a zone, as the clocks here show it."""
    return cast("datetime", pl.select(local(pl.lit(at))).item())


def local(at: pl.Expr) -> pl.Expr:
    """Times in UTC without a zone, as the clocks here show them."""
    return at.dt.replace_time_zone("UTC").dt.convert_time_zone(HERE).dt.replace_time_zone(None)


def history_lines(marks: pl.DataFrame, item_id: str, *, masked: bool = False) -> list[str]:
    """Everything said of one item as sentences, oldest first; taken back ones say so.

    masked: notes are not told, only that there are some.
    """
    note = pl.lit(HIDDEN) if masked else pl.col("note")
    taken = pl.col("mark_id").is_in(marks["undoes"].drop_nulls().to_list())
    rows = marks.filter(pl.col("item_id") == item_id).select(
        pl.concat_str(
            local(pl.col("made_at")).dt.strftime("%d/%m/%Y %H:%M "),
            pl.col("made_by"),
            pl.lit(": "),
            pl.concat_str(
                pl.col("kind").replace_strict(KINDS | {"undone": "took back a mark"}, default="marked"),
                "whom",
                pl.col("day").dt.strftime("%d/%m/%Y"),
                pl.when(pl.col("note").is_not_null()).then(pl.concat_str(pl.lit("- "), note)),
                pl.when(taken).then(pl.lit("(taken back)")),
                pl.when(~pl.col("saved")).then(pl.lit("! not saved yet")),
                separator=" ",
                ignore_nulls=True,
            ),
        )
    )
    return rows.to_series().to_list()
