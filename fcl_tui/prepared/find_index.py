"""Where a name is looked for: text of some hundred people at a time, in the order in which they are listed.

No row is of one child, so it cannot be narrowed to some as other frames are. Only who sees all children, but
for some restricted records, is answered from it, and those are taken out of what is found
(`records.find.indexed`).
"""

from datetime import date

import polars as pl

from data.schema.fields import Field
from data.text import fold

TEXT, TOLD, WORDS = "find_text", "find_told", "find_words"
"""The frames' names in a snapshot; one of few people, or made before, has none: every name is
looked through there."""

FIELDS = {
    TEXT: (
        Field("block", "Int64", "kept", "number of the block, from 0"),
        Field("standing", "Int8", "kept", "of the people in it: OPEN, BY_DAY or CLOSED"),
        Field("text", "String", "hidden", "a line a person: folded number, then folded names (see `line`)"),
    ),
    TOLD: (
        Field("block", "Int64", "kept", "as in the text"),
        Field("told", "String", "hidden", "a line a person, in the same order: `PERSON` as JSON"),
    ),
    WORDS: (
        Field("word", "String", "hidden", "each word of letters alone in anybody's names or number, once"),
    ),
}

BLOCK = 256
"""People in a block at most: few enough to be read for one of them, so many that a million are few blocks"""

OPEN, BY_DAY, CLOSED = 0, 1, 2
"""On the day of the data and every later one open, open on some of them (a care leaver until a birthday), or
closed. The blocks come in this order."""

PERSON = pl.Struct(
    {
        "person_id": pl.String,
        "name": pl.String,
        "date_of_birth": pl.Date,
        "find_key": pl.String,
        "ordered": pl.String,
    }
)
"""What is told of a person; `ordered` is the folded name"""

BY = ("by", "name", "person_id")
"""What `lines` are to be sorted by, nulls last"""


def _standing(statuses: pl.LazyFrame, day: date) -> pl.LazyFrame:
    later = pl.col("end") > pl.lit(day)
    started = pl.col("start").is_null() | (pl.col("start") <= pl.lit(day))
    return (
        statuses.filter(pl.col("end").is_null() | later)
        .group_by("person_id")
        .agg(always=(started & pl.col("end").is_null()).any())
        .select("person_id", standing=pl.when("always").then(OPEN).otherwise(BY_DAY))
    )


def lines(people: pl.LazyFrame, statuses: pl.LazyFrame, day: date) -> pl.LazyFrame:
    """A line a person who can be found by a name or a number, to be sorted by `BY`.

    Args:
        people, statuses: the prepared frames.
        day: the date of the data.

    Returns:
        by (String: standing, then those without a name last, then the folded name), name, person_id,
        standing, line, told.
    """
    ordered = fold(pl.col("name"))
    standing = pl.col("standing").fill_null(CLOSED)
    nameless = pl.col("name").is_null().cast(pl.Int8)
    number = fold(pl.col("person_id"))
    return (
        people.filter(pl.col("find_key").is_not_null())
        .join(_standing(statuses, day), on="person_id", how="left")
        .select(
            "name",
            "person_id",
            by=pl.concat_str(standing, nameless, ordered.fill_null("")),
            standing=standing.cast(pl.Int8),
            # the number first, so that a line's beginning is a number's: see `looked_for`
            line=pl.concat_str(pl.lit(" "), number, pl.lit(" "), pl.col("find_key"), pl.lit(" ")),
            told=pl.struct(
                "person_id", "name", "date_of_birth", "find_key", ordered=ordered
            ).struct.json_encode(),
        )
    )


def words(ordered: pl.DataFrame) -> pl.DataFrame:
    """The different words of letters alone in some lines: word."""
    spoken = ordered.select(word=pl.col("line").str.split(" ").explode())
    return spoken.unique().filter(pl.col("word").str.contains(r"^\p{L}+$"))


def blocks(ordered: pl.DataFrame) -> pl.DataFrame:
    """Some lines, sorted by `BY`, as blocks: standing, text, told."""
    within = pl.int_range(pl.len()).over("standing") // BLOCK
    return (
        ordered.with_columns(within=within)
        .group_by("standing", "within", maintain_order=True)
        .agg(text=pl.lit("\n") + pl.col("line").str.join("\n"), told=pl.col("told").str.join("\n"))
        .drop("within")
    )
