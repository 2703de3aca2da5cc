"""A child in need visit that an earlier source has as a visit of another kind: told by child and day.

Some sources say only that a child was seen, which lands among child in need visits. The other kinds are
never held for this: a protection visit or a visit in care that was left out would make the child look unseen.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data.issues.rows import Hold
from data.partition import between, bounds
from data.schema.tables import PROVENANCE, key_of

UNSPECIFIC = "cin_visits"

_KINDS = {
    "cp_visits": ("cppv_person_id", "cppv_cp_visit_date"),
    "cla_visits": ("clav_person_id", "clav_cla_visit_date"),
}
"""The child and the day of each of the other kinds of visit."""


def days_elsewhere(others: Callable[[str], pl.LazyFrame]) -> pl.LazyFrame:
    """The child and day (_child, _day) of one source's visits of the other kinds."""
    return pl.concat(
        others(name).select(_child=child, _day=pl.col(day).cast(pl.Date)).drop_nulls()
        for name, (child, day) in _KINDS.items()
    )


def not_elsewhere(frame: pl.LazyFrame, days: pl.LazyFrame, hold: Hold) -> pl.LazyFrame:
    """Child in need visits except those that an earlier source has as another kind; those are held.

    Args:
        days: the earlier sources' `days_elsewhere`.
    """
    person, day = "cinv_person_id", "cinv_cin_visit_date"
    limits = bounds(frame, person)
    again = [
        frame.filter(mine)
        .join(days.filter(theirs).unique(), left_on=[person, day], right_on=["_child", "_day"], how="semi")
        .collect()
        for mine, theirs in zip(between(person, limits), between("_child", limits), strict=True)
    ]
    over = pl.concat(again)
    if over.is_empty():
        return frame
    reason = (
        "An earlier source has a visit of another kind to this child on this day; that is counted, and this "
        "row is not."
    )
    hold(over, "superseded", "note", reason)
    row = [*PROVENANCE, key_of(UNSPECIFIC)]
    return frame.join(over.lazy().select(row), on=row, how="anti")
