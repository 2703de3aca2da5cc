"""The rows of the case data behind one value of the Board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.definitions.board.periods import kinds_of, last_quarter
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.definitions.board.indicators import Indicator
    from fcl_tui.definitions.board.periods import Period
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

SHAPE = ("row_key", "person_id", "name", "in_numerator", "what")


def behind(context: Context, query: Query) -> Parts:
    """The records behind the newest value of an indicator, or behind the period asked for.

    Returns:
        rows: row_key, person_id, name, in_numerator (Boolean: of a share, whether it is in the upper part),
        what (String: what tells one record from another). None for an indicator that is entered.
    """
    import polars as pl

    from fcl_tui.definitions.board import indicators
    from fcl_tui.definitions.days.asked import frame
    from fcl_tui.reports.measured.board_computed import days_of, known_measure
    from fcl_tui.reports.measured.figures import behind as records_behind
    from fcl_tui.reports.measured.figures import in_numerator

    quarter = last_quarter(context.as_at)
    kpi = query.text("kpi")
    one = indicators.on(int(kpi), quarter.last) if kpi is not None else None
    known = known_measure(one) if one is not None else None
    empty = pl.LazyFrame(schema=dict.fromkeys(SHAPE, pl.String) | {"in_numerator": pl.Boolean})
    if one is None or known is None:
        return Parts(empty)
    family, measure = known
    name = _shown(one, context.as_at, quarter)
    rows = family.records(context, frame(days_of(measure, name))).filter(records_behind(measure))
    told = [column for column in family.identified_by if column != "person_id"]
    words = [
        pl.format("{} {}", pl.lit(column.replace("_", " ")), pl.col(column).cast(pl.String))
        for column in told
    ]
    what = pl.concat_str(words, separator=", ", ignore_nulls=True) if words else pl.lit("")
    people = context.scan("people").select("person_id", "name").unique("person_id")
    listed = rows.select("person_id", in_numerator(measure), what=what).join(
        people, on="person_id", how="left"
    )
    return Parts(
        listed.sort("in_numerator", "name", "what", descending=[True, False, False], nulls_last=True)
        .with_row_index("row_key")
        .with_columns(pl.col("row_key").cast(pl.String))
        .select(SHAPE),
        words={"indicator": f"{one.no} {one.name}", "rows of": name},
    )


def _shown(one: Indicator, as_at: date, quarter: Period) -> str:
    """The period that the Board shows of an indicator: the quarter, or what ended last before its end."""
    if one.aggregation == "ratio":
        return quarter.name
    from fcl_tui.reports.measured.board_computed import periods_of

    ended = periods_of(kinds_of(one.frequency, one.calendar)[0], as_at)
    return next(each.name for each in ended[::-1] if each.last <= quarter.last)
