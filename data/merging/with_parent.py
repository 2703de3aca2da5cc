"""Rows that depend on a row of a later source that was not used: they are not used either.

The factors of an assessment, the conference of a section 47 enquiry and the reviews of a protection plan
would depend on nothing in the snapshot, and would be counted beside those of the earlier source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from data.issues.rows import Hold
from data.merging.precedence import HAPPENED
from data.schema.tables import key_of, person_of

HANG_ON = {
    "assessment_factors": ("cinf_assessment_id", "cin_assessments", "assessment"),
    "initial_cp_conference": ("icpc_s47_enquiry_id", "s47_enquiry", "section 47 enquiry"),
    "cp_reviews": ("cppr_cp_plan_id", "cp_plans", "child protection plan"),
}
"""Table: its link, the table that leads to, and what a row there is called."""

Scan = Callable[[str], pl.LazyFrame]


def without_orphaned(
    table: str,
    frame: pl.LazyFrame,
    came: Scan,
    finished: Scan,
    earlier: Sequence[pl.LazyFrame],
    hold: Hold,
) -> pl.LazyFrame:
    """The rows of one source except those whose parent came with them and was not used; those are held.

    Args:
        frame: the source's rows of the table, with their children.
        came: what the source gave for other tables, as it came.
        finished: the finished tables before this one.
        earlier: the rows of this table that earlier sources gave.

    A link that leads to no row of the source is left as it is, and so is one that leads to a row of the same
    number of the same child in an earlier source: that is its parent.
    """
    if table not in HANG_ON:
        return frame
    link, parent, what = HANG_ON[table]
    key, theirs, own = key_of(parent), str(person_of(parent)), person_of(table)
    whole = ["source", link, own] if own is not None else ["source", link]
    there = [link, own] if own is not None else whole

    def named(rows: pl.LazyFrame) -> pl.LazyFrame:
        child = {own: theirs} if own is not None else {}
        return rows.select("source", **{link: key}, **child).drop_nulls().unique()

    gone = named(came(parent)).join(named(finished(parent)), on=there, how="anti").collect().lazy()
    over = frame.join(gone, on=whole, how="semi").collect()
    if over.is_empty():
        return frame
    known = _known(table, over, earlier)
    reason = (
        f"It depends on a {what} that is not used, because an earlier source has its own for this child; "
    )
    hold(over.filter(known), "superseded", "note", f"{reason}so this row is not used either.")
    hold(
        over.filter(~known), "superseded", "warning",
        f"{reason}so this row is not used either. The earlier source has none on this day: if it is right, "
        "add it there.",
    )  # fmt: skip
    return frame.join(gone, on=whole, how="anti")


def _known(table: str, over: pl.DataFrame, earlier: Sequence[pl.LazyFrame]) -> pl.Series:
    """Boolean: the earlier sources have the same on the row's day, or the row is about no day."""
    person = person_of(table)
    if table not in HAPPENED or person is None:
        return pl.repeat(value=True, n=len(over), eager=True)
    day = pl.col(HAPPENED[table][0]).cast(pl.Date)
    children = over.lazy().select(person).unique()
    days = (
        pl.concat(earlier).join(children, on=person, how="semi")
        .select(person, _day=day, _there=pl.lit(value=True)).unique().collect()
    )  # fmt: skip
    found = over.select(person, _day=day).join(days, on=[person, "_day"], how="left", maintain_order="left")
    return found.select(pl.col("_there").fill_null(value=False) | pl.col("_day").is_null()).to_series()
