"""One child under two spellings of a number: 00123 in one list, 123 in another that lost its zeros."""

from collections.abc import Mapping

import polars as pl

from data.schema.dates import moments
from data.sources.annex_a.headers import CHILD_ID, place
from data.sources.annex_a.problems import row_issues

_BORN = "Date of Birth"
_RULES = {
    True: (
        "zeros_lost",
        "kept",
        "Another list has this child's number with zeros before it and the same date of birth, so both were "
        "read as one child.",
    ),
    False: (
        "number_in_doubt",
        "child",
        "Another row has this number with other zeros before it; whether both are one child is not certain, "
        "so they were kept apart. Write the number in one way.",
    ),
}
"""Whether two spellings are one child: the rule, the column with the number used, and the reason."""


def join_numbers(
    frames: Mapping[int, pl.DataFrame],
) -> tuple[dict[int, pl.DataFrame], list[pl.DataFrame]]:
    """Give a child one number in all lists where two spellings of it can only be one child.

    They are one when there are just two, which never stand in the same list, and both have the same date
    of birth and no other. The one with more zeros is kept. In any other case both stay as they are.

    Args:
        frames: the usable rows of each list, with `child` and `source_row`.

    Returns:
        the lists, and an issue for each row whose number was changed or is in doubt.
    """
    known = _spellings(frames)
    if known.is_empty():
        return dict(frames), []
    joined, issues = {}, []
    for list_no, rows in frames.items():
        frame = rows.join(known, on="child", how="left", maintain_order="left")
        for one, (rule, person, reason) in _RULES.items():
            told = frame.filter(pl.col("one") == one, (pl.col("child") != pl.col("kept")) | ~pl.col("one"))
            issues.append(
                row_issues(
                    told, rule, place(list_no), "warning", effect="kept", reason=reason, column=CHILD_ID,
                    value="child", person=person,
                )
            )  # fmt: skip
        child = pl.when(pl.col("one")).then("kept").otherwise("child")
        joined[list_no] = frame.with_columns(child.alias("child")).select(rows.columns)
    return joined, issues


def _spellings(frames: Mapping[int, pl.DataFrame]) -> pl.DataFrame:
    """child, kept, one (Boolean) for every number that is spelled in more than one way."""
    none = pl.DataFrame(
        schema={"child": pl.String, "list_no": pl.Int32, "born": pl.Datetime("us"), "number": pl.String}
    )
    found = [
        rows.select(
            "child",
            list_no=pl.lit(list_no, pl.Int32),
            born=moments(rows[_BORN]) if _BORN in rows.columns else pl.lit(None, pl.Datetime("us")),
            number=pl.col("child").str.strip_chars_start("0"),
        ).filter(pl.col("child").str.contains(r"^\d+$"))
        for list_no, rows in frames.items()
    ]
    spelled = pl.concat([none, *found]).filter(pl.col("child").n_unique().over("number") > 1)
    child, born = pl.col("child"), pl.col("born")
    numbers = spelled.group_by("number").agg(
        one=(child.n_unique() == 2)
        & (pl.struct("child", "list_no").n_unique() == pl.col("list_no").n_unique())
        & (born.drop_nulls().n_unique() == 1)
        & (child.filter(born.is_not_null()).n_unique() == 2),
        kept=child.sort_by(child.str.len_chars()).last(),
    )
    return spelled.select("child", "number").unique().join(numbers, on="number").drop("number")
