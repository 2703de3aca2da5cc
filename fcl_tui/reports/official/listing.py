"""The official figures of a report as a view of it: one row per key, with what it is made of and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Listing, Parts, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column("label", "Figure", 44, frozen=True, stretch=True),
    Column("value", "Value", 8, kind="number"),
    Column("numerator", "Counted", 8, kind="number", priority=1),
    Column("denominator", "Out of", 8, kind="number", priority=1),
    Column("unit", "Unit", 14, priority=2),
    Column("when", "When", 24, priority=3),
    Column("key", "Key", 26, priority=4),
    Column("definition", "What it counts", 60, priority=5),
)


def official_view(report: str) -> Listing:
    """The view of a report's official figures; a distribution is asked by its key alone."""
    return Listing(
        key="official",
        title="Official figures",
        build=partial(_figures, report=report),
        columns=COLUMNS,
        row=Row.RECORD,
        row_key="key",
        empty="There are no official figures here.",
        hidden=("person_id",),
    )


def _figures(context: Context, query: Query, *, report: str) -> Parts:
    """Every figure that the report's readers may have, of the team, worker, child and period asked for."""
    import polars as pl

    from fcl_tui.reports.measured.measure import not_here
    from fcl_tui.reports.official.asked import official
    from fcl_tui.reports.official.registry import families

    rows = [_of(one, context, query) for one in families() if one.report == report]
    of_report = [one for one in official() if one.report.key == report]
    left_out = not_here(of_report, context, None, read=True)
    return Parts(pl.concat(rows).with_columns(person_id=pl.lit(None, pl.String)), left_out)


def _of(family: Family, context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.definitions.days.asked import frame
    from fcl_tui.definitions.days.window import Window
    from fcl_tui.reports.official.family import days_asked
    from fcl_tui.reports.official.trend import over

    told: list[pl.LazyFrame] = []
    for window in family.windows:
        those = [one for one in family.measures if Window.of(one) == window and not one.spread]
        if not those:
            continue
        days = days_asked(window, context, query)
        records = family.records(context, frame(days))
        if (wanted := query.person_ids()) is not None:
            records = records.filter(pl.col("person_id").is_in(wanted))
        when = pl.col("day").dt.strftime("%d/%m/%Y")
        if window.kind != "now":
            dates = [pl.col(name).dt.strftime("%d/%m/%Y") for name in ("first", "last")]
            when = pl.concat_str(dates, separator=" to ")
        words = pl.LazyFrame([(one.key, one.label, one.unit, one.definition) for one in those],
                             schema=["key", "label", "unit", "definition"], orient="row")  # fmt: skip
        figures = over(family, those, context, days, query, records=records)
        told.append(
            words.join(figures, on="key", how="left", maintain_order="left").select(
                "label", "value", "numerator", "denominator", "unit", "key", "definition", when=when
            )
        )
    return pl.concat(told)
