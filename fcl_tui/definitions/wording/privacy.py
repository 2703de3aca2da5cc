"""Names and birth dates shown as little as will do, for a screen that others can see."""

import polars as pl

from data.frames import Scan

HIDDEN = "(hidden)"
"""In the place of a note, which can hold a name."""


def masked(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows with initials for names, no notes and no dates of birth; ids and dates of work stay.

    Columns that are masked when present: name, forename, surname, known_as (String), date_of_birth and
    expected_date_of_birth (Date, emptied), note and mark_note (String, "(hidden)" where there is one).
    """
    names = [column for column in ("name", "forename", "surname") if column in frame.columns]
    births = [c for c in ("date_of_birth", "expected_date_of_birth") if c in frame.columns]
    initials = [
        pl.col(name)
        .str.extract_all(r"(?:^|[\s,\-])[^\s,\-]")
        .list.eval(pl.element().str.strip_chars(" ,-").str.to_uppercase())
        .list.join(".")
        .name.keep()
        for name in names
    ]
    emptied = [pl.lit(None, dtype=pl.Date).alias(birth) for birth in births]
    hidden = [
        pl.when(pl.col(note).is_not_null()).then(pl.lit(HIDDEN)).alias(note)
        for note in ("note", "mark_note")
        if note in frame.columns
    ]
    return frame.with_columns(*initials, *emptied, *hidden)


def called(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows; who has no name in the source is called by number ("id 412345"), to tell them apart."""
    if not {"name", "person_id"} <= set(frame.columns):
        return frame
    number = pl.concat_str(pl.lit("id "), pl.col("person_id"))
    return frame.with_columns(name=pl.coalesce("name", number))


def initials(scan: Scan) -> pl.LazyFrame:
    """Everybody's initials: person_id, initials (forename's and surname's first letters, "A.B.", or null)."""
    letters = [
        pl.col(name).str.extract(r"(\p{L})").str.to_uppercase() + "." for name in ("forename", "surname")
    ]
    return scan("people").select(
        "person_id", initials=pl.concat_str(letters, ignore_nulls=True).replace("", None)
    )
