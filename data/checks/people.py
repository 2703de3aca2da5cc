"""Children without a date of birth, and children who are in the register of people twice."""

from __future__ import annotations

import polars as pl

from data.issues.rows import issues_of
from data.merging.duplicates import repeated
from data.merging.merge import Scan
from data.text import fold

NAMED = 5
"""Other numbers of the same name and date of birth that are named; of more there is the count."""


def without_birth_date(scan: Scan) -> pl.DataFrame:
    """People with neither a date of birth nor an expected one."""
    rows = scan("person").filter(pl.col("pers_dob").is_null() & pl.col("pers_expected_dob").is_null())
    reason = (
        "There is no date of birth, so no age and nothing that depends on it can be worked out; add it, or "
        "the expected date of birth."
    )
    wanted = rows.select("source", "source_row", "pers_person_id").collect()
    return issues_of(
        wanted, "person", "no_birth_date", "warning", effect="kept", reason=reason, column="pers_dob"
    )


def same_child_twice(scan: Scan) -> pl.DataFrame:
    """People of the same name and date of birth under different numbers.

    Names are compared folded (no accents, apostrophes or case) and in either order; both have to be there.
    Of the other numbers the first few are named, and the rest counted.
    The same number twice is held as the tables are put together (rules duplicate_row, duplicate_key).
    """
    forename, surname = fold(pl.col("pers_forename")), fold(pl.col("pers_surname"))
    called = pl.concat_str(
        "pers_dob", pl.min_horizontal(forename, surname), pl.max_horizontal(forename, surname), separator="\n"
    )
    people = (
        scan("person")
        .filter(pl.col("pers_dob").is_not_null(), (forename != "") & (surname != ""))
        .select("source", "source_row", "pers_person_id", _called=called)
    )
    several = people.filter(pl.col("_called").is_in(repeated(people, "_called").implode())).collect()
    # not all of them: of thousands who are called the same, each would carry the list of all the others
    numbers = several.group_by("_called").agg(
        _first=pl.col("pers_person_id").unique().sort().head(NAMED + 1),
        _all=pl.col("pers_person_id").n_unique(),
    )
    others = (
        pl.col("_first").list.set_difference(pl.concat_list("pers_person_id")).list.sort().list.head(NAMED)
    )
    more = pl.col("_all") - 1 - pl.col("_others").list.len()
    rows = (
        several.join(numbers.filter(pl.col("_all") > 1), on="_called", how="inner")
        .with_columns(_others=others)
        .with_columns(
            _others=pl.col("_others").list.join(", ")
            + pl.when(more > 0).then(pl.format(" and {} more", more)).otherwise(pl.lit(""))
        )
    )
    reason = (
        "Another number has the same name and date of birth. If they are one child, merge the two records in "
        "the case system; if they are two (twins not yet named), leave them."
    )
    return issues_of(
        rows, "person", "same_child_twice", "warning", effect="kept", reason=reason, column="pers_person_id",
        value=pl.col("_others"),
    )  # fmt: skip
