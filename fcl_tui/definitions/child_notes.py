"""Notes on a child: quick-look context that expires, and nothing that is owed."""

from datetime import date

import polars as pl

from fcl_tui.definitions.marks import standing


def child_notes(marks: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """List the notes in force, newest first.

    Args:
        marks: every mark in the order they count, as `data.office` gives them.
        as_at: a note whose last day was before this day has expired.

    Returns:
        person_id, note, made_by (String), made_at (Datetime, UTC), until (Date, the last day it is shown),
        saved (Boolean). A note taken back, or whose words have been purged, is not there.
    """
    return (
        standing(marks)
        .filter(
            pl.col("kind") == "child_note",
            pl.col("day") >= pl.lit(as_at),
            pl.col("note").str.strip_chars() != "",
        )
        .reverse()
        .select("person_id", "note", "made_by", "made_at", "saved", until="day")
        .select("person_id", "note", "made_by", "made_at", "until", "saved")
    )


def as_marks(notes: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of `child_notes` with the columns of `marks.listed`; their state is "noted"."""
    until = pl.concat_str(pl.lit("note until "), pl.col("until").dt.strftime("%d/%m/%Y"))
    return notes.select(
        pl.concat_str("person_id", pl.lit("|child")).alias("item_id"),
        "person_id",
        item=pl.lit("the child"),
        due_date=pl.lit(None, dtype=pl.Date),
        mark=pl.when("saved").then(until).otherwise(pl.concat_str(pl.lit("! not saved yet: "), until)),
        mark_by="made_by",
        mark_at="made_at",
        mark_note="note",
        state=pl.lit("noted"),
        saved="saved",
    )


def note_lines(notes: pl.DataFrame) -> dict[str, list[str]]:
    """Each child's notes as sentences, newest first, by person_id."""
    told = notes.select(
        "person_id",
        line=pl.concat_str(
            pl.when(~pl.col("saved")).then(pl.lit("! not saved yet: ")).otherwise(pl.lit("")),
            "note",
            pl.lit(" ("),
            "made_by",
            pl.col("made_at").dt.strftime(" %d/%m/%Y, "),
            pl.col("until").dt.strftime("until %d/%m/%Y)"),
        ),
    )
    grouped = told.group_by("person_id", maintain_order=True).agg("line")
    return dict(zip(grouped["person_id"].to_list(), grouped["line"].to_list(), strict=True))
