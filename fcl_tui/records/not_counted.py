"""What fell into a period and is in none of its percentages, said in one way by Visits and Reviews."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.timescales.state import at


def not_counted(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    rules: Sequence[str],
    person_ids: list[str] | None,
    what: str,
) -> list[pl.LazyFrame]:
    """Lines of `left_out`: not required, not known, due on the as-at day itself, without a due date."""
    items = scan("due_items").filter(pl.col("rule").is_in(list(rules)))
    if person_ids is not None:
        items = items.filter(pl.col("person_id").is_in(person_ids))
    due, state = pl.col("due_date"), pl.col("state")
    near = items.filter(due.is_null() | within("due_date", *span))
    stood = at(near, scan("rules"), calendar, as_at)
    inside = stood.filter(within("due_date", *span))
    return [
        said(
            inside.filter(state == "not_required"),
            "fell due but were not required: what they were due for had ended, or a birthday ends the duty",
            what,
        ),
        said(
            inside.filter((state == "due_soon") & (due < pl.lit(as_at))),
            "fell due, and the source cannot say whether they were done",
            what,
        ),
        said(
            inside.filter(state.is_in(["due", "due_soon"]) & (due == pl.lit(as_at))),
            "are due on the as-at day itself, which is still in time",
            what,
        ),
        said(
            stood.filter(due.is_null()), "have no due date that can be worked out, so are in no period", what
        ),
    ]


def partly_held(dates: pl.LazyFrame, span: tuple[date, date], what: str) -> pl.LazyFrame:
    """A line where a source that holds only some begins within the period: count is the months before it.

    Args:
        dates: date (Date) of everything it holds.
    """
    start = span[0]
    first = pl.col("first")
    months = (first.dt.year() - start.year) * 12 + first.dt.month().cast(pl.Int32) - start.month
    return (
        dates.select(first=pl.col("date").min())
        .filter(first > pl.lit(start))
        .select(
            reason=pl.concat_str(
                pl.lit(f"incomplete: this source holds no {what} before "), first.dt.strftime("%d/%m/%Y")
            ),
            count=months.cast(pl.Int64),
            what=pl.lit("months"),
        )
    )
